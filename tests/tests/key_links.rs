//! Key links from a program's side: the vendor's own example, and every kind of record.

use std::collections::BTreeMap;

use revio_api::ErrorKind;
use revio_api::key_links::{KeyLinkProblem, KeyLinks, Linkable, Linked};
use revio_api::prelude::*;
use revio_api::resources::{
    addresses::Address, agents::Agent, bills::Bill, charges::Charge, contacts::Contact,
    credits::Credit, customers::Customer, inventory_items::InventoryItem, payments::Payment,
    products::Product, service_products::ServiceProduct, services::Service,
};
use revio_sandbox::RecordedRequest;
use revio_tests::stand::Stand;
use serde_json::json;

const ACCOUNT: &str = "0012D00000dAsFzQAK";

/// How often each operation was called since the last time.
fn calls(stand: &Stand) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for request in stand.sandbox.requests() {
        *calls
            .entry(request.operation.expect("a route"))
            .or_default() += 1;
    }
    stand.sandbox.clear_requests();
    calls
}

fn expected<const N: usize>(calls: [(&str, usize); N]) -> BTreeMap<String, usize> {
    calls.map(|(name, count)| (name.to_owned(), count)).into()
}

/// The vendor's page: Salesforce account 0012D00000dAsFzQAK becomes customer 1015; system SALESFORCE is 4 and entity
/// type CUSTOMER is 2.
#[tokio::test]
async fn a_salesforce_account_is_linked_to_a_customer() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    let linked = links.ensure::<Customer>(CustomerId(1015), ACCOUNT).await;
    assert!(matches!(linked, Ok(Linked::Created(_))), "{linked:?}");
    let requests = stand.sandbox.requests();
    let created = requests.iter().find(|request| request.method == "POST");
    assert_eq!(
        created.and_then(RecordedRequest::json),
        Some(json!({
            "integration_system_id": 4,
            "integration_entity_type_id": 2,
            "internal_id": 1015,
            "external_id": ACCOUNT,
        }))
    );
    let looked: Vec<_> = requests
        .iter()
        .filter_map(|request| request.query_value("external_id"))
        .collect();
    assert_eq!(looked, [ACCOUNT]);
    assert!(requests.iter().all(|request| request.ignored.is_empty()));
    let first = [
        ("integration_systems_list", 1),
        ("integration_entity_types_list", 1),
        ("integration_key_links_list", 1),
        ("integration_key_links_create", 1),
    ];
    assert_eq!(calls(&stand), expected(first));

    // Both ways back, and again without a second link. The ids aren't looked up any more.
    assert_eq!(
        links.find::<Customer>(ACCOUNT).await.unwrap(),
        Some(CustomerId(1015))
    );
    assert!(links.is_processed::<Customer>(ACCOUNT).await.unwrap());
    let key = links
        .find_external::<Customer>(CustomerId(1015))
        .await
        .unwrap();
    assert_eq!(key.as_deref(), Some(ACCOUNT));
    let again = links.ensure::<Customer>(CustomerId(1015), ACCOUNT).await;
    assert_eq!(again.unwrap(), Linked::Existing);
    assert_eq!(calls(&stand), expected([("integration_key_links_list", 4)]));

    // What isn't linked.
    assert_eq!(
        links.find::<Customer>("0012D00000dAsFzQAL").await.unwrap(),
        None
    );
    assert_eq!(
        links
            .find_external::<Customer>(CustomerId(1016))
            .await
            .unwrap(),
        None
    );
    assert_eq!(links.find::<Contact>(ACCOUNT).await.unwrap(), None);
    let elsewhere = stand.client.key_links("SANDBOX_CRM");
    assert_eq!(elsewhere.find::<Customer>(ACCOUNT).await.unwrap(), None);
}

#[tokio::test]
async fn a_conflict_shows_both_ids_and_changes_nothing() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    links
        .ensure::<Customer>(CustomerId(1015), ACCOUNT)
        .await
        .unwrap();
    stand.sandbox.clear_requests();
    let error = links
        .ensure::<Customer>(CustomerId(1016), ACCOUNT)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::KeyLink);
    assert_eq!(
        error.key_link_problem(),
        Some(&KeyLinkProblem::Conflict {
            entity: "Customer",
            external: ACCOUNT.to_owned(),
            existing: 1015,
            wanted: 1016,
        })
    );
    assert_eq!(
        error.to_string(),
        "integration_key_links_create: external id 0012D00000dAsFzQAK is linked to Customer 1015 already, not to 1016"
    );
    assert_eq!(calls(&stand), expected([("integration_key_links_list", 1)]));
}

