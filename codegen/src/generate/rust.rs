//! What progenitor and typify made of the schema, taken apart and mended: the emitters' material.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use syn::ItemStruct;

use super::settings;
use crate::emit::ident;
use crate::fault::{Fault, Subject};
use crate::lower::{Lowered, Strictness, WRITE_ONLY};
use crate::model::{Api, Operation};
use crate::post::{Tally, calls, derives, paths, records, redact, split};

/// The schema in Rust, ready to be written down.
pub(super) struct Rust {
    pub(super) api: Api,
    /// Calls of each resource, parallel to its operations.
    pub(super) calls: Vec<Vec<calls::Call>>,
    /// Records and bodies.
    pub(super) types: BTreeMap<String, ItemStruct>,
    /// The `Debug` of those that have something to hide.
    pub(super) redacted: BTreeMap<String, TokenStream>,
    /// Write-only companions by record.
    pub(super) write_only: BTreeMap<String, ItemStruct>,
    /// Types that callers build.
    pub(super) built: BTreeSet<String>,
    /// Types that only unverified operations need.
    pub(super) unverified: BTreeSet<String>,
    /// Page component to item type.
    pub(super) pages: BTreeMap<String, String>,
}

impl Rust {
    /// Runs progenitor and mends what it emits.
    pub(super) fn make(api: Api, lowered: &Lowered, strictness: Strictness) -> Result<Self, Fault> {
        check_homes(&api)?;
        let mut tally = Tally::default();
        let parts = split::split(settings::run_progenitor(lowered)?, &mut tally)?;
        let mut methods = parts.methods;
        let mut all_calls = Vec::new();
        for resource in &api.resources {
            let mut calls = Vec::new();
            for operation in &resource.operations {
                let method = methods
                    .shift_remove(&operation.id)
                    .ok_or_else(|| Fault::operation(&operation.id, "got no method"))?;
                calls.push(calls::rewrite(operation, method, &mut tally)?);
            }
            all_calls.push(calls);
        }
        if let Some(name) = methods.keys().next() {
            let message = format!("progenitor made a method {name} that no operation has");
            return Err(Fault::generator(message));
        }

        let (write_only, types): (BTreeMap<_, _>, BTreeMap<_, _>) = parts
            .types
            .into_iter()
            .partition(|(name, _)| name.ends_with(WRITE_ONLY));
        let write_only = write_only.into_iter().map(|(name, mut record)| {
            for field in &mut record.fields {
                paths::shorten(&mut field.ty, &mut tally);
            }
            (name.trim_end_matches(WRITE_ONLY).to_owned(), record)
        });
        let mut rust = Self {
            api,
            calls: all_calls,
            types,
            redacted: BTreeMap::new(),
            write_only: write_only.collect(),
            built: BTreeSet::new(),
            unverified: BTreeSet::new(),
            pages: pages(lowered),
        };
        rust.built = rust.reachable(|_, mention| matches!(mention, Mention::Body));
        let verified = rust.reachable(|operation, _| !operation.evidence.is_unverified());
        let unverified = rust.types.keys().filter(|name| !verified.contains(*name));
        rust.unverified = unverified.cloned().collect();
        rust.mend(&mut tally)?;
        rust.forget_unused();
        match strictness {
            Strictness::EveryPass => tally.all_fired().map(|()| rust),
            Strictness::Lenient => Ok(rust),
        }
    }

    /// Gives every record our documentation and attributes.
    fn mend(&mut self, tally: &mut Tally) -> Result<(), Fault> {
        for (name, record) in &mut self.types {
            let facts = self
                .api
                .records
                .get(name)
                .ok_or_else(|| Fault::schema(name, "became a type, but has no properties"))?;
            let is_sent = self.built.contains(name);
            records::mend(record, facts, is_sent, name.ends_with("Replace"), tally)?;
            let hides = redact::is_needed(facts);
            derives::replace(record, hides, tally);
            if hides {
                let debug = redact::implement(record, facts, tally);
                self.redacted.insert(name.clone(), debug);
            }
        }
        Ok(())
    }

    /// Drops ids and enums that only schemas without a Rust type mention.
    fn forget_unused(&mut self) {
        let mut used = BTreeSet::new();
        for record in self.types.values().chain(self.write_only.values()) {
            used.extend(record.fields.iter().flat_map(|field| names(&field.ty)));
        }
        for call in self.calls.iter().flatten() {
            used.extend(names(&call.output));
            used.extend(argument_names(call));
        }
        self.api.ids.retain(|name| used.contains(name));
        self.api.enums.retain(|name, _| used.contains(name));
    }

    /// Types reachable from the operations' bodies and answers that `wanted` picks.
    fn reachable(&self, wanted: impl Fn(&Operation, Mention) -> bool) -> BTreeSet<String> {
        let mut open = Vec::new();
        for (resource, calls) in self.api.resources.iter().zip(&self.calls) {
            for (operation, call) in resource.operations.iter().zip(calls) {
                if wanted(operation, Mention::Answer) {
                    open.extend(names(&call.output));
                }
                if wanted(operation, Mention::Body) {
                    open.extend(argument_names(call));
                }
            }
        }
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if let Some(record) = self.types.get(&name)
                && found.insert(name)
            {
                open.extend(record.fields.iter().flat_map(|field| names(&field.ty)));
            }
        }
        found
    }
}

/// Every resource and record has a file to go into: tags become modules, and a record goes to the
/// module of the resource in whose file it stands.
fn check_homes(api: &Api) -> Result<(), Fault> {
    let tags: BTreeSet<&str> = api.resources.iter().map(|it| it.tag.as_str()).collect();
    if let Some(tag) = tags.iter().find(|tag| ident(tag) != **tag) {
        let subject = Subject::Tag((*tag).to_owned());
        return Err(Fault::new(subject, "can't be the name of a module")
            .with_help("write the tag like bill_profiles"));
    }
    let homeless = api.records.iter().find_map(|(name, record)| {
        let owner = record.owner.as_deref()?;
        (!tags.contains(owner)).then_some((name, owner))
    });
    match homeless {
        Some((name, owner)) => {
            let message = format!("stands in {owner}.yaml, but no tag is called {owner}");
            Err(Fault::schema(name, message).with_help("name the file for the tag that it holds"))
        }
        None => Ok(()),
    }
}

/// Where an operation mentions a type.
#[derive(Clone, Copy)]
enum Mention {
    Body,
    Answer,
}

/// Page component to item type.
fn pages(lowered: &Lowered) -> BTreeMap<String, String> {
    let replacements = lowered.replacements.iter();
    let pages = replacements.filter_map(|(name, rust)| {
        let item = rust.strip_prefix("Page<")?.strip_suffix('>')?;
        Some((name.clone(), item.to_owned()))
    });
    pages.collect()
}

/// Every name in the types of a call's arguments.
fn argument_names(call: &calls::Call) -> impl Iterator<Item = String> {
    let arguments = call.arguments.iter();
    arguments.flat_map(|argument| names(&argument.ty))
}

/// Every name in a type, but not the record of a patch: a patch doesn't hold one.
fn names(ty: &syn::Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'ast> syn::visit::Visit<'ast> for Names {
        fn visit_path_segment(&mut self, segment: &'ast syn::PathSegment) {
            if segment.ident == "Patch" {
                return;
            }
            self.0.push(segment.ident.to_string());
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(Vec::new());
    syn::visit::Visit::visit_type(&mut names, ty);
    names.0
}
