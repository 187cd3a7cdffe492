//! Documentation comments as tokens.
//!
//! Texts come from the schema and could hold anything. Each line becomes one `#[doc]` attribute
//! without hidden characters, and Markdown reads in it what the schema's author saw: prose, `code`,
//! lists, links to https pages, and nothing else.

use proc_macro2::{Ident, Span};
use syn::token::Bracket;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue, Token};

use super::markdown::{self, Block};
use crate::model::Evidence;

/// Columns after which a line is wrapped.
const WIDTH: usize = 96;

/// The documentation of a field: what it is, and the evidence unless it is documented.
pub(crate) fn field(description: &str, evidence: Evidence) -> Vec<Attribute> {
    let mut lines = lines(description);
    if evidence != Evidence::Documented {
        let mark = format!("*({})*", evidence.as_str());
        match lines.last_mut() {
            Some(last) if fits(last, &mark) => {
                last.push(' ');
                last.push_str(&mark);
            }
            _ => lines.push(mark),
        }
    }
    lines.iter().map(|line| attribute(line)).collect()
}

/// Paragraphs and lists.
pub(crate) fn paragraphs(text: &str) -> Vec<Attribute> {
    lines(text).iter().map(|line| attribute(line)).collect()
}

/// The same for the file or module that they stand in.
pub(crate) fn inner(text: &str) -> Vec<Attribute> {
    let lines = lines(text).into_iter();
    let inner = |line: String| Attribute {
        style: AttrStyle::Inner(<Token![!]>::default()),
        ..attribute(&line)
    };
    lines.map(inner).collect()
}

/// Prose in one line, for a macro that documents what it writes.
pub(crate) fn sentence(text: &str) -> String {
    let blocks = markdown::blocks(text);
    let words: Vec<String> = blocks.into_iter().flat_map(|block| block.words).collect();
    words.join(" ")
}

/// One line exactly as given, for code and fences of our own making.
pub(crate) fn verbatim(line: &str) -> Attribute {
    attribute(line)
}

/// `#[doc = " line"]`, put together by hand: parsing thousands of them takes a noticeable time.
fn attribute(line: &str) -> Attribute {
    let mut line: String = line.chars().filter(|c| !markdown::is_hidden(*c)).collect();
    if !line.is_empty() {
        line.insert(0, ' ');
    }
    Attribute {
        pound_token: <Token![#]>::default(),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", Span::call_site()).into(),
            eq_token: <Token![=]>::default(),
            value: Expr::Lit(ExprLit {
                attrs: Vec::new(),
                lit: Lit::Str(LitStr::new(&line, Span::call_site())),
            }),
        }),
    }
}

fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_list = false;
    for block in markdown::blocks(text) {
        let item = block.is_item;
        // Items of one list stand together.
        if !(lines.is_empty() || in_list && item) {
            lines.push(String::new());
        }
        in_list = item;
        lines.extend(wrap(&block));
    }
    lines
}

fn wrap(block: &Block) -> Vec<String> {
    let (first, others) = if block.is_item {
        ("- ", "  ")
    } else {
        ("", "")
    };
    let mut lines: Vec<String> = Vec::new();
    for word in &block.words {
        match lines.last_mut() {
            Some(line) if fits(line, word) || markdown::starts_block(word) => {
                line.push(' ');
                line.push_str(word);
            }
            last => {
                let indent = if last.is_none() { first } else { others };
                lines.push(format!("{indent}{word}"));
            }
        }
    }
    lines
}

fn fits(line: &str, word: &str) -> bool {
    line.chars().count() + 1 + word.chars().count() <= WIDTH
}
