//! The handle of a resource: `client.customers()` and its methods.

use heck::ToUpperCamelCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::requests::required;
use super::values::{self, Values};
use super::{docs, ident, markdown, unverified_gate};
use crate::model::{Operation, Resource};
use crate::post::calls::Call;

/// The name of the handle type.
pub(crate) fn name(resource: &Resource) -> String {
    resource.tag.to_upper_camel_case()
}

/// The handle, its methods, and the accessor on the client.
pub(crate) fn emit(
    resource: &Resource,
    calls: &[Call],
    values: &Values<'_>,
    example: &dyn Fn(&Operation, &Call) -> Vec<String>,
) -> TokenStream {
    let handle = ident(&name(resource));
    let accessor = ident(&resource.tag);
    let about = docs::paragraphs(&resource.description);
    let sentence = docs::sentence(&resource.description);
    let methods = resource
        .operations
        .iter()
        .zip(calls)
        .map(|(operation, call)| {
            let gate = unverified_gate(operation);
            let docs = method_docs(operation, &example(operation, call));
            let verb = ident(&operation.verb);
            let request = ident(&operation.request());
            let required = required(operation, call);
            let parameters = required.iter().map(|(argument, name)| {
                let (parameter, _) = values.accept(&values::owned(&argument.ty), name);
                quote!(#name: #parameter)
            });
            let names = required.iter().map(|(_, name)| name);
            quote! {
                #(#docs)*
                #gate
                pub fn #verb(&self, #(#parameters),*) -> #request {
                    #request::new(self.transport.clone(), #(#names),*)
                }
            }
        });
    quote! {
        #(#about)*
        #[derive(Clone)]
        pub struct #handle {
            transport: Transport,
        }
        handle!(#handle, #accessor, #sentence);

        impl #handle {
            #(#methods)*
        }
    }
}

fn method_docs(operation: &Operation, example: &[String]) -> Vec<syn::Attribute> {
    let mut lines = docs::paragraphs(&format!("{}.", operation.summary.trim_end_matches('.')));
    let mut paragraph = |text: &str| {
        lines.push(docs::verbatim(""));
        lines.extend(docs::paragraphs(text));
    };
    if !operation.description.trim().is_empty() {
        paragraph(&operation.description);
    }
    if operation.evidence.is_unverified() {
        paragraph(
            "Not verified: needs the feature `unverified`, is outside semver, and the vendor may \
             use another path or other fields.",
        );
    }
    paragraph(&format!(
        "`{} {}`, evidence: {}. {}",
        operation.method,
        operation.path,
        operation.evidence.as_str(),
        operation.effect.sentence(),
    ));
    if let Some(page) = operation
        .page
        .as_deref()
        .filter(|page| markdown::is_plain_url(page))
    {
        lines.push(docs::verbatim(""));
        lines.push(docs::verbatim(&format!("[The vendor's page]({page}).")));
    }
    lines.push(docs::verbatim(""));
    lines.extend(example.iter().map(|line| docs::verbatim(line)));
    lines
}
