//! A client from environment variables.

use std::env::VarError;

use super::builder::{ClientBuilder, Names};
use crate::credentials::{Credentials, Part};
use crate::error::Error;
use crate::legacy::{LegacyClient, LegacyClientBuilder};

const BASE_URL: &str = "REVIO_BASE_URL";
const LEGACY_ENDPOINT: &str = "REVIO_LEGACY_ENDPOINT";

const fn variable(part: Part) -> &'static str {
    match part {
        Part::User => "REVIO_USERNAME",
        Part::ClientCode => "REVIO_CLIENT_CODE",
        Part::Password => "REVIO_PASSWORD",
        Part::SubscriptionKey => "REVIO_SUBSCRIPTION_KEY",
    }
}

/// Variables by name.
trait LookUp: Fn(&str) -> Result<String, VarError> {}

impl<F: Fn(&str) -> Result<String, VarError>> LookUp for F {}

fn optional(look_up: &impl LookUp, name: &str) -> Result<Option<String>, Error> {
    match look_up(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!("{name} is not valid UTF-8"))),
    }
}

fn credentials(look_up: &impl LookUp) -> Result<Credentials, Error> {
    let required = |part: Part| {
        let name = variable(part);
        optional(look_up, name)?.ok_or_else(|| {
            Error::config(format!(
                "{name} is not set or empty; it holds {}",
                part.name()
            ))
        })
    };
    Ok(Credentials::new(
        required(Part::User)?,
        required(Part::ClientCode)?,
        required(Part::Password)?,
    ))
}

/// Starts a client from variables that `look_up` finds.
pub(super) fn builder(
    look_up: impl Fn(&str) -> Result<String, VarError>,
) -> Result<ClientBuilder, Error> {
    let mut builder = ClientBuilder::new(credentials(&look_up)?);
    if let Some(key) = optional(&look_up, variable(Part::SubscriptionKey))? {
        builder = builder.subscription_key(key);
    }
    if let Some(url) = optional(&look_up, BASE_URL)? {
        builder = builder.base_url(url);
    }
    builder.names = Names {
        credential: variable,
        base_url: BASE_URL,
    };
    Ok(builder)
}

/// The same for the legacy service.
pub(crate) fn legacy(
    look_up: impl Fn(&str) -> Result<String, VarError>,
) -> Result<LegacyClientBuilder, Error> {
    let mut builder = LegacyClient::builder(credentials(&look_up)?);
    if let Some(endpoint) = optional(&look_up, LEGACY_ENDPOINT)? {
        builder = builder.endpoint(endpoint);
    }
    builder.blamed = Names {
        credential: variable,
        base_url: LEGACY_ENDPOINT,
    };
    Ok(builder)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::env::VarError;
    use std::ffi::OsString;

    use super::builder;
    use crate::{Client, Error};

    const COMPLETE: [(&str, &str); 3] = [
        ("REVIO_USERNAME", "user"),
        ("REVIO_CLIENT_CODE", "code"),
        ("REVIO_PASSWORD", "planted"),
    ];

    fn with(changes: &[(&str, &str)]) -> Result<Client, Error> {
        let mut variables = HashMap::from(COMPLETE);
        variables.extend(changes.iter().copied());
        let variable = |name: &str| {
            variables
                .get(name)
                .map(ToString::to_string)
                .ok_or(VarError::NotPresent)
        };
        builder(variable)?.build()
    }

    #[test]
    fn the_optional_ones_may_be_missing_or_empty() {
        assert!(format!("{:?}", with(&[]).unwrap()).contains("https://restapi.rev.io/v1"));
        let empty = with(&[("REVIO_BASE_URL", ""), ("REVIO_SUBSCRIPTION_KEY", "")]).unwrap();
        assert!(format!("{empty:?}").contains("https://restapi.rev.io/v1"));
        let other = with(&[
            ("REVIO_BASE_URL", "http://localhost:1/v1"),
            ("REVIO_SUBSCRIPTION_KEY", "key"),
        ])
        .unwrap();
        assert!(format!("{other:?}").contains("http://localhost:1/v1"));
    }

    #[test]
    fn a_missing_variable_names_itself() {
        for (missing, _) in COMPLETE {
            let error = with(&[(missing, "")]).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("client: {missing} is not set or empty")),
                "{error}"
            );
        }
    }

    #[test]
    fn an_address_given_in_code_is_not_blamed_on_the_environment() {
        let builder = builder(|name| Ok(format!("{}.example", name.to_lowercase()))).unwrap();
        let error = builder.base_url("http://example.com").build().unwrap_err();
        let message = error.to_string();
        assert!(message.starts_with("client: the base URL "), "{message}");
    }

    #[test]
    fn a_bad_variable_names_itself_and_not_its_value() {
        for (name, value) in [
            ("REVIO_USERNAME", "planted@example.com"),
            ("REVIO_CLIENT_CODE", "planted:code"),
            ("REVIO_PASSWORD", "planted\n"),
            ("REVIO_SUBSCRIPTION_KEY", "planted key"),
            ("REVIO_BASE_URL", "http://planted.example.com"),
        ] {
            let error = with(&[(name, value)]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("client: {name} ")), "{error}");
            assert!(!error.contains("planted"), "{error}");
        }
        let error = builder(|_| Err(VarError::NotUnicode(OsString::from("planted"))))
            .unwrap_err()
            .to_string();
        assert_eq!(error, "client: REVIO_USERNAME is not valid UTF-8");
    }
}
