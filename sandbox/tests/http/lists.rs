//! Pages, filters and order.

use crate::support::{Client, column};
use revio_sandbox::Sandbox;
use serde_json::{Value, json};

#[tokio::test]
async fn the_last_page_has_no_more() {
    // 60 contacts: two for each customer.
    let client = Client::start().await;
    for (size, pages) in [
        (60, 1),
        (59, 2),
        (61, 1),
        (30, 2),
        (20, 3),
        (7, 9),
        (500, 1),
    ] {
        let mut ids = Vec::new();
        for page in 1..=pages {
            let query = format!("/Contacts?page={page}&page_size={size}");
            let response = client.get(&query).await.expect(200);
            client.check("contacts_list", &response);
            let body = response.json();
            assert_eq!(body["has_more"], page < pages, "{query}");
            assert_eq!(
                body["record_count"],
                json!(response.records().len()),
                "{query}"
            );
            ids.extend(column(&response.records(), "contact_id"));
        }
        let expected: Vec<Value> = (1..=60).map(Value::from).collect();
        assert_eq!(ids, expected, "pages of {size}");
    }
    for page in ["7", "100", "2147483647"] {
        let body = client
            .get(&format!("/Contacts?page={page}"))
            .await
            .expect(200)
            .json();
        assert_eq!(body["record_count"], 0);
        assert_eq!(body["has_more"], false);
    }
}

