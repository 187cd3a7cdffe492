//! How `openapi.yaml` and its fragments become one document.

use revio_codegen::load::{self, Source};

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn fragments_are_merged_in_order() {
    let document = load::bundle(
        &source(
            "openapi.yaml",
            "openapi: '3.0.3'\ncomponents:\n  schemas:\n    Link: {type: object}\ninfo: {title: t}\n",
        ),
        &[
            source("bills.yaml", "tags: [{name: bills}]\npaths:\n  /A: {get: {}}\ncomponents:\n  schemas:\n    Bill: {type: object}\n"),
            source("taxes.yaml", "paths:\n  /A: {post: {}}\n  /B: {}\ntags: [{name: taxes}]\ncomponents: {responses: {Error: {}}}\n"),
        ],
    )
    .unwrap();
    let compact: String = document.to_json().split_whitespace().collect();
    assert_eq!(
        compact,
        r#"{"openapi":"3.0.3","info":{"title":"t"},"tags":[{"name":"bills"},{"name":"taxes"}],"paths":{"/A":{"get":{},"post":{}},"/B":{}},"components":{"schemas":{"Link":{"type":"object"},"Bill":{"type":"object"}},"responses":{"Error":{}}}}"#
    );
    let bill = document.resolve("#/components/schemas/Bill").unwrap();
    assert_eq!((document.file(bill.pos), bill.pos.line), ("bills.yaml", 6));
    assert!(document.resolve("#/components/responses/Error").is_some());
    assert!(document.resolve("#/paths/~1A/post").is_some());
    assert!(document.resolve("#/components/schemas/Tax").is_none());
    assert!(
        document
            .resolve("bills.yaml#/components/schemas/Bill")
            .is_none()
    );
    assert_eq!(
        document.files(),
        ["openapi.yaml", "bills.yaml", "taxes.yaml"]
    );
}

#[test]
fn what_two_files_define_is_refused_with_both_places() {
    let found = load::bundle(
        &source("openapi.yaml", "openapi: '3.0.3'\ncomponents:\n  schemas:\n    Link: {}\n"),
        &[
            source("a.yaml", "tags:\n  - name: a\npaths:\n  /A:\n    get: {}\ncomponents:\n  schemas:\n    Link: {}\n"),
            source("b.yaml", "tags:\n  - name: a\npaths:\n  /A:\n    get: {}\nservers: []\n"),
            source("c.yaml", "paths: []\ncomponents: {schemas: 1}\ntags: {}\n"),
            source("d.yaml", "- 1\n"),
            source("e.yaml", "a: &x 1\n"),
        ],
    )
    .unwrap_err();
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "a.yaml:8: defined-twice: Link of schemas is already in openapi.yaml:4; keep one of the two",
            "b.yaml:2: defined-twice: the tag a is already in a.yaml:2; keep one of the two",
            "b.yaml:5: defined-twice: get of /A is already in a.yaml:5; keep one of the two",
            "b.yaml:6: fragment-parts: a fragment has no part \"servers\"; write only tags, paths, components here; the rest belongs to openapi.yaml",
            "c.yaml:1: bundle-shape: paths is a list, not an object; write an object",
            "c.yaml:2: bundle-shape: the component entry schemas is a number, not an object; write an object",
            "c.yaml:3: bundle-shape: tags is an object, not a list; write a list",
            "d.yaml:1: bundle-shape: the file is a list, not an object; write an object",
            "e.yaml:1: fragment-parts: a fragment has no part \"a\"; write only tags, paths, components here; the rest belongs to openapi.yaml",
            "e.yaml:1: yaml-anchor: an anchor: JSON has none; remove it; a shape that is used twice goes to components",
        ]
    );
}
