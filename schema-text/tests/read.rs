//! What the readers accept, what they refuse, and the positions they report.

use std::fs;
use std::path::Path;

use api_schema_text::{self as text, Document, Edit, Node, NotEdited, Source, pointer};

fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn yaml(text: &str) -> Document {
    text::yaml(&source("a.yaml", text)).unwrap()
}

fn json(text: &str) -> Document {
    text::json(&source("a.json", text)).unwrap()
}

/// All messages of a text that must be refused.
fn refusals(text: &str) -> Vec<String> {
    let diagnostics = text::yaml(&source("a.yaml", text)).unwrap_err();
    diagnostics.iter().map(ToString::to_string).collect()
}

/// The one message of a JSON text that must be refused.
fn refusal(text: &str) -> String {
    match text::json(&source("a.json", text)).unwrap_err().as_slice() {
        [only] => only.to_string(),
        several => panic!("{several:?}"),
    }
}

fn line_of(document: &Document, pointer: &str) -> u32 {
    document.root().pointer(pointer).unwrap().pos.line
}

#[test]
fn yaml_keeps_order_digits_and_texts() {
    let document = yaml(
        "zebra: 1.50\napple: [1e2, -0, 28]\nno: off\nday: 2024-01-31\nversion: 3.0.3\n\
         '5': five\n201: created\nempty:\nquoted: \"1\"\nfolded: >-\n  two\n  lines\n",
    );
    assert_eq!(
        document.to_json(),
        r#"{
  "zebra": 1.50,
  "apple": [
    1e2,
    -0,
    28
  ],
  "no": "off",
  "day": "2024-01-31",
  "version": "3.0.3",
  "5": "five",
  "201": "created",
  "empty": null,
  "quoted": "1",
  "folded": "two lines"
}
"#
    );
}

#[test]
fn yaml_knows_where_things_stand() {
    let document = yaml(
        "# comment\nbill:\n  total: 5\n\n  lines:\n    - a\n    - {b: c}\n  text: |\n    x\n    y\nend: 1\n",
    );
    assert_eq!(line_of(&document, "/bill/total"), 3);
    assert_eq!(line_of(&document, "/bill/lines/0"), 6);
    assert_eq!(line_of(&document, "/bill/lines/1/b"), 7);
    let (key, _) = document.root().entry("bill").unwrap();
    assert_eq!((key.pos.line, key.pos.column), (2, 1));
    let (key, value) = document.root().get("bill").unwrap().entry("total").unwrap();
    assert_eq!((key.pos.column, value.pos.column), (3, 10));
    assert_eq!(document.root().entry("end").unwrap().0.pos.line, 11);
    assert_eq!(document.file(value.pos), "a.yaml");
}

#[test]
fn yaml_refuses_what_json_has_no_place_for() {
    for (text, message) in [
        (
            "a: &x 1\n",
            "a.yaml:1: yaml-anchor: an anchor: JSON has none; remove it; a shape that is used twice goes to components",
        ),
        (
            "a: !!str 1\n",
            "a.yaml:1: yaml-tag: a tag: JSON has none; remove it; quote the value if it is a text",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "a.yaml:2: yaml-documents: a second YAML document starts here; put it into a file of its own",
        ),
        (
            "a:\n\tb: 1\n",
            "a.yaml:2: yaml-tab: a tab in the indentation; indent with spaces",
        ),
        (
            "[a]: 1\n",
            "a.yaml:1: yaml-key: a key that is a list or a mapping; write a text before the colon; quote it if it starts with [ or {",
        ),
        (
            "true: 1\n",
            "a.yaml:1: yaml-key: the key \"true\" is a boolean; quote it: 'true'",
        ),
        (
            "1.5: 1\n",
            "a.yaml:1: yaml-key: the key \"1.5\" is a number; quote it: '1.5'",
        ),
        (
            "~: 1\n",
            "a.yaml:1: yaml-key: the key \"~\" is null; quote it: '~'",
        ),
        (
            "a: {b: 1, b: 2}\n",
            "a.yaml:1: duplicate-key: the key \"b\" is already in line 1; keep one of the two",
        ),
        (
            "a: 1\nb: 2\na: 3\n",
            "a.yaml:3: duplicate-key: the key \"a\" is already in line 1; keep one of the two",
        ),
        (
            "a: 007\n",
            "a.yaml:1: yaml-number: 007: YAML reads it as a number, but it isn't one in JSON; write plain decimal digits, or quote it if it is a text",
        ),
        (
            "a: .inf\n",
            "a.yaml:1: yaml-number: .inf: YAML reads it as a number, but it isn't one in JSON; write plain decimal digits, or quote it if it is a text",
        ),
        (
            "",
            "a.yaml:1: yaml-syntax: the file is empty; write its content, or delete the file",
        ),
    ] {
        assert_eq!(refusals(text), [message], "{text:?}");
    }
}

