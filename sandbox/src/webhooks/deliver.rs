//! Delivery to receivers, one after another, in the order of the events.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{ACTIVE, Deliveries, Delivery, Message, RECEIVER, messages};
use crate::event::Event;
use crate::world::World;

const SECRET_HEADER: &str = "x-hook-secret";

/// How long a receiver may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Delivers until the sandbox is gone.
pub(crate) async fn deliver(
    world: Weak<Mutex<World>>,
    deliveries: Arc<Mutex<Deliveries>>,
    mut events: UnboundedReceiver<Event>,
) {
    // Receivers are on this machine, so no proxy is used. A receiver confirms the address that it
    // registered, so redirects are not followed.
    let client = Client::builder()
        .timeout(TIMEOUT)
        .redirect(Policy::none())
        .no_proxy()
        .build();
    let mut number = 0;
    while let Some(event) = events.recv().await {
        number += 1;
        let Some(world) = world.upgrade() else {
            return;
        };
        let messages = messages(
            &world.lock().unwrap_or_else(PoisonError::into_inner),
            &event,
            number,
        );
        for message in messages {
            let mut delivery = Delivery {
                number: 0,
                receiver: message.receiver,
                event_type: None,
                object_id: None,
                status: None,
                confirmed: false,
                problem: None,
            };
            if let Event::Happened {
                event_type,
                object_id,
            } = &event
            {
                delivery.event_type = Some(event_type.clone());
                delivery.object_id = *object_id;
            }
            match &client {
                Ok(client) => send(client, &message, &mut delivery).await,
                Err(error) => delivery.problem = Some(error.to_string()),
            }
            if delivery.confirmed {
                activate(&world, message.receiver);
            }
            deliveries
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .add(delivery);
        }
    }
}

async fn send(client: &Client, message: &Message, delivery: &mut Delivery) {
    let url = match local(&message.url) {
        Ok(url) => url,
        Err(problem) => {
            delivery.problem = Some(problem);
            return;
        }
    };
    let mut request = client.post(url).json(&message.body);
    if let Some(secret) = &message.secret {
        request = request.header(SECRET_HEADER, secret);
    }
    match request.send().await {
        // The address may contain a secret.
        Err(error) => delivery.problem = Some(error.without_url().to_string()),
        Ok(response) => {
            let status = response.status();
            delivery.status = Some(status.as_u16());
            if let Some(secret) = &message.secret {
                delivery.confirmed = status.as_u16() == 200 && echoes(&response, secret);
                if !delivery.confirmed {
                    let missing = "it didn't respond with 200 and the secret in X-Hook-Secret";
                    delivery.problem = Some(missing.to_owned());
                }
            } else if !status.is_success() {
                delivery.problem = Some(format!("it responded with {status}"));
            }
        }
    }
}

fn echoes(response: &Response, secret: &str) -> bool {
    let header = response.headers().get(SECRET_HEADER);
    header.is_some_and(|value| value.as_bytes() == secret.as_bytes())
}

/// Accepts an address on this machine only.
fn local(url: &str) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|error| format!("its url is invalid: {error}"))?;
    let is_local = match url.host_str() {
        Some("localhost") => true,
        Some(host) => host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback()),
        None => false,
    };
    if url.scheme() == "http" && is_local {
        Ok(url)
    } else {
        Err(
            "the sandbox calls receivers on this machine only: http and a loopback address"
                .to_owned(),
        )
    }
}

fn activate(world: &Mutex<World>, receiver: i64) {
    let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
    // A deleted receiver stays deleted. If the data file can't be written, the next call that
    // changes something fails.
    let _ = world.transact(|world| {
        if let Some(mut fields) = world.store.find(RECEIVER, receiver) {
            fields.insert(ACTIVE.to_owned(), true.into());
            world.store.put(RECEIVER, receiver, fields);
        }
        Ok(())
    });
}
