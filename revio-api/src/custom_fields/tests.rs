//! Setting custom fields while the record behaves badly.

use std::sync::atomic::{AtomicUsize, Ordering};

use revio_test_server::{Action, Server, ok, reply};

use crate::custom_fields::{CustomFieldProblem, FieldId, Patchable};
use crate::{Client, Credentials, Error, ErrorKind, Outcome, ids::CustomerId};

/// A server on which a customer has these fields when it is read the first, second, ... time.
async fn server(reads: Vec<String>) -> Server {
    let read = AtomicUsize::new(0);
    Server::start(move |request| match request.method.as_str() {
        "GET" => match reads.get(read.fetch_add(1, Ordering::SeqCst)) {
            Some(fields) => ok(format!(
                r#"{{"ok":true,"customer_id":1015,"fields":{fields}}}"#
            )),
            None => gone(),
        },
        _ => ok(r#"{"ok":true}"#),
    })
    .await
}

fn gone() -> Action {
    reply("404 Not Found", &[], r#"{"ok":false,"message":"gone"}"#)
}

fn fields(fields: &[(i32, Option<&str>)]) -> String {
    let field = |(id, value): &(i32, Option<&str>)| serde_json::json!({"field_id": id, "label": format!("Field {id}"), "value": value});
    let fields: serde_json::Value = fields.iter().map(field).collect();
    fields.to_string()
}

async fn set_all(server: &Server, values: &[(i32, &str)]) -> Result<(), Error> {
    let client = Client::builder(Credentials::new("user", "client", "password"))
        .base_url(server.url())
        .build()?;
    let values = values.iter().map(|(id, value)| (FieldId(*id), *value));
    let customers = client.customers();
    customers
        .custom_fields(CustomerId(1015))
        .set_all(values)
        .await
}

fn methods(server: &Server) -> Vec<String> {
    let captured = server.captured();
    captured.into_iter().map(|request| request.method).collect()
}

#[tokio::test]
async fn several_fields_go_in_one_patch_at_their_positions() {
    let before = fields(&[
        (9, Some("x")),
        (7, None),
        (8, Some("old")),
        (6, Some("same")),
    ]);
    // Afterwards the order may be another one: fields are found by their ids.
    let after = fields(&[(8, Some("new")), (7, Some("gold")), (6, Some("same"))]);
    let server = server(vec![before, after]).await;
    let values = [(8, "later replaced"), (7, "gold"), (6, "same"), (8, "new")];
    set_all(&server, &values).await.unwrap();
    assert_eq!(methods(&server), ["GET", "PATCH", "GET"]);
    assert_eq!(
        server.captured()[1].text(),
        concat!(
            r#"[{"op":"replace","path":"/fields/1/value","value":"gold"},"#,
            r#"{"op":"replace","path":"/fields/2/value","value":"new"}]"#
        )
    );
}

#[tokio::test]
async fn what_is_so_already_is_not_sent() {
    let server = server(vec![fields(&[(7, Some("gold")), (8, None)])]).await;
    set_all(&server, &[(7, "gold"), (8, "")]).await.unwrap();
    assert_eq!(methods(&server), ["GET"]);
    set_all(&server, &[]).await.unwrap();
    assert_eq!(methods(&server), ["GET"]);
}

#[tokio::test]
async fn a_field_that_is_absent_or_there_twice_is_not_set() {
    let label = |id: i32| (FieldId(id), Some(format!("Field {id}")));
    let twice = fields(&[(7, None), (8, None), (7, None)]);
    let cases = [
        (
            fields(&[(8, None), (9, None)]),
            CustomFieldProblem::Absent {
                field: FieldId(7),
                present: vec![label(8), label(9)],
            },
            "customers_get: the record has no custom field 7; it has 8 (Field 8), 9 (Field 9)",
        ),
        (
            "null".to_owned(),
            CustomFieldProblem::Absent {
                field: FieldId(7),
                present: Vec::new(),
            },
            "customers_get: the record has no custom field 7, nor any other",
        ),
        (
            twice,
            CustomFieldProblem::Repeated { field: FieldId(7) },
            "customers_get: the record has custom field 7 several times; nothing was changed",
        ),
    ];
    for (read, problem, message) in cases {
        let server = server(vec![read]).await;
        let error = set_all(&server, &[(7, "gold")]).await.unwrap_err();
        assert_eq!(error.custom_field_problem(), Some(&problem));
        assert_eq!(error.to_string(), message);
        assert_eq!(error.kind(), ErrorKind::CustomField);
        assert_eq!(error.outcome(), Outcome::NotSent);
        assert_eq!(methods(&server), ["GET"]);
    }
}

/// Between reading and patching the list of fields changes, so the value lands elsewhere or nowhere.
#[tokio::test]
async fn a_field_that_moved_meanwhile_is_an_error() {
    let moved = |position, now: Option<i32>, overwritten| CustomFieldProblem::Moved {
        field: FieldId(7),
        position,
        now: now.map(FieldId),
        overwritten,
    };
    let before = [(8, Some("a")), (7, None)];
    let cases = [
        (
            fields(&[(7, None), (8, Some("gold"))]),
            moved(1, Some(8), true),
            "customers_patch: custom field 7 moved while it was set: position 1 now holds field 8, which has been \
             overwritten with the value",
        ),
        (
            fields(&[(7, None), (8, Some("a"))]),
            moved(1, Some(8), false),
            "customers_patch: custom field 7 moved while it was set: position 1 now holds field 8",
        ),
        (
            fields(&[(7, None)]),
            moved(1, None, false),
            "customers_patch: custom field 7 moved while it was set: position 1 now holds no field",
        ),
        (
            fields(&[(8, Some("a")), (7, Some("GOLD"))]),
            CustomFieldProblem::NotKept { field: FieldId(7) },
            "customers_patch: custom field 7 has another value after it was set",
        ),
    ];
    for (after, problem, message) in cases {
        let server = server(vec![fields(&before), after]).await;
        let error = set_all(&server, &[(7, "gold")]).await.unwrap_err();
        assert_eq!(error.custom_field_problem(), Some(&problem));
        assert_eq!(error.to_string(), message);
        assert_eq!(error.outcome(), Outcome::Unknown);
        assert_eq!(methods(&server), ["GET", "PATCH", "GET"]);
        assert!(!format!("{error:?}").contains("GOLD"));
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_verified_may_have_happened() {
    let server = server(vec![fields(&[(7, None)])]).await;
    let error = set_all(&server, &[(7, "gold")]).await.unwrap_err();
    assert_eq!(
        error.custom_field_problem(),
        Some(&CustomFieldProblem::NotVerified)
    );
    assert_eq!(error.outcome(), Outcome::Unknown);
    let cause = std::error::Error::source(&error).expect("a cause");
    assert_eq!(
        cause.to_string(),
        "customers_get: 404 from server: not found"
    );
    // What a call itself says passes through.
    let error = set_all(&server, &[(7, "gold")]).await.unwrap_err();
    assert!(error.is_not_found() && error.custom_field_problem().is_none());
}
