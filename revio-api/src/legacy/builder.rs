//! How a client of the legacy service is put together.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;

use super::client::LegacyClient;
use super::encode;
use super::overrides::Overrides;
use super::overrides::{NullStyle, UpdateStyle};
use super::parse::{MAX_ELEMENTS, is_allowed};
use super::settings::{LegacyAuth, Login, Settings, SoapVersion};
use super::table::{Kind, Structure};
use super::validate;
use crate::base_url::BaseUrl;
use crate::client::{ClientBuilder, Names};
use crate::clock::Clock;
use crate::credentials::{Credentials, Part};
use crate::error::Error;
use crate::generated::legacy::wire::{SERVICE, WIRES};
use crate::observe::Attempt;
use crate::quota::{Quota, QuotaStore};
use crate::retry::RetryPolicy;
use crate::runtime::retry::jitter::Random;

/// Puts a [`LegacyClient`] together. Every setting has a default, which the schema says with its evidence.
///
/// What isn't published about the wire is a setting: once somebody knows better, by the service's description or by
/// trying, nothing but a line here changes.
///
/// ```
/// use revio_api::Credentials;
/// use revio_api::legacy::{LegacyAuth, LegacyClient, UpdateStyle};
///
/// let legacy = LegacyClient::builder(Credentials::new("api_user", "client_code", "password"))
///     .auth(LegacyAuth::Session)
///     .request_wrapper("Products_Create", "Product")
///     .item_name("ProductsCreateRequest.Fields", "CustomField")
///     .update_style("CustomerProducts_Update", UpdateStyle::UpdatedPairs)
///     .build()?;
/// # Ok::<_, revio_api::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct LegacyClientBuilder {
    /// What it has in common with the REST client.
    common: ClientBuilder,
    credentials: Credentials,
    impersonation_key: Option<SecretString>,
    endpoint: BaseUrl,
    namespace: String,
    soap_version: SoapVersion,
    action: String,
    auth: LegacyAuth,
    headers: Vec<(String, SecretString)>,
    debug: bool,
    null_style: NullStyle,
    date_format: String,
    names: Overrides,
    /// Names that there aren't, and what is wrong with them.
    problems: Vec<String>,
    filter_guard: bool,
    ids_per_call: usize,
    max_elements: usize,
    login_refused_codes: Vec<String>,
    pub(crate) blamed: Names,
}

const OWN_NAMES: Names = Names {
    credential: Part::name,
    base_url: "the endpoint",
};

impl LegacyClientBuilder {
    pub(super) fn new(credentials: Credentials) -> Self {
        let timeout = Duration::from_secs(SERVICE.timeout_seconds.into());
        Self {
            common: ClientBuilder::new(credentials.clone()).timeout(timeout),
            credentials,
            impersonation_key: None,
            endpoint: BaseUrl::Custom(SERVICE.endpoint.to_owned()),
            namespace: SERVICE.namespace.to_owned(),
            soap_version: SERVICE.soap_version,
            action: SERVICE.action.to_owned(),
            auth: if SERVICE.by_session {
                LegacyAuth::Session
            } else {
                LegacyAuth::Credentials
            },
            headers: Vec::new(),
            debug: false,
            null_style: if SERVICE.nil {
                NullStyle::Nil
            } else {
                NullStyle::Omit
            },
            date_format: SERVICE.date_format.to_owned(),
            names: Overrides::default(),
            problems: Vec::new(),
            filter_guard: true,
            ids_per_call: usize::try_from(SERVICE.ids_per_call).unwrap_or(usize::MAX),
            max_elements: MAX_ELEMENTS,
            login_refused_codes: SERVICE
                .login_refused_codes
                .iter()
                .map(|code| (*code).to_owned())
                .collect(),
            blamed: OWN_NAMES,
        }
    }

