//! Shortens the absolute paths that generators write, as a person would have written them.

use syn::visit_mut::{self, VisitMut};
use syn::{Path, PathArguments, Type};

use super::{Pass, Tally};

pub(super) const PASS: Pass = Pass {
    name: "paths",
    why: "absolute paths on every field are noise, and `types::` is a module that we don't have",
};

/// Paths whose last segment says enough.
const SHORT: &[&[&str]] = &[
    &["std", "option", "Option"],
    &["std", "vec", "Vec"],
    &["std", "string", "String"],
    &["std", "boxed", "Box"],
];

/// Shortens every known path below `node`.
///
/// ```
/// use revio_codegen::post::{Tally, paths};
///
/// let mut ty = syn::parse_quote!(::std::option::Option<types::Bill>);
/// paths::shorten(&mut ty, &mut Tally::default());
/// assert_eq!(ty, syn::parse_quote!(Option<Bill>));
/// ```
pub fn shorten(node: &mut Type, tally: &mut Tally) {
    Shorten(tally).visit_type_mut(node);
}

struct Shorten<'t>(&'t mut Tally);

impl VisitMut for Shorten<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let plain = path
            .segments
            .iter()
            .rev()
            .skip(1)
            .all(|segment| matches!(segment.arguments, PathArguments::None));
        if !plain {
            return;
        }
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        let known = SHORT.iter().any(|short| *short == names);
        // `types::` is progenitor's module for records; ours are imported by name.
        let record = names.len() == 2 && names[0] == "types";
        if (known || record)
            && let Some(last) = path.segments.pop()
        {
            path.leading_colon = None;
            path.segments.clear();
            path.segments.push(last);
            self.0.note(&PASS);
        }
    }
}

/// `T` of `Option<T>`.
pub fn inside_option(ty: &Type) -> Option<&Type> {
    inside(ty, "Option")
}

/// `T` of `Vec<T>`.
pub fn inside_vec(ty: &Type) -> Option<&Type> {
    inside(ty, "Vec")
}

/// `T` of `Name<T>`.
///
/// ```
/// use revio_codegen::post::paths;
///
/// let page = syn::parse_quote!(Page<Bill>);
/// let item = paths::inside(&page, "Page").unwrap();
/// assert_eq!(paths::bare_name(item).as_deref(), Some("Bill"));
/// ```
pub fn inside<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != name {
        return None;
    }
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// The bare name of a type such as `Customer`.
pub fn bare_name(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    matches!(last.arguments, PathArguments::None).then(|| last.ident.to_string())
}
