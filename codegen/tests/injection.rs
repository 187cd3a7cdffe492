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
use revio_codegen::load::{self, Document};
use revio_codegen::lower::Strictness;
use syn::visit::Visit;

/// Each place with its harmless filling.
const PLACES: &[(&str, &str)] = &[
    ("tag", "bills"),
    ("tag_description", "Bills of customers."),
    ("path", "/Bills/{id}"),
    ("operation", "bills_get"),
    ("summary", "Get a bill"),
    ("description", "Reads one bill. That it can be read is inferred."),
    ("page", "https://example.com/page"),
    ("page_description", "The page."),
    ("path_description", "Id of the bill."),
    ("id", "BillId"),
    ("parameter", "search.some-name"),
    ("parameter_description", "Only with this name."),
    ("default", "none"),
    ("listed", "FIRST VALUE"),
    ("list", "ListKind"),
    ("response_description", "The bill."),
    ("reference", "#/components/schemas/Bill"),
    ("source", "vendor-page"),
    ("schema", "Bill"),
    ("media", "application/octet-stream"),
    ("content_type", "application/json"),
    ("error_description", "The call failed."),
    ("schema_description", "A bill."),
    ("property", "a-name"),
    ("property_description", "Number on the bill."),
    ("value", "FIRST VALUE"),
    ("entity", "Bill"),
    ("sent", "a-total"),
    ("sent_description", "Amount due."),
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

fn fill(place: &str, text: &str) -> String {
    let mut schema = include_str!("injection/schema.yaml").to_owned();
    // What follows the first comment is the schema; the comment explains the marks.
    schema = schema.split_once("tags:").map(|(_, rest)| format!("tags:{rest}")).unwrap();
    for (name, harmless) in PLACES {
        let filling = if *name == place { text } else { harmless };
        let quoted = serde_json::to_string(filling).unwrap();
        schema = schema.replace(&format!("@{name}@"), &quoted);
    }
    schema
}

/// The document, unless the loader refuses it.
fn document(schema: &str) -> Option<Document> {
    let openapi = "openapi: '3.0.3'\ninfo: {title: Small, version: v1, description: Small.}\n\
                   servers: [{url: 'https://example.com'}]\n";
    let openapi = common::source("openapi.yaml", openapi);
    load::bundle(&openapi, &[common::source("bills.yaml", schema)]).ok()
}

fn generated(schema: &str) -> Option<BTreeMap<String, String>> {
    let output = from_document(&document(schema)?, &[], Strictness::Lenient).ok()?;
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
                into.push(')');
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                assert!(name != "evil", "a payload became a name of its own");
                let is_keyword = syn::parse_str::<syn::Ident>(&name).is_err();
                let is_macro = matches!(tokens.get(at + 1), Some(TokenTree::Punct(it)) if it.as_char() == '!');
                let named = (is_keyword && !name.starts_with("r#")) || is_macro;
                into.push_str(if named { &name } else { "name" });
                into.push(' ');
            }
            TokenTree::Punct(punct) => into.push(punct.as_char()),
            TokenTree::Literal(_) => into.push_str("literal "),
        }
        at += 1;
    }
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
        let parser = Parser::new_ext(text, Options::all());
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
    let shown = code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
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
                assert!(!hidden && !('\u{200b}'..='\u{206f}').contains(&c), "{c:?} in {path}");
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
    let schema = fill("", "");
    let complaints = lint::run(&document(&schema).unwrap());
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert_eq!(complaints, Vec::<String>::new());
    let files = generated(&schema).unwrap();
    assert!(files.len() > 8);
    let shape = shape(&files);
    let (_, tokens, comments) = shape
        .iter()
        .find(|(path, ..)| path.ends_with("resources/bills/mod.rs"))
        .unwrap();
    assert!(tokens.contains("handle !"), "{tokens}");
    assert!(comments.iter().any(|it| it.starts_with("code no_run ")), "{comments:?}");
}

#[test]
fn no_text_becomes_code_or_markup() {
    let harmless = shape(&generated(&fill("", "")).unwrap());
    let (mut refused, mut same) = (0, 0);
    for (place, filling) in PLACES {
        for payload in PAYLOADS {
            // Names keep their start, so that what is sorted by name stays in its order.
            for text in [(*payload).to_owned(), format!("{filling}{payload}")] {
                let Some(files) = generated(&fill(place, &text)) else {
                    refused += 1;
                    continue;
                };
                same += 1;
                for (found, expected) in shape(&files).iter().zip(&harmless) {
                    assert_eq!(found.0, expected.0, "{place}: {text:?}");
                    assert_eq!(found.2, expected.2, "{place}: {text:?} in {}", found.0);
                    assert_eq!(found.1, expected.1, "{place}: {text:?} in {}", found.0);
                }
                assert_eq!(files.len(), harmless.len(), "{place}: {text:?}");
            }
        }
    }
    assert!(refused > 500 && same > 1_500, "{refused} refused, {same} alike");
}