#[test]
fn yaml_reports_several_defects_at_once() {
    let found = refusals("a: &x 1\nb: 0x1F\nc: {d: 1, d: 2}\n<<: {e: 1}\n");
    let rules: Vec<_> = found
        .iter()
        .map(|it| it.split(": ").nth(1).unwrap())
        .collect();
    assert_eq!(
        rules,
        ["yaml-anchor", "yaml-number", "duplicate-key", "yaml-key"]
    );
}

#[test]
fn yaml_syntax_errors_have_a_line() {
    for (text, line) in [
        ("a: b: c\n", 1),
        ("a: 1\n b: 2\n", 2),
        ("a: [1, 2\nb: 3\n", 2),
        ("a: \"open\n", 1),
        ("- a\nb: 1\n", 2),
        ("a: *missing\n", 1),
    ] {
        let found = refusals(text);
        assert_eq!(found.len(), 1, "{found:?}");
        let start = format!("a.yaml:{line}: yaml-");
        assert!(found[0].starts_with(&start), "{text:?}: {found:?}");
    }
}

#[test]
fn marks_and_line_ends_of_editors_do_no_harm() {
    let document = yaml("\u{feff}a: 1\r\nb:\r\n  - c\r\n");
    assert_eq!(
        document.to_json(),
        "{\n  \"a\": 1,\n  \"b\": [\n    \"c\"\n  ]\n}\n"
    );
    assert_eq!(line_of(&document, "/b/0"), 3);
    assert_eq!(
        json("\u{feff}{\"a\":\r\n1}")
            .root()
            .get("a")
            .unwrap()
            .pos
            .line,
        2
    );
}

#[test]
fn json_keeps_order_digits_and_places() {
    let text = "{\n  \"z\": [1.50, -0, 1e2, 1E+2],\n  \"ä\": {\"é\": \"\\u00e9\\ud83d\\ude42\\/\\n\"}, \"b\": true\n}";
    let document = json(text);
    let places: Vec<_> = document
        .root()
        .entries()
        .map(|(key, _)| (key.pos.line, key.pos.column))
        .collect();
    assert_eq!(places, [(2, 3), (3, 3), (3, 41)]);
    assert_eq!(
        document.root().pointer("/ä/é").unwrap().as_str(),
        Some("é🙂/\n")
    );
    assert_eq!(
        document.to_json(),
        "{\n  \"z\": [\n    1.50,\n    -0,\n    1e2,\n    1E+2\n  ],\n  \"ä\": {\n    \"é\": \"é🙂/\\n\"\n  },\n  \"b\": true\n}\n"
    );
}

