//! Sample values and sample calls, for documentation and for the wire tests.

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Field, ItemStruct, Type};

use super::{enums, ident, requests, values};
use crate::model::{Answer, Api, Operation};
use crate::post::calls::{Argument, Call, Role};
use crate::post::paths;
use crate::post::records::sent_name;

/// How many optional fields an example sets in a body that requires none.
const TELLING: usize = 2;

/// Builds sample expressions.
pub(crate) struct Samples<'a> {
    /// The schema.
    pub(crate) api: &'a Api,
    /// Generated records and bodies.
    pub(crate) types: &'a BTreeMap<String, ItemStruct>,
    /// Whether ids come from the test's table instead of being literals.
    pub(crate) ids_from_test: bool,
    /// Whether optional parts are filled in too.
    pub(crate) everything: bool,
}

impl Samples<'_> {
    /// An expression of type `ty`, or one that converts into it.
    pub(crate) fn value(&self, ty: &Type) -> TokenStream {
        if let Some(inner) = paths::inside_option(ty) {
            return self.value(inner);
        }
        if let Some(inner) = paths::inside(ty, "Nullable") {
            return self.nullable(inner);
        }
        if let Some(inner) = paths::inside_vec(ty) {
            let value = self.value(inner);
            return quote!([#value]);
        }
        if let Some(record) = paths::inside(ty, "Patch") {
            return self.patch(record);
        }
        let name = paths::bare_name(ty).unwrap_or_default();
        match name.as_str() {
            "String" => quote!("text"),
            "bool" => quote!(true),
            "i32" | "i64" | "TextOrNumber" => quote!(1),
            "Money" | "Quantity" => quote!("10.50".parse()?),
            "RevioDateTime" => quote!("2026-01-31T00:00:00".parse::<RevioDateTime>()?),
            "RevioDate" => quote!("2026-01-31".parse::<RevioDate>()?),
            "Json" if self.ids_from_test => quote!(ids.free_form().parse()?),
            "Json" => quote!("{}".parse()?),
            _ => self.named(&name),
        }
    }

    /// What `Nullable<inner>` is made from: a value of just that type.
    fn nullable(&self, inner: &Type) -> TokenStream {
        if let Some(item) = paths::inside_vec(inner) {
            let value = self.value(item);
            return quote!(vec![#value]);
        }
        match paths::bare_name(inner).unwrap_or_default().as_str() {
            "Money" => quote!("10.50".parse::<Money>()?),
            "Quantity" => quote!("10.50".parse::<Quantity>()?),
            _ => self.value(inner),
        }
    }

    fn named(&self, name: &str) -> TokenStream {
        let rust = ident(name);
        if self.api.ids.contains(name) {
            return if self.ids_from_test {
                quote!(#rust(ids.of(#name)))
            } else {
                quote!(#rust(1015))
            };
        }
        if let Some(known) = self.api.enums.get(name) {
            let variant = known
                .values
                .first()
                .map(|value| ident(&enums::variant(value)));
            return quote!(#rust::#variant);
        }
        let body = self.types.get(name).map(|body| self.body(body));
        body.unwrap_or_else(|| quote!(Default::default()))
    }

    fn body(&self, body: &ItemStruct) -> TokenStream {
        let name = &body.ident;
        let (optional, required): (Vec<_>, Vec<_>) = body
            .fields
            .iter()
            .partition(|field| paths::inside_option(&field.ty).is_some());
        let telling = match required.as_slice() {
            [] => self.telling(body, &optional),
            _ => Vec::new(),
        };
        let required = required.into_iter().map(|field| self.value(&field.ty));
        let setters = optional.into_iter().filter_map(|field| {
            let (ident, value) = (field.ident.as_ref()?, self.value(&field.ty));
            let wanted = self.everything || telling.contains(&ident);
            wanted.then(|| quote!(.#ident(#value)))
        });
        quote!(#name::new(#(#required),*) #(#setters)*)
    }

    /// The optional fields that make an example say something: those known to be taken, an id before
    /// an amount before a text.
    fn telling<'f>(&self, body: &ItemStruct, optional: &[&'f Field]) -> Vec<&'f Ident> {
        let record = self.api.records.get(&body.ident.to_string());
        let is_known = |field: &Field| {
            let property = record.and_then(|record| record.properties.get(&sent_name(field)));
            property.is_some_and(|property| !property.evidence.is_unverified())
        };
        let first = |kind: &dyn Fn(&str) -> bool| {
            optional.iter().find(|field| {
                let inner = paths::inside_option(&field.ty).unwrap_or(&field.ty);
                let inner = paths::inside(inner, "Nullable").unwrap_or(inner);
                let item = paths::inside_vec(inner).unwrap_or(inner);
                is_known(field) && kind(&paths::bare_name(item).unwrap_or_default())
            })
        };
        let id = first(&|name| self.api.ids.contains(name));
        let amount = first(&|name| name == "Money");
        let text = first(&|name| name == "String");
        let found = [id, amount, text].into_iter().flatten();
        found
            .filter_map(|field| field.ident.as_ref())
            .take(TELLING)
            .collect()
    }

    fn patch(&self, record: &Type) -> TokenStream {
        let name = paths::bare_name(record).unwrap_or_default();
        let Some(item) = self.types.get(&name) else {
            return quote!(Patch::new());
        };
        let field = item.fields.iter().find(|field| {
            paths::inside_option(&field.ty)
                .and_then(paths::bare_name)
                .is_some_and(|name| name == "String")
        });
        let Some(field) = field else {
            return quote!(Patch::new());
        };
        let constant = ident(&sent_name(field).to_shouty_snake_case());
        if self.ids_from_test {
            let module = self
                .api
                .records
                .get(&name)
                .and_then(|record| record.owner.as_deref())
                .map(ident);
            quote!(Patch::new().replace(revio_api::resources::#module::fields::#constant, "text"))
        } else {
            quote!(Patch::new().replace(fields::#constant, "text"))
        }
    }

    fn argument(&self, operation: &Operation, argument: &Argument) -> TokenStream {
        if argument.role == Role::Query("sort".to_owned())
            && let Some(field) = self.sortable(operation)
        {
            return quote!(#field);
        }
        self.value(&values::owned(&argument.ty))
    }

    /// A plain field of what an operation lists: its id if it has one. Where the record isn't known, a field that
    /// it is created with.
    fn sortable(&self, operation: &Operation) -> Option<String> {
        let body = || {
            let mut siblings = self
                .api
                .resources
                .iter()
                .flat_map(|resource| &resource.operations);
            let create =
                siblings.find(|other| other.tag == operation.tag && other.verb == "create");
            create?.body.clone()
        };
        let name = operation.record.clone().or_else(body)?;
        let record = self.api.records.get(&name)?;
        let own = record
            .properties
            .iter()
            .find(|(_, property)| property.own_id);
        if let Some((own, _)) = own {
            return Some(own.clone());
        }
        let plain = self.types.get(&name)?.fields.iter().find(|field| {
            let ty = paths::inside_option(&field.ty).unwrap_or(&field.ty);
            let name = paths::bare_name(ty).unwrap_or_default();
            paths::inside_vec(ty).is_none() && !self.types.contains_key(&name)
        });
        plain.map(sent_name)
    }

    /// `client.customers().get(CustomerId(1015))`
    pub(crate) fn call(&self, operation: &Operation, call: &Call) -> TokenStream {
        let accessor = ident(&operation.tag);
        let verb = ident(&operation.verb);
        let required = requests::required(operation, call)
            .into_iter()
            .map(|(argument, _)| self.argument(operation, argument));
        let setters = operation.parameters.iter().filter_map(|parameter| {
            let argument = call
                .arguments
                .iter()
                .find(|argument| argument.role == Role::Query(parameter.name.clone()))?;
            paths::inside_option(&argument.ty)?;
            let wanted = self.everything || parameter.name == "page_size";
            let setter = ident(&parameter.setter);
            let value = if parameter.name == "page_size" {
                quote!(500)
            } else {
                self.argument(operation, argument)
            };
            wanted.then(|| quote!(.#setter(#value)))
        });
        quote!(client.#accessor().#verb(#(#required),*) #(#setters)*)
    }

    /// The documentation example of an operation, fences included.
    pub(crate) fn documentation(&self, operation: &Operation, call: &Call) -> Vec<String> {
        let module = ident(&operation.tag);
        let expression = self.call(operation, call);
        let variable = variable(operation);
        let binding = variable.map(|variable| quote!(let #variable =));
        let statement = quote!(#binding #expression.await?;);
        let code: syn::File = syn::parse_quote! {
            fn example() {
                #statement
            }
        };
        let code = prettyplease::unparse(&code);
        let mut lines = vec!["```no_run".to_owned()];
        let text = code.lines().skip(1);
        let text: Vec<_> = text.take_while(|line| *line != "}").collect();
        if text.iter().any(|line| {
            self.types.keys().any(|name| mentions(line, name)) || mentions(line, "fields")
        }) {
            lines.push(format!(
                "# use revio_api::{{prelude::*, resources::{module}::*}};"
            ));
        } else {
            lines.push("# use revio_api::prelude::*;".to_owned());
        }
        lines.push(
            "# async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {"
                .to_owned(),
        );
        lines.extend(
            text.iter()
                .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()),
        );
        lines.push("# Ok(()) }".to_owned());
        lines.push("```".to_owned());
        lines
    }
}

fn mentions(line: &str, name: &str) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == name)
}

/// What an example calls the answer.
fn variable(operation: &Operation) -> Option<Ident> {
    let name = match (&operation.answer, operation.verb.as_str()) {
        (Answer::Page, _) => "page",
        (Answer::File, _) => "file",
        (Answer::Value, "create") => "created",
        (Answer::Value, "get") => {
            let record = operation.record.as_ref();
            return Some(
                record.map_or_else(|| ident("answer"), |name| ident(&name.to_snake_case())),
            );
        }
        (Answer::Value, _) => "answer",
        (Answer::Done, _) => return None,
    };
    Some(ident(name))
}