/// Clones of a handle take turns, so that one key isn't linked by all who see at the same time that it is free.
#[tokio::test]
async fn tasks_that_link_the_same_key_link_it_once() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    let tasks: Vec<_> = (0..10)
        .map(|number| {
            let links = links.clone();
            // The last one wants another record.
            let customer = CustomerId(if number == 9 { 1016 } else { 1015 });
            tokio::spawn(async move { links.ensure::<Customer>(customer, ACCOUNT).await })
        })
        .collect();
    let (mut made, mut existing, mut refused) = (0, 0, 0);
    for task in tasks {
        match task.await.expect("no panic") {
            Ok(Linked::Created(_)) => made += 1,
            Ok(Linked::Existing) => existing += 1,
            Err(error) => {
                assert!(error.key_link_problem().is_some(), "{error:?}");
                refused += 1;
            }
        }
    }
    // Whoever came first.
    assert!(matches!((made, existing, refused), (1, 8, 1) | (1, 0, 9)));
    assert_eq!(calls(&stand)["integration_key_links_create"], 1);
}

/// The server says no, in its own words; the client doesn't take that for a conflict.
#[tokio::test]
async fn a_record_that_does_not_exist_is_not_linked() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    let error = links
        .ensure::<Customer>(CustomerId(7), ACCOUNT)
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(400));
    assert!(error.key_link_problem().is_none());
    assert!(
        error
            .api_message()
            .is_some_and(|text| text.contains("internal_id")),
        "{error:?}"
    );
    assert_eq!(links.find::<Customer>(ACCOUNT).await.unwrap(), None);
}

async fn round_trip<R: Linkable>(links: &KeyLinks, id: i32, linked: &mut Vec<&'static str>) {
    let id = R::Id::from(id);
    let key = format!("{}-{id}", R::ENTITY);
    let made = links.ensure::<R>(id, &key).await;
    assert!(
        matches!(made, Ok(Linked::Created(_))),
        "{}: {made:?}",
        R::ENTITY
    );
    assert_eq!(links.find::<R>(&key).await.unwrap(), Some(id));
    linked.push(R::ENTITY);
}

/// The twelve of the vendor's page, under whatever spelling the account has them.
#[tokio::test]
async fn every_kind_of_record_can_be_linked() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("Salesforce");
    let mut linked = Vec::new();
    round_trip::<Agent>(&links, 1, &mut linked).await;
    round_trip::<Bill>(&links, 1, &mut linked).await;
    round_trip::<Contact>(&links, 1, &mut linked).await;
    round_trip::<Customer>(&links, 1015, &mut linked).await;
    round_trip::<ServiceProduct>(&links, 1, &mut linked).await;
    round_trip::<Credit>(&links, 1, &mut linked).await;
    round_trip::<Charge>(&links, 1, &mut linked).await;
    round_trip::<Service>(&links, 1, &mut linked).await;
    round_trip::<Payment>(&links, 1, &mut linked).await;
    round_trip::<Product>(&links, 1, &mut linked).await;
    round_trip::<Address>(&links, 1, &mut linked).await;
    round_trip::<InventoryItem>(&links, 1, &mut linked).await;
    let page = [
        "Agent",
        "Bill",
        "Contact",
        "Customer",
        "Service_Product",
        "Credit",
        "Charge",
        "Service",
        "Payment",
        "Product",
        "Address",
        "Inventory_Item",
    ];
    assert_eq!(linked, page);
    let types = stand
        .client
        .integration_entity_types()
        .list()
        .page_size(500);
    assert_eq!(
        types.await.unwrap().len(),
        page.len(),
        "the account has other types than these"
    );
}

