//! Choices for drop-down fields: the connector's lists of ids and labels, and every other list that has labels.

use revio_api::ListRequest;
use revio_api::choices::{Choice, Choices, Labelled, ListChoices};
use revio_api::lists::Paged;
use revio_api::prelude::*;
use revio_tests::stand::Stand;
use serde_json::Value;

/// Reads all choices of a list, and the same from the JSON on the wire.
async fn choices<L>(
    stand: &Stand,
    path: &str,
    id: Option<&str>,
    label: &str,
    list: L,
) -> Vec<Choice<IdOf<L>>>
where
    L: ListRequest + ListChoices + Send + 'static,
    L::Item: Labelled,
{
    let mut stream = list.choices();
    let mut choices = Vec::new();
    while let Some(choice) = stream.try_next().await.expect("a page") {
        choices.push(choice);
    }
    let sort = id.map_or(String::new(), |id| format!("&sort={id}"));
    let page = stand
        .direct
        .get(&format!("{path}?page_size=500{sort}"))
        .await;
    assert_eq!(page["has_more"], false, "{path}");
    let records = page["records"].as_array().expect("records");
    let expected: Vec<Value> = records
        .iter()
        .map(|record| {
            let id = id.map_or(Value::Null, |id| record[id].clone());
            serde_json::json!({"id": id, "label": record[label]})
        })
        .collect();
    assert_eq!(
        serde_json::to_value(&choices).expect("JSON"),
        Value::Array(expected),
        "{path}"
    );
    assert!(
        choices.iter().any(|choice| choice.label.is_some()),
        "{path}"
    );
    choices
}

type IdOf<L> = <<L as ListRequest>::Item as Labelled>::Id;

/// The lists that the connector projects to value and label.
#[tokio::test]
async fn the_drop_downs_of_the_connector() {
    let stand = Stand::start().await;
    let client = &stand.client;
    let customers = client.customers().list();
    let customers = choices(
        &stand,
        "/Customers",
        Some("customer_id"),
        "account_number",
        customers,
    )
    .await;
    assert!(
        customers
            .iter()
            .any(|choice| choice.id == Some(CustomerId(1015)))
    );
    let contacts = client.contacts().list();
    choices(&stand, "/Contacts", Some("contact_id"), "name", contacts).await;
    let items = client.inventory_items().list();
    choices(
        &stand,
        "/InventoryItem",
        Some("inventory_item_id"),
        "identifier",
        items,
    )
    .await;
    let types = client.inventory_types().list();
    choices(
        &stand,
        "/InventoryTypes",
        Some("inventory_type_id"),
        "name",
        types,
    )
    .await;
    let products = client.products().list();
    choices(
        &stand,
        "/Products",
        Some("product_id"),
        "description",
        products,
    )
    .await;
    // Under what name a request template has its id isn't known.
    let templates = client.request_templates().list();
    let templates = choices(&stand, "/RequestTemplates", None, "name", templates).await;
    assert!(templates.iter().all(|choice| choice.id.is_none()));
    let products = client.service_products().list();
    choices(
        &stand,
        "/ServiceProduct",
        Some("service_product_id"),
        "description",
        products,
    )
    .await;
    let types = client.service_types().list();
    choices(
        &stand,
        "/ServiceTypes",
        Some("service_type_id"),
        "description",
        types,
    )
    .await;
    let services = client.services().list();
    choices(&stand, "/Services", Some("service_id"), "number", services).await;
}

#[tokio::test]
async fn filters_and_settings_of_the_list_stay() {
    let stand = Stand::start().await;
    let list = || stand.client.customers().list();
    let first = list().collect_up_to(1).await.unwrap();
    let known = first[0].account_number.clone().expect("a number");
    stand.sandbox.clear_requests();
    let narrowed = list().filter("account_number", &known).page_size(3);
    let mut choices = Choices::from(narrowed.stream().prefetch(1));
    let mut labels = Vec::new();
    while let Some(choice) = choices.try_next().await.unwrap() {
        // A label may be personal data.
        assert!(!format!("{choice:?}").contains(&known));
        labels.extend(choice.label);
    }
    assert!(labels.contains(&known));
    for request in stand.sandbox.requests() {
        assert_eq!(request.query_value("account_number"), Some(known.as_str()));
        assert_eq!(request.query_value("page_size"), Some("3"));
    }
}
