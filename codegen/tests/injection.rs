//! Texts and names of the schema that try to become code, markup or paths.
//!
//! `injection/schema.yaml` has a place for each kind of text. Every place is filled with every payload,
//! all other places with harmless words. Generation must refuse that, or yield what the harmless twin
//! yields: the same files, the same tokens but for the content of literals and the names that the text
//! itself stands for, and the same Markdown structure in every comment.

mod common;

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use revio_codegen::generate::from_document;
use revio_codegen::lint;
use revio_codegen::load::{self, Document, Source};
use revio_codegen::lower::Strictness;
use syn::visit::Visit;

/// Each place for a text, with its harmless filling.
const TEXTS: &[(&str, &str)] = &[
    ("tag_description", "Bills of customers."),
    ("summary", "Get a bill"),
    (
        "description",
        "Reads one bill. That it can be read is inferred.",
    ),
    ("page", "https://example.com/page"),
    ("page_description", "The page."),
    ("path_description", "Id of the bill."),
    ("parameter_description", "Only with this name."),
    ("default", "none"),
    ("response_description", "The bill."),
    ("source", "vendor-page"),
    ("error_description", "The call failed."),
    ("schema_description", "A bill."),
    ("property_description", "Number on the bill."),
    ("entity", "Bill"),
    ("sent_description", "Amount due."),
];

/// Each place for a name, with its harmless filling.
const NAMES: &[(&str, &str)] = &[
    ("tag", "bills"),
    ("path", "/Bills/{id}"),
    ("operation", "bills_get"),
    ("id", "BillId"),
    ("parameter", "search.some-name"),
    ("listed", "FIRST VALUE"),
    ("list", "ListKind"),
    ("reference", "#/components/schemas/Bill"),
    ("schema", "Bill"),
    ("media", "application/octet-stream"),
    ("property", "a-name"),
    ("value", "FIRST VALUE"),
    ("sent", "a-total"),
];

const PAYLOADS: &[&str] = &[
    "*/ fn evil() {} /*",
    "/** */ fn evil() {}",
    "//! evil",
    "\"; fn evil() {} //",
    "\\\"; fn evil() {} //",
    "\"# ; fn evil() {} r#\"",
    "r#\"evil\"#",
    "'evil",
    "#]\nfn evil() {}",
    "]] fn evil() {}",
    "}} fn evil() {} {{",
    "#![feature(evil)]",
    "text\nfn evil() {}",
    "text\r\nfn evil() {}",
    "text\rfn evil() {}",
    "text\u{b}\u{c}\u{85}fn evil() {}",
    "text\u{2028}fn evil() {}\u{2029}",
    "\0fn evil() {}",
    "\u{202e}} {)(live nf\u{202c}\u{2066}",
    "\u{feff}\u{200b}fn evil() {}",
    "$crate::evil!()",
    "{evil} {0} {{}} ${evil}",
    "../../evil",
    "..\\..\\evil",
    "/etc/evil",
    "```\nfn evil() {}\n```",
    "text\n\n```rust\nfn evil() {}\n```\n\ntext",
    "```rust and now a line that is long enough for the code behind it to be wrapped to the next one: fn evil() {} ```",
    "` ``` ` and now a line that is long enough for the fence behind it to be wrapped to the next: ` ```rust ` fn evil() {}",
    "~~~\nfn evil() {}\n~~~",
    "text\n\n    fn evil() {}\n\ntext",
    "\tfn evil() {}",
    "<script>evil()</script>",
    "`code that is wrapped so that the next line starts within the span, which is an odd thing <script> evil` x",
    "\\`<b onclick=evil()>` x",
    "\\<b\\>evil\\</b\\>",
    "<!-- evil",
    "&lt;b&gt;evil &#x202e; &evil;",
    "[evil](javascript:evil())",
    "\\[evil\\](javascript:evil())",
    "[`evil`]: https://example.com/evil\n\n[`evil`]",
    "[evil](https://example.com/a \"evil\")",
    "<https://example.com/\"onclick=\"evil()>",
    "![evil](https://example.com/evil.png)",
    "# evil\n## evil",
    "evil\n====",
    "evil\n----",
    "> evil",
    "| evil | b |\n|---|---|\n| c | d |",
    "1. evil\n2. evil",
    "* evil\n+ evil",
    "***",
    "[^1] evil\n\n[^1]: evil",
    "evil ",
    "",
    " ",
    "self",
    "type",
    "_",
    "Self::evil",
    "crate",
    "9",
    "evil::<u8>()",
    "a.b.c",
    "f64",
    "unsafe",
];

