//! What becomes of the schema's names in Rust.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The name of a field, setter or module.
pub(super) fn snake(name: &str) -> String {
    name.to_snake_case()
}

/// The name of a type or variant.
pub(super) fn camel(name: &str) -> String {
    name.to_upper_camel_case()
}

/// The variant of a value as sent: a value that starts with a digit gets a letter in front.
pub(super) fn variant(value: &str) -> String {
    let name = camel(value);
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("V{name}")
    } else {
        name
    }
}

/// The setter of a query parameter: the optional `search.` prefix isn't part of it.
pub(super) fn setter(parameter: &str) -> String {
    snake(parameter.strip_prefix("search.").unwrap_or(parameter))
}

/// Whether a Rust identifier can be made of `converted`, if need be with an underscore in front
/// (digits) or as a raw identifier (keywords).
pub(super) fn is_identifier(converted: &str) -> bool {
    !converted.is_empty()
        && !["self", "Self", "super", "crate"].contains(&converted)
        && syn::parse_str::<syn::Ident>(&format!("x_{converted}")).is_ok()
}

/// Whether `name` is already written as a type name: `BillProfile`.
pub(super) fn is_type_name(name: &str) -> bool {
    is_identifier(name) && camel(name) == name && name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether `name` is already written as a module name: `bill_profiles`, and no keyword.
pub(super) fn is_module_name(name: &str) -> bool {
    snake(name) == name && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// The name that differs from `name` by little more than a slip of the pen.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let alike = |other: &str| {
        let pairs = name.chars().zip(other.chars());
        let start = pairs.take_while(|(a, b)| a == b).count();
        let pairs = name.chars().rev().zip(other.chars().rev());
        let end = pairs.take_while(|(a, b)| a == b).count();
        start + end
    };
    let (score, best) = names.map(|other| (alike(other), other)).max()?;
    let length = name.chars().count().max(best.chars().count());
    (score * 4 >= length * 3).then_some(best)
}

/// The keyword that `name` was most likely meant to be: capitals, underscores and the prefix of an annotation are what
/// people get wrong first, a few letters next.
pub(super) fn nearest_keyword<'n>(
    name: &str,
    keywords: impl Iterator<Item = &'n str>,
) -> Option<&'n str> {
    const STEMS_ALIKE: f64 = 0.7;
    const WHOLE_ALIKE: f64 = 0.8;
    let plain = |name: &str| name.to_lowercase().replace(['_', ' '], "-");
    let stem = |name: &str| {
        let prefixes = ["x-revio-", "x-xml-", "x-"];
        let stems = prefixes.iter().filter_map(|it| name.strip_prefix(it));
        stems.into_iter().next().unwrap_or(name).to_owned()
    };
    let name = plain(name);
    let alike = |keyword: &str| {
        let keyword = plain(keyword);
        let whole = strsim::normalized_damerau_levenshtein(&name, &keyword);
        let stems = strsim::normalized_damerau_levenshtein(&stem(&name), &stem(&keyword));
        (whole >= WHOLE_ALIKE || stems >= STEMS_ALIKE).then_some(whole.max(stems))
    };
    keywords
        .filter_map(|keyword| Some((alike(keyword)?, keyword)))
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, keyword)| keyword)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_lose_the_search_prefix() {
        assert_eq!(setter("search.customerId"), "customer_id");
        assert_eq!(setter("customer_id"), "customer_id");
        assert_eq!(setter("research.area"), "research_area");
    }

    #[test]
    fn punctuation_gives_no_identifier() {
        for name in ["", "+", "--", "self", "²", "…"] {
            assert!(!is_identifier(&snake(name)), "{name}");
        }
        for name in ["type", "2fa", "größe", "a-b"] {
            assert!(is_identifier(&snake(name)), "{name}");
        }
    }

    #[test]
    fn the_nearest_name_is_one_slip_away() {
        let names = || ["BillLine", "BillPage", "Customer"].into_iter();
        assert_eq!(nearest("BillLin", names()), Some("BillLine"));
        assert_eq!(nearest("BillLnie", names()), Some("BillLine"));
        assert_eq!(nearest("BillCreate", names()), None);
        assert_eq!(nearest("", names()), None);
    }

    #[test]
    fn the_nearest_keyword_is_what_was_meant() {
        let keywords = [
            "x-revio-sensitive",
            "x-revio-record",
            "x-xml-order",
            "required",
        ];
        for (name, meant) in [
            ("x-revio-sensitve", Some("x-revio-sensitive")),
            ("x-rveio-senstive", Some("x-revio-sensitive")),
            ("X-Revio-Sensitive", Some("x-revio-sensitive")),
            ("x_revio_sensitive", Some("x-revio-sensitive")),
            ("x-sensitive", Some("x-revio-sensitive")),
            ("sensitive", Some("x-revio-sensitive")),
            ("x-revio-order", Some("x-xml-order")),
            ("requierd", Some("required")),
            ("x-revio-secret", None),
            ("x-dropshot-pagination", None),
            ("", None),
        ] {
            assert_eq!(nearest_keyword(name, keywords.into_iter()), meant, "{name}");
        }
    }

    #[test]
    fn module_names_are_snake_case_and_no_keywords() {
        assert!(is_module_name("bill_profiles"));
        for name in ["BillProfiles", "bill-profiles", "type", "", "2fa"] {
            assert!(!is_module_name(name), "{name}");
        }
    }
}