    /// Where the service is: `https://` only, but for this machine. Default: `https://api.rev.io/v20/default.asmx`.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = BaseUrl::Custom(endpoint.into());
        self.blamed.base_url = OWN_NAMES.base_url;
        self
    }

    /// The namespace of all elements below the SOAP body. Default: `http://api.myh2o.com/v20`, on every host.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = namespace.into();
        self
    }

    /// The version of SOAP. Default: [`SoapVersion::Soap11`].
    pub fn soap_version(mut self, version: SoapVersion) -> Self {
        self.soap_version = version;
        self
    }

    /// How the action of a call is made, quotes included, from `{namespace}` and `{operation}`. Default:
    /// `"{namespace}/{operation}"`.
    pub fn action_template(mut self, template: impl Into<String>) -> Self {
        self.action = template.into();
        self
    }

    /// How a call says who makes it. Default: [`LegacyAuth::Credentials`].
    pub fn auth(mut self, auth: LegacyAuth) -> Self {
        self.auth = auth;
        self
    }

    /// A key of 64 characters for acting as another user. Default: none.
    pub fn impersonation_key(mut self, key: impl Into<String>) -> Self {
        self.impersonation_key = Some(SecretString::from(key.into()));
        self
    }

    /// A further HTTP header of every call, such as a gateway's key. Its value is never shown.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers
            .push((name.into(), SecretString::from(value.into())));
        self
    }

    /// Whether every call asks the service to send the request back as it understood it. The responses' `debug` holds
    /// that, without the secrets of the login. Default: false.
    pub fn debug(mut self, debug: bool) -> Self {
        self.debug = debug;
        self
    }

    /// How a field that isn't set is written. Default: [`NullStyle::Omit`].
    pub fn null_style(mut self, style: NullStyle) -> Self {
        self.null_style = style;
        self
    }

    /// How one field is written when it isn't set: `ProductsUpdateRequest.Code2`.
    pub fn null_style_of(mut self, field: &str, style: NullStyle) -> Self {
        let result = self.names.set_null_style(field, style);
        self.noting(field, result)
    }

    /// How a date is written, with `YYYY`, `MM` and `DD`. Default: `YYYY-MM-DDT00:00:00`.
    pub fn date_format(mut self, format: impl Into<String>) -> Self {
        self.date_format = format.into();
        self
    }

    /// The element of a field, which is named by the type that has it: `ProductsUpdateRequest.Code1`. The last part is the
    /// default name of the element.
    pub fn element_name(mut self, field: &str, name: impl Into<String>) -> Self {
        let result = self.names.set_element(field, name.into());
        self.noting(field, result)
    }

    /// The element of the items of a list: `ProductsCreateRequest.Fields`, whose items are called `Field` by default.
    pub fn item_name(mut self, field: &str, name: impl Into<String>) -> Self {
        let result = self.names.set_item(field, name.into());
        self.noting(field, result)
    }

    /// An element around the fields of an operation's request; an empty name for none, which is the default.
    pub fn request_wrapper(mut self, operation: &str, name: impl Into<String>) -> Self {
        let name = Some(name.into()).filter(|name| !name.is_empty());
        let result = self.names.set_wrapper(operation, name);
        self.noting(operation, result)
    }

    /// How an operation writes the fields that it changes. Default: [`UpdateStyle::Plain`].
    pub fn update_style(mut self, operation: &str, style: UpdateStyle) -> Self {
        let result = self.names.set_style(operation, style);
        self.noting(operation, result)
    }

    /// The elements from an operation's result down to its rows, or to its only value: `["Products", "Product"]`. By
    /// default they are found by what they hold.
    pub fn result_path(
        mut self,
        operation: &str,
        path: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let path = path.into_iter().map(Into::into).collect();
        let result = self.names.set_result_path(operation, path);
        self.noting(operation, result)
    }

    /// Whether rows that don't fit the ids asked for are an error: the service drops a filter that it doesn't know and
    /// answers with everything. Default: true.
    pub fn filter_guard(mut self, guard: bool) -> Self {
        self.filter_guard = guard;
        self
    }

    /// Most ids of one filter that a call carries; longer lists become several calls. Default: 100.
    pub fn ids_per_call(mut self, ids: usize) -> Self {
        self.ids_per_call = ids;
        self
    }

    /// Another error code by which the service refuses a login or a session, beside `S2005`. A refused session is opened
    /// anew.
    pub fn login_refused_code(mut self, code: impl Into<String>) -> Self {
        self.login_refused_codes.push(code.into());
        self
    }

    /// Most elements that a response may have. Default: two million.
    pub fn max_elements(mut self, elements: usize) -> Self {
        self.max_elements = elements;
        self
    }

    /// The longest response that is read, in bytes after decompression. Default: 32 MiB.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.common = self.common.max_response_bytes(bytes);
        self
    }

    /// The name and version of your program, added to the `User-Agent` header: `acme-sync/1.2`.
    pub fn app_info(mut self, app_info: impl Into<String>) -> Self {
        self.common = self.common.app_info(app_info);
        self
    }

    /// Limits each attempt of a call. Default: 60 seconds, since queries have no pages.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.common = self.common.timeout(timeout);
        self
    }

    /// Limits connecting alone. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.common = self.common.connect_timeout(timeout);
        self
    }

    /// How often a call may be tried. Whatever this says, an unsafe call, such as one that creates a product, is sent
    /// once; only its caller can vouch for it, with [`assume_idempotent`](crate::Request::assume_idempotent).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.common = self.common.retry(policy);
        self
    }

    /// The quota of calls that the client keeps to. Default: what the vendor allows an account of the REST API, since
    /// nothing is published for this one.
    pub fn quota(mut self, quota: Quota) -> Self {
        self.common = self.common.quota(quota);
        self
    }

    /// A keeper of the quota that others share, such as a REST client of the same account.
    ///
    /// ```
    /// use revio_api::legacy::LegacyClient;
    /// use revio_api::{Client, Credentials};
    ///
    /// let credentials = Credentials::new("api_user", "client_code", "password");
    /// let rest = Client::builder(credentials.clone()).build()?;
    /// let legacy = LegacyClient::builder(credentials).quota_store(rest.quota().clone()).build()?;
    /// # Ok::<_, revio_api::Error>(())
    /// ```
    pub fn quota_store(mut self, store: Arc<dyn QuotaStore>) -> Self {
        self.common = self.common.quota_store(store);
        self
    }

    /// Calls this after every attempt of every call. It must return soon, and not panic.
    pub fn on_attempt(mut self, hook: impl Fn(&Attempt) + Send + Sync + 'static) -> Self {
        self.common = self.common.on_attempt(hook);
        self
    }

    /// The clock for delays, deadlines and the quota. For tests.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.common = self.common.clock(clock);
        self
    }

    /// The source of chance for delays. For tests.
    pub fn random(mut self, random: Arc<dyn Random>) -> Self {
        self.common = self.common.random(random);
        self
    }

    /// Checks the settings and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// When a setting can't be used. The message names it, and never repeats a secret.
    pub fn build(self) -> Result<LegacyClient, Error> {
        if let Some(problem) = self.problems.first() {
            return Err(Error::config(problem.clone()));
        }
        let blamed = self.blamed;
        self.credentials.check().map_err(|bad| blamed.blame(&bad))?;
        let origin = self
            .endpoint
            .origin()
            .map_err(|problem| Error::config(format!("{} {problem}", blamed.base_url)))?;
        if self.namespace.trim().is_empty() || self.namespace.contains(char::is_whitespace) {
            return Err(Error::config(
                "the namespace is empty or has white space in it",
            ));
        }
        if !encode::is_date_template(&self.date_format) {
            return Err(Error::config(
                "the date format must have YYYY, MM and DD, each once",
            ));
        }
        if self.ids_per_call == 0 || self.max_elements == 0 {
            return Err(Error::config("a limit of ids or elements is zero"));
        }
        let headers = headers(&self.headers)?;
        let settings = Settings {
            service: &SERVICE,
            login: Login {
                user: self.credentials.user().to_owned(),
                client_code: self.credentials.client_code().to_owned(),
                password: self.credentials.password().clone(),
                impersonation_key: self.impersonation_key,
            },
            namespace: self.namespace,
            soap_version: self.soap_version,
            action: self.action,
            auth: self.auth,
            debug: self.debug,
            null_style: self.null_style,
            date_format: self.date_format,
            names: self.names,
            filter_guard: self.filter_guard,
            ids_per_call: self.ids_per_call,
            max_elements: self.max_elements,
            login_refused_codes: self.login_refused_codes,
        };
        check_login(&settings)?;
        let operations = WIRES
            .iter()
            .map(|wire| wire.name)
            .chain([SERVICE.session_name]);
        for operation in operations {
            if HeaderValue::from_str(&settings.content_type(operation)).is_err()
                || HeaderValue::from_str(&settings.action(operation)).is_err()
            {
                return Err(Error::config("the action is no header; use plain ASCII"));
            }
        }
        Ok(LegacyClient::new(
            self.common.core(origin, headers)?,
            settings,
        ))
    }

    fn noting(mut self, name: &str, result: Result<(), String>) -> Self {
        if let Err(problem) = result {
            self.problems.push(format!("`{name}` {problem}"));
        }
        self
    }
}

