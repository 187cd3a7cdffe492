//! What the generated calls of all operations need: ids of records that exist, and records that each call fits.

use std::collections::BTreeMap;
use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use revio_api::Client;
use revio_api::enums::{InventoryItemStatus, ServiceProductStatus, WebhookEventType};
use revio_api::ids::{
    AddressId, CustomerId, IntegrationEntityTypeId, IntegrationSystemId, InventoryItemId,
    ServiceProductId,
};
use revio_api::resources::integration_key_links::IntegrationKeyLinkCreate;
use revio_api::resources::payments::PaymentCreate;
use revio_api::resources::webhook_receivers::WebhookReceiverCreate;
use revio_api::resources::webhook_subscriptions::WebhookSubscriptionCreate;
use revio_api::resources::{inventory_items, service_products};
use revio_api::types::Patch;

use crate::direct::Direct;
use crate::spec::Spec;

/// A full call of one operation.
pub type Call =
    for<'a> fn(&'a Client, &'a Ids) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// The status of the reply.
pub type Outcome = Result<u16, Box<dyn Error + Send + Sync>>;

/// The text that generated calls put wherever one is wanted.
const TEXT: &str = "text";

/// The number that generated calls put wherever no typed id is wanted.
const NUMBER: i32 = 1;

/// A body for operations whose body nobody has seen. The members name an inventory item, for those that want one.
const FREE_FORM: &str =
    r#"{"identifiers": ["text"], "amount": 1234567890123.4567, "nothing": null}"#;

/// Ids of records that exist, one of each type.
pub struct Ids {
    known: BTreeMap<String, i32>,
    /// What every other type has, where it doesn't matter whether there is such a record.
    other: Option<i32>,
}

impl Ids {
    /// Looks up a record of each type, and makes those that aren't there or that a call needs in a certain state.
    pub async fn prepare(client: &Client, direct: &Direct, spec: &Spec) -> Self {
        let mut ids = Self {
            known: BTreeMap::new(),
            other: None,
        };
        ids.look_up(direct, spec).await;
        ids.create(client).await.expect("records can be created");
        ids.put_in_order(client)
            .await
            .expect("records can be changed");
        ids
    }

    /// Some number for every type, for a server that has no records.
    pub fn any() -> Self {
        Self {
            known: BTreeMap::new(),
            other: Some(NUMBER),
        }
    }

    /// The id of a record that exists.
    pub fn of(&self, id_type: &str) -> i32 {
        let found = self.known.get(id_type).copied().or(self.other);
        found.unwrap_or_else(|| panic!("no record with an id of type {id_type} is known"))
    }

    /// A body of unknown shape.
    pub fn free_form(&self) -> &'static str {
        FREE_FORM
    }

    /// Takes the first record of every list that has one with an id of its own.
    async fn look_up(&mut self, direct: &Direct, spec: &Spec) {
        for operation in spec.operations() {
            let is_list = operation.id().ends_with("_list");
            let Some(record) = operation.text("x-revio-record").filter(|_| is_list) else {
                continue;
            };
            let properties = spec.properties(spec.schema(record));
            let Some(own) = properties.iter().find(|property| property.is_own_id()) else {
                continue;
            };
            let id_type = own.id_type().expect("an own id has a type");
            // Some records carry the id of another as their own.
            if self.known.contains_key(id_type) && id_type != format!("{record}Id") {
                continue;
            }
            let page = direct
                .get(&format!("{}?page_size=1", operation.path()))
                .await;
            let id = page["records"][0][own.name].as_i64();
            if let Some(id) = id.and_then(|id| i32::try_from(id).ok()) {
                self.known.insert(id_type.to_owned(), id);
            }
        }
    }

    /// What an account has only after an integration made it, and a payment that wasn't reversed.
    async fn create(&mut self, client: &Client) -> Result<(), revio_api::Error> {
        let receiver = client
            .webhook_receivers()
            .create(WebhookReceiverCreate::new().url(TEXT))
            .await?;
        let subscription = WebhookSubscriptionCreate::new()
            .webhook_receiver_id(receiver.id)
            .event_type(WebhookEventType::InventoryUnassigned);
        let subscription = client.webhook_subscriptions().create(subscription).await?;
        let link = IntegrationKeyLinkCreate::new()
            .integration_system_id(IntegrationSystemId(self.of("IntegrationSystemId")))
            .integration_entity_type_id(self.entity_of(client, "ADDRESS").await?)
            .internal_id(AddressId(NUMBER).get())
            .external_id(TEXT);
        let link = client.integration_key_links().create(link).await?;
        let payment = PaymentCreate::new()
            .customer_id(CustomerId(self.of("CustomerId")))
            .refund_flag(false);
        let payment = client.payments().create(payment).await?;
        for (id_type, id) in [
            ("WebhookReceiverId", receiver.id.get()),
            ("WebhookSubscriptionId", subscription.id.get()),
            ("IntegrationKeyLinkId", link.id.get()),
            ("PaymentId", payment.id.get()),
        ] {
            self.known.insert(id_type.to_owned(), id);
        }
        Ok(())
    }

    /// The entity type of a name, which then is the one that calls use.
    async fn entity_of(
        &mut self,
        client: &Client,
        name: &str,
    ) -> Result<IntegrationEntityTypeId, revio_api::Error> {
        let types = client
            .integration_entity_types()
            .list()
            .entity_type_name(name)
            .await?;
        let id = types.records[0].integration_entity_type_id;
        self.known
            .insert("IntegrationEntityTypeId".to_owned(), id.get());
        Ok(id)
    }

    /// The state that some calls need: an assigned item that generated calls can name, a product that may be replaced
    /// by what they send.
    async fn put_in_order(&mut self, client: &Client) -> Result<(), revio_api::Error> {
        use inventory_items::fields::{IDENTIFIER, STATUS};
        let item = Patch::new()
            .replace(IDENTIFIER, TEXT)
            .replace(STATUS, InventoryItemStatus::Assigned);
        client
            .inventory_items()
            .patch(InventoryItemId(NUMBER), item)
            .await?;
        let pending = Patch::new().replace(
            service_products::fields::STATUS,
            ServiceProductStatus::Pending,
        );
        client
            .service_products()
            .patch(ServiceProductId(self.of("ServiceProductId")), pending)
            .await
    }
}
