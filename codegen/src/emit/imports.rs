//! `use` lines: exactly the names that a file mentions and doesn't define.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

/// Knows where every name that generated code may mention lives.
#[derive(Default)]
pub struct Directory {
    modules: BTreeMap<String, String>,
}

impl Directory {
    /// Says that `name` lives in `module`.
    ///
    /// # Errors
    /// When the name is taken already.
    pub fn add(&mut self, name: &str, module: &str) -> Result<(), String> {
        match self.modules.insert(name.to_owned(), module.to_owned()) {
            Some(other) if other != module => Err(format!(
                "the name {name} would be generated both in {other} and in {module}; rename one \
                 of the schemas or operations"
            )),
            _ => Ok(()),
        }
    }

    /// Where `name` lives.
    pub fn module(&self, name: &str) -> Option<&str> {
        self.modules.get(name).map(String::as_str)
    }

    /// The `use` items for `tokens`, which stand in `module`. What is not generated comes by one
    /// glob import of `gathered`.
    pub fn imports(&self, tokens: &TokenStream, module: &str, gathered: &str) -> TokenStream {
        self.uses(
            tokens,
            |home| {
                // Its own files are exported by the module itself.
                if home.starts_with(module) {
                    None
                } else if home.starts_with("crate::generated") {
                    Some(home.to_owned())
                } else {
                    Some(gathered.to_owned())
                }
            },
            gathered,
        )
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
        let mut names = BTreeSet::new();
        mentioned(tokens.clone(), &mut names);
        let mut wanted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for name in &names {
            if let Some(home) = self.module(name).and_then(&path) {
                wanted.entry(home).or_default().insert(name);
            }
        }
        let lines = wanted.iter().map(|(home, names)| {
            let is_glob = home == glob;
            let home: syn::Path = syn::parse_str(home).expect("modules are named by the generator");
            if is_glob {
                return quote!(use #home::*;);
            }
            let names = names.iter().map(|name| super::ident(name));
            quote!(use #home::{#(#names),*};)
        });
        quote!(#(#lines)*)
    }
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
