//! The id of what a call created, from whatever form the response has.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::operation::Operation;
use crate::types::lenient;

/// An id that a response can bring.
pub(crate) trait NewId: From<i32> + Send + 'static {
    /// What the id is called beside `id`; case and underscores don't matter: `PaymentId`.
    const NAME: &'static str;
}

/// Of a record whose id has no name of its own.
impl NewId for i32 {
    const NAME: &'static str = "id";
}

/// What a response says about the new record's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CreatedId {
    pub(crate) id: i32,
    /// The id in `Location`, where it differs.
    pub(crate) in_location: Option<i32>,
}

impl CreatedId {
    /// Looks in the body first: in the vendor's own example the two differ, and the body's is the documented one.
    pub(in crate::runtime) fn find(
        operation: &Operation,
        name: &str,
        body: &[u8],
        location: Option<&str>,
    ) -> Option<Self> {
        let in_location = location.and_then(|location| from_location(operation, location));
        match from_body(name, body) {
            Some(id) => Some(Self {
                id,
                in_location: in_location.filter(|other| *other != id),
            }),
            None => in_location.map(|id| Self {
                id,
                in_location: None,
            }),
        }
    }
}

/// `{"id": 7}`, `{"payment_id": 7}`, one of these in an array, or the bare number.
fn from_body(name: &str, body: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(body).ok()?.trim();
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
        let [only] = items[..] else {
            return None;
        };
        return from_object(name, only.get());
    }
    if text.starts_with('{') {
        return from_object(name, text);
    }
    positive(text)
}

fn from_object(name: &str, object: &str) -> Option<i32> {
    // Of a key that comes twice the last one counts.
    let fields: BTreeMap<lenient::Key, &RawValue> = serde_json::from_str(object).ok()?;
    let id = |key: &str| positive(fields.get(key)?.get());
    id("id").or_else(|| id(&name.to_ascii_lowercase()))
}

/// The last segment of the path, if the one before it is the operation's own.
fn from_location(operation: &Operation, location: &str) -> Option<i32> {
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    let (rest, id) = path.rsplit_once('/')?;
    let collection = rest.rsplit('/').next()?;
    let mut own = operation.path().split('/').filter(|part| !part.is_empty());
    own.any(|part| part.eq_ignore_ascii_case(collection))
        .then(|| positive(id))
        .flatten()
}

/// No record has an id of 0 or below.
fn positive(token: &str) -> Option<i32> {
    let id = i32::try_from(lenient::count(token)?).ok()?;
    (id > 0).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::CreatedId;
    use crate::operation::{Effect, Evidence, Method, Operation};

    static CREATE: Operation = Operation::new(
        "payments_create_card",
        Method::Post,
        "/Payments/card",
        Effect::Money,
        "payments",
        Evidence::Documented,
        None,
    );

    fn find(body: &str, location: Option<&str>) -> Option<(i32, Option<i32>)> {
        CreatedId::find(&CREATE, "PaymentId", body.as_bytes(), location)
            .map(|created| (created.id, created.in_location))
    }

    #[test]
    fn the_id_is_read_in_every_form() {
        for body in [
            r#"{"ok":true,"id":77}"#,
            r#"{"ID":"77"}"#,
            r#"{"id":7001,"id":77}"#,
            r#"{"payment_id":77}"#,
            r#"{"PaymentId":77.0,"customer_id":5}"#,
            r#"{"id":0,"payment_id":77}"#,
            r#"[{"id":77}]"#,
            "77",
            r#"" 77 ""#,
            " 77\r\n",
        ] {
            assert_eq!(find(body, None), Some((77, None)), "{body}");
        }
    }

    #[test]
    fn what_is_no_id_is_not_taken_for_one() {
        for body in [
            "",
            "{}",
            r#"{"id":0}"#,
            r#"{"id":-1}"#,
            r#"{"id":2147483648}"#,
            r#"{"id":null}"#,
            r#"{"id":"ABC"}"#,
            r#"{"id":7.5}"#,
            r#"{"customer_id":77}"#,
            r#"[{"id":77},{"id":78}]"#,
            "[]",
            "<html>77</html>",
            r#"{"id":77"#,
        ] {
            assert_eq!(find(body, None), None, "{body}");
        }
    }

    #[test]
    fn the_location_helps_out_and_is_reported_where_it_differs() {
        for location in [
            "/v1/Payments/77",
            "https://api.example.com/v1/payments/77/?a=1",
            "Payments/77#x",
        ] {
            assert_eq!(find("", Some(location)), Some((77, None)), "{location}");
            assert_eq!(find(r#"{"id":0}"#, Some(location)), Some((77, None)));
            assert_eq!(find(r#"{"id":77}"#, Some(location)), Some((77, None)));
            assert_eq!(find(r#"{"id":9}"#, Some(location)), Some((9, Some(77))));
        }
        for location in [
            "/v1/Customers/77",
            "/v1/Payments/0",
            "/v1/Payments",
            "77",
            "",
        ] {
            assert_eq!(find("", Some(location)), None, "{location}");
        }
    }
}
