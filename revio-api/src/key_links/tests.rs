//! Key links on a server that behaves badly.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{Arc, Mutex};

use revio_test_server::{Action, Request, Server, ok, reply};
use serde_json::{Value, json};

use crate::ids::{CustomerId, IntegrationKeyLinkId};
use crate::key_links::{KeyLinkProblem, KeyLinks, Linked};
use crate::resources::bills::Bill;
use crate::resources::customers::Customer;
use crate::resources::inventory_items::InventoryItem;
use crate::{Client, Credentials, ErrorKind, Outcome};

/// What the account has. The external id's filter does nothing, so that only the client's own comparison counts.
#[derive(Default)]
struct Account {
    systems: Vec<Value>,
    entities: Vec<Value>,
    links: Mutex<Vec<Value>>,
    next: AtomicI32,
    broken: AtomicBool,
    /// Whether the list of systems counts one more than it sends.
    miscounted: AtomicBool,
    /// What a page of links says in place of itself, with `LINKS` where its links would be.
    page: Mutex<Option<&'static str>>,
}

impl Account {
    fn usual() -> Self {
        let entity =
            |(id, name)| json!({"integration_entity_type_id": id, "entity_type_name": name});
        Self {
            systems: vec![
                system(1, "Sales Force Two"),
                system(4, "SALESFORCE"),
                json!({"integration_system_id": 9}),
            ],
            entities: [
                (2, "CUSTOMER"),
                (3, "Inventory Item"),
                (5, "Customer_Order"),
            ]
            .map(entity)
            .into(),
            ..Self::default()
        }
    }

    fn answer(&self, request: &Request) -> Action {
        if self.broken.load(Ordering::SeqCst) {
            return reply("500 Internal Server Error", &[], "");
        }
        let path = request.target.split('?').next().unwrap_or_default();
        match (request.method.as_str(), path) {
            ("GET", "/v1/IntegrationSystem") if self.miscounted.load(Ordering::SeqCst) => {
                let count = self.systems.len() + 1;
                ok(
                    json!({"has_more": false, "record_count": count, "records": self.systems})
                        .to_string(),
                )
            }
            ("GET", "/v1/IntegrationSystem") => page(&self.systems),
            ("GET", "/v1/IntegrationEntityType") => page(&self.entities),
            ("GET", "/v1/IntegrationKeyLink") => {
                let links = self.links.lock().unwrap();
                match *self.page.lock().unwrap() {
                    Some(page) => ok(page.replace("LINKS", &json!(*links).to_string())),
                    None => page(&links),
                }
            }
            ("POST", "/v1/IntegrationKeyLink") => {
                let link = serde_json::from_slice(&request.body).unwrap();
                self.links.lock().unwrap().push(link);
                let id = self.next.fetch_add(1, Ordering::SeqCst) + 70;
                reply(
                    "201 Created",
                    &[],
                    json!({"ok": true, "id": id}).to_string(),
                )
            }
            other => panic!("{other:?}"),
        }
    }
}

fn system(id: i32, name: &str) -> Value {
    json!({"integration_system_id": id, "system_name": name})
}

fn link(system: i32, entity: i32, internal: i32, external: &str) -> Value {
    json!({"integration_system_id": system, "integration_entity_type_id": entity,
           "internal_id": internal, "external_id": external})
}

fn page(records: &[Value]) -> Action {
    ok(
        json!({"ok": true, "has_more": false, "record_count": records.len(), "records": records})
            .to_string(),
    )
}

struct Stand {
    account: Arc<Account>,
    server: Server,
    links: KeyLinks,
}

async fn stand(account: Account, system: &str) -> Stand {
    let account = Arc::new(account);
    let answering = Arc::clone(&account);
    let server = Server::start(move |request| answering.answer(request)).await;
    let client = Client::builder(Credentials::new("user", "client", "password"))
        .base_url(server.url())
        .build()
        .unwrap();
    let links = client.key_links(system);
    Stand {
        account,
        server,
        links,
    }
}

