//! Created records are read back, digit by digit.

use crate::support::Client;
use serde_json::{Value, json};

/// Every record that can be created is returned as it was sent, by its id where possible, and in
/// its list.
#[tokio::test]
async fn every_created_record_is_read_back() {
    let client = Client::start().await;
    let operations = client.sandbox.api().operations();
    let mut checked = 0;
    for create in operations {
        let collection = create.path();
        let is_create = create.success_status() == 201 && create.method() == "POST";
        if !is_create || create.id().ends_with("_card") || create.tag() == "integration_key_links" {
            continue;
        }
        let single = operations
            .iter()
            .any(|other| other.method() == "GET" && other.path() == format!("{collection}/{{id}}"));
        for n in 0..5 {
            let body = client.sandbox.example_body(create.id(), n).expect("a body");
            let response = client.post(collection, &body).await.expect(201);
            let id = response.json()["id"].as_i64().expect("an id");
            let expected = format!("{}{collection}/{id}", client.sandbox.base_url());
            assert_eq!(response.location.as_deref(), Some(expected.as_str()));
            let listed = client.all(collection).await.pop().expect("records");
            assert_read_back(create.id(), &body, &listed, id);
            if single {
                let read = client
                    .get(&format!("{collection}/{id}"))
                    .await
                    .expect(200)
                    .json();
                assert_read_back(create.id(), &body, &read, id);
                assert_eq!(read["ok"], true);
                assert_eq!(read["links"][0]["rel"], "self");
            }
            checked += 1;
        }
    }
    assert!(checked >= 100, "only {checked} creates");
}

/// Every member of the body that the record has is returned with the same text; only the record's
/// own id is assigned by the server.
#[track_caller]
fn assert_read_back(operation: &str, body: &Value, record: &Value, id: i64) {
    let body = body.as_object().expect("an object");
    for (name, sent) in body {
        let Some(found) = record.get(name) else {
            // Some bodies have more members than the record.
            continue;
        };
        let own = name.ends_with("_id") && *found == json!(id);
        assert!(
            own || contains(found, sent),
            "{operation} {name}: sent {sent}, found {found}"
        );
    }
}

/// Whether all sent values are there; objects may have more members.
fn contains(found: &Value, sent: &Value) -> bool {
    match (found, sent) {
        (Value::Object(found), Value::Object(sent)) => sent
            .iter()
            .all(|(name, sent)| found.get(name).is_some_and(|found| contains(found, sent))),
        (Value::Array(found), Value::Array(sent)) => {
            found.len() == sent.len()
                && found
                    .iter()
                    .zip(sent)
                    .all(|(found, sent)| contains(found, sent))
        }
        _ => found == sent,
    }
}

#[tokio::test]
async fn money_keeps_its_digits() {
    let client = Client::start().await;
    for digits in [
        "1234567890123.4567",
        "-0.005",
        "1e2",
        "1234567890123456789012345678",
        "0.10",
    ] {
        let request = client
            .request("POST", "/Payments")
            .header("content-type", "text/json")
            .body(format!(r#"{{"customer_id":1015,"amount":{digits}}}"#));
        let created = crate::support::fetch(request).await.expect(201).json();
        let read = client
            .get(&format!("/Payments/{}", created["id"]))
            .await
            .expect(200);
        // A JSON library may write 1e2 as 1e+2: the same digits and the same exponent.
        let text = read.text().replace("e+", "e");
        assert!(text.contains(&format!("\"amount\":{digits},")), "{text}");
    }
}

#[tokio::test]
async fn a_new_customer_gets_addresses_and_owes_nothing() {
    let client = Client::start().await;
    let body = json!({"email": "new@example.com", "customer_id": 7,
                      "billing_address": {"line_1": "1 Alder St", "city": "Salem"},
                      "service_address": {"line_1": "2 Alder St"}});
    let id = client.create("/Customers", &body).await;
    assert_eq!(id, 1031, "the id in the body doesn't count");
    let customer = client
        .get(&format!("/Customers/{id}"))
        .await
        .expect(200)
        .json();
    client.sandbox.requests();
    assert_eq!(customer["finance"]["balance"], 0);
    assert_eq!(customer["listing_address"], Value::Null);
    assert_eq!(customer["created_date"], "2026-07-01T08:00:01");
    let ids: Vec<i64> = ["billing_address", "service_address"]
        .iter()
        .map(|name| customer[name]["address_id"].as_i64().expect("an id"))
        .collect();
    assert_ne!(ids[0], ids[1]);
    for (id, line) in ids.iter().zip(["1 Alder St", "2 Alder St"]) {
        let address = client
            .get(&format!("/Addresses/{id}"))
            .await
            .expect(200)
            .json();
        assert_eq!(address["line_1"], line);
        assert_eq!(address["customer_id"], 1031);
    }
}
