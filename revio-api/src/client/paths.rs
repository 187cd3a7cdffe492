//! Paths of operations that the program knows better than the schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::operation::{Evidence, Operation};
use crate::operations::OPERATIONS;
use crate::runtime::{encode_path, next_placeholder};

/// Checks pairs of operation and path. Of two for the same operation the later one holds.
pub(super) fn checked(
    paths: Vec<(String, String)>,
) -> Result<BTreeMap<&'static str, String>, Error> {
    paths
        .into_iter()
        .map(|(id, path)| {
            let operation = operation(&id)
                .map_err(|problem| Error::config(format!("the operation `{id}` {problem}")))?;
            match encoded(operation, &path) {
                Ok(path) => Ok((operation.id(), path)),
                Err(problem) => Err(Error::config(format!(
                    "the path given for `{id}` {problem}"
                ))),
            }
        })
        .collect()
}

fn operation(id: &str) -> Result<&'static Operation, &'static str> {
    let operation = OPERATIONS
        .iter()
        .find(|operation| operation.id() == id)
        .ok_or("doesn't exist")?;
    match operation.evidence() {
        Evidence::Inferred | Evidence::Candidate => Ok(operation),
        Evidence::Documented | Evidence::Observed => {
            Err("has a path that is known; use a raw request to call another one")
        }
    }
}

/// The template with its fixed parts encoded.
fn encoded(operation: &Operation, path: &str) -> Result<String, String> {
    if !path.starts_with('/') {
        return Err("doesn't start with `/`".to_owned());
    }
    let own: BTreeSet<&str> = placeholders(operation.path());
    let new: BTreeSet<&str> = placeholders(path);
    if own != new {
        let names: Vec<String> = own.iter().map(|name| format!("{{{name}}}")).collect();
        return Err(match names.as_slice() {
            [] => "has a placeholder, but the operation has none".to_owned(),
            names => format!(
                "must have the placeholders of the operation: {}",
                names.join(", ")
            ),
        });
    }
    let mut bare = path.to_owned();
    for name in &own {
        let placeholder = format!("{{{name}}}");
        if bare.matches(&placeholder).count() != 1 {
            return Err(format!("has {placeholder} more than once"));
        }
        bare = bare.replace(&placeholder, &stand_in(name));
    }
    let mut template = encode_path(&bare)?;
    for name in own {
        template = template.replacen(&stand_in(name), &format!("{{{name}}}"), 1);
    }
    Ok(template)
}

/// A text that encoding leaves alone, and that no path holds.
fn stand_in(name: &str) -> String {
    format!("~~{name}~~")
}

fn placeholders(template: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut rest = template;
    while let Some((_, name, after)) = next_placeholder(rest) {
        names.insert(name);
        rest = after;
    }
    names
}

#[cfg(all(test, feature = "unverified"))]
mod tests {
    use super::checked;

    fn check(id: &str, path: &str) -> Result<String, String> {
        checked(vec![(id.to_owned(), path.to_owned())])
            .map(|paths| paths[id].clone())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn fixed_parts_are_encoded_and_placeholders_stay() {
        assert_eq!(
            check("payments_reverse", "/Payments/{id}/my reversal").unwrap(),
            "/Payments/{id}/my%20reversal"
        );
        assert_eq!(
            check("reports_run_with_input", "/Reports/{action}/of/{id}").unwrap(),
            "/Reports/{action}/of/{id}"
        );
    }

    #[test]
    fn the_later_path_holds() {
        let paths = ["/a/{id}", "/b/{id}"]
            .map(|path| ("payments_reverse".to_owned(), path.to_owned()))
            .to_vec();
        assert_eq!(checked(paths).unwrap()["payments_reverse"], "/b/{id}");
    }

    #[test]
    fn what_cannot_be_called_is_refused() {
        for (id, path, problem) in [
            ("payments_revert", "/x/{id}", "doesn't exist"),
            ("customers_get", "/x/{id}", "has a path that is known"),
            ("raw", "/x", "doesn't exist"),
            ("payments_reverse", "Payments/{id}", "doesn't start with"),
            (
                "payments_reverse",
                "/Payments/reversal",
                "must have the placeholders of the operation: {id}",
            ),
            (
                "payments_reverse",
                "/Payments/{payment_id}",
                "must have the placeholders",
            ),
            (
                "payments_reverse",
                "/Payments/{id}/{id}",
                "{id} more than once",
            ),
            ("payments_reverse", "/Payments/{id}/..", "`..`"),
            ("payments_reverse", "//host/{id}", "is an address"),
            ("payments_reverse", "/Payments/{id}?x=1", "holds a query"),
            ("payments_reverse", "/Payments/{id}/%2e%2e", "holds a `%`"),
            (
                "payments_reverse",
                "/Payments/{id}/x}",
                "holds a placeholder",
            ),
        ] {
            let error = check(id, path).unwrap_err();
            assert!(error.contains(problem), "{id} {path}: {error}");
        }
    }
}
