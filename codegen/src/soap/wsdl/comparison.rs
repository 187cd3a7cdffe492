//! What every part of a comparison shares.

use super::difference::Report;
use super::types::Types;
use crate::soap::{Operation, Wire};

/// The comparison of one operation.
pub(super) struct Comparison<'c, 'a> {
    pub(super) wire: &'c Wire,
    pub(super) types: &'c Types<'a>,
    pub(super) operation: &'c Operation,
    pub(super) report: &'c mut Report,
}

/// A name without what is easily written otherwise.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// `A, B and C`; the first few of very many.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 8;
    match names {
        [] => "nothing".to_owned(),
        [one] => format!("<{one}>"),
        many => {
            let shown: Vec<String> = many
                .iter()
                .take(MOST)
                .map(|name| format!("<{name}>"))
                .collect();
            let more = if many.len() > MOST { " and others" } else { "" };
            format!("{}{more}", shown.join(", "))
        }
    }
}
