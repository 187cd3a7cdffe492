//! The contract between generated code and the runtime says what the runtime's macros really declare:
//! names, traits, methods, and what setters take.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use revio_codegen::contract::{self, LEGACY_MACROS, MACROS, Macro};

/// What the text of a macro declares.
#[derive(Debug, Default, PartialEq, Eq)]
struct Declared {
    traits: BTreeSet<String>,
    methods: BTreeSet<(String, String)>,
    takes: Option<String>,
    with: Option<String>,
}

impl Declared {
    fn of(row: &Macro) -> Self {
        let traits = row.traits.iter().chain(row.hidden);
        let methods = row.methods.iter();
        Self {
            traits: traits.map(|it| (*it).to_owned()).collect(),
            methods: methods
                .map(|(name, receiver)| ((*name).to_owned(), (*receiver).to_owned()))
                .collect(),
            takes: row.takes.map(str::to_owned),
            with: row.with.map(str::to_owned),
        }
    }
}

/// The text without spaces, paths and lifetimes: `::std::convert::Into<$ty>` is `Into<$ty>`.
fn short(tokens: &[TokenTree]) -> String {
    let text: TokenStream = tokens.iter().cloned().collect();
    let text = text.to_string().replace("impl ", "impl!");
    let mut text = text.replace(' ', "").replace("'de", "");
    while let Some(at) = text.find("::") {
        let start = text[..at].rfind(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
        text.replace_range(start.map_or(0, |it| it + 1)..at + 2, "");
    }
    text.replace("<>", "").replace('!', " ")
}

fn is(token: Option<&TokenTree>, text: &str) -> bool {
    token.is_some_and(|it| it.to_string() == text)
}

/// Reads the expansion of a macro, and of what is inside of its inherent `impl`.
fn read(tokens: TokenStream, into: &mut Declared) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        at += match rest {
            [TokenTree::Ident(word), ..] if word == "impl" => {
                let body = rest
                    .iter()
                    .position(|it| matches!(it, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace))
                    .expect("an impl has a body");
                implementation(&rest[1..body], &rest[body], into);
                body + 1
            }
            [TokenTree::Ident(word), ..] if word == "fn" => {
                function(rest, into);
                2
            }
            // `#[derive(Clone)]`
            [TokenTree::Punct(hash), TokenTree::Group(group), ..] if hash.as_char() == '#' => {
                let text = group.stream().to_string().replace(' ', "");
                let derived = text
                    .strip_prefix("derive(")
                    .and_then(|it| it.strip_suffix(')'));
                let derived = derived.into_iter().flat_map(|it| it.split(','));
                into.traits.extend(derived.map(str::to_owned));
                2
            }
            // `$crate::runtime::codegen::macros::request!(..)`
            [
                TokenTree::Ident(name),
                TokenTree::Punct(bang),
                TokenTree::Group(_),
                ..,
            ] if bang.as_char() == '!' => {
                into.with = Some(name.to_string());
                3
            }
            _ => 1,
        };
    }
}

fn implementation(head: &[TokenTree], body: &TokenTree, into: &mut Declared) {
    let TokenTree::Group(body) = body else { return };
    let mut head = head;
    // `impl<'de> Deserialize<'de>`
    if is(head.first(), "<") {
        let end = head
            .iter()
            .position(|it| is(Some(it), ">"))
            .expect("a generic list");
        head = &head[end + 1..];
    }
    match head.iter().position(|it| is(Some(it), "for")) {
        Some(at) => {
            let (implemented, target) = (short(&head[..at]), short(&head[at + 1..]));
            // `From<$name> for i32` is what users call `Into<i32>`.
            let mirrored = implemented == "From<$name>";
            let name = if mirrored {
                format!("Into<{target}>")
            } else {
                implemented
            };
            into.traits.insert(name);
        }
        // The client's own methods are not those of the type.
        None if short(head) == "Client" => {}
        None => read(body.stream(), into),
    }
}

/// A function: a setter when its name is a parameter of the macro, a method otherwise.
fn function(tokens: &[TokenTree], into: &mut Declared) {
    let TokenTree::Group(arguments) = tokens
        .iter()
        .find(|it| matches!(it, TokenTree::Group(_)))
        .expect("arguments")
    else {
        return;
    };
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let comma = arguments.iter().position(|it| is(Some(it), ","));
    let (receiver, others) = arguments.split_at(comma.unwrap_or(arguments.len()));
    let receiver = short(receiver).replace("mutself", "self");
    if is(tokens.get(1), "$") {
        let colon = others
            .iter()
            .position(|it| is(Some(it), ":"))
            .expect("a type");
        let mut taken = others[colon + 1..].to_vec();
        if is(taken.last(), ",") {
            taken.pop();
        }
        let taken = short(&taken).replace("$ty", "{}").replace("$item", "{}");
        into.takes = Some(taken.replace("Item=", "Item = ").replace(",>", ">"));
    } else {
        into.methods.insert((tokens[1].to_string(), receiver));
    }
}

/// Every `macro_rules!` of the crate.
fn macros(folder: &Path, into: &mut BTreeMap<String, Declared>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            macros(&path, into);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).expect("readable");
            let file = syn::parse_file(&text).expect("Rust");
            for item in file.items {
                let syn::Item::Macro(item) = item else {
                    continue;
                };
                let Some(name) = item.ident else { continue };
                let mut declared = Declared::default();
                // Arms: a pattern, an arrow, an expansion.
                let tokens: Vec<TokenTree> = item.mac.tokens.into_iter().collect();
                for arm in tokens.windows(3) {
                    if let [arrow, end, TokenTree::Group(expansion)] = arm
                        && (is(Some(arrow), "="), is(Some(end), ">")) == (true, true)
                    {
                        read(expansion.stream(), &mut declared);
                    }
                }
                // An arm that calls another arm of its own says nothing new.
                declared.with = declared.with.filter(|it| name != it.as_str());
                into.insert(name.to_string(), declared);
            }
        }
    }
}

#[test]
fn every_row_is_what_its_macro_declares() {
    let mut found = BTreeMap::new();
    macros(&common::root().join("revio-api/src"), &mut found);
    for row in MACROS.iter().chain(LEGACY_MACROS) {
        let declared = found.remove(row.name);
        let declared = declared.unwrap_or_else(|| panic!("{} is no macro", row.name));
        assert_eq!(Declared::of(row), declared, "{}", row.name);
    }
}

/// Generated files import whatever is in the prelude, so each macro there has a row.
#[test]
fn the_preludes_hold_what_the_contract_names() {
    let source = |path: &str| {
        let path = common::root().join("revio-api/src").join(path);
        fs::read_to_string(path).expect("readable")
    };
    let imported = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.map(str::to_owned).collect()
    };
    let prelude = imported(&source("runtime/codegen/prelude.rs"));
    let macros = MACROS.iter().map(|row| row.name);
    for name in contract::TYPES
        .iter()
        .chain(contract::RUNTIME)
        .copied()
        .chain(macros)
    {
        assert!(prelude.contains(name), "{name} isn't in the prelude");
    }
    let known = |name: &str| {
        let names = contract::TYPES.iter().chain(contract::RUNTIME);
        names.copied().any(|it| it == name) || contract::find(name).is_some()
    };
    let text = source("runtime/codegen/prelude.rs");
    for line in text.split("pub(crate) use ").skip(1) {
        let line = line.split(';').next().unwrap_or_default();
        let names = line.rsplit("::").next().unwrap_or_default();
        for name in imported(names).into_iter().filter(|it| !it.is_empty()) {
            assert!(known(&name), "{name} has no row");
        }
    }
}
