//! The wire table of the legacy operations.

use heck::ToShoutySnakeCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, ident};
use crate::soap::{Field, Kind, Limit, Operation, Service, Structure, Wire};

/// The file of the table.
pub(crate) fn emit(wire: &Wire) -> TokenStream {
    let service = service(&wire.service);
    let operations = wire.operations.iter().map(operation);
    let names = wire.operations.iter().map(|it| constant(&it.name));
    let structures = wire.structures.values().map(structure);
    let all = docs::paragraphs("All operations, in the order of their files.");
    quote! {
        use crate::legacy::table::*;

        #service
        #(#operations)*
        #(#all)*
        pub(crate) static WIRES: &[&Wire] = &[#(&#names),*];
        #(#structures)*
    }
}

/// The name of the static for an operation or a structure.
pub(crate) fn constant(name: &str) -> Ident {
    ident(&name.to_shouty_snake_case())
}

/// The id of an operation in errors and logs.
pub(crate) fn operation_id(module: &str) -> String {
    format!("legacy_{module}")
}

fn service(service: &Service) -> TokenStream {
    let about = docs::paragraphs("What all operations share.");
    let Service {
        content_type_11,
        content_type_12,
        action,
        request_path,
        response_path,
        success_path,
        login_refused_codes,
        session_operation,
        timeout_seconds,
        ids_per_call,
        ..
    } = service;
    let [endpoint, namespace, date_format] =
        [&service.endpoint, &service.namespace, &service.date_format].map(|it| &it.value);
    let version = ident(if service.soap_version.value == "1.2" {
        "Soap12"
    } else {
        "Soap11"
    });
    let by_session = service.authentication.value == "session";
    let nil = service.null_style.value == "xsi:nil";
    let paths = service
        .session_key_paths
        .iter()
        .map(|path| quote!(&[#(#path),*]));
    let effect = ident(service.session_effect.variant());
    let id = operation_id("sessions");
    quote! {
        #(#about)*
        pub(crate) static SERVICE: Service = Service {
            endpoint: #endpoint,
            namespace: #namespace,
            soap_version: SoapVersion::#version,
            content_type_11: #content_type_11,
            content_type_12: #content_type_12,
            action: #action,
            request_path: &[#(#request_path),*],
            response_path: &[#(#response_path),*],
            success_path: &[#(#success_path),*],
            login_refused_codes: &[#(#login_refused_codes),*],
            by_session: #by_session,
            session_name: #session_operation,
            session_operation: operation(#id, Effect::#effect, Evidence::Documented),
            session_key_paths: &[#(#paths),*],
            date_format: #date_format,
            nil: #nil,
            timeout_seconds: #timeout_seconds,
            ids_per_call: #ids_per_call,
            header: &HEADER,
        };
    }
}

/// One line for the macro of the table.
fn operation(operation: &Operation) -> TokenStream {
    let constant_name = constant(&operation.name);
    let name = &operation.name;
    let id = operation_id(&operation.module);
    let effect = ident(operation.effect.variant());
    let evidence = ident(operation.evidence.variant());
    let wrapper = option(operation.wrapper.value.as_ref());
    let pairs = operation.value_style.value == "updated-pair";
    let [preamble, request, response] =
        [&operation.preamble, &operation.request, &operation.response].map(|name| constant(name));
    quote! {
        wire!(
            #constant_name, #name, #id, #effect, #evidence, wrapper = #wrapper, pairs = #pairs,
            #preamble, #request, #response
        );
    }
}

/// The same for a structure, with what it has beside its fields.
fn structure(structure: &Structure) -> TokenStream {
    let constant_name = constant(&structure.name);
    let name = &structure.name;
    let fields = structure.fields.iter().map(field);
    let mut settings = Vec::new();
    if let Some(item) = &structure.item.value {
        settings.push(quote!(item = Some(#item)));
    }
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(one, other)| quote!((#one, #other)));
        quote!(&[#(#pairs),*])
    };
    let rules = &structure.rules;
    if !rules.exclusive.is_empty() {
        let pairs = pairs(&rules.exclusive);
        settings.push(quote!(exclusive = #pairs));
    }
    if !rules.needs.is_empty() {
        let pairs = pairs(&rules.needs);
        settings.push(quote!(needs = #pairs));
    }
    if rules.one_at_least {
        settings.push(quote!(one_at_least = true));
    }
    if !rules.advised.is_empty() {
        let advised = &rules.advised;
        settings.push(quote!(advised = &[#(#advised),*]));
    }
    if let Some(stray) = &structure.stray {
        let (fields, parents) = (&stray.fields, &stray.parents);
        settings.push(quote! {
            stray = Some(Stray { fields: &[#(#fields),*], parents: &[#(#parents),*] })
        });
    }
    quote! {
        structure!(#constant_name, #name, [#(#fields),*] #(, #settings)*);
    }
}

fn field(field: &Field) -> TokenStream {
    let name = &field.name;
    let kind = kind(&field.kind);
    let element = &field.element;
    let mut tokens = if element == name {
        quote!(Field::new(#name, #kind))
    } else {
        quote!(Field::named(#name, #element, #kind))
    };
    if field.required {
        tokens.extend(quote!(.required()));
    }
    if field.sensitive {
        tokens.extend(quote!(.sensitive()));
    }
    for (method, limits) in [("limits", &field.limits), ("advised", &field.advised)] {
        if !limits.is_empty() {
            let method = ident(method);
            let limits = limits.iter().map(limit);
            tokens.extend(quote!(.#method(&[#(#limits),*])));
        }
    }
    if let Some(row_field) = &field.row_field {
        tokens.extend(quote!(.row_field(#row_field)));
    }
    if let Some(signature) = &field.signature {
        let (all, any) = (&signature.all, &signature.any);
        tokens.extend(quote!(.signature(&[#(#all),*], &[#(#any),*])));
    }
    tokens
}

fn kind(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Int => quote!(Kind::Int),
        Kind::Decimal => quote!(Kind::Decimal),
        Kind::Bool => quote!(Kind::Bool),
        Kind::Text => quote!(Kind::Text),
        Kind::Date => quote!(Kind::Date),
        Kind::Markup => quote!(Kind::Markup),
        Kind::One(name) => {
            let name = constant(name);
            quote!(Kind::One(&#name))
        }
        Kind::Wrapped(name) => {
            let name = constant(name);
            quote!(Kind::Wrapped(&#name))
        }
        Kind::Repeated(scalar) => {
            let scalar = self::kind(scalar);
            quote!(Kind::Repeated(&#scalar))
        }
    }
}

fn limit(limit: &Limit) -> TokenStream {
    match limit {
        Limit::Digits(count) => quote!(Limit::Digits(#count)),
        Limit::Without(character) => quote!(Limit::Without(#character)),
        Limit::MinLength(length) => quote!(Limit::MinLength(#length)),
        Limit::MaxLength(length) => quote!(Limit::MaxLength(#length)),
        Limit::Minimum(number) => quote!(Limit::Minimum(#number)),
    }
}

fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