/// The schema; `filling` has its say about each place.
fn fill(filling: impl Fn(&str) -> Option<String>) -> String {
    let template = include_str!("injection/schema.yaml");
    let (_, schema) = template
        .split_once("\ntags:")
        .expect("a comment and the schema");
    let places = TEXTS.iter().chain(NAMES);
    places.fold(format!("tags:{schema}"), |schema, (place, harmless)| {
        let text = filling(place).unwrap_or_else(|| (*harmless).to_owned());
        let quoted = serde_json::to_string(&text).unwrap();
        schema.replace(&format!("@{place}@"), &quoted)
    })
}

fn harmless() -> String {
    fill(|_| None)
}

/// The document, unless the loader refuses it.
fn document(schema: &str) -> Option<Document> {
    let openapi = "openapi: '3.0.3'\ninfo: {title: Small, version: v1, description: Small.}\n\
                   servers: [{url: 'https://example.com'}]\n";
    let openapi = common::source("openapi.yaml", openapi);
    load::bundle(&openapi, &[common::source("bills.yaml", schema)]).ok()
}

fn generated(schema: &str, legacy: &[Source]) -> Option<BTreeMap<String, String>> {
    let output = from_document(&document(schema)?, legacy, Strictness::Lenient).ok()?;
    let rust = output.files.into_iter();
    Some(rust.filter(|(path, _)| path.ends_with(".rs")).collect())
}

/// The shape of a file: its tokens with names and contents left out, and without comments.
fn skeleton(tokens: TokenStream, into: &mut String) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(length) = doc_attribute(&tokens[at..]) {
            at += length;
            continue;
        }
        match &tokens[at] {
            TokenTree::Group(group) => {
                into.push_str(&format!("{:?}(", group.delimiter()));
                skeleton(group.stream(), into);
                close(into, ')');
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
                let is_macro =
                    matches!(tokens.get(at + 1), Some(TokenTree::Punct(it)) if it.as_char() == '!');
                let named = (is_keyword && !name.starts_with("r#")) || is_macro;
                into.push_str(if named { &name } else { "name" });
                into.push(' ');
            }
            TokenTree::Punct(punct) => close(into, punct.as_char()),
            TokenTree::Literal(_) => into.push_str("literal "),
        }
        at += 1;
    }
}

/// Adds a sign. The formatter writes a comma at the end of what it breaks into lines.
fn close(into: &mut String, sign: char) {
    if matches!(sign, ')' | '>') && into.ends_with(',') {
        into.pop();
    }
    into.push(sign);
}

/// The number of tokens of `#[doc = ".."]` or `#![doc = ".."]`.
fn doc_attribute(tokens: &[TokenTree]) -> Option<usize> {
    let is = |at: usize, wanted| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == wanted);
    let bracket = 1 + usize::from(is(1, '!'));
    match tokens.get(bracket) {
        Some(TokenTree::Group(group)) if is(0, '#') => {
            let first = group.stream().into_iter().next()?.to_string();
            (first == "doc").then_some(bracket + 1)
        }
        _ => None,
    }
}

/// What Markdown makes of the comments of a file, item by item.
#[derive(Default)]
struct Comments(Vec<String>);

