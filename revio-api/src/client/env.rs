//! A client from environment variables.

use std::env::VarError;

use super::Client;
use super::builder::ClientBuilder;
use crate::credentials::{Credentials, Part};
use crate::error::Error;

const BASE_URL: &str = "REVIO_BASE_URL";

const fn variable(part: Part) -> &'static str {
    match part {
        Part::User => "REVIO_USERNAME",
        Part::ClientCode => "REVIO_CLIENT_CODE",
        Part::Password => "REVIO_PASSWORD",
        Part::SubscriptionKey => "REVIO_SUBSCRIPTION_KEY",
    }
}

/// Builds a client from variables that `look_up` finds.
pub(super) fn client(look_up: impl Fn(&str) -> Result<String, VarError>) -> Result<Client, Error> {
    let optional = |name: &str| match look_up(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!("{name} is not valid UTF-8"))),
    };
    let required = |part: Part| {
        let name = variable(part);
        optional(name)?.ok_or_else(|| {
            Error::config(format!(
                "{name} is not set or empty; it holds the {}",
                part.name()
            ))
        })
    };
    let credentials = Credentials::new(
        required(Part::User)?,
        required(Part::ClientCode)?,
        required(Part::Password)?,
    );
    let mut builder = ClientBuilder::new(credentials);
    if let Some(key) = optional(variable(Part::SubscriptionKey))? {
        builder = builder.subscription_key(key);
    }
    if let Some(url) = optional(BASE_URL)? {
        builder = builder.base_url(url);
    }
    builder.build_naming(
        |bad| format!("{} {}", variable(bad.part), bad.problem),
        BASE_URL,
    )
}
