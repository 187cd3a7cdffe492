//! Takes progenitor's one file apart: the records of `mod types` and the methods of its client.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use syn::{File, ImplItem, ImplItemFn, Item, ItemStruct};

/// The parts that are kept.
pub struct Parts {
    /// Records and bodies by Rust name.
    pub types: BTreeMap<String, ItemStruct>,
    /// One method an operation, by operation id.
    pub methods: IndexMap<String, ImplItemFn>,
}

/// Splits `file`.
///
/// # Errors
/// Names a generated item of an unexpected kind.
pub fn split(file: File) -> Result<Parts, String> {
    let mut parts = Parts {
        types: BTreeMap::new(),
        methods: IndexMap::new(),
    };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                parts.types = records(module.content.map(|(_, items)| items).unwrap_or_default())?;
            }
            Item::Impl(block) if block.trait_.is_none() => {
                for member in block.items {
                    if let ImplItem::Fn(method) = member
                        && method.sig.asyncness.is_some()
                    {
                        parts.methods.insert(method.sig.ident.to_string(), method);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(parts)
}

/// The structs among typify's items. Anything else that defines a type is a shape that lowering
/// should have taken away.
pub fn records(items: Vec<Item>) -> Result<BTreeMap<String, ItemStruct>, String> {
    let mut types = BTreeMap::new();
    for item in items {
        match item {
            Item::Struct(record) if matches!(record.fields, syn::Fields::Named(_)) => {
                types.insert(record.ident.to_string(), record);
            }
            // Empty objects.
            Item::Struct(record) if matches!(record.fields, syn::Fields::Unit) => {
                return Err(format!("{} has no properties", record.ident));
            }
            Item::Struct(other) => {
                return Err(format!(
                    "{} became a newtype: give its schema a type that the generator knows, or \
                     mark it x-revio-id or x-revio-enum",
                    other.ident
                ));
            }
            Item::Enum(other) => {
                return Err(format!(
                    "{} became a closed enum: name its values with x-revio-enum",
                    other.ident
                ));
            }
            Item::Type(other) => {
                return Err(format!("{} became an alias", other.ident));
            }
            _ => {}
        }
    }
    Ok(types)
}
