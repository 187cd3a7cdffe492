//! What must be the same of generated files whatever the texts of the schema say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::Visit;

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
                let _ = write!(into, "{:?}(", group.delimiter());
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
                    let _ = write!(structure, "code {kind} ");
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
                Event::Text(_)
                | Event::Code(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong)
                | Event::End(_) => {}
                Event::Html(_) | Event::InlineHtml(_) => panic!("HTML in {text}"),
                other => {
                    let _ = write!(structure, "{other:?} ");
                }
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

/// All of a file that must not depend on what a text says.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) path: String,
    pub(crate) tokens: String,
    pub(crate) comments: Vec<String>,
}

/// The shapes of `files`, in their order.
pub(crate) fn shapes(files: &BTreeMap<String, String>) -> Vec<Shape> {
    let shapes = files.iter().map(|(path, text)| {
        for c in text.chars() {
            let hidden = c.is_control() && c != '\n' || ('\u{200b}'..='\u{206f}').contains(&c);
            assert!(!hidden, "{c:?} in {path}");
        }
        let file = syn::parse_file(text).expect("Rust");
        let mut comments = Comments::default();
        comments.visit_file(&file);
        let mut tokens = String::new();
        skeleton(quote::ToTokens::into_token_stream(file), &mut tokens);
        Shape {
            path: path.clone(),
            tokens,
            comments: comments.0,
        }
    });
    shapes.collect()
}
