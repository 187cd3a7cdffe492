//! One request type an operation: what it will send, optional parts as setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::values::{self, Values};
use super::{docs, ident, operations, unverified_gate};
use crate::model::{Answer, Operation, Parameter, Place, Resource};
use crate::post::calls::{Argument, Call, Role};
use crate::post::paths;

/// The file of one resource.
pub(crate) fn emit(resource: &Resource, calls: &[Call], values: &Values<'_>) -> TokenStream {
    let requests = resource
        .operations
        .iter()
        .zip(calls)
        .map(|(operation, call)| request(operation, call, values));
    let constants = resource.operations.iter().map(operations::constant);
    quote!(#(#constants)* #(#requests)*)
}

/// The constructor arguments of a request: path, required query, body.
pub(crate) fn required<'a>(operation: &'a Operation, call: &'a Call) -> Vec<(&'a Argument, Ident)> {
    let mut found: Vec<(usize, &Argument, Ident)> = call
        .arguments
        .iter()
        .filter(|argument| paths::inside_option(&argument.ty).is_none())
        .map(|argument| {
            let position = operation
                .parameters
                .iter()
                .position(|parameter| matches(operation, parameter, argument))
                .unwrap_or(usize::MAX);
            (position, argument, field(operation, argument))
        })
        .collect();
    found.sort_by_key(|(position, _, _)| *position);
    found
        .into_iter()
        .map(|(_, argument, name)| (argument, name))
        .collect()
}

/// Whether `argument` is what progenitor made of `parameter`.
fn matches(operation: &Operation, parameter: &Parameter, argument: &Argument) -> bool {
    match &argument.role {
        Role::Query(sent) => parameter.place == Place::Query && parameter.name == *sent,
        // Path parameters come first, in the order of the path.
        Role::Path(at) => {
            let nth = operation.parameters.get(*at);
            parameter.place == Place::Path && nth.is_some_and(|nth| nth.name == parameter.name)
        }
        Role::Body => false,
    }
}

/// The name of the request's field and setter for an argument.
fn field(operation: &Operation, argument: &Argument) -> Ident {
    operation
        .parameters
        .iter()
        .find(|parameter| matches(operation, parameter, argument))
        .map_or_else(
            || ident(&argument.name),
            |parameter| ident(&parameter.setter),
        )
}

/// Whether the operation takes what the runtime's `Paging` holds: page, page size, sort.
fn is_list(operation: &Operation, call: &Call) -> bool {
    operation.answer == Answer::Page
        && PAGING.iter().all(|name| {
            call.arguments
                .iter()
                .any(|argument| is_query(argument, name))
        })
}

const PAGING: [&str; 3] = ["page", "page_size", "sort"];

fn is_query(argument: &Argument, name: &str) -> bool {
    matches!(&argument.role, Role::Query(sent) if sent == name)
}

fn request(operation: &Operation, call: &Call, values: &Values<'_>) -> TokenStream {
    let gate = unverified_gate(operation);
    let name = ident(&operation.request());
    let output = &call.output;
    let constant = ident(&operation.constant());
    let list = is_list(operation, call);
    let in_paging =
        |argument: &Argument| list && PAGING.iter().any(|name| is_query(argument, name));

    let own: Vec<&Argument> = call
        .arguments
        .iter()
        .filter(|argument| !in_paging(argument))
        .collect();
    let fields = own.iter().map(|argument| {
        let name = field(operation, argument);
        let ty = values::owned(&argument.ty);
        quote!(#name: #ty)
    });
    let paging_field = list.then(|| quote!(paging: Paging,));
    let required = required(operation, call);
    let parameters = required.iter().map(|(argument, name)| {
        let (parameter, _) = values.accept(&values::owned(&argument.ty), name);
        quote!(#name: #parameter)
    });
    let initial = own.iter().map(|argument| {
        let name = field(operation, argument);
        if paths::inside_option(&argument.ty).is_some() {
            return quote!(#name: None);
        }
        let (_, value) = values.accept(&values::owned(&argument.ty), &name);
        value.map_or_else(|| quote!(#name), |value| quote!(#name: #value))
    });
    let paging_initial = list.then(|| quote!(paging: Paging::default(),));
    let setters = operation.parameters.iter().filter_map(|parameter| {
        let argument = own
            .iter()
            .find(|argument| matches(operation, parameter, argument))?;
        let inner = values::owned(paths::inside_option(&argument.ty)?);
        let name = ident(&parameter.setter);
        let (taken, value) = values.accept(&inner, &name);
        let value = value.unwrap_or_else(|| quote!(#name));
        let docs = docs::field(&parameter.description, parameter.evidence);
        Some(quote! {
            #(#docs)*
            pub fn #name(mut self, #name: #taken) -> Self {
                self.#name = Some(#value);
                self
            }
        })
    });
    let value = |argument: &Argument| {
        let name = field(operation, argument);
        if in_paging(argument) {
            quote!(&self.paging.#name)
        } else {
            quote!(&self.#name)
        }
    };
    let in_path = required
        .iter()
        .filter(|(argument, _)| matches!(argument.role, Role::Path(_)))
        .map(|(argument, _)| {
            let value = value(argument);
            quote!(.path(#value))
        });
    let in_query = operation.parameters.iter().filter_map(|parameter| {
        let argument = call
            .arguments
            .iter()
            .find(|argument| is_query(argument, &parameter.name))?;
        let (sent, value) = (&parameter.name, value(argument));
        Some(quote!(.query(#sent, #value)))
    });
    let body = operation.body.as_ref().map(|_| quote!(.json(&self.body)));
    let finish = ident(match operation.answer {
        Answer::Page => "page",
        Answer::Value if paths::inside(output, "Created").is_some() => "created",
        Answer::Value => "json",
        Answer::Done => "done",
        Answer::File => "file",
    });
    let docs = docs::paragraphs(&format!(
        "{}: `{} {}`.",
        operation.summary, operation.method, operation.path
    ));
    let item = paths::inside(output, "Page");
    let implementation = match item {
        Some(item) if list => quote!(list_request!(#name, #item, #constant);),
        _ => quote!(request!(#name, #output, #finish, #constant);),
    };
    quote! {
        #(#docs)*
        #gate
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct #name {
            transport: Transport,
            #paging_field
            #(#fields),*
        }

        #gate
        #implementation

        #gate
        impl #name {
            pub(super) fn new(transport: Transport, #(#parameters),*) -> Self {
                Self { transport, #paging_initial #(#initial),* }
            }
            #(#setters)*
            fn parts(&self) -> Parts {
                Parts::new(&#constant) #(#in_path)* #(#in_query)* #body
            }
        }
    }
}
