//! Lists from a program's side: filters, order, and pages to the end.

use revio_api::enums::ServiceProductStatus;
use revio_api::prelude::*;
use revio_tests::stand::{Stand, shared};
use serde_json::Value;

/// Everything on a list, as it is on the wire.
async fn records(stand: &Stand, path: &str) -> Vec<Value> {
    let page = stand.direct.get(&format!("{path}?page_size=500")).await;
    assert_eq!(page["has_more"], false, "{path}");
    page["records"].as_array().expect("records").clone()
}

fn number(record: &Value, name: &str) -> i32 {
    let number = record[name]
        .as_i64()
        .and_then(|number| number.try_into().ok());
    number.unwrap_or_else(|| panic!("{name} is {}", record[name]))
}

#[test]
fn pages_lead_to_the_end_without_gaps_or_repeats() {
    shared(async |stand| {
        let all = records(stand, "/Customers").await;
        let expected: Vec<i32> = all
            .iter()
            .map(|record| number(record, "customer_id"))
            .collect();
        for page_size in [1, 7, expected.len(), 500] {
            let page_size = i32::try_from(page_size).expect("a small number");
            let mut seen = Vec::new();
            for page in 1.. {
                let request = stand
                    .client
                    .customers()
                    .list()
                    .page(page)
                    .page_size(page_size);
                let page = request.await.expect("a page");
                assert_eq!(page.record_count, i64::try_from(page.len()).ok());
                seen.extend(page.iter().map(|customer| customer.customer_id.get()));
                if !page.has_more {
                    break;
                }
                assert_eq!(i32::try_from(page.len()), Ok(page_size));
            }
            assert_eq!(seen, expected, "{page_size} on a page");
        }
        let beyond = stand
            .client
            .customers()
            .list()
            .page(1000)
            .await
            .expect("an empty page");
        assert!(beyond.is_empty() && !beyond.has_more);
        // Ten is what comes when nothing is asked for.
        let page = stand.client.customers().list().await.expect("a page");
        assert_eq!((page.len(), page.has_more), (10, true));
    });
}

#[test]
fn order_goes_both_ways() {
    shared(async |stand| {
        let contacts = stand.client.contacts();
        let up = contacts
            .list()
            .sort("customer_id")
            .page_size(500)
            .await
            .expect("a page");
        let down = contacts
            .list()
            .sort("-customer_id")
            .page_size(500)
            .await
            .expect("a page");
        let customers = |page: revio_api::types::Page<revio_api::resources::contacts::Contact>| {
            page.into_iter()
                .filter_map(|contact| contact.customer_id)
                .collect::<Vec<_>>()
        };
        let (up, mut down) = (customers(up), customers(down));
        assert!(up.is_sorted() && up.first() < up.last());
        down.reverse();
        assert_eq!(up, down);
    });
}

#[test]
fn several_values_of_one_filter_mean_any_of_them() {
    shared(async |stand| {
        let wanted = [ProductId(3), ProductId(5), ProductId(8)];
        let page = stand
            .client
            .products()
            .list()
            .product_id(wanted)
            .await
            .expect("a page");
        let found: Vec<ProductId> = page.iter().map(|product| product.product_id).collect();
        assert_eq!(found, wanted);
        let all = records(stand, "/Customers").await;
        let profile = |record: &Value| record["finance"]["bill_profile_id"].as_i64();
        let mut profiles: Vec<i64> = all.iter().filter_map(profile).collect();
        profiles.dedup();
        let expected: Vec<i32> = all
            .iter()
            .filter(|record| {
                profile(record).is_some_and(|profile| profiles[..2].contains(&profile))
            })
            .map(|record| number(record, "customer_id"))
            .collect();
        let wanted = profiles[..2]
            .iter()
            .map(|id| BillProfileId(i32::try_from(*id).expect("an id")));
        let request = stand.client.customers().list().bill_profile_id(wanted);
        let page = request.page_size(500).await.expect("a page");
        let found: Vec<i32> = page
            .iter()
            .map(|customer| customer.customer_id.get())
            .collect();
        assert_eq!(found, expected);
        assert!(found.len() < all.len());
    });
}

#[test]
fn several_filters_mean_all_of_them() {
    shared(async |stand| {
        let all = records(stand, "/ServiceProduct").await;
        let one = all
            .iter()
            .find(|record| record["status"] == "ACTIVE")
            .expect("an active one");
        let service = ServiceId(number(one, "service_id"));
        let expected: Vec<i32> = all
            .iter()
            .filter(|record| {
                record["status"] == "ACTIVE" && number(record, "service_id") == service.get()
            })
            .map(|record| number(record, "service_product_id"))
            .collect();
        let request = stand.client.service_products().list();
        let page = request
            .service_id(service)
            .status(ServiceProductStatus::Active)
            .page_size(500)
            .await;
        let page = page.expect("a page");
        let found: Vec<i32> = page
            .iter()
            .map(|product| product.service_product_id.get())
            .collect();
        assert_eq!(found, expected);
        assert!(
            page.iter()
                .all(|product| product.status == Some(ServiceProductStatus::Active))
        );
    });
}

#[test]
fn a_name_and_a_date_narrow_a_list() {
    shared(async |stand| {
        let all = records(stand, "/Payments").await;
        let mut dates: Vec<&str> = all
            .iter()
            .filter_map(|record| record["created_date"].as_str())
            .collect();
        dates.sort_unstable();
        let middle = dates[dates.len() / 2];
        let expected = dates.iter().filter(|date| **date >= middle).count();
        let since: RevioDateTime = middle.parse().expect("a date");
        let page = stand
            .client
            .payments()
            .list()
            .created_date_start(since)
            .page_size(500)
            .await;
        assert_eq!(page.expect("a page").len(), expected);

        let items = records(stand, "/InventoryItem").await;
        let identifier = items[0]["identifier"].as_str().expect("an identifier");
        let page = stand
            .client
            .inventory_items()
            .list()
            .identifier(identifier)
            .await
            .expect("a page");
        assert!(
            page.iter()
                .any(|item| item.identifier.as_deref() == Some(identifier))
        );
        assert!(page.len() < items.len());
    });
}

#[test]
fn a_filter_without_a_setter_can_be_added() {
    shared(async |stand| {
        let customer = CustomerId(1015);
        for name in ["customer_id", "search.customer_id"] {
            let page = stand
                .client
                .contacts()
                .list()
                .filter(name, customer)
                .await
                .expect("a page");
            assert!(!page.is_empty());
            assert!(
                page.iter()
                    .all(|contact| contact.customer_id == Some(customer)),
                "{name}"
            );
        }
    });
}

#[test]
fn clones_of_a_client_work_side_by_side() {
    shared(async |stand| {
        let tasks: Vec<_> = (1001..1031)
            .map(|id| {
                let client = stand.client.clone();
                tokio::spawn(async move { client.customers().get(CustomerId(id)).await })
            })
            .collect();
        for (task, id) in tasks.into_iter().zip(1001..) {
            let customer = task.await.expect("no panic").expect("a customer");
            assert_eq!(customer.customer_id, CustomerId(id));
        }
    });
}
