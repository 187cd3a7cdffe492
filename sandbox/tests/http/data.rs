//! Seed data over HTTP.

use revio_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::Client;

/// All records of all lists, as bytes.
async fn everything(seed: u64, customers: u64) -> Vec<(String, Vec<u8>)> {
    let client = Client::with(Sandbox::builder().seed(seed).customers(customers)).await;
    let mut all = Vec::new();
    for operation in client.sandbox.api().operations() {
        if operation.id().ends_with("_list") {
            let path = format!("{}?page_size=500", operation.path());
            let response = client.get(&path).await.expect(200);
            all.push((operation.id().to_owned(), response.bytes));
        }
    }
    all
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let one = everything(42, 40).await;
    assert_eq!(one, everything(42, 40).await);
    let other = everything(43, 40).await;
    let changed = one
        .iter()
        .zip(&other)
        .filter(|(one, other)| one != other)
        .count();
    assert!(
        changed > 40,
        "{changed} of {} lists differ with another seed",
        one.len()
    );
}

#[tokio::test]
async fn more_customers_do_not_change_the_first_ones() {
    let small = Client::with(Sandbox::builder().customers(20)).await;
    let large = Client::with(Sandbox::builder().customers(4_000)).await;
    let customer = |response: crate::support::Response| {
        let mut customer = response.json();
        // References depend on the number of records, and the link on the port.
        let customer = customer.as_object_mut().expect("a record");
        customer.retain(|name, value| value.is_string() && name != "links");
        Value::Object(customer.clone())
    };
    let one = customer(small.get("/Customers/1015").await.expect(200));
    assert_eq!(
        one,
        customer(large.get("/Customers/1015").await.expect(200))
    );
    large.get("/Customers/5000").await.expect(200);
    large.get("/Customers/5001").await.expect(404);
}

#[tokio::test]
async fn every_record_fits_its_schema() {
    let client = Client::with(Sandbox::builder().customers(120)).await;
    for operation in client.sandbox.api().operations() {
        if operation.id().ends_with("_list") {
            let response = client
                .get(&format!("{}?page_size=500", operation.path()))
                .await;
            client.check(operation.id(), &response.expect(200));
        }
    }
}

#[tokio::test]
async fn references_point_to_existing_records() {
    let client = Client::start().await;
    let contacts = client.all("/Contacts").await;
    for contact in contacts {
        client
            .get(&format!("/Customers/{}", contact["customer_id"]))
            .await
            .expect(200);
    }
    for item in client.all("/ServiceInventory").await {
        let service = client
            .get(&format!("/Services/{}", item["line_id"]))
            .await
            .expect(200);
        assert_eq!(service.json()["customer_id"], item["customer_id"]);
        let path = format!("/InventoryItem/{}", item["inventory_item_id"]);
        let stock = client.get(&path).await.expect(200).json();
        for name in ["identifier", "customer_id", "status"] {
            assert_eq!(stock[name], item[name], "{name}");
        }
    }
}

#[tokio::test]
async fn inventory_is_assigned_or_available() {
    let client = Client::start().await;
    for item in client.all("/InventoryItem").await {
        let assigned = item["status"] == "ASSIGNED";
        assert_eq!(assigned, item["customer_id"] != Value::Null, "{item}");
        let found = client
            .get(&format!(
                "/ServiceInventory?identifier={}",
                item["identifier"].as_str().expect("text")
            ))
            .await
            .expect(200);
        assert_eq!(found.json()["record_count"], json!(u8::from(assigned)));
    }
}

#[tokio::test]
async fn example_bodies_differ_by_n_and_are_deterministic() {
    let client = Client::start().await;
    let body = |n| {
        client
            .sandbox
            .example_body("customers_create", n)
            .expect("a body")
    };
    assert_eq!(body(1), body(1));
    assert_ne!(body(1), body(2));
    assert_eq!(client.sandbox.example_body("customers_list", 0), None);
    assert_eq!(client.sandbox.example_body("no_such_operation", 0), None);
}

#[tokio::test]
async fn dates_and_statuses_agree() {
    let client = Client::with(Sandbox::builder().customers(200)).await;
    let day = |record: &Value, name: &str| {
        let date = record[name].as_str().unwrap_or_default();
        (date > "0002").then(|| date.to_owned())
    };
    let services = client.all("/Services").await;
    let mut states = std::collections::BTreeSet::new();
    for product in client.all("/ServiceProduct").await {
        let (activated, ended) = (
            day(&product, "activated_date"),
            day(&product, "canceled_date"),
        );
        let state = product["status"].as_str().expect("a status").to_owned();
        assert_eq!(
            activated.is_some(),
            matches!(state.as_str(), "ACTIVE" | "DISCONNECTED"),
            "{product}"
        );
        assert_eq!(ended.is_some(), state == "DISCONNECTED", "{product}");
        assert!(ended.is_none() || activated < ended, "{product}");
        let service = services
            .iter()
            .find(|one| one["service_id"] == product["service_id"])
            .expect("a service");
        assert_eq!(service["customer_id"], product["customer_id"]);
        assert_eq!(day(service, "activated_date"), activated);
        assert_eq!(day(service, "disconnected_date"), ended);
        states.insert(state);
    }
    assert_eq!(states.len(), 4, "{states:?}");
    for line in client
        .all("/Charges")
        .await
        .iter()
        .chain(&client.all("/Credits").await)
    {
        assert!(day(line, "start_date").expect("a start") < day(line, "end_date").expect("an end"));
    }
    for bill in client.all("/Bills").await {
        assert!(
            day(&bill, "created_date").expect("a date") < day(&bill, "due_date").expect("a date")
        );
    }
    for customer in client.all("/Customers").await {
        assert!(
            day(&customer, "updated_date").is_some(),
            "lists are asked from it"
        );
    }
}

/// Records are the same, whether they are read one by one, from the end or in another order.
#[tokio::test]
async fn reading_order_does_not_change_data() {
    let (one, other) = (Client::start().await, Client::start().await);
    let mut lists: Vec<(String, String)> = Vec::new();
    for operation in one.sandbox.api().operations() {
        if operation.id().ends_with("_list") {
            lists.push((operation.tag().to_owned(), operation.path().to_owned()));
        }
    }
    let mut forward = std::collections::BTreeMap::new();
    for (tag, path) in &lists {
        forward.insert(tag, one.all(path).await);
    }
    for (tag, path) in lists.iter().rev() {
        let expected = &forward[tag];
        let mut backward = Vec::new();
        for page in (1..=expected.len().div_ceil(7)).rev() {
            let query = format!("{path}?page_size=7&page={page}");
            let mut records = other.get(&query).await.expect(200).records();
            records.reverse();
            backward.append(&mut records);
        }
        backward.reverse();
        assert_eq!(&backward, expected, "{tag}");
    }
    for customer in forward[&"customers".to_owned()].iter().rev() {
        let path = format!("/Customers/{}", customer["customer_id"]);
        let mut single = other.get(&path).await.expect(200).json();
        single
            .as_object_mut()
            .expect("an object")
            .retain(|name, _| name != "ok" && name != "links");
        assert_eq!(single, *customer);
    }
}
