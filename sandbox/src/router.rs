//! Finds the operation of a method and a path.
//!
//! The vendor's paths are probably case-insensitive (its links are in lower case, its pages and
//! clients differ in capitals), so matching ignores case. If several templates match, the one with
//! the earliest literal wins: `/InventoryItem/assignService` is never an item with the id
//! `assignService`, and `POST /Reports/{id}/result` is refused as documented although the schema has
//! a template `/Reports/{id}/{action}`.

use percent_encoding::percent_decode_str;

use crate::failure::Failure;
use crate::schema::{Api, Operation};

/// An operation and the values of its path parameters, in order.
pub(crate) struct Route<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) parameters: Vec<String>,
}

/// Finds the operation of a path after the base path.
pub(crate) fn route<'a>(api: &'a Api, method: &str, path: &str) -> Result<Route<'a>, Failure> {
    let segments = segments(path).ok_or_else(Failure::no_path)?;
    let matching = || {
        api.operations()
            .iter()
            .filter_map(|operation| Some((operation, fit(operation.path(), &segments)?)))
    };
    // Literals sort before parameters.
    let best = matching()
        .map(|(_, fit)| fit.parameters)
        .min()
        .ok_or_else(Failure::no_path)?;
    let here: Vec<(&Operation, Fit)> = matching()
        .filter(|(_, fit)| fit.parameters == best)
        .collect();
    let allowed: Vec<&str> = here
        .iter()
        .map(|(operation, _)| operation.method())
        .collect();
    let allow = allowed.join(", ");
    here.into_iter()
        .find(|(operation, _)| operation.method() == method)
        .map(|(operation, fit)| Route {
            operation,
            parameters: fit.values,
        })
        .ok_or_else(|| {
            Failure::new(405, format!("this path takes {allow}")).with_header("allow", allow)
        })
}

struct Fit {
    /// For each segment, whether it is a parameter.
    parameters: Vec<bool>,
    values: Vec<String>,
}

fn fit(template: &str, segments: &[String]) -> Option<Fit> {
    let mut fit = Fit {
        parameters: Vec::with_capacity(segments.len()),
        values: Vec::new(),
    };
    let mut given = segments.iter();
    for part in template.split('/').skip(1) {
        let segment = given.next()?;
        let is_parameter = part.starts_with('{');
        if is_parameter {
            fit.values.push(segment.clone());
        } else if !part.eq_ignore_ascii_case(segment) {
            return None;
        }
        fit.parameters.push(is_parameter);
    }
    given.next().is_none().then_some(fit)
}

/// The decoded segments of a path; a slash at the end is ignored, empty segments match nothing.
fn segments(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix('/')?;
    let path = path.strip_suffix('/').unwrap_or(path);
    path.split('/')
        .map(|segment| {
            let decoded = percent_decode_str(segment).decode_utf8().ok()?;
            (!decoded.is_empty()).then(|| decoded.into_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    static API: LazyLock<Api> = LazyLock::new(|| Api::bundled().expect("the schema"));

    fn found(method: &str, path: &str) -> Result<(String, Vec<String>), u16> {
        route(&API, method, path)
            .map(|route| (route.operation.id().to_owned(), route.parameters))
            .map_err(|failure| failure.status)
    }

    fn operation(method: &str, path: &str) -> Result<String, u16> {
        found(method, path).map(|(operation, _)| operation)
    }

    #[test]
    fn case_and_trailing_slash_are_ignored() {
        for path in ["/Customers", "/customers", "/CUSTOMERS/", "/%43ustomers"] {
            assert_eq!(
                operation("GET", path).as_deref(),
                Ok("customers_list"),
                "{path}"
            );
        }
        assert_eq!(
            operation("GET", "/serviceproduct/7").as_deref(),
            Ok("service_products_get")
        );
    }

    #[test]
    fn literals_win_over_parameters() {
        assert_eq!(
            operation("GET", "/Customers/Metadata").as_deref(),
            Ok("customers_metadata")
        );
        assert_eq!(
            operation("PATCH", "/InventoryItem/assignservice").as_deref(),
            Ok("inventory_items_assign_service")
        );
        assert_eq!(operation("GET", "/InventoryItem/assignService"), Err(405));
        assert_eq!(operation("POST", "/Reports/1/result"), Err(405));
        assert_eq!(
            found("POST", "/Reports/1/run"),
            Ok((
                "reports_run_with_input".to_owned(),
                vec!["1".to_owned(), "run".to_owned()]
            ))
        );
    }

    #[test]
    fn unknown_paths_are_404_and_methods_405() {
        for path in [
            "",
            "/",
            "//",
            "/Nothing",
            "/Customers/1/2/3",
            "/Customers//1",
            "/%FF",
            "Customers",
        ] {
            assert_eq!(operation("GET", path), Err(404), "{path:?}");
        }
        assert_eq!(operation("PUT", "/Customers"), Err(405));
        let failure = route(&API, "PUT", "/Customers").err().expect("refused");
        assert_eq!(failure.headers, [("allow", "GET, POST".to_owned())]);
    }
}
