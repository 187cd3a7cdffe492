//! Reads items of generated files into the surface.

use syn::{Attribute, Fields, Item as Code};

use super::reader::{Place, Reader, has, is_public, is_unverified};
use super::{declared, requests, text};
use crate::post::records::sent_name;
use crate::rust_api::surface::{Origin, Shape};

impl Reader<'_> {
    /// Reads a whole file.
    pub(super) fn file(&mut self, file: &syn::File) -> Result<(), String> {
        // The methods that make legacy requests stand before what says of which message.
        for item in &file.items {
            if let Code::Macro(item) = item
                && item.mac.path.is_ident("legacy_request")
            {
                requests::learn_message(self, item.mac.tokens.clone())?;
            }
        }
        file.items.iter().try_for_each(|item| self.item(item))
    }

    fn item(&mut self, item: &Code) -> Result<(), String> {
        match item {
            Code::Mod(module) => self.module(module),
            Code::Struct(item) => {
                self.record(item);
                Ok(())
            }
            Code::Enum(item) => {
                self.list_of_values(item);
                Ok(())
            }
            Code::Const(item) if is_public(&item.vis) => {
                let constant = (
                    item.ident.to_string(),
                    text::of(&*item.ty),
                    text::of(&*item.expr),
                );
                self.constant(&item.attrs, constant);
                Ok(())
            }
            Code::Static(item) if is_public(&item.vis) => {
                // Its value has a row for each operation; those are items of their own.
                let constant = (
                    item.ident.to_string(),
                    text::of(&*item.ty),
                    "[..]".to_owned(),
                );
                self.constant(&item.attrs, constant);
                Ok(())
            }
            Code::Impl(item) => self.implementation(item),
            Code::Macro(item) => {
                let name = text::of(&item.mac.path);
                let gate = is_unverified(&item.attrs);
                declared::item(self, &name, item.mac.tokens.clone(), gate)
            }
            // Private tables of what is sent.
            Code::Use(_) | Code::Const(_) | Code::Static(_) => Ok(()),
            other => Err(format!("holds something unexpected: {}", text::of(other))),
        }
    }

    fn module(&mut self, module: &syn::ItemMod) -> Result<(), String> {
        if !is_public(&module.vis) {
            return Ok(());
        }
        let name = module.ident.to_string();
        let path = self.path(&name);
        let origin = match (self.module.as_str(), name.as_str()) {
            ("resources", tag) => Origin::Tag(tag.to_owned()),
            (_, "fields") => Origin::Tag(self.tag().unwrap_or_default().to_owned()),
            _ => Origin::Whole,
        };
        self.declare(&name, &module.attrs, Shape::Module, origin);
        let Some((_, items)) = &module.content else {
            return Ok(());
        };
        let mut inside = Reader {
            module: path.clone(),
            known: &mut *self.known,
            surface: &mut *self.surface,
        };
        items.iter().try_for_each(|item| inside.item(item))?;
        // A module of field constants is made of what they have in common.
        let below = items.iter().find_map(|item| match item {
            Code::Const(item) => self.surface.get(&format!("{path}::{}", item.ident)),
            _ => None,
        });
        if let Some(Origin::PatchPath(record, pointer)) = below.map(|item| item.origin.clone())
            && let Some((above, _)) = pointer.rsplit_once('/')
            && let Some(item) = self.surface.get_mut(&path)
        {
            item.origin = Origin::PatchPath(record, above.to_owned());
        }
        Ok(())
    }

    fn record(&mut self, item: &syn::ItemStruct) {
        let name = item.ident.to_string();
        let is_public_field = |field: &syn::Field| is_public(&field.vis);
        let open = has(&item.attrs, "non_exhaustive");
        let private = !item.fields.iter().all(is_public_field);
        let origin = match self.tag() {
            // The only struct of a resource that is neither record nor request: its handle.
            Some(tag) if item.fields.len() == 1 && is_handle(item) => Origin::Tag(tag.to_owned()),
            _ => self.origin(&name),
        };
        let place = self.declare(&name, &item.attrs, Shape::Struct { open, private }, origin);
        self.derived(&place, &item.attrs);
        for (at, field) in item.fields.iter().enumerate() {
            if !is_public_field(field) {
                continue;
            }
            let ident = field
                .ident
                .as_ref()
                .map_or(at.to_string(), ToString::to_string);
            let sent = sent_name(field);
            let sent = if sent.is_empty() { ident.clone() } else { sent };
            self.known
                .sent
                .insert((place.owner.clone(), ident.clone()), sent.clone());
            let of = Place {
                origin: match &place.origin {
                    Origin::Schema(schema) => Origin::Property(schema.clone(), sent),
                    other => other.clone(),
                },
                ..place.clone()
            };
            let ty = text::of(&field.ty);
            self.part(&of, ".", &ident, Shape::Field { ty });
        }
    }

    fn list_of_values(&mut self, item: &syn::ItemEnum) {
        let name = item.ident.to_string();
        let open = has(&item.attrs, "non_exhaustive");
        let origin = self.origin(&name);
        let place = self.declare(&name, &item.attrs, Shape::Enum { open }, origin);
        self.derived(&place, &item.attrs);
        for variant in &item.variants {
            let holds = match &variant.fields {
                Fields::Unit => None,
                fields => Some(
                    fields
                        .iter()
                        .map(|field| text::of(&field.ty))
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            };
            let shape = Shape::Variant { holds, sent: None };
            self.part(&place, "::", &variant.ident.to_string(), shape);
        }
    }

    /// The traits of `#[derive(..)]`.
    fn derived(&mut self, of: &Place, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
            // What is no list of paths wouldn't compile.
            let _ = attribute.parse_nested_meta(|meta| {
                let name = text::of(&meta.path);
                let nothing = Shape::Trait {
                    types: String::new(),
                    says: String::new(),
                };
                self.part(of, ": ", &name, nothing);
                Ok(())
            });
        }
    }

    fn constant(&mut self, attributes: &[Attribute], (name, ty, value): (String, String, String)) {
        // `Field::new("/finance/balance")` of a `Field<Customer, Money>`.
        let record = ty
            .strip_prefix("Field<")
            .and_then(|rest| rest.split(',').next());
        let pointer = value
            .strip_prefix("Field::new(\"")
            .and_then(|rest| rest.split('"').next());
        let origin = match (record, pointer) {
            (Some(record), Some(pointer)) => {
                Origin::PatchPath(record.to_owned(), pointer.to_owned())
            }
            _ => Origin::Whole,
        };
        self.declare(&name, attributes, Shape::Constant { ty, value }, origin);
    }
}

/// A handle holds nothing but the way to the server.
fn is_handle(item: &syn::ItemStruct) -> bool {
    item.fields
        .iter()
        .all(|field| field.ident.as_ref().is_some_and(|name| name == "transport"))
        && !has(&item.attrs, "must_use")
}
