//! Receiving webhooks: the confirmation of a receiver, and notifications.
//!
//! 1. Register a receiver with `client.webhook_receivers().create(..)`. Rev.io calls its address with a secret in the
//!    header [`SECRET_HEADER`].
//! 2. Answer that call with status 200 and the same header: [`Confirmation`] finds it. The receiver is then active.
//!    A receiver that couldn't answer is activated later with `client.webhook_receivers().activate(..)`; how the secret
//!    is to be handed over there isn't documented, and this client sends none.
//! 3. Subscribe to types of events with `client.webhook_subscriptions().create(..)`.
//! 4. Read what arrives with [`Notification`].
//!
//! What a server does with requests is up to your web framework; nothing here needs a certain one.
//!
//! # What isn't known
//! The vendor describes notifications in prose only: JSON with an event's id, its type, the date of its creation, and
//! for most events the id of an object. The names of these members aren't documented, so there are no accessors for
//! them: look at what your account receives, and [decode](Notification::decode) into a type of your own. Of the types of
//! events, one is known by its exact text:
//! [`WebhookEventType::InventoryUnassigned`](crate::enums::WebhookEventType).
//!
//! Nothing is said of signatures, of repeated deliveries, or of their order. So take a notification as a hint: anybody
//! who knows the address can send one. Read the record through the API before acting on it, and expect to see the same
//! event again.
//!
//! ```
//! use revio_api::enums::WebhookEventType;
//! use revio_api::webhooks::{Confirmation, Notification};
//!
//! /// What a receiver returns: a status, and perhaps a header.
//! fn receive(headers: &[(&str, &str)], body: &[u8]) -> (u16, Option<(&'static str, String)>) {
//!     match Confirmation::find(headers.iter().copied()) {
//!         Ok(Some(confirmation)) => return (200, Some((confirmation.name(), confirmation.value().to_owned()))),
//!         Ok(None) => {}
//!         Err(_) => return (400, None),
//!     }
//!     match Notification::parse(body) {
//!         Ok(event) if event.mentions(&WebhookEventType::InventoryUnassigned) => (200, None), // Put it in a queue.
//!         Ok(_) => (200, None),
//!         Err(_) => (400, None),
//!     }
//! }
//!
//! let (status, header) = receive(&[("x-hook-secret", "4f1c")], b"");
//! assert_eq!((status, header), (200, Some(("X-Hook-Secret", "4f1c".to_owned()))));
//! ```

mod confirmation;
mod notification;

pub use self::confirmation::{BadSecret, Confirmation, SECRET_HEADER};
pub use self::notification::Notification;
