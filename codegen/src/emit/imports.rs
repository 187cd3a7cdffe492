//! `use` lines: exactly the names that a file mentions and doesn't define.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::fault::{Fault, Subject};

/// Knows where every name that generated code may mention lives, and what it is made of.
#[derive(Default)]
pub struct Directory {
    modules: BTreeMap<String, (String, Subject)>,
}

impl Directory {
    /// Says that `name` lives in `module` and stands for `subject`.
    ///
    /// # Errors
    /// When the name is taken already; names both subjects.
    pub fn add(&mut self, name: &str, module: &str, subject: Subject) -> Result<(), Fault> {
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
    pub fn module(&self, name: &str) -> Option<&str> {
        self.modules.get(name).map(|(module, _)| module.as_str())
    }

    /// The `use` items for `tokens`, which stand in `module`. What is not generated comes by one
    /// glob import of `gathered`.
    pub fn imports(&self, tokens: &TokenStream, module: &str, gathered: &str) -> TokenStream {
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
    pub fn public_imports(&self, tokens: &TokenStream) -> TokenStream {
        self.uses(tokens, |home| Some(public(home)), "")
    }

    fn uses(
        &self,
        tokens: &TokenStream,
        path: impl Fn(&str) -> Option<String>,
        glob: &str,
    ) -> TokenStream {
        let (always, gated) = by_gate(tokens);
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
pub fn path_of(module: &str) -> TokenStream {
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
pub fn public(module: &str) -> String {
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
fn by_gate(tokens: &TokenStream) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut always, mut gated) = (BTreeSet::new(), BTreeSet::new());
    let Ok(file) = syn::parse2::<syn::File>(tokens.clone()) else {
        mentioned(tokens.clone(), &mut always);
        return (always, gated);
    };
    let mut add = |attributes: &[syn::Attribute], tokens: TokenStream| {
        let is_gated = attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("cfg"));
        mentioned(tokens, if is_gated { &mut gated } else { &mut always });
    };
    for item in &file.items {
        match item {
            syn::Item::Impl(block) if block.attrs.is_empty() => {
                for member in &block.items {
                    match member {
                        syn::ImplItem::Fn(method) => add(&method.attrs, quote!(#method)),
                        other => add(&[], quote!(#other)),
                    }
                }
                let ty = &block.self_ty;
                let of = block.trait_.as_ref().map(|(path, _)| path);
                add(&[], quote!(#ty #of));
            }
            syn::Item::Impl(item) => add(&item.attrs, quote!(#item)),
            syn::Item::Struct(item) => add(&item.attrs, quote!(#item)),
            syn::Item::Macro(item) => add(&item.attrs, quote!(#item)),
            other => add(&[], quote!(#other)),
        }
    }
    (always, gated)
}

fn mentioned(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut after_path = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                mentioned(group.stream(), names);
                after_path = false;
            }
            TokenTree::Ident(ident) => {
                if !after_path {
                    names.insert(ident.to_string());
                }
                after_path = false;
            }
            // `a::B` and `.B` mention nothing of this file's.
            TokenTree::Punct(punct) => {
                after_path = matches!(punct.as_char(), ':' | '.') && {
                    // A single colon is a type annotation.
                    punct.as_char() == '.'
                        || punct.spacing() == proc_macro2::Spacing::Alone && after_path
                        || punct.spacing() == proc_macro2::Spacing::Joint
                }
            }
            TokenTree::Literal(_) => after_path = false,
        }
    }
}