impl Stand {
    fn link(&self, link: Value) {
        self.account.links.lock().unwrap().push(link);
    }

    /// How often each path was called.
    fn calls(&self) -> BTreeMap<String, usize> {
        let mut calls = BTreeMap::new();
        for request in self.server.captured() {
            let path = request.target.split('?').next().unwrap_or_default();
            let path = path.rsplit('/').next().unwrap_or_default();
            *calls
                .entry(format!("{} {path}", request.method))
                .or_default() += 1;
        }
        calls
    }
}

fn calls<const N: usize>(expected: [(&str, usize); N]) -> BTreeMap<String, usize> {
    expected
        .map(|(name, count)| (name.to_owned(), count))
        .into()
}

#[tokio::test]
async fn a_list_whose_end_is_doubtful_proves_no_absence() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    stand.link(link(4, 2, 1015, "A"));
    for page in [
        "{}",
        "[]",
        r#"{"message":"exploded"}"#,
        r#"{"Ok":false,"Records":[]}"#,
        r#"{"ok":true,"has_more":false,"record_count":2,"records":LINKS}"#,
    ] {
        *stand.account.page.lock().unwrap() = Some(page);
        let links = &stand.links;
        assert!(links.find::<Customer>("B").await.is_err(), "{page}");
        assert!(links.is_processed::<Customer>("B").await.is_err(), "{page}");
        assert!(
            links
                .find_external::<Customer>(CustomerId(7))
                .await
                .is_err(),
            "{page}"
        );
        assert!(
            links.ensure::<Customer>(CustomerId(7), "B").await.is_err(),
            "{page}"
        );
        let pairs = [(CustomerId(7), "B".to_owned())];
        let bulk = links.bulk_ensure::<Customer>(pairs.clone(), |_| {}).await;
        assert!(bulk.is_err(), "{page}");
        let mut all = links.pairs::<Customer>();
        let end = loop {
            match all.try_next().await {
                Ok(Some(_)) => {}
                other => break other,
            }
        };
        assert!(end.is_err(), "{page}");
    }
    // What is there is there.
    assert_eq!(
        stand.links.find::<Customer>("A").await.unwrap(),
        Some(CustomerId(1015))
    );
    let error = stand.links.find::<Customer>("B").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
    assert!(error.to_string().contains("may not be complete"), "{error}");
    assert_eq!(
        stand.calls().get("POST IntegrationKeyLink"),
        None,
        "nothing was linked"
    );
}

#[tokio::test]
async fn a_system_is_not_guessed_from_a_list_that_lacks_some() {
    let account = Account {
        miscounted: AtomicBool::new(true),
        ..Account::usual()
    };
    let stand = stand(account, "sales force two").await;
    let error = stand.links.find::<Customer>("A").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging, "{error}");
    stand.account.miscounted.store(false, Ordering::SeqCst);
    assert!(stand.links.find::<Customer>("A").await.unwrap().is_none());
}

#[tokio::test]
async fn names_are_looked_up_once_for_all_clones_and_kinds() {
    let stand = stand(Account::usual(), "salesforce").await;
    stand.link(link(4, 2, 1015, "A"));
    stand.link(link(4, 3, 5, "A"));
    let clone = stand.links.clone();
    let (customer, item) = tokio::join!(
        stand.links.find::<Customer>("A"),
        clone.find::<InventoryItem>("A")
    );
    assert_eq!(customer.unwrap(), Some(CustomerId(1015)));
    assert_eq!(item.unwrap().map(i32::from), Some(5));
    assert!(!clone.is_processed::<Customer>("B").await.unwrap());
    let expected = [
        ("GET IntegrationEntityType", 1),
        ("GET IntegrationKeyLink", 3),
        ("GET IntegrationSystem", 1),
    ];
    assert_eq!(stand.calls(), calls(expected));
    assert_eq!(
        format!("{clone:?}"),
        r#"KeyLinks { system: "salesforce", .. }"#
    );
}