impl Comments {
    fn attributes(&mut self, attributes: &[syn::Attribute]) {
        let lines = attributes.iter().filter_map(|attribute| {
            let syn::Meta::NameValue(pair) = &attribute.meta else {
                return None;
            };
            let syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }) = &pair.value
            else {
                return None;
            };
            let text = text.value();
            assert!(!text.contains(['\n', '\r']), "{text:?} is more than a line");
            let line = text.strip_prefix(' ').unwrap_or(&text).to_owned();
            pair.path.is_ident("doc").then_some(line)
        });
        let lines: Vec<String> = lines.collect();
        self.read(&lines.join("\n"));
    }

    fn read(&mut self, text: &str) {
        // What rustdoc switches on.
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let parser = Parser::new_ext(text, options);
        let mut structure = String::new();
        let mut in_code = false;
        let mut code = String::new();
        for event in parser {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                    structure.push_str(&format!("code {kind} "));
                    in_code = true;
                }
                Event::Text(text) if in_code => code.push_str(&text),
                Event::End(_) if in_code => {
                    in_code = false;
                    structure.push_str(&example(&code));
                }
                // The lint lets the schema link to pages.
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("https://"), "{text}");
                }
                // Words, and marks on words.
                Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak => {}
                Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong) | Event::End(_) => {}
                Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in {text}"),
                other => structure.push_str(&format!("{other:?} ")),
            }
        }
        if !structure.is_empty() {
            self.0.push(structure);
        }
    }
}

/// The shape of an example.
fn example(code: &str) -> String {
    let shown = code
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line));
    let code: Vec<&str> = shown.collect();
    let file = syn::parse_file(&code.join("\n")).expect("an example is Rust");
    let mut shape = String::new();
    skeleton(quote::ToTokens::into_token_stream(file), &mut shape);
    shape
}

/// Reads the comments of every kind of item that generated code has, and goes on inside.
macro_rules! read_comments {
    ($($visit:ident: $item:ident),* $(,)?) => {
        impl Visit<'_> for Comments {
            $(fn $visit(&mut self, item: &syn::$item) {
                self.attributes(&item.attrs);
                syn::visit::$visit(self, item);
            })*

            fn visit_macro(&mut self, call: &syn::Macro) {
                // A handle is documented by a text among its arguments.
                if call.path.is_ident("handle") {
                    for token in call.tokens.clone() {
                        if let Ok(text) = syn::parse2::<syn::LitStr>(token.into()) {
                            self.read(&text.value());
                        }
                    }
                }
            }
        }
    };
}

read_comments! {
    visit_file: File,
    visit_item_mod: ItemMod,
    visit_item_struct: ItemStruct,
    visit_item_enum: ItemEnum,
    visit_item_const: ItemConst,
    visit_item_static: ItemStatic,
    visit_variant: Variant,
    visit_field: Field,
    visit_impl_item_fn: ImplItemFn,
}

/// All that must not depend on what a text says.
fn shape(files: &BTreeMap<String, String>) -> Vec<(String, String, Vec<String>)> {
    files
        .iter()
        .map(|(path, text)| {
            for c in text.chars() {
                let hidden = c.is_control() && c != '\n';
                assert!(
                    !hidden && !('\u{200b}'..='\u{206f}').contains(&c),
                    "{c:?} in {path}"
                );
            }
            let file = syn::parse_file(text).expect("Rust");
            let mut comments = Comments::default();
            comments.visit_file(&file);
            let mut tokens = String::new();
            skeleton(quote::ToTokens::into_token_stream(file), &mut tokens);
            (path.clone(), tokens, comments.0)
        })
        .collect()
}

#[test]
fn the_harmless_schema_is_generated() {
    let schema = harmless();
    let complaints = lint::run(&document(&schema).unwrap());
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert_eq!(complaints, Vec::<String>::new());
    let files = generated(&schema, &[]).unwrap();
    assert!(files.len() > 8);
    let shape = shape(&files);
    let (_, tokens, comments) = shape
        .iter()
        .find(|(path, ..)| path.ends_with("resources/bills/mod.rs"))
        .unwrap();
    assert!(tokens.contains("handle !"), "{tokens}");
    assert!(
        comments.iter().any(|it| it.starts_with("code no_run ")),
        "{comments:?}"
    );
}

