//! Runs typify over the definitions and mends what it makes.

use std::collections::BTreeMap;

use schemars::schema::RootSchema;
use serde_json::{Map, Value, json};
use syn::ItemStruct;
use typify::{TypeSpace, TypeSpaceImpl, TypeSpaceSettings};

use super::definitions::Definitions;
use crate::fault::{Fault, Subject};
use crate::generate::contained::contained;
use crate::generate::culprit;
use crate::model::Record;
use crate::post::{Tally, derives, records, redact, split};

/// A message or a part of one.
pub(super) struct Made<'d> {
    pub(super) record: ItemStruct,
    pub(super) facts: &'d Record,
    /// The module that it belongs to.
    pub(super) home: &'d str,
}

/// The types by name.
pub(super) fn make<'d>(
    definitions: &'d Definitions,
    tally: &mut Tally,
) -> Result<BTreeMap<String, Made<'d>>, Fault> {
    let mut records = definitions.records.iter();
    if let Some((name, _)) = records.find(|(_, record)| record.properties.is_empty()) {
        return Err(Fault::schema(name, "has no properties"));
    }
    let file = attempt(definitions, &definitions.lowered).map_err(|message| {
        let subject = find_culprit(definitions).map_or(Subject::Whole, Subject::Schema);
        Fault::new(subject, format!("makes typify fail: {message}"))
            .with_help("write it another way")
    })?;
    let mut types = BTreeMap::new();
    for (name, mut record) in split::records(file.items, tally)? {
        let (Some(facts), Some(home)) =
            (definitions.records.get(&name), definitions.homes.get(&name))
        else {
            let message = format!("typify made a type {name} that no definition has");
            return Err(Fault::generator(message)
                .with_help("name definitions like types: ProductsQueryRequest"));
        };
        let is_sent = definitions.built.contains(&name);
        records::mend(&mut record, facts, is_sent, false, tally)?;
        if !is_sent {
            keep_unknown(&mut record);
        }
        derives::replace(&mut record, redact::is_needed(facts), tally);
        let made = Made {
            record,
            facts,
            home,
        };
        types.insert(name, made);
    }
    Ok(types)
}

/// Adds a place for elements that the schema doesn't have: the service may answer more than is published.
fn keep_unknown(record: &mut ItemStruct) {
    if let syn::Fields::Named(fields) = &mut record.fields {
        fields.named.push(syn::parse_quote! {
            /// Elements that this version does not know.
            #[serde(rename = "#extras", default, skip_serializing_if = "Extras::is_empty")]
            pub extras: Extras
        });
    }
}

fn attempt(definitions: &Definitions, lowered: &Map<String, Value>) -> Result<syn::File, String> {
    let mut settings = TypeSpaceSettings::default();
    for name in &definitions.replaced {
        settings.with_replacement(name, name, [TypeSpaceImpl::Display].into_iter());
    }
    let root: RootSchema = serde_json::from_value(json!({"definitions": lowered}))
        .map_err(|error| format!("no JSON Schema: {error}"))?;
    contained(|| {
        let mut space = TypeSpace::new(&settings);
        space
            .add_root_schema(root)
            .map_err(|error| error.to_string())?;
        syn::parse2(space.to_stream()).map_err(|error| format!("it emitted no Rust: {error}"))
    })
}

/// The definition that fails alone.
fn find_culprit(definitions: &Definitions) -> Option<String> {
    let parts = definitions.lowered.iter();
    let parts: BTreeMap<String, String> = parts
        .map(|(name, schema)| (name.clone(), schema.to_string()))
        .collect();
    culprit::smallest(&parts, "#/definitions/", |names| {
        let mut alone = definitions.lowered.clone();
        alone.retain(|name, _| names.contains(name));
        attempt(definitions, &alone).is_err()
    })
}
