//! The 72 operations of the connector that integrators know, by the names it gives them, and what serves each here.

use std::collections::{BTreeMap, BTreeSet};

use revio_api::operations::OPERATIONS;

/// What serves an operation of the connector.
enum Served {
    /// A generated call, by operation id.
    By(&'static str),
    /// A step that isn't taken yet.
    Later(&'static str),
}
use Served::{By, Later};

/// Lists of values and labels for a drop-down; four of them list the custom fields of a kind of record.
const LABELS: Served = Later("id and label streams");
/// Calls of paths that the schema doesn't have.
const RAW: Served = Later("raw requests");

/// The connector's list.
const CONNECTOR: [(&str, Served); 72] = [
    ("Approve request", By("requests_approve")),
    (
        "Assign inventory item to customer",
        By("inventory_items_assign_customer"),
    ),
    (
        "Assign inventory item to product",
        By("inventory_items_assign_product"),
    ),
    (
        "Assign inventory item to service",
        By("inventory_items_assign_service"),
    ),
    ("Create contact", By("contacts_create")),
    ("Create customer", By("customers_create")),
    ("Create inventory item", By("inventory_items_create")),
    ("Create inventory type", By("inventory_types_create")),
    ("Create payment", By("payments_create")),
    ("Create service", By("services_create")),
    ("Create service product", By("service_products_create")),
    ("Create task", By("tasks_create")),
    ("Create ticket", By("tickets_create")),
    ("Disconnect service", By("services_disconnect")),
    (
        "Disconnect service product",
        By("service_products_disconnect"),
    ),
    ("Get bill", By("bills_get")),
    ("Get charge", By("charges_get")),
    ("Get contact", By("contacts_get")),
    ("Get customer", By("customers_get")),
    ("Get inventory item", By("inventory_items_get")),
    ("Get inventory type", By("inventory_types_get")),
    ("Get payment", By("payments_get")),
    ("Get product", By("products_get")),
    ("Get request PDF", By("requests_pdf")),
    ("Get service", By("services_get")),
    ("Get service product", By("service_products_get")),
    ("Get task", By("tasks_get")),
    ("Get ticket", By("tickets_get")),
    ("Get ticket journal", By("ticket_journals_get")),
    ("List bill profiles", By("bill_profiles_list")),
    ("List bills", By("bills_list")),
    ("List charges", By("charges_list")),
    ("List contacts", By("contacts_list")),
    ("List contacts DDL", LABELS),
    ("List customer fields DDL", LABELS),
    ("List customers", By("customers_list")),
    ("List customers DDL", LABELS),
    ("List customers metadata", By("customers_metadata")),
    ("List inventory item identifiers DDL", LABELS),
    ("List inventory items", By("inventory_items_list")),
    ("List inventory items DDL", LABELS),
    ("List inventory type fields DDL", LABELS),
    ("List inventory types", By("inventory_types_list")),
    ("List inventory types DDL", LABELS),
    ("List payments", By("payments_list")),
    ("List products", By("products_list")),
    ("List products DDL", LABELS),
    ("List request templates", By("request_templates_list")),
    ("List request templates DDL", LABELS),
    ("List service products", By("service_products_list")),
    ("List service products DDL", LABELS),
    ("List service types", By("service_types_list")),
    ("List service types DDL", LABELS),
    ("List services", By("services_list")),
    ("List services DDL", LABELS),
    ("List task fields DDL", LABELS),
    ("List tasks", By("tasks_list")),
    ("List ticket fields DDL", LABELS),
    ("List ticket journals", By("ticket_journals_list")),
    ("List tickets", By("tickets_list")),
    ("Raw HTTP request (advanced)", RAW),
    ("Reverse payment", By("payments_reverse")),
    ("Run report", By("reports_result")),
    ("Run report with input", By("reports_run_with_input")),
    (
        "Unassign inventory item from product",
        By("inventory_items_unassign_product"),
    ),
    (
        "Unassign inventory item from service",
        By("inventory_items_unassign_service"),
    ),
    ("Update contact", By("contacts_patch")),
    ("Update customer", By("customers_patch")),
    ("Update inventory item", By("inventory_items_patch")),
    ("Update inventory type", By("inventory_types_replace")),
    ("Update task", By("tasks_patch")),
    ("Update ticket", By("tickets_patch")),
];

#[test]
fn every_operation_of_the_connector_is_served() {
    let known: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id()).collect();
    let mut failed = Vec::new();
    for (name, served) in &CONNECTOR {
        match served {
            By(id) if known.contains(id) => {}
            By(id) => failed.push(format!("{name}: there is no operation {id}")),
            Later("id and label streams") if name.ends_with(" DDL") => {}
            Later("raw requests") if name.starts_with("Raw HTTP request") => {}
            Later(step) => failed.push(format!("{name}: {step} can't be waited for")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_list_is_complete_and_no_call_serves_twice() {
    let names: BTreeSet<&str> = CONNECTOR.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), 72);
    let mut serving: BTreeMap<&str, &str> = BTreeMap::new();
    let mut later = BTreeMap::from([("id and label streams", 0), ("raw requests", 0)]);
    for (name, served) in &CONNECTOR {
        match served {
            By(id) => assert_eq!(serving.insert(id, name), None, "{id} serves {name} as well"),
            Later(step) => *later.get_mut(step).expect("a known step") += 1,
        }
    }
    assert_eq!(serving.len(), 57);
    assert_eq!(
        later,
        BTreeMap::from([("id and label streams", 14), ("raw requests", 1)])
    );
}
