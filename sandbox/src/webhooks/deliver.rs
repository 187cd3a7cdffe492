//! Telling receivers, one after another, in the order of the events.

use std::sync::{PoisonError, Weak};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{ACTIVE, Delivery, Event, Message, RECEIVER, messages};
use crate::http::Server;

const SECRET_HEADER: &str = "x-hook-secret";

/// How long a receiver may take.
const LIMIT: Duration = Duration::from_secs(5);

/// Delivers until the sandbox is gone.
pub(crate) async fn deliver(server: Weak<Server>, mut events: UnboundedReceiver<Event>) {
    // Receivers are on this machine, so no proxy is asked; it is an address of their own choice
    // that they confirm, so no redirect is followed.
    let client = Client::builder()
        .timeout(LIMIT)
        .redirect(Policy::none())
        .no_proxy()
        .build();
    let mut number = 0;
    while let Some(event) = events.recv().await {
        number += 1;
        let Some(server) = server.upgrade() else {
            return;
        };
        let messages = messages(&server.world(), &event, number);
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
                Ok(client) => tell(client, &message, &mut delivery).await,
                Err(error) => delivery.problem = Some(error.to_string()),
            }
            if delivery.confirmed {
                activate(&server, message.receiver);
            }
            server
                .deliveries
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .add(delivery);
        }
    }
}

async fn tell(client: &Client, message: &Message, delivery: &mut Delivery) {
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
        // The address may hold a secret.
        Err(error) => delivery.problem = Some(error.without_url().to_string()),
        Ok(response) => {
            let status = response.status();
            delivery.status = Some(status.as_u16());
            if let Some(secret) = &message.secret {
                delivery.confirmed = status.as_u16() == 200 && echoes(&response, secret);
                if !delivery.confirmed {
                    let missing = "it didn't answer 200 with the secret in X-Hook-Secret";
                    delivery.problem = Some(missing.to_owned());
                }
            } else if !status.is_success() {
                delivery.problem = Some(format!("it answered {status}"));
            }
        }
    }
}

fn echoes(response: &Response, secret: &str) -> bool {
    let header = response.headers().get(SECRET_HEADER);
    header.is_some_and(|value| value.as_bytes() == secret.as_bytes())
}

/// An address on this machine: the sandbox calls no other.
fn local(url: &str) -> Result<Url, String> {
    let url = Url::parse(url).map_err(|error| format!("its url is none: {error}"))?;
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
            "the sandbox tells receivers on this machine only: http and a loopback address"
                .to_owned(),
        )
    }
}

fn activate(server: &Server, receiver: i64) {
    let mut world = server.world();
    // A receiver that was deleted meanwhile stays so; a file that can't be written fails the next
    // call that changes something.
    let _ = world.transact(|world| {
        if let Some(mut fields) = world.store.find(RECEIVER, receiver) {
            fields.insert(ACTIVE.to_owned(), true.into());
            world.store.put(RECEIVER, receiver, fields);
        }
        Ok(())
    });
}