#[tokio::test]
async fn page_numbers_and_sizes() {
    let client = Client::start().await;
    let default = client.get("/Contacts").await.expect(200);
    assert_eq!(default.records().len(), 10);
    let prefixed = client
        .get("/Contacts?search.page=2&search.page_size=3")
        .await
        .expect(200);
    assert_eq!(column(&prefixed.records(), "contact_id"), [4, 5, 6]);
    for (query, name) in [
        ("page_size=0", "page_size"),
        ("page_size=501", "page_size"),
        ("search.page_size=1000", "page_size"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
    ] {
        let response = client.get(&format!("/Contacts?{query}")).await.expect(400);
        assert!(
            response.message().starts_with(&format!("{name} must be")),
            "{query}: {}",
            response.message()
        );
    }
}

#[tokio::test]
async fn lists_filter_by_any_plain_field() {
    let client = Client::start().await;
    let found = async |query: &str| client.get(query).await.expect(200).records();
    let both = found("/Contacts?customer_id=1015").await;
    assert_eq!(column(&both, "contact_id"), [15, 45]);
    assert_eq!(found("/Contacts?search.customer_id=1015").await, both);
    let several = found("/Contacts?customer_id=1015&search.customer_id=1016").await;
    assert_eq!(column(&several, "customer_id"), [1015, 1016, 1015, 1016]);
    assert!(
        found("/Contacts?customer_id=1015&contact_id=16")
            .await
            .is_empty()
    );
    assert_eq!(
        found("/Contacts?customer_id=&page_size=60").await.len(),
        60,
        "empty means not given"
    );

    let statuses = column(
        &found("/ServiceProduct?search.status=active&page_size=500").await,
        "status",
    );
    assert!(
        !statuses.is_empty() && statuses.iter().all(|status| status == "ACTIVE"),
        "{statuses:?}"
    );

    client
        .create("/Contacts", &json!({"name": "Zebediah Quill"}))
        .await;
    for part in ["Zebediah%20Quill", "zebediah", "quill", "AH+Q"] {
        let names = column(&found(&format!("/Contacts?name={part}")).await, "name");
        assert_eq!(names, ["Zebediah Quill"], "{part}");
    }
    let active = found("/ServiceTypes?active=true&page_size=500").await;
    assert!(!active.is_empty() && active.iter().all(|kind| kind["active"] == true));
    for bad in [
        "/Contacts?customer_id=x",
        "/ServiceTypes?active=maybe",
        "/Charges?amount=much",
    ] {
        let message = client.get(bad).await.expect(400).message();
        let name = bad.split(['?', '=']).nth(1).expect("a name");
        assert!(
            message.starts_with(&format!("{name} must be")),
            "{bad}: {message}"
        );
    }
}

#[tokio::test]
async fn number_filters_ignore_notation() {
    let client = Client::start().await;
    let mut charge = client
        .sandbox
        .example_body("charges_create", 0)
        .expect("a body");
    charge["amount"] = serde_json::from_str("7777.7000").expect("a number");
    let id = client.create("/Charges", &charge).await;
    for spelling in ["7777.7", "7777.70", "7.7777e3"] {
        let found = client
            .get(&format!("/Charges?amount={spelling}"))
            .await
            .expect(200)
            .records();
        assert_eq!(column(&found, "charge_id"), [id], "{spelling}");
    }
}

#[tokio::test]
async fn start_filters_include_their_moment() {
    let client = Client::start().await;
    for date in ["2030-05-01T10:00:00", "2030-05-02T10:00:00", "2030-05-03"] {
        client
            .create("/Contacts", &json!({"name": date, "created_date": date}))
            .await;
    }
    let names = async |query: &str| {
        let response = client.get(&format!("/Contacts?{query}")).await.expect(200);
        column(&response.records(), "name")
    };
    assert_eq!(
        names("created_date_start=2030-05-02T10:00:00").await,
        ["2030-05-02T10:00:00", "2030-05-03"]
    );
    assert_eq!(
        names("search.created_date_start=2030-05-02T10:00:01").await,
        ["2030-05-03"]
    );
    assert_eq!(names("created_date_start=2030-05-02").await.len(), 2);
    assert_eq!(
        names("created_date=2030-05-02").await,
        ["2030-05-02T10:00:00"]
    );
    assert_eq!(
        names("created_date=2030-05-03T00:00:00").await,
        ["2030-05-03"]
    );
    let message = client
        .get("/Contacts?created_date_start=soon")
        .await
        .expect(400)
        .message();
    assert!(
        message.starts_with("created_date_start must be a date"),
        "{message}"
    );
}

#[tokio::test]
async fn a_changed_customer_is_found_by_its_updated_date() {
    let client = Client::start().await;
    let patch = json!([{"op": "replace", "path": "/email", "value": "changed@example.com"}]);
    client.patch("/Customers/1015", &patch).await.expect(200);
    let found = client
        .get("/Customers?updated_date_start=2026-07-01")
        .await
        .expect(200);
    assert_eq!(column(&found.records(), "customer_id"), [1015]);
}

#[tokio::test]
async fn order() {
    let client = Client::start().await;
    let customers = async |sort: &str| {
        let response = client
            .get(&format!("/Contacts?page_size=500&sort={sort}"))
            .await
            .expect(200);
        column(&response.records(), "customer_id")
    };
    let ascending = customers("customer_id").await;
    let numbers: Vec<i64> = ascending
        .iter()
        .map(|id| id.as_i64().expect("an id"))
        .collect();
    assert!(
        numbers.is_sorted() && numbers[0] < numbers[59],
        "{numbers:?}"
    );
    let mut descending = customers("-customer_id").await;
    descending.reverse();
    assert_eq!(descending, ascending);
    assert_eq!(
        client
            .get("/Contacts?search.sort=-contact_id&page_size=1")
            .await
            .records()[0]["contact_id"],
        60
    );
    for bad in ["nothing", "fields", "address", "-", "name,email"] {
        let message = client
            .get(&format!("/Contacts?sort={bad}"))
            .await
            .expect(400)
            .message();
        assert!(message.starts_with("sort must name"), "{bad}: {message}");
    }
}

#[tokio::test]
async fn sorted_pages_do_not_overlap() {
    let client = Client::start().await;
    let mut seen = Vec::new();
    for page in 1..=6 {
        let query = format!("/ServiceProduct?sort=-status&page={page}&page_size=10");
        seen.extend(column(
            &client.get(&query).await.expect(200).records(),
            "service_product_id",
        ));
    }
    let ids: std::collections::BTreeSet<i64> = seen.iter().filter_map(Value::as_i64).collect();
    assert_eq!((seen.len(), ids.len()), (60, 60));
}

#[tokio::test]
async fn documented_filters_match_inside_objects() {
    let client = Client::start().await;
    let all = client.all("/Customers").await;
    let profile = |record: &Value| record["finance"]["bill_profile_id"].clone();
    let mut profiles: Vec<Value> = all.iter().map(profile).filter(Value::is_number).collect();
    profiles.dedup();
    let wanted = [profiles[0].clone(), profiles[1].clone()];
    let query = format!(
        "/Customers?page_size=500&bill_profile_id={}&bill_profile_id={}",
        wanted[0], wanted[1]
    );
    let found = client.get(&query).await.expect(200).records();
    let expected = all
        .iter()
        .filter(|record| wanted.contains(&profile(record)));
    assert_eq!(found, expected.cloned().collect::<Vec<_>>());

    let body = json!({"service_address": {"company_name": "Zebediah Quill & Sons"}});
    let id = client.create("/Customers", &body).await;
    let named = client
        .get("/Customers?search.name=quill%20%26")
        .await
        .expect(200)
        .records();
    assert_eq!(column(&named, "customer_id"), [id]);
    let requests = client.sandbox.requests();
    assert!(requests.iter().all(|request| request.ignored.is_empty()));
}

#[tokio::test]
async fn unknown_query_names_are_ignored_and_recorded() {
    let client = Client::start().await;
    let query = "/Contacts?search.colour=red&fields=1&created_date_end=2020-01-01&name_start=a";
    let response = client.get(query).await.expect(200);
    assert_eq!(response.records().len(), 10);
    let requests = client.sandbox.requests();
    assert_eq!(
        requests[0].ignored,
        ["colour", "fields", "created_date_end", "name_start"]
    );
    assert_eq!(requests[0].query_value("search.colour"), Some("red"));
}

#[tokio::test]
async fn deleted_records_leave_no_gap_in_pages() {
    let client = Client::start().await;
    for id in [1, 4, 60] {
        client.delete(&format!("/Contacts/{id}")).await.expect(200);
        client.get(&format!("/Contacts/{id}")).await.expect(404);
        client.delete(&format!("/Contacts/{id}")).await.expect(404);
    }
    let page = client.get("/Contacts?page_size=3").await.expect(200);
    assert_eq!(column(&page.records(), "contact_id"), [2, 3, 5]);
    assert_eq!(client.all("/Contacts").await.len(), 57);
    assert_eq!(
        client.create("/Contacts", &json!({})).await,
        61,
        "ids are not given out twice"
    );
}

#[tokio::test]
async fn an_empty_account_has_empty_lists() {
    let client = Client::with(Sandbox::builder().customers(0)).await;
    let body = client.get("/Customers").await.expect(200).json();
    assert_eq!(
        body,
        json!({"ok": true, "has_more": false, "record_count": 0, "records": []})
    );
    assert_eq!(client.create("/Customers", &json!({})).await, 1001);
}
