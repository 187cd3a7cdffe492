//! How a value of a type is taken by a setter or constructor, stored, and passed on.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

use crate::post::paths;

/// Types that other types convert into.
const CONVERTIBLE: &[&str] = &["RevioDateTime", "RevioDate", "TextOrNumber"];

/// Decides by type names.
pub(crate) struct Values<'a> {
    /// Whether a name is that of a generated open enum.
    pub(crate) enums: &'a dyn Fn(&str) -> bool,
}

/// How a value is taken from the caller.
pub(crate) enum Taken {
    /// As it is stored.
    AsIs,
    /// As anything that converts into it.
    Into,
    /// As anything that yields items of this type.
    List(Box<Type>),
    /// As anything that yields texts.
    Texts,
}

impl Values<'_> {
    /// How a value stored as `ty` is taken.
    pub(crate) fn taken(&self, ty: &Type) -> Taken {
        if let Some(item) = paths::inside_vec(ty) {
            return match paths::bare_name(item).as_deref() {
                Some("String") => Taken::Texts,
                _ => Taken::List(Box::new(item.clone())),
            };
        }
        let converts = paths::inside(ty, "Nullable").is_some()
            || paths::bare_name(ty).is_some_and(|name| {
                name == "String" || CONVERTIBLE.contains(&name.as_str()) || (self.enums)(&name)
            });
        if converts { Taken::Into } else { Taken::AsIs }
    }

    /// The parameter type for a value stored as `ty`, and the conversion of `name` if it needs one.
    pub(crate) fn accept(&self, ty: &Type, name: &Ident) -> (TokenStream, Option<TokenStream>) {
        match self.taken(ty) {
            Taken::AsIs => (quote!(#ty), None),
            Taken::Into => (quote!(impl Into<#ty>), Some(quote!(#name.into()))),
            Taken::List(item) => (
                quote!(impl IntoIterator<Item = #item>),
                Some(quote!(#name.into_iter().collect())),
            ),
            Taken::Texts => (
                quote!(impl IntoIterator<Item = impl Into<String>>),
                Some(quote!(#name.into_iter().map(Into::into).collect())),
            ),
        }
    }
}

/// What a request stores for an argument of type `ty`: the owned form.
pub(crate) fn owned(ty: &Type) -> Type {
    if let Some(inner) = paths::inside_option(ty) {
        let inner = owned(inner);
        return syn::parse_quote!(Option<#inner>);
    }
    match ty {
        Type::Reference(reference) => match paths::bare_name(&reference.elem).as_deref() {
            Some("str") => syn::parse_quote!(String),
            _ => (*reference.elem).clone(),
        },
        other => other.clone(),
    }
}