#[tokio::test]
async fn a_bulk_links_what_is_not_linked_and_a_report_lists_it() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    let pair = |id: i32| (CustomerId(id), format!("ACC-{id}"));
    for id in [1001, 1002] {
        let (id, key) = pair(id);
        links.ensure::<Customer>(id, &key).await.unwrap();
    }
    // Of another system and of another kind: neither in the way nor in the report.
    let elsewhere = stand.client.key_links("SANDBOX_CRM");
    elsewhere
        .ensure::<Customer>(CustomerId(1003), "ACC-1003")
        .await
        .unwrap();
    links
        .ensure::<Contact>(ContactId(3), "ACC-1003")
        .await
        .unwrap();

    stand.sandbox.clear_requests();
    let all: Vec<_> = (1001..=1040).map(pair).chain([pair(9999)]).collect();
    let mut seen = 0;
    let items = links
        .bulk_ensure::<Customer>(all.clone(), |progress| {
            seen += 1;
            assert_eq!((progress.done, progress.total), (seen, 41));
        })
        .await
        .unwrap();
    assert_eq!(seen, 41);
    for (item, (id, key)) in items.iter().zip(&all) {
        assert_eq!((item.internal, &item.external), (*id, key));
        match id.get() {
            1001 | 1002 => assert!(matches!(item.outcome, Ok(Linked::Existing))),
            9999 => assert_eq!(item.outcome.as_ref().unwrap_err().status(), Some(400)),
            _ => assert!(matches!(item.outcome, Ok(Linked::Created(_)))),
        }
    }
    let made = [
        ("integration_key_links_list", 1 + 39),
        ("integration_key_links_create", 39),
    ];
    assert_eq!(calls(&stand), expected(made));

    // A second run only looks, but for the one that can't be linked.
    let items = links
        .bulk_ensure::<Customer>(all.clone(), |_| ())
        .await
        .unwrap();
    assert_eq!(
        items
            .iter()
            .filter(|item| matches!(item.outcome, Ok(Linked::Existing)))
            .count(),
        40
    );
    let looked = [
        ("integration_key_links_list", 2),
        ("integration_key_links_create", 1),
    ];
    assert_eq!(calls(&stand), expected(looked));

    let mut pairs = links.pairs::<Customer>();
    let mut report = Vec::new();
    while let Some(pair) = pairs.try_next().await.unwrap() {
        report.push((pair.internal, pair.external));
    }
    report.sort();
    assert_eq!(report, all[..40]);
}

/// A record that is linked to another key of the same system; only a bulk reads enough to know.
#[tokio::test]
async fn a_bulk_sees_that_a_record_has_another_key() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    links
        .ensure::<Customer>(CustomerId(1015), ACCOUNT)
        .await
        .unwrap();
    let pairs = [(CustomerId(1015), "0012D00000other")];
    let mut items = links.bulk_ensure::<Customer>(pairs, |_| ()).await.unwrap();
    let error = items.remove(0).outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "integration_key_links_create: Customer 1015 is linked to external id 0012D00000dAsFzQAK already, not to \
         0012D00000other"
    );
    assert!(
        !links
            .is_processed::<Customer>("0012D00000other")
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn an_unknown_system_is_told_with_the_known_ones() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("HUBSPOT");
    let mut pairs = links.pairs::<Customer>();
    for error in [
        links.find::<Customer>(ACCOUNT).await.unwrap_err(),
        links
            .find_external::<Customer>(CustomerId(1015))
            .await
            .unwrap_err(),
        links
            .ensure::<Customer>(CustomerId(1015), ACCOUNT)
            .await
            .unwrap_err(),
        links
            .bulk_ensure::<Customer>([(CustomerId(1015), ACCOUNT)], |_| ())
            .await
            .unwrap_err(),
        pairs.try_next().await.unwrap_err(),
    ] {
        let Some(KeyLinkProblem::UnknownSystem { system, known }) = error.key_link_problem() else {
            panic!("{error:?}");
        };
        assert_eq!(system, "HUBSPOT");
        assert!(known.iter().any(|name| name == "SALESFORCE"));
    }
    assert!(pairs.try_next().await.unwrap().is_none());
}

/// Not verified against the vendor: the id in the path is inferred.
#[tokio::test]
async fn a_link_is_changed_and_removed_by_the_id_that_creating_it_told() {
    let stand = Stand::start().await;
    let links = stand.client.key_links("SALESFORCE");
    let made = links
        .ensure::<Customer>(CustomerId(1015), ACCOUNT)
        .await
        .unwrap();
    let Linked::Created(link) = made else {
        panic!("{made:?}")
    };
    links
        .relink::<Customer>(link, CustomerId(1016), "0012D00000moved")
        .await
        .unwrap();
    assert_eq!(links.find::<Customer>(ACCOUNT).await.unwrap(), None);
    assert_eq!(
        links.find::<Customer>("0012D00000moved").await.unwrap(),
        Some(CustomerId(1016))
    );
    links.unlink(link).await.unwrap();
    assert_eq!(
        links.find::<Customer>("0012D00000moved").await.unwrap(),
        None
    );
    assert!(links.unlink(link).await.unwrap_err().is_not_found());
}