#[test]
fn json_is_strict() {
    for (text, message) in [
        (
            "",
            "a.json:1: json-syntax: column 1: expected a value, found the end of the text; write a JSON value here",
        ),
        (
            "{} {}",
            "a.json:1: json-syntax: column 4: expected the end of the text, found '{'; remove what follows the value",
        ),
        (
            "[1,]",
            "a.json:1: json-syntax: column 4: expected a value, found ']'; write a JSON value here",
        ),
        (
            "{\"a\":1,}",
            "a.json:1: json-syntax: column 8: expected a key, found '}'; write keys in double quotes",
        ),
        (
            "{a: 1}",
            "a.json:1: json-syntax: column 2: expected a key, found 'a'; write keys in double quotes",
        ),
        (
            "{\"a\" 1}",
            "a.json:1: json-syntax: column 6: expected ':', found '1'; write a colon between key and value",
        ),
        (
            "[1 2]",
            "a.json:1: json-syntax: column 4: expected ',' or ']', found '2'; separate items with one comma",
        ),
        (
            "{\"a\": 1 \"b\": 2}",
            "a.json:1: json-syntax: column 9: expected ',' or '}', found '\"'; separate entries with one comma",
        ),
        (
            "[01]",
            "a.json:1: json-syntax: column 4: 01 starts with a zero; leave the zero out, or quote it if it is a text",
        ),
        (
            "[1.]",
            "a.json:1: json-syntax: column 4: expected a digit, found ']'; write numbers as JSON does: -1.50 or 2e3",
        ),
        (
            "[-]",
            "a.json:1: json-syntax: column 3: expected a digit, found ']'; write numbers as JSON does: -1.50 or 2e3",
        ),
        (
            "nul",
            "a.json:1: json-syntax: column 1: expected a value, found 'n'; the only bare words of JSON are true, false and null",
        ),
        (
            "\"a\nb\"",
            "a.json:1: json-syntax: column 3: a control character in a string; write it as an escape, such as \\n",
        ),
        (
            "\"\\x\"",
            "a.json:1: json-syntax: column 3: expected an escape, found 'x'; the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits",
        ),
        (
            "\"\\u12g4\"",
            "a.json:1: json-syntax: column 6: expected a hexadecimal digit, found 'g'; \\u takes four of them",
        ),
        (
            "\"\\ud800\"",
            "a.json:1: json-syntax: column 8: half of a surrogate pair; write both halves of the surrogate pair, or the character itself",
        ),
        (
            "\"\\udc00\"",
            "a.json:1: json-syntax: column 8: half of a surrogate pair; write both halves of the surrogate pair, or the character itself",
        ),
        (
            "\"\\ud800\\u0041\"",
            "a.json:1: json-syntax: column 14: half of a surrogate pair; write both halves of the surrogate pair, or the character itself",
        ),
        (
            "\"open",
            "a.json:1: json-syntax: column 6: expected '\"', found the end of the text; close the string",
        ),
        (
            "{\"a\": 1,\n\"a\": 2}",
            "a.json:2: duplicate-key: the key \"a\" is already in line 1; keep one of the two",
        ),
        (
            "\u{a0}1",
            "a.json:1: json-syntax: column 1: expected a value, found '\\u{a0}'; write a JSON value here",
        ),
    ] {
        assert_eq!(refusal(text), message, "{text:?}");
    }
}

#[test]
fn written_json_reads_the_same_elsewhere() {
    let text = "{\"a\": \"\\u0000\\u001f\\u007f\\\"\\\\ü\\u2028\", \"b\": [], \"c\": {}, \"d\": [[], {\"e\": null}]}";
    let written = json(text).to_json();
    let ours: serde_json::Value = serde_json::from_str(&written).unwrap();
    let theirs: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(ours, theirs);
    assert_eq!(json(&written).to_json(), written);
}

#[test]
fn pointers_lead_to_nodes() {
    let document = json("{\"a/b\": [10, {\"~\": 11}], \"\": {\"\": 12}}");
    let at = |pointer: &str| document.root().pointer(pointer).and_then(Node::as_i64);
    assert_eq!(at("/a~1b/0"), Some(10));
    assert_eq!(at("/a~1b/1/~0"), Some(11));
    assert_eq!(at("//"), Some(12));
    assert_eq!(document.root().pointer(""), Some(document.root()));
    for pointer in [
        "a",
        "/a~1b/00",
        "/a~1b/+1",
        "/a~1b/2",
        "/a~1b/-",
        "/nothing",
        "/a~1b/0/x",
    ] {
        assert_eq!(at(pointer), None, "{pointer}");
    }
}

