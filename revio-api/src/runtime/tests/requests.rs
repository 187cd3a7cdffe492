//! What goes over the wire.

use std::time::Duration;

use proptest::prelude::*;
use revio_test_server::{Server, ok};

use super::{APPROVE, Account, CREATE, GET, LIST, PATCH, transport};
use crate::runtime::{Parts, Query, QueryValue};
use crate::types::{Field, Json, Money, Patch, RevioDate, RevioDateTime};
use crate::{BaseUrl, Client, Credentials, ErrorKind, ListRequest, Outcome, Request};

#[tokio::test]
async fn a_read_carries_both_secrets_and_nothing_unasked() {
    let server = Server::start(|_| ok(r#"{"records":[]}"#)).await;
    let client = Client::builder(Credentials::new("user", "code", "pass:word@"))
        .subscription_key("key")
        .base_url(server.url() + "/")
        .app_info("acme-sync/1.2")
        .build()
        .unwrap();
    client
        .transport()
        .json::<super::Accounts>(Parts::new(&LIST))
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("GET", "/v1/Accounts")
    );
    // user@code:pass:word@
    assert_eq!(
        sent.header("authorization"),
        ["Basic dXNlckBjb2RlOnBhc3M6d29yZEA="]
    );
    assert_eq!(sent.header("ocp-apim-subscription-key"), ["key"]);
    assert_eq!(sent.header("accept"), ["application/json"]);
    assert_eq!(
        sent.header("user-agent"),
        [concat!(
            "revio-api/",
            env!("CARGO_PKG_VERSION"),
            " acme-sync/1.2"
        )]
    );
    let mut names: Vec<&str> = sent.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.retain(|name| *name != "accept-encoding");
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "accept",
            "authorization",
            "host",
            "ocp-apim-subscription-key",
            "user-agent"
        ]
    );
    assert!(sent.body.is_empty());
}

