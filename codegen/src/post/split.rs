//! Takes progenitor's one file apart: the records of `mod types` and the methods of its client.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use syn::{Fields, File, ImplItem, ImplItemFn, Item, ItemStruct};

use super::{Pass, Tally};
use crate::fault::Fault;

pub(super) const PASS: Pass = Pass {
    name: "split",
    why: "one file of everything, with builders, conversions and a client that nobody needs",
};

/// The parts that are kept.
pub struct Parts {
    /// Records and bodies by Rust name.
    pub types: BTreeMap<String, ItemStruct>,
    /// One method an operation, by operation id.
    pub methods: IndexMap<String, ImplItemFn>,
}

/// Splits `file`.
///
/// ```
/// use revio_codegen::post::{Tally, split};
///
/// let file = syn::parse_quote! {
///     pub mod types { pub struct Bill { total: Money } }
///     impl Client { pub async fn bills_get(&self) {} }
/// };
/// let parts = split::split(file, &mut Tally::default()).unwrap();
/// assert!(parts.types.contains_key("Bill") && parts.methods.contains_key("bills_get"));
/// ```
///
/// # Errors
/// Names a generated item of an unexpected kind.
pub fn split(file: File, tally: &mut Tally) -> Result<Parts, Fault> {
    let mut parts = Parts {
        types: BTreeMap::new(),
        methods: IndexMap::new(),
    };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                let items = module.content.map(|(_, items)| items).unwrap_or_default();
                parts.types = records(items, tally)?;
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
///
/// # Errors
/// Names the type of another shape.
pub fn records(items: Vec<Item>, tally: &mut Tally) -> Result<BTreeMap<String, ItemStruct>, Fault> {
    let mut types = BTreeMap::new();
    for item in items {
        let (name, became, help) = match item {
            Item::Struct(record) if matches!(record.fields, Fields::Named(_)) => {
                tally.note(&PASS);
                types.insert(record.ident.to_string(), record);
                continue;
            }
            // Empty objects.
            Item::Struct(record) if matches!(record.fields, Fields::Unit) => (
                record.ident,
                "has no properties",
                "give it one, or refer to FreeForm",
            ),
            Item::Struct(other) => (
                other.ident,
                "became a newtype",
                "give the schema a type that the generator knows, or mark it x-revio-id or \
                 x-revio-enum",
            ),
            Item::Enum(other) => (
                other.ident,
                "became a closed enum",
                "name its values with x-revio-enum",
            ),
            Item::Type(other) => (
                other.ident,
                "became an alias",
                "refer to the schema that it stands for",
            ),
            _ => continue,
        };
        return Err(Fault::schema(&name.to_string(), became).with_help(help));
    }
    Ok(types)
}