#[test]
fn files_are_found_by_extension_and_sorted() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("files_are_found");
    let folder = root.join("schema/parts");
    fs::create_dir_all(&folder).unwrap();
    for name in ["b.yaml", "a.yaml", ".hidden.yaml", "notes.txt"] {
        fs::write(folder.join(name), name).unwrap();
    }
    fs::write(root.join("schema/z.yaml"), "z").unwrap();
    let found = text::read_dir(&root, "schema", "yaml").unwrap();
    let paths: Vec<_> = found.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "schema/parts/a.yaml",
            "schema/parts/b.yaml",
            "schema/z.yaml"
        ]
    );
    assert_eq!(found[0].text, "a.yaml");

    #[cfg(unix)]
    {
        let link = folder.join("link.yaml");
        std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
        let refused = text::read_dir(&root, "schema", "yaml").unwrap_err();
        let refused = refused.to_string();
        assert!(
            refused.contains("link.yaml: it is no regular file"),
            "{refused}"
        );
        fs::remove_file(link).unwrap();
    }

    let missing = text::read_dir(&root, "nowhere", "yaml").unwrap_err();
    assert!(missing.to_string().contains("nowhere"), "{missing}");

    fs::write(folder.join("c.yaml"), [0xff, 0xfe]).unwrap();
    let broken = text::read_dir(&root, "schema", "yaml").unwrap_err();
    assert!(broken.to_string().contains("c.yaml"), "{broken}");
    fs::write(folder.join("c.yaml"), vec![b' '; (8 << 20) + 1]).unwrap();
    let large = text::read_dir(&root, "schema", "yaml").unwrap_err();
    assert!(large.to_string().contains("larger than 8 MiB"), "{large}");
    fs::remove_dir_all(&root).unwrap();
}

#[test]
fn pointers_are_escaped_and_read_back() {
    for key in ["", "plain", "/Bills/{id}", "a~b", "~1", "~0/", "ü"] {
        let path = pointer::join("/paths", key);
        assert_eq!(pointer::keys(&path).collect::<Vec<_>>(), ["paths", key]);
        assert_eq!(pointer::split(&path), Some(("/paths", key.into())));
        assert_eq!(pointer::last(&path).unwrap(), key);
    }
    assert_eq!(pointer::keys("").count(), 0);
    assert_eq!(pointer::split(""), None);
}

#[test]
fn edits_change_one_place() {
    let edited = |pointer: &str, edit: Edit| {
        let mut root = json("{\"a\": [1, 2], \"b/c\": {\"d\": 3}}").root().clone();
        let edited = root.edit(pointer, edit);
        let compact: String = root.to_json().split_whitespace().collect();
        edited.map(|()| compact)
    };
    let nine = || Edit::Put(json("9").root().clone());
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(edited("/a/0", nine()), ok(r#"{"a":[9,2],"b/c":{"d":3}}"#));
    assert_eq!(edited("/a/-", nine()), ok(r#"{"a":[1,2,9],"b/c":{"d":3}}"#));
    assert_eq!(
        edited("/b~1c/e", nine()),
        ok(r#"{"a":[1,2],"b/c":{"d":3,"e":9}}"#)
    );
    assert_eq!(
        edited("/b~1c/d", Edit::Remove),
        ok(r#"{"a":[1,2],"b/c":{}}"#)
    );
    assert_eq!(
        edited("/a/1", Edit::First),
        ok(r#"{"a":[2,1],"b/c":{"d":3}}"#)
    );
    assert_eq!(
        edited("/b~1c", Edit::First),
        ok(r#"{"b/c":{"d":3},"a":[1,2]}"#)
    );
    let name = || Edit::Rename("z".to_owned());
    assert_eq!(edited("/a", name()), ok(r#"{"z":[1,2],"b/c":{"d":3}}"#));
    assert_eq!(edited("", Edit::Remove), Err(NotEdited::NoPointer));
    for (pointer, edit) in [
        ("/a/2", nine()),
        ("/a/01", nine()),
        ("/a/0", name()),
        ("/x", Edit::Remove),
        ("/x/y", nine()),
        ("/a/0/x", nine()),
        ("x/a", nine()),
    ] {
        assert_eq!(edited(pointer, edit), Err(NotEdited::NotFound), "{pointer}");
    }
}

#[test]
fn the_kind_of_text_is_found_by_its_first_character() {
    let parsed = |content: &str| text::parse(&source("a", content)).unwrap().to_json();
    assert_eq!(parsed("\u{feff} {\"a\": 1}"), parsed("a: 1"));
    assert!(text::parse(&source("a", "{a: 1}")).is_err());
}
