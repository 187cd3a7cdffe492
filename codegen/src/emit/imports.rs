//! `use` lines: exactly the names that a file mentions and doesn't define.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::quote;

use crate::fault::{Fault, Subject};

/// Knows where every name that generated code may mention lives, and what it is made of.
#[derive(Default)]
pub(crate) struct Directory {
    modules: BTreeMap<String, (String, Subject)>,
}

impl Directory {
    /// Says that `name` lives in `module` and stands for `subject`.
    ///
    /// # Errors
    /// When the name is taken already; names both subjects.
    pub(crate) fn add(&mut self, name: &str, module: &str, subject: Subject) -> Result<(), Fault> {
        let entry = (module.to_owned(), subject.clone());
        match self.modules.insert(name.to_owned(), entry) {
            Some((other, first)) if other != module || first != subject => {
                let message = format!(
                    "would be generated as {module}::{name}, but {other}::{name} comes from {first}"
                );
                Err(Fault::new(subject, message)
                    .and(first)
                    .with_help("rename one of the two"))
            }
            _ => Ok(()),
        }
    }

    /// Where `name` lives.
    pub(crate) fn module(&self, name: &str) -> Option<&str> {
        self.modules.get(name).map(|(module, _)| module.as_str())
    }

    /// The `use` items for `tokens`, which stand in `module`. What is not generated comes by one
    /// glob import of `gathered`.
    pub(crate) fn imports(
        &self,
        tokens: &TokenStream,
        module: &str,
        gathered: &str,
    ) -> TokenStream {
        let path = |home: &str| {
            // Its own files are exported by the module itself.
            if home
                .strip_prefix(module)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
            {
                None
            } else if home.starts_with("crate::generated") {
                Some(home.to_owned())
            } else {
                Some(gathered.to_owned())
            }
        };
        self.uses(tokens, path, gathered)
    }

    /// The `use` items for `tokens` in another crate: the same names where users find them.
    pub(crate) fn public_imports(&self, tokens: &TokenStream) -> TokenStream {
        self.uses(tokens, |home| Some(public(home)), "")
    }