/// Whether the schema is generated; if it is, it must have the shape of the harmless one.
fn is_alike(
    schema: &str,
    legacy: &[Source],
    expected: &[(String, String, Vec<String>)],
    what: &str,
) -> bool {
    let Some(files) = generated(schema, legacy) else {
        return false;
    };
    assert_eq!(files.len(), expected.len(), "{what}");
    for (found, expected) in shape(&files).iter().zip(expected) {
        assert_eq!(found.0, expected.0, "{what}");
        assert_eq!(found.2, expected.2, "{what} in {}", found.0);
        if found.1 != expected.1 {
            let same = found.1.bytes().zip(expected.1.bytes());
            let at = same.take_while(|(one, two)| one == two).count();
            let part = |text: &str| text.chars().skip(at.saturating_sub(60)).take(120).collect();
            let (found_part, expected_part): (String, String) = (part(&found.1), part(&expected.1));
            panic!(
                "{what} in {}: {found_part} instead of {expected_part}",
                found.0
            );
        }
    }
    true
}

#[test]
fn no_text_becomes_code_or_markup() {
    let expected = shape(&generated(&harmless(), &[]).unwrap());
    let is_text = |place: &str| TEXTS.iter().any(|(text, _)| *text == place);
    for payload in PAYLOADS {
        let schema = fill(|place| is_text(place).then(|| (*payload).to_owned()));
        // No text keeps a schema from being generated: texts are for the lint to judge.
        assert!(
            is_alike(&schema, &[], &expected, payload),
            "{payload:?} is refused"
        );
    }
}

#[test]
fn no_name_becomes_more_than_a_name() {
    let expected = shape(&generated(&harmless(), &[]).unwrap());
    let (mut refused, mut alike) = (0, 0);
    for (name, harmless) in NAMES {
        for payload in PAYLOADS {
            // A name that keeps its start keeps its place among names that are sorted.
            let mut texts = vec![format!("{harmless}{payload}")];
            if payload.len() < 12 {
                texts.push((*payload).to_owned());
            }
            for text in texts {
                let schema = fill(|place| (place == *name).then(|| text.clone()));
                if is_alike(&schema, &[], &expected, &format!("{name}: {text:?}")) {
                    alike += 1;
                } else {
                    refused += 1;
                }
            }
        }
    }
    assert!(
        refused > 300 && alike > 300,
        "{refused} refused, {alike} alike"
    );
}

/// A legacy schema with the same text in every place of a kind.
fn legacy(text: &str, name: &str) -> [Source; 1] {
    let [text, name] = [text, name].map(|it| serde_json::to_string(it).unwrap());
    let schema = format!(
        r##"{{"summary": {text}, "x-xml-request": "#/definitions/Ask", "definitions": {{
            "Ask": {{"description": {text}, "properties": {{
                {name}: {{"type": "string", "description": {text}, "x-revio-sensitive": true}},
                "Kind": {{"$ref": "#/definitions/Kind"}}}}}},
            "Kind": {{"x-revio-enum": "Kind", "enum": [{name}, "OTHER"]}}}}}}"##
    );
    [common::source("schema/legacy/ask.json", &schema)]
}

#[test]
fn the_legacy_schemas_cannot_break_out_either() {
    let rest = harmless();
    let expected = shape(&generated(&rest, &legacy("A text.", "some-name")).unwrap());
    let mut alike = 0;
    for payload in PAYLOADS {
        let texts = legacy(payload, "some-name");
        assert!(
            is_alike(&rest, &texts, &expected, payload),
            "{payload:?} is refused"
        );
        let names = legacy("A text.", &format!("some-name{payload}"));
        alike += usize::from(is_alike(&rest, &names, &expected, payload));
    }
    assert!(alike > 40, "{alike} alike");
}
