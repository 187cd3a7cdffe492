//! The 72 operations of the connector that integrators know, by the names it gives them, and what serves each here.

use std::collections::{BTreeMap, BTreeSet};

use revio_api::choices::Labelled;
use revio_api::custom_fields::HasFields;
use revio_api::operations::OPERATIONS;
use revio_api::resources::contacts::ContactsList;
use revio_api::resources::customers::CustomersList;
use revio_api::resources::inventory_items::InventoryItemsList;
use revio_api::resources::inventory_types::InventoryTypesList;
use revio_api::resources::products::ProductsList;
use revio_api::resources::request_templates::RequestTemplatesList;
use revio_api::resources::service_products::ServiceProductsList;
use revio_api::resources::service_types::ServiceTypesList;
use revio_api::resources::services::ServicesList;
use revio_api::resources::tasks::TasksList;
use revio_api::resources::tickets::TicketsList;
use revio_api::{BaseUrl, Client, ListRequest, Method, RawRequest};
use revio_tests::stand::client_for;

/// What serves an operation of the connector.
enum Served {
    /// A generated call, by operation id.
    By(&'static str),
    /// The values and labels of a list, by the list's operation id.
    Choices(&'static str),
    /// The custom fields that the records of a list show, by the list's operation id.
    Fields(&'static str),
    /// A call of whatever method and path, which holds where this compiles.
    Raw(fn(&Client, Method, &'static str) -> RawRequest),
}
use Served::{By, Choices, Fields, Raw};

/// A list that `options()` reads, which holds where this compiles.
const fn choices<L: ListRequest>() -> Served
where
    L::Item: Labelled,
{
    Choices(L::OPERATION.id())
}

/// A list that `sample_fields()` reads, which holds where this compiles.
const fn fields<L: ListRequest>() -> Served
where
    L::Item: HasFields,
{
    Fields(L::OPERATION.id())
}

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
    ("List contacts DDL", choices::<ContactsList>()),
    ("List customer fields DDL", fields::<CustomersList>()),
    ("List customers", By("customers_list")),
    ("List customers DDL", choices::<CustomersList>()),
    ("List customers metadata", By("customers_metadata")),
    (
        "List inventory item identifiers DDL",
        choices::<InventoryItemsList>(),
    ),
    ("List inventory items", By("inventory_items_list")),
    ("List inventory items DDL", choices::<InventoryItemsList>()),
    (
        "List inventory type fields DDL",
        fields::<InventoryTypesList>(),
    ),
    ("List inventory types", By("inventory_types_list")),
    ("List inventory types DDL", choices::<InventoryTypesList>()),
    ("List payments", By("payments_list")),
    ("List products", By("products_list")),
    ("List products DDL", choices::<ProductsList>()),
    ("List request templates", By("request_templates_list")),
    (
        "List request templates DDL",
        choices::<RequestTemplatesList>(),
    ),
    ("List service products", By("service_products_list")),
    (
        "List service products DDL",
        choices::<ServiceProductsList>(),
    ),
    ("List service types", By("service_types_list")),
    ("List service types DDL", choices::<ServiceTypesList>()),
    ("List services", By("services_list")),
    ("List services DDL", choices::<ServicesList>()),
    ("List task fields DDL", fields::<TasksList>()),
    ("List tasks", By("tasks_list")),
    ("List ticket fields DDL", fields::<TicketsList>()),
    ("List ticket journals", By("ticket_journals_list")),
    ("List tickets", By("tickets_list")),
    ("Raw HTTP request (advanced)", Raw(Client::raw)),
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
    let client = client_for(BaseUrl::default());
    let mut failed = Vec::new();
    for (name, served) in &CONNECTOR {
        match served {
            By(id) | Choices(id) | Fields(id) if !known.contains(id) => {
                failed.push(format!("{name}: there is no operation {id}"));
            }
            By(_) => {}
            Fields(_) if name.ends_with(" fields DDL") => {}
            Choices(_) if name.ends_with(" DDL") && !name.ends_with(" fields DDL") => {}
            Choices(_) | Fields(_) => failed.push(format!("{name}: is another kind of list")),
            Raw(start) if name.starts_with("Raw HTTP request") => {
                assert_eq!(
                    start(&client, Method::Post, "Anything").method(),
                    Method::Post
                );
            }
            Raw(_) => failed.push(format!("{name}: has a call of its own")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_list_is_complete_and_no_call_serves_twice() {
    let names: BTreeSet<&str> = CONNECTOR.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), 72);
    let mut serving: BTreeMap<&str, &str> = BTreeMap::new();
    let (mut choices, mut fields, mut raw) = (0, 0, 0);
    for (name, served) in &CONNECTOR {
        match served {
            By(id) => assert_eq!(serving.insert(id, name), None, "{id} serves {name} as well"),
            Choices(_) => choices += 1,
            Fields(_) => fields += 1,
            Raw(_) => raw += 1,
        }
    }
    assert_eq!(serving.len(), 57);
    assert_eq!((choices, fields, raw), (10, 4, 1));
}