#[tokio::test]
async fn a_failed_lookup_is_not_kept() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    stand.account.broken.store(true, Ordering::SeqCst);
    assert!(stand.links.find::<Customer>("A").await.is_err());
    stand.account.broken.store(false, Ordering::SeqCst);
    assert_eq!(stand.links.find::<Customer>("A").await.unwrap(), None);
}

#[tokio::test]
async fn unknown_names_are_told_with_the_known_ones() {
    let of = stand(Account::usual(), "HUBSPOT").await;
    let error = of.links.find::<Customer>("A").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "integration_systems_list: no single integration system matches HUBSPOT; the account has Sales Force Two, SALESFORCE"
    );
    assert_eq!(
        (error.kind(), error.outcome()),
        (ErrorKind::KeyLink, Outcome::NotSent)
    );

    let of = stand(Account::usual(), "SALESFORCE").await;
    let error = of.links.ensure::<Bill>(5.into(), "A").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "integration_entity_types_list: no single integration entity type matches Bill; the account has CUSTOMER, \
         Inventory Item, Customer_Order"
    );

    let many = (0..25).map(|id| system(id, &format!("S{id}"))).collect();
    let of = stand(
        Account {
            systems: many,
            ..Account::usual()
        },
        "S",
    )
    .await;
    let error = of.links.find::<Customer>("A").await.unwrap_err();
    assert!(
        error.to_string().ends_with("S18, S19 and 5 more"),
        "{error}"
    );
    let of = stand(Account::default(), "S").await;
    let error = of.links.find::<Customer>("A").await.unwrap_err();
    assert!(
        error.to_string().ends_with("S; the account has none"),
        "{error}"
    );
}

/// Systems, kinds and keys that only resemble what is asked for, and links that lack something.
#[tokio::test]
async fn other_links_do_not_count() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    for other in [
        link(1, 2, 1, "A"),
        link(4, 3, 2, "A"),
        link(4, 2, 3, "AB"),
        link(4, 2, 4, "a"),
        json!({"external_id": "A"}),
        json!({"integration_system_id": 4, "integration_entity_type_id": 2, "external_id": "A", "internal_id": null}),
    ] {
        stand.link(other);
    }
    assert_eq!(stand.links.find::<Customer>("A").await.unwrap(), None);
    assert!(!stand.links.is_processed::<Customer>("A").await.unwrap());
    assert_eq!(
        stand
            .links
            .find_external::<Customer>(CustomerId(1))
            .await
            .unwrap(),
        None
    );
    let linked = stand
        .links
        .ensure::<Customer>(CustomerId(1015), "A")
        .await
        .unwrap();
    assert_eq!(linked, Linked::Created(IntegrationKeyLinkId(70)));
    assert_eq!(
        stand.links.find::<Customer>("A").await.unwrap(),
        Some(CustomerId(1015))
    );
}

#[tokio::test]
async fn a_key_that_is_linked_twice_names_no_record() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    stand.link(link(4, 2, 1015, "A"));
    stand.link(link(4, 2, 1015, "A"));
    assert_eq!(
        stand.links.find::<Customer>("A").await.unwrap(),
        Some(CustomerId(1015))
    );
    stand.link(link(4, 2, 1001, "A"));
    let error = stand.links.find::<Customer>("A").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "integration_key_links_list: external id A is linked to Customer [1001, 1015]: remove all links but one"
    );
    assert!(stand.links.is_processed::<Customer>("A").await.unwrap());
    // Even for one of the two: which of them is meant isn't clear.
    let error = stand
        .links
        .ensure::<Customer>(CustomerId(1015), "A")
        .await
        .unwrap_err();
    let existing = match error.key_link_problem() {
        Some(KeyLinkProblem::Conflict { existing, .. }) => *existing,
        other => panic!("{other:?}"),
    };
    assert_eq!(existing, 1001);
}

