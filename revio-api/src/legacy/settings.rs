//! What can be set about the wire, because it is assumed or because services differ.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::overrides::{NullStyle, Overrides};
use super::table::Service;

/// The version of SOAP that requests are written in. Responses are read in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SoapVersion {
    /// SOAP 1.1, which the service's own pages show.
    Soap11,
    /// SOAP 1.2, which public code has used against the same address.
    Soap12,
}

/// How a call says who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LegacyAuth {
    /// User name, password and client code go with every call.
    Credentials,
    /// They go with one call that opens a session; the others carry its key. The session is opened by the first call,
    /// used by all clones of a client, and opened anew once the service refuses its key.
    Session,
}

/// Who is calling.
#[derive(Clone)]
pub(crate) struct Login {
    pub(super) user: String,
    pub(super) client_code: String,
    pub(super) password: SecretString,
    pub(super) impersonation_key: Option<SecretString>,
}

impl Login {
    /// The values by the names that the schema has for them.
    pub(super) fn values(&self) -> Vec<(&'static str, &str)> {
        let mut values = vec![
            ("Username", self.user.as_str()),
            ("Password", self.password.expose_secret()),
            ("Client", self.client_code.as_str()),
        ];
        if let Some(key) = &self.impersonation_key {
            values.push(("ImpersonationKey", key.expose_secret()));
        }
        values
    }
}

/// All settings, checked.
pub(super) struct Settings {
    pub(super) service: &'static Service,
    pub(super) login: Login,
    pub(super) namespace: String,
    pub(super) soap_version: SoapVersion,
    /// With `{namespace}` and `{operation}`.
    pub(super) action: String,
    pub(super) auth: LegacyAuth,
    pub(super) debug: bool,
    pub(super) null_style: NullStyle,
    /// With `YYYY`, `MM` and `DD`.
    pub(super) date_format: String,
    pub(super) names: Overrides,
    pub(super) filter_guard: bool,
    pub(super) ids_per_call: usize,
    pub(super) max_elements: usize,
    pub(super) login_refused_codes: Vec<String>,
}

impl Settings {
    /// The value of the action header for an operation, quotes included.
    pub(super) fn action(&self, operation: &str) -> String {
        self.action
            .replace("{namespace}", &self.namespace)
            .replace("{operation}", operation)
    }

    /// The content type of a request for an operation.
    pub(super) fn content_type(&self, operation: &str) -> String {
        match self.soap_version {
            SoapVersion::Soap11 => self.service.content_type_11.to_owned(),
            SoapVersion::Soap12 => self
                .service
                .content_type_12
                .replace("{action}", &self.action(operation)),
        }
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(<redacted>)")
    }
}
