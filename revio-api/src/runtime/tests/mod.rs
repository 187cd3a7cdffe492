//! The runtime over a real connection, with operations of its own.

mod detached;
mod failures;
mod messages;
mod money;
mod replies;
mod requests;
mod retries;
mod secrets;
mod waits;

use revio_test_server::Server;
use serde::{Deserialize, Serialize};

use super::Transport;
use crate::operation::{Effect, Evidence, Method, Operation};
use crate::types::{Money, Page};
use crate::{Client, ClientBuilder, Credentials, Quota};

static LIST: Operation = Operation::new(
    "accounts_list",
    Method::Get,
    "/Accounts",
    Effect::Read,
    "accounts",
    Evidence::Documented,
    None,
);
static GET: Operation = Operation::new(
    "accounts_get",
    Method::Get,
    "/Accounts/{id}/entries/{entry}",
    Effect::Read,
    "accounts",
    Evidence::Documented,
    None,
);
static CREATE: Operation = Operation::new(
    "accounts_create",
    Method::Post,
    "/Accounts",
    Effect::Money,
    "accounts",
    Evidence::Documented,
    Some("application/json"),
);
static PATCH: Operation = Operation::new(
    "accounts_patch",
    Method::Patch,
    "/Accounts/{id}",
    Effect::Unsafe,
    "accounts",
    Evidence::Documented,
    Some("application/json-patch+json"),
);
static REPLACE: Operation = Operation::new(
    "accounts_replace",
    Method::Put,
    "/Accounts/{id}",
    Effect::Idempotent,
    "accounts",
    Evidence::Documented,
    Some("application/json"),
);
static APPROVE: Operation = Operation::new(
    "accounts_approve",
    Method::Post,
    "/Accounts/{id}/approve",
    Effect::Unsafe,
    "accounts",
    Evidence::Inferred,
    None,
);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Account {
    account_id: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    balance: Option<Money>,
}

impl crate::Record for Account {}

type Accounts = Page<Account>;

fn client(server: &Server) -> Client {
    builder(server).build().expect("a client")
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(Credentials::new(
        "planted-user",
        "planted-code",
        "planted-password",
    ))
    .subscription_key("planted-key")
    .base_url(server.url())
    // Tests that try many values would wait for the next minute.
    .quota(Quota::new().per_minute(100_000))
}

fn transport(server: &Server) -> Transport {
    client(server).transport()
}