fn headers(given: &[(String, SecretString)]) -> Result<HeaderMap, Error> {
    use secrecy::ExposeSecret;

    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let bad = |what: &str| {
            Error::config(format!(
                "a further header has {what} that HTTP cannot carry"
            ))
        };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| bad("a name"))?;
        let mut value = HeaderValue::from_str(value.expose_secret()).map_err(|_| bad("a value"))?;
        value.set_sensitive(true);
        headers.append(name, value);
    }
    Ok(headers)
}

/// Checks the login against what the schema says of it.
fn check_login(settings: &Settings) -> Result<(), Error> {
    let parts = WIRES
        .iter()
        .flat_map(|wire| wire.preamble.fields)
        .filter_map(|field| match field.kind {
            Kind::One(part) => Some(part),
            _ => None,
        });
    let parts: Vec<&Structure> = parts.collect();
    for (name, value) in settings.login.values() {
        if !value.chars().all(is_allowed) {
            return Err(Error::config(format!(
                "{name} has a character that XML cannot carry"
            )));
        }
        let field = parts.iter().find_map(|part| part.field(name));
        let limits = field.map_or(&[][..], |field| field.limits);
        if let Some(problem) = limits
            .iter()
            .find_map(|limit| validate::breaks(value, limit))
        {
            return Err(Error::config(format!("{name} {problem}")));
        }
    }
    Ok(())
}