#[tokio::test]
async fn a_body_goes_out_under_the_operations_content_type_once() {
    let server = Server::start(|_| ok(r#"{"ok":true}"#)).await;
    let transport = transport(&server);
    let account = Account {
        account_id: 7,
        balance: Some("1.50".parse().unwrap()),
    };
    transport
        .done(Parts::new(&CREATE).json(&account))
        .await
        .unwrap();
    let limit: Field<Account, Money> = Field::new("/finance/credit_limit");
    let phone: Field<Account, String> = Field::new("/phone");
    let patch = Patch::new()
        .replace(limit, Money::from_cents(1234))
        .clear(phone)
        .replace_custom_field(3, "gold");
    transport
        .done(Parts::new(&PATCH).path(&7).json(&patch))
        .await
        .unwrap();
    transport.done(Parts::new(&APPROVE).path(&7)).await.unwrap();

    let [create, patched, approved] = &server.captured()[..] else {
        panic!("three requests")
    };
    assert_eq!(create.header("content-type"), ["application/json"]);
    assert_eq!(create.text(), r#"{"account_id":7,"balance":1.50}"#);
    assert_eq!(
        (patched.method.as_str(), patched.target.as_str()),
        ("PATCH", "/v1/Accounts/7")
    );
    assert_eq!(
        patched.header("content-type"),
        ["application/json-patch+json"]
    );
    assert_eq!(
        patched.text(),
        concat!(
            r#"[{"op":"replace","path":"/finance/credit_limit","value":12.34},"#,
            r#"{"op":"replace","path":"/phone","value":null},"#,
            r#"{"op":"replace","path":"/fields/3/value","value":"gold"}]"#
        )
    );
    assert_eq!(approved.header("content-length"), ["0"]);
    assert_eq!(approved.header("content-type"), Vec::<&str>::new());
}

#[tokio::test]
async fn query_values_are_encoded_repeated_or_left_out() {
    let server = Server::start(|_| ok("{}")).await;
    let mut transport = transport(&server);
    transport
        .options_mut()
        .filters
        .push(("search.extra".to_owned(), "1+1".to_owned()));
    let parts = Parts::new(&LIST)
        .query("page", &Some(2))
        .query("absent", &None::<i32>)
        .query("search.name", "a b&c=d/é%#?")
        .query("bill_profile_id", &vec![4, 5])
        .query("min", &"-0.50".parse::<Money>().unwrap())
        .query("active", &true)
        .query(
            "created_date_start",
            &"2024-01-31T08:30:00".parse::<RevioDateTime>().unwrap(),
        )
        .query("day", &"2024-01-31".parse::<RevioDate>().unwrap());
    transport.json::<Json>(parts).await.unwrap();
    assert_eq!(
        server.only().target,
        "/v1/Accounts?page=2&search.name=a%20b%26c%3Dd%2F%C3%A9%25%23%3F&bill_profile_id=4&bill_profile_id=5\
         &min=-0.50&active=true&created_date_start=2024-01-31T08%3A30%3A00&day=2024-01-31&search.extra=1%2B1"
    );
}

#[tokio::test]
async fn a_path_value_never_leaves_its_segment() {
    let server = Server::start(|_| ok("{}")).await;
    let transport = transport(&server);
    for (value, segment) in [
        ("a/b", "a%2Fb"),
        ("../secret", "..%2Fsecret"),
        ("..\\x", "..%5Cx"),
        ("%2e%2e", "%252e%252e"),
        ("...", "..."),
        (" .. ", "%20..%20"),
        ("\t..", "%09.."),
        ("?x=1#y", "%3Fx%3D1%23y"),
        ("é", "%C3%A9"),
        ("a.b-c_d~e", "a.b-c_d~e"),
    ] {
        transport
            .json::<Json>(Parts::new(&GET).path(&5).path(value))
            .await
            .unwrap();
        let sent = server.captured();
        assert_eq!(
            sent.last().unwrap().target,
            format!("/v1/Accounts/5/entries/{segment}"),
            "{value:?}"
        );
    }
}

#[tokio::test]
async fn a_path_value_that_would_change_the_path_is_refused_unsent() {
    let server = Server::start(|_| ok("{}")).await;
    let transport = transport(&server);
    for value in ["", ".", ".."] {
        let error = transport
            .json::<Json>(Parts::new(&GET).path(value).path("x"))
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Request, Outcome::NotSent),
            "{value:?}"
        );
        assert!(
            error
                .to_string()
                .starts_with("accounts_get: the path value `id` is "),
            "{error}"
        );
    }
    let missing = transport
        .json::<Json>(Parts::new(&GET).path(&1))
        .await
        .unwrap_err();
    assert_eq!(
        missing.to_string(),
        "accounts_get: the path value `entry` is missing"
    );
    let extra = transport
        .json::<Json>(Parts::new(&LIST).path(&1))
        .await
        .unwrap_err();
    assert_eq!(extra.outcome(), Outcome::NotSent);
    assert!(server.captured().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_query_text_reads_back_as_itself(name in "[a-z_.]{1,12}", value in "\\PC*|[\\x00-\\xff]*") {
        let mut query = Query::default();
        value.append(&name, &mut query);
        let url = reqwest::Url::parse(&format!("http://localhost/?{}", query.as_str())).unwrap();
        let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        prop_assert_eq!(pairs, [(name, value)]);
    }

    #[test]
    fn any_path_text_stays_one_segment(value in "\\PC+|[\\x00-\\xff]+|[./\\\\%2eE]+") {
        let Ok((target, _)) = Parts::new(&GET).path(&value).path("end").finish(&[]) else {
            prop_assert!(value == "." || value == "..");
            return Ok(());
        };
        let origin = BaseUrl::from("http://localhost/v1").origin().unwrap();
        let url = origin.join(&target).unwrap();
        let segments: Vec<&str> = url.path().split('/').collect();
        prop_assert_eq!(segments.len(), 6);
        let decoded = percent_encoding::percent_decode_str(segments[3]).decode_utf8().unwrap();
        prop_assert_eq!(decoded.as_ref(), value.as_str());
        prop_assert_eq!(url.query(), None);
    }
}

#[tokio::test]
async fn a_body_without_json_form_is_refused_unsent() {
    let server = Server::start(|_| ok("{}")).await;
    let body = std::collections::HashMap::from([((1, 2), 3)]);
    let error = transport(&server)
        .done(Parts::new(&CREATE).json(&body))
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::Request, Outcome::NotSent)
    );
    assert!(server.captured().is_empty());
}

/// A request as generated code makes it.
#[derive(Clone)]
struct ListAccounts {
    transport: crate::runtime::Transport,
    paging: crate::Paging,
}

impl ListAccounts {
    fn parts(&self) -> Parts {
        Parts::new(&LIST)
            .query("page", &self.paging.page)
            .query("page_size", &self.paging.page_size)
            .query("sort", &self.paging.sort)
    }
}

crate::runtime::codegen::macros::list_request!(ListAccounts, Account, LIST);

#[tokio::test]
async fn options_reach_the_wire_from_any_task() {
    let server = Server::start(|_| ok(r#"{"has_more":true,"records":[{"account_id":1}]}"#)).await;
    let request = ListAccounts {
        transport: transport(&server),
        paging: crate::Paging::default(),
    }
    .page(3)
    .page_size(500)
    .sort("-account_id")
    .filter("search.status", "ACTIVE")
    .filter("search.status", "NEW")
    .with_timeout(Duration::from_secs(20));
    assert_eq!(format!("{request:?}"), "ListAccounts { .. }");
    let page = tokio::spawn(request.into_future()).await.unwrap().unwrap();
    assert_eq!((page.len(), page.has_more), (1, true));
    assert_eq!(
        server.only().target,
        "/v1/Accounts?page=3&page_size=500&sort=-account_id&search.status=ACTIVE&search.status=NEW"
    );
}
