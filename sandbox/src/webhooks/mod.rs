//! Webhooks: new receivers are asked to confirm themselves, active ones are notified of the events
//! that they subscribed to.
//!
//! Documented: a new receiver is called with a secret in `X-Hook-Secret` and is active once it
//! responds with 200 and the same header; a notification has the event's id, its type, a date, and
//! for most events an object's id. Made up: the names of these four members, and that there is one
//! attempt with a timeout of five seconds. The name of one event type is known, that of unassigned
//! inventory; all other types can be sent with the control plane.

mod deliver;

use std::collections::VecDeque;

use serde::Serialize;
use serde_json::{Value, json};

use crate::event::Event;
use crate::seed::Random;
use crate::world::World;
pub(crate) use deliver::deliver;

/// The table of receivers; the shape of their records isn't known.
pub(crate) const RECEIVER: &str = "webhook_receivers";

/// The field that says whether a receiver has confirmed itself. The name is made up.
pub(crate) const ACTIVE: &str = "active";

const SUBSCRIPTION: &str = "WebhookSubscription";

/// Deliveries that are kept; older ones are dropped.
const KEPT: usize = 1000;

/// One attempt to call a receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// Its position in the order of deliveries, from 1.
    pub number: u64,
    /// The receiver's id.
    pub receiver: i64,
    /// The type of the event; none when the receiver was asked to confirm itself.
    pub event_type: Option<String>,
    /// The id of the record that the event is about.
    pub object_id: Option<i64>,
    /// The status of the receiver's response.
    pub status: Option<u16>,
    /// Whether the receiver confirmed itself with this response.
    pub confirmed: bool,
    /// Why the delivery or the confirmation failed.
    pub problem: Option<String>,
}

/// The attempted deliveries.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    count: u64,
    latest: VecDeque<Delivery>,
}

impl Deliveries {
    fn add(&mut self, mut delivery: Delivery) {
        self.count += 1;
        delivery.number = self.count;
        if self.latest.len() == KEPT {
            self.latest.pop_front();
        }
        self.latest.push_back(delivery);
    }

    pub(crate) fn all(&self) -> Vec<Delivery> {
        self.latest.iter().cloned().collect()
    }
}

/// A message to one receiver.
struct Message {
    receiver: i64,
    url: String,
    secret: Option<String>,
    body: Value,
}

/// The messages that an event leads to.
fn messages(world: &World, event: &Event, number: u64) -> Vec<Message> {
    match event {
        Event::Registered { receiver } => url(world, *receiver)
            .map(|url| Message {
                receiver: *receiver,
                url,
                secret: Some(secret(world, *receiver)),
                body: json!({}),
            })
            .into_iter()
            .collect(),
        Event::Happened {
            event_type,
            object_id,
        } => {
            let body = json!({
                "event_id": number,
                "event_type": event_type,
                "created_date": world.clock.text(),
                "object_id": object_id,
            });
            subscribers(world, event_type)
                .into_iter()
                .filter_map(|receiver| {
                    Some(Message {
                        receiver,
                        url: url(world, receiver)?,
                        secret: None,
                        body: body.clone(),
                    })
                })
                .collect()
        }
    }
}

/// The active receivers that subscribed to an event type, each once.
fn subscribers(world: &World, event_type: &str) -> Vec<i64> {
    let table = world.store.table(SUBSCRIPTION);
    let mut receivers: Vec<i64> = table
        .into_iter()
        .flat_map(|table| table.ids(0))
        .filter_map(|id| world.store.find(SUBSCRIPTION, id))
        .filter(|fields| fields.get("event_type").and_then(Value::as_str) == Some(event_type))
        .filter_map(|fields| fields.get("webhook_receiver_id")?.as_i64())
        .filter(|receiver| is_active(world, *receiver))
        .collect();
    receivers.sort_unstable();
    receivers.dedup();
    receivers
}

fn is_active(world: &World, receiver: i64) -> bool {
    let fields = world.store.find(RECEIVER, receiver);
    fields.is_some_and(|fields| fields.get(ACTIVE) == Some(&Value::Bool(true)))
}

fn url(world: &World, receiver: i64) -> Option<String> {
    let fields = world.store.find(RECEIVER, receiver)?;
    fields.get("url")?.as_str().map(str::to_owned)
}

/// The secret that a receiver has to send back: always the same for the same receiver.
fn secret(world: &World, receiver: i64) -> String {
    let index = u64::try_from(receiver).unwrap_or_default();
    let mut random = Random::at(world.seed.seed, RECEIVER, index, "secret");
    format!("sandbox-{:016x}{:016x}", random.next(), random.next())
}
