//! One call for each effect, and a client whose waiting takes no time.

use std::sync::Arc;
use std::time::Duration;

use revio_api::prelude::*;
use revio_api::resources::customers::CustomerCreate;
use revio_api::resources::inventory_types::InventoryTypeReplace;
use revio_api::resources::payments::PaymentCreate;
use revio_api::{ClientBuilder, Effect, Error, Quota, Request, Response};

use crate::time::Standing;

pub(crate) const EFFECTS: [Effect; 4] = [
    Effect::Read,
    Effect::Idempotent,
    Effect::Unsafe,
    Effect::Money,
];

/// Of one attempt.
const LIMIT: Duration = Duration::from_secs(10);

pub(crate) fn builder(url: String) -> ClientBuilder {
    Client::builder(Credentials::new("user", "code", "password"))
        .base_url(url)
        .timeout(LIMIT)
        .max_response_bytes(1 << 20)
        .quota(Quota::new().per_minute(1_000_000).per_day(1_000_000))
        .clock(Arc::new(Standing))
}

/// Makes a call with this effect; the server knows it by its name. Yields the number of attempts.
pub(crate) async fn call(client: &Client, effect: Effect, name: &str) -> Result<u32, Error> {
    match effect {
        Effect::Read => send(client.customers().get(CustomerId(31)), effect, name).await,
        Effect::Idempotent => {
            let body = InventoryTypeReplace::new("identifier", "name");
            let id = InventoryTypeId(31);
            send(client.inventory_types().replace(id, body), effect, name).await
        }
        Effect::Unsafe => {
            let body = CustomerCreate::new().source("test");
            send(client.customers().create(body), effect, name).await
        }
        Effect::Money => {
            let body = PaymentCreate::new().amount(Money::from_cents(12_050));
            send(client.payments().create(body), effect, name).await
        }
    }
}

async fn send<R: Request>(request: R, effect: Effect, name: &str) -> Result<u32, Error> {
    assert_eq!(R::OPERATION.effect(), effect);
    request
        .filter("call", name)
        .send()
        .await
        .map(|reply: Response<_>| reply.attempts())
}