#[tokio::test]
async fn an_empty_key_is_refused_before_anything_is_sent() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    let links = &stand.links;
    let errors = [
        links.find::<Customer>("").await.unwrap_err(),
        links.is_processed::<Customer>("").await.unwrap_err(),
        links
            .ensure::<Customer>(CustomerId(1), "")
            .await
            .unwrap_err(),
        #[cfg(feature = "unverified")]
        links
            .relink::<Customer>(IntegrationKeyLinkId(1), CustomerId(1), "")
            .await
            .unwrap_err(),
    ];
    for error in errors {
        assert_eq!(
            error.key_link_problem(),
            Some(&KeyLinkProblem::EmptyExternalId)
        );
    }
    assert!(stand.server.captured().is_empty());
}

/// What a bulk looks up, what it links, and what it refuses: in the order given, with each call no more often than
/// needed.
#[tokio::test]
async fn a_bulk_sees_both_sides_and_its_own_links() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    stand.link(link(4, 2, 1, "one"));
    stand.link(link(4, 2, 2, "two"));
    let pairs = [
        (1, "one", "existing"),
        (3, "three", "created"),
        (3, "three", "existing"),
        (
            4,
            "two",
            "external id two is linked to Customer 2 already, not to 4",
        ),
        (
            1,
            "uno",
            "Customer 1 is linked to external id one already, not to uno",
        ),
        (5, "five", "created"),
        (
            6,
            "five",
            "external id five is linked to Customer 5 already, not to 6",
        ),
        (
            5,
            "cinq",
            "Customer 5 is linked to external id five already, not to cinq",
        ),
        (7, "", "an external id must not be empty"),
    ];
    let mut reported = Vec::new();
    let items = stand
        .links
        .bulk_ensure::<Customer>(
            pairs.map(|(id, external, _)| (CustomerId(id), external)),
            |progress| reported.push((progress.done, progress.total, progress.item.internal)),
        )
        .await
        .unwrap();
    for ((id, external, expected), item) in pairs.into_iter().zip(&items) {
        assert_eq!(
            (item.internal.get(), item.external.as_str()),
            (id, external)
        );
        let outcome = match &item.outcome {
            Ok(Linked::Existing) => "existing".to_owned(),
            Ok(Linked::Created(_)) => "created".to_owned(),
            Err(error) => error.key_link_problem().expect("a problem").to_string(),
        };
        assert_eq!(outcome, expected, "{id} {external}");
    }
    assert_eq!(items.len(), pairs.len());
    let counted: Vec<_> = reported
        .iter()
        .map(|(done, total, _)| (*done, *total))
        .collect();
    assert_eq!(counted, (1..=9).map(|done| (done, 9)).collect::<Vec<_>>());
    let mut customers: Vec<_> = reported.iter().map(|(_, _, id)| id.get()).collect();
    customers.sort_unstable();
    assert_eq!(customers, [1, 1, 3, 3, 4, 5, 5, 6, 7]);
    // One list of everything, and for each of the two new links another look and a create.
    let expected = [
        ("GET IntegrationEntityType", 1),
        ("GET IntegrationKeyLink", 3),
        ("GET IntegrationSystem", 1),
        ("POST IntegrationKeyLink", 2),
    ];
    assert_eq!(stand.calls(), calls(expected));
}

#[tokio::test]
async fn an_empty_bulk_sends_nothing() {
    let stand = stand(Account::usual(), "SALESFORCE").await;
    let none: [(CustomerId, String); 0] = [];
    let items = stand
        .links
        .bulk_ensure::<Customer>(none, |_| ())
        .await
        .unwrap();
    assert!(items.is_empty() && stand.server.captured().is_empty());
}

/// Programs hand these futures to tasks.
#[test]
fn futures_are_send() {
    fn send(_: impl Send) {}
    fn all(links: &KeyLinks) {
        send(links.find::<Customer>("A"));
        send(links.find_external::<Customer>(CustomerId(1)));
        send(links.ensure::<Customer>(CustomerId(1), "A"));
        send(links.bulk_ensure::<Customer>([(CustomerId(1), "A")], |_| ()));
        send(links.pairs::<Customer>());
    }
    let _ = all;
}