    fn uses(
        &self,
        tokens: &TokenStream,
        path: impl Fn(&str) -> Option<String>,
        glob: &str,
    ) -> TokenStream {
        let mut mentions = Mentions::default();
        mentions.add(tokens.clone(), false);
        let Mentions { always, gated } = mentions;
        let mut wanted: BTreeMap<(String, bool), BTreeSet<&str>> = BTreeMap::new();
        let only_gated = gated.difference(&always).map(|name| (name, true));
        for (name, is_gated) in always.iter().map(|name| (name, false)).chain(only_gated) {
            if let Some(home) = self.module(name).and_then(&path) {
                let is_gated = is_gated && home != glob;
                wanted.entry((home, is_gated)).or_default().insert(name);
            }
        }
        let lines = wanted.iter().map(|((home, is_gated), names)| {
            let is_glob = home == glob;
            let home = path_of(home);
            if is_glob {
                return quote!(use #home::*;);
            }
            let gate = super::gate(*is_gated);
            let names = names.iter().map(|name| super::ident(name));
            quote!(#gate use #home::{#(#names),*};)
        });
        quote!(#(#lines)*)
    }
}

/// `crate::a::b` as tokens.
pub(crate) fn path_of(module: &str) -> TokenStream {
    let segments = module.split("::").map(|segment| match segment {
        "crate" => quote!(crate),
        name => {
            let name = super::ident(name);
            quote!(#name)
        }
    });
    quote!(#(#segments)::*)
}

/// Where users find what lives in a module of the crate.
pub(crate) fn public(module: &str) -> String {
    let module = module.strip_prefix("crate").unwrap_or(module);
    let module = module.replace("::generated::", "::");
    let module = module.trim_end_matches("::records");
    if module.starts_with("::") || module.is_empty() {
        format!("revio_api{module}")
    } else {
        module.to_owned()
    }
}

/// The names that items mention: those that are always there, and those behind a feature. A name
/// that only gated items mention must be imported behind the gate as well.
#[derive(Default)]
struct Mentions {
    always: BTreeSet<String>,
    gated: BTreeSet<String>,
}

impl Mentions {
    /// Adds what `tokens` mention; all of it is behind a gate if `gated`.
    fn add(&mut self, tokens: TokenStream, gated: bool) {
        let mut item_gated = gated;
        let mut previous = Previous::Other;
        for token in tokens {
            let mut now = Previous::Other;
            match token {
                TokenTree::Group(group) => {
                    let inside = group.stream();
                    if previous == Previous::Hash && is_cfg(&inside) {
                        item_gated = true;
                    } else {
                        self.add(inside, item_gated);
                    }
                    // A body ends its item.
                    if group.delimiter() == Delimiter::Brace {
                        item_gated = gated;
                    }
                }
                // `a::B` and `.B` mention nothing of this file's.
                TokenTree::Ident(ident) if previous != Previous::Path => {
                    let names = if item_gated {
                        &mut self.gated
                    } else {
                        &mut self.always
                    };
                    names.insert(ident.to_string());
                }
                TokenTree::Punct(punct) => match punct.as_char() {
                    '#' => now = Previous::Hash,
                    '.' => now = Previous::Path,
                    // A single colon is a type annotation.
                    ':' if punct.spacing() == Spacing::Joint => now = Previous::Colon,
                    ':' if previous == Previous::Colon => now = Previous::Path,
                    ';' => item_gated = gated,
                    _ => {}
                },
                TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            }
            previous = now;
        }
    }
}

/// What the token before means for the next one.
#[derive(Clone, Copy, PartialEq)]
enum Previous {
    Hash,
    Colon,
    Path,
    Other,
}

fn is_cfg(attribute: &TokenStream) -> bool {
    let first = attribute.clone().into_iter().next();
    matches!(first, Some(TokenTree::Ident(name)) if name == "cfg")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(code: &str) -> (Vec<String>, Vec<String>) {
        let mut found = Mentions::default();
        found.add(code.parse().unwrap(), false);
        let types = |names: BTreeSet<String>| {
            let names = names.into_iter();
            names
                .filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))
                .collect()
        };
        (types(found.always), types(found.gated))
    }

    #[test]
    fn paths_and_methods_mention_their_start_only() {
        let (always, gated) = mentions("fn a(b: Bill) -> c::Dog { Egg::Fig.Gnu(H { i: Jay }) }");
        assert_eq!(always, ["Bill", "Egg", "H", "Jay"]);
        assert_eq!(gated, [""; 0]);
    }

    #[test]
    fn what_only_gated_items_mention_is_told_apart() {
        let (always, gated) = mentions(
            "#[cfg(feature = \"x\")] call!(Ant<Bee, Cat>); struct A { b: Bee }
             #[derive(Clone)] #[cfg(feature = \"x\")] struct B { c: Dog }
             impl C { #[cfg(feature = \"x\")] fn d(e: Eel) -> F<Gnu, Hen> {} fn i(j: Jay) {} }
             #[cfg(feature = \"x\")] impl K { fn l(m: Cow) {} } fn n(o: Owl) {}",
        );
        assert_eq!(always, ["A", "Bee", "C", "Clone", "Jay", "Owl"]);
        let only = gated.iter().filter(|name| !always.contains(name));
        let only: Vec<_> = only.map(String::as_str).collect();
        assert_eq!(
            only,
            [
                "Ant", "B", "Cat", "Cow", "Dog", "Eel", "F", "Gnu", "Hen", "K"
            ]
        );
    }

    #[test]
    fn a_name_that_is_taken_names_both_sides() {
        let mut directory = Directory::default();
        let bill = || Subject::Schema("Bill".to_owned());
        directory.add("Bill", "crate::a", bill()).unwrap();
        directory.add("Bill", "crate::a", bill()).unwrap();
        let fault = directory
            .add("Bill", "crate::b", Subject::Operation("bill".to_owned()))
            .unwrap_err();
        assert_eq!(
            fault.to_string(),
            "bill would be generated as crate::b::Bill, but crate::a::Bill comes from Bill"
        );
        assert_eq!(fault.other.as_deref(), Some(&bill()));
    }

    #[test]
    fn modules_that_start_alike_are_different() {
        let mut directory = Directory::default();
        let subject = || Subject::Generator;
        directory
            .add("Order", "crate::generated::order_lines", subject())
            .unwrap();
        let tokens = quote!(
            struct A {
                b: Order,
            }
        );
        let imports = directory.imports(&tokens, "crate::generated::order", "crate::names");
        assert_eq!(
            imports.to_string(),
            "use crate :: generated :: order_lines :: { Order } ;"
        );
        let own = directory.imports(&tokens, "crate::generated::order_lines", "crate::names");
        assert!(own.is_empty());
    }
}
