//! What is written by hand and public: values, lists, choices, key links, webhooks. Records and bodies are generated;
//! those are tested all together where every one of them has a fixture.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use revio_api::prelude::*;
use revio_api::resources::contacts::Contact;
use revio_api::resources::customers::Customer;
use revio_api::types::Json;
use revio_api::webhooks::{Confirmation, Notification, SECRET_HEADER};
use revio_api::{Method, Request};
use revio_test_server::{Server, ok};

use crate::canary::{CARD, CLIENT_CODE, KEY, NAME, PASSWORD, USER, assert_clean};

pub(crate) fn assert_prints_clean(values: &[&dyn Debug]) {
    for value in values {
        assert_clean("Debug", &format!("{value:?} {value:#?}"));
    }
}

async fn client(body: &'static str) -> (Server, Client) {
    let server = Server::start(move |_| ok(body.replace("NAME", NAME).replace("CARD", CARD))).await;
    let client = Client::builder(Credentials::new(USER, CLIENT_CODE, PASSWORD))
        .subscription_key(KEY)
        .base_url(server.url())
        .build()
        .expect("a client");
    (server, client)
}

#[test]
fn what_cannot_be_read_is_not_repeated() {
    let json: Json = format!(r#"{{"name":"{NAME}"}}"#).parse().expect("JSON");
    let no_json = NAME.parse::<Json>().unwrap_err();
    let misfit = json.decode::<Vec<i32>>().unwrap_err();
    let money = NAME.parse::<Money>().unwrap_err();
    let id = NAME.parse::<CustomerId>().unwrap_err();
    let date = NAME.parse::<RevioDate>().unwrap_err();
    assert_prints_clean(&[&json, &no_json, &misfit, &money, &id, &date]);
    assert_clean(
        "Display",
        &format!("{no_json} {misfit} {money} {id} {date}"),
    );
}

#[test]
fn webhooks_print_neither_secrets_nor_news() {
    let confirmation = Confirmation::find([(SECRET_HEADER, PASSWORD)])
        .expect("a good secret")
        .expect("a secret");
    let twice = [(SECRET_HEADER, PASSWORD), (SECRET_HEADER, PASSWORD)];
    let bad = Confirmation::find(twice).unwrap_err();
    let notification =
        Notification::parse(format!(r#"{{"customer":"{NAME}"}}"#).as_bytes()).expect("JSON");
    assert_prints_clean(&[&confirmation, &bad, &notification]);
    assert_clean("Display", &bad.to_string());
}

#[tokio::test]
async fn lists_print_neither_filters_nor_records() {
    let page = r#"{"ok":true,"has_more":true,"records":[{"customer_id":1,"email":"NAME","fields":[{"field_id":1,"label":"Tier","value":"NAME"}]}]}"#;
    let (_server, client) = client(page).await;
    let list = || client.customers().list().filter("search.name", NAME);
    let mut pages = list().pages();
    let page = pages.try_next().await.expect("a page").expect("one more");
    let mut records = list().stream();
    let record: Customer = records.try_next().await.expect("a record").expect("one");
    let collected = list().collect_up_to(1).await.expect("a record");
    // The same page comes again and again.
    let incomplete = list().collect_up_to(10).await.unwrap_err();
    let sampled = list().sample_fields(1).await.expect("fields");
    let cursor = pages.cursor();
    let change = client.customers().custom_fields(CustomerId(1));
    let email = revio_api::resources::customers::fields::EMAIL;
    let mut request = list();
    assert_prints_clean(&[
        &list(),
        &pages,
        &page,
        &records,
        &record,
        &collected,
        &incomplete,
        &sampled,
        &cursor,
        &change,
        &email,
        &request.options_mut(),
    ]);
    assert_clean("Display", &incomplete.to_string());
    let kept = serde_json::to_string(&cursor).expect("JSON");
    assert_clean("a cursor that is kept", &kept);
}

#[tokio::test]
async fn choices_print_no_label() {
    let contacts =
        r#"{"ok":true,"has_more":false,"records":[{"contact_id":1,"first_name":"NAME"}]}"#;
    let (_server, client) = client(contacts).await;
    let mut choices = client.contacts().list().choices();
    let choice = choices.try_next().await.expect("a choice").expect("one");
    assert_prints_clean(&[&choices]);
    assert_prints_clean(&[&choice]);
    let contact: Contact = serde_json::from_str(r#"{"contact_id":1}"#).expect("a contact");
    assert_prints_clean(&[&contact]);
}

#[tokio::test]
async fn raw_requests_and_files_print_no_content() {
    let (_server, client) = client(r#"{"name":"NAME","card":"CARD"}"#).await;
    let request = client
        .raw(Method::Post, format!("Customers/{KEY}"))
        .query("search.name", NAME)
        .json(&CARD)
        .with_note(NAME);
    assert_prints_clean(&[&request]);
    let reply = request.file_response().await.expect("a reply");
    assert_prints_clean(&[&reply]);
}

#[tokio::test]
async fn key_links_print_ids_and_no_more() {
    let (_server, client) = client(r#"{"ok":true,"records":[]}"#).await;
    let links = client.key_links("SALESFORCE");
    let pairs = links.pairs::<Customer>();
    assert_prints_clean(&[&links]);
    assert_prints_clean(&[&pairs]);
    let error = links.find::<Customer>("0012D").await.unwrap_err();
    let problem = error.key_link_problem().expect("a problem");
    assert_prints_clean(&[&error]);
    assert_prints_clean(&[&problem]);
    assert_clean("Display", &format!("{error} {problem}"));
}

/// Public types that are printed above, or in the tests of calls and of the legacy client.
const PRINTED: &[&str] = &[
    "Attempt",
    "BadSecret",
    "Checked",
    "Choice",
    "Choices",
    "Client",
    "ClientBuilder",
    "Collected",
    "Confirmation",
    "CreateChecked",
    "Credentials",
    "Cursor",
    "CustomFields",
    "Detached",
    "Difference",
    "Error",
    "Extras",
    "Field",
    "FieldDefinition",
    "FieldDefinitions",
    "FileBody",
    "Incomplete",
    "Journal",
    "Json",
    "JsonError",
    "KeyLinkProblem",
    "KeyLinks",
    "LegacyClient",
    "LegacyClientBuilder",
    "ListPage",
    "ListReport",
    "Notification",
    "Options",
    "Pages",
    "Pairs",
    "ParseDateError",
    "ParseDecimalError",
    "ParseIdError",
    "Patch",
    "RawRequest",
    "Records",
    "Response",
    "SelfCheck",
    "Unresolved",
];

/// Public types that have nothing to hide, with the reason.
const HARMLESS: &[(&str, &[&str])] = &[
    (
        "settings of the program's own",
        &[
            "BaseUrl",
            "LegacyAuth",
            "NullStyle",
            "Paging",
            "Quota",
            "RetryPolicy",
            "SavedFile",
            "SoapVersion",
            "UpdateStyle",
        ],
    ),
    (
        "numbers, times and words of this crate",
        &[
            "DifferenceKind",
            "Doubt",
            "Effect",
            "ErrorKind",
            "Evidence",
            "FieldId",
            "Linked",
            "MemoryQuota",
            "Method",
            "NoId",
            "Operation",
            "Outcome",
            "Permit",
            "QuotaError",
            "Remaining",
            "TokioClock",
        ],
    ),
    (
        "ids, here and in the other system",
        &[
            "BulkItem",
            "Created",
            "CustomFieldProblem",
            "Pair",
            "Progress",
        ],
    ),
    (
        "as harmless as what is in it, which decides for itself",
        &["Nullable", "Page", "TextOrNumber"],
    ),
    ("never made", &["Readme"]),
];

/// The name of a public struct or enum that this line declares.
fn declared(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let rest = rest
        .strip_prefix("struct ")
        .or_else(|| rest.strip_prefix("enum "))?;
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

fn types_in(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name() != Some("generated".as_ref()) {
                types_in(&path, found);
            }
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        found.extend(text.lines().filter_map(declared).map(str::to_owned));
    }
}

#[test]
fn no_public_type_is_forgotten() {
    let mut found = BTreeSet::new();
    types_in(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    let harmless = HARMLESS.iter().flat_map(|(_, names)| *names);
    let known: BTreeSet<String> = PRINTED
        .iter()
        .chain(harmless)
        .map(|&name| name.to_owned())
        .collect();
    assert_eq!(
        found, known,
        "print a new type in a test above and name it here, or say why it has nothing to hide"
    );
}
