//! Which server to talk to.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// Which server to talk to. Both of the vendor's addresses appear in its current pages.
///
/// A client never leaves the origin it was built with: redirects are refused.
///
/// ```
/// use revio_api::BaseUrl;
///
/// let sandbox: BaseUrl = "http://127.0.0.1:8080/v1".into();
/// assert_eq!(sandbox, BaseUrl::Custom("http://127.0.0.1:8080/v1".to_owned()));
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BaseUrl {
    /// `https://restapi.rev.io/v1`, the address of most of the vendor's pages.
    #[default]
    RestApi,
    /// `https://api.revioapi.com/v1`, the vendor's gateway. It wants a subscription key.
    Apim,
    /// Any other address, with its path: `https://` only, but for this machine (`localhost`, `127.0.0.0/8`, `::1`).
    /// A slash at the end doesn't matter. User name, query and fragment are refused when the client is built.
    Custom(String),
}

impl From<&str> for BaseUrl {
    fn from(url: &str) -> Self {
        Self::Custom(url.to_owned())
    }
}

impl From<String> for BaseUrl {
    fn from(url: String) -> Self {
        Self::Custom(url)
    }
}

/// A custom address isn't shown: it isn't checked yet and may hold a password.
impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RestApi => "RestApi",
            Self::Apim => "Apim",
            Self::Custom(_) => "Custom(..)",
        })
    }
}

impl BaseUrl {
    /// Checks the address, or says what is wrong with it without repeating it.
    pub(crate) fn origin(&self) -> Result<Origin, &'static str> {
        let text = match self {
            Self::RestApi => "https://restapi.rev.io/v1",
            Self::Apim => "https://api.revioapi.com/v1",
            Self::Custom(url) => url,
        };
        let url =
            Url::parse(text.trim()).map_err(|_| "is not a URL; expected https://host/path")?;
        let plain_http = match url.scheme() {
            "https" => false,
            "http" if is_loopback(&url) => true,
            "http" => return Err("is plain http; only https is accepted, but for this machine"),
            _ => return Err("is neither https nor http"),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err("holds a user name or password; hand those over as credentials");
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err("holds a query or a fragment");
        }
        Ok(Origin {
            base: url.as_str().trim_end_matches('/').to_owned(),
            plain_http,
        })
    }
}

/// A checked base URL without a slash at its end.
#[derive(Clone)]
pub(crate) struct Origin {
    base: String,
    plain_http: bool,
}

impl Origin {
    /// Whether this is plain http, which only this machine may be spoken to with.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.plain_http
    }

    /// The URL of a target, which starts with a slash.
    pub(crate) fn join(&self, target: &str) -> Option<Url> {
        Url::parse(&format!("{}{target}", self.base)).ok()
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}
