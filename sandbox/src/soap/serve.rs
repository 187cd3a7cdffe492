//! HTTP of the legacy service: calls, the description for generators, the pages for people.

use std::sync::{Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::failure::{Fault, Refusal};
use super::form::SoapForm;
use super::node::Node;
use super::perform::{Called, Place};
use super::render::{Prefixes, Style};
use super::settings::SoapVersion;
use super::{Soap, envelope, help, odd, wsdl};
use crate::credentials::Credentials;
use crate::world::World;

const HTML: &str = "text/html; charset=utf-8";

/// A code that means nothing to anybody.
const SOME_CODE: &str = "S9999";

/// A request as it arrived.
pub(crate) struct SoapRequest<'a> {
    pub(crate) method: &'a str,
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

impl<'a> SoapRequest<'a> {
    pub(crate) fn new(parts: &'a Parts, body: &'a [u8]) -> Self {
        Self {
            method: parts.method.as_str(),
            query: parts.uri.query().unwrap_or_default(),
            headers: &parts.headers,
            body,
        }
    }

    /// A header; empty where there is none.
    pub(super) fn header(&self, name: &str) -> &'a str {
        let value = self.headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// What came of a request.
pub(crate) struct Exchange {
    /// The operation, where one was named.
    pub(crate) operation: Option<String>,
    /// Elements that were sent and had no effect.
    pub(crate) dropped: Vec<String>,
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
    /// Whether the call was carried out.
    pub(crate) executed: bool,
}

impl Exchange {
    fn new(status: u16, media_type: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self {
            operation: None,
            dropped: Vec::new(),
            status,
            media_type: media_type.into(),
            body: body.into(),
            executed: false,
        }
    }
}

impl Soap {
    /// Answers a request at the path of the service, which stands at `origin`.
    pub(crate) fn serve(
        &self,
        world: &Mutex<World>,
        account: &Credentials,
        origin: &str,
        request: &SoapRequest<'_>,
    ) -> Exchange {
        let missing = self
            .settings
            .headers
            .iter()
            .find(|(name, value)| request.header(name) != value);
        if let Some((name, _)) = missing {
            let body = format!(
                "{{\"statusCode\":401,\"message\":\"the header {name} is missing or wrong\"}}"
            );
            return Exchange::new(401, "application/json", body);
        }
        match request.method {
            "GET" if request.query.eq_ignore_ascii_case("wsdl") => {
                let url = format!("{origin}{}", self.path);
                Exchange::new(200, "text/xml; charset=utf-8", wsdl::write(self, &url))
            }
            "GET" => match help::page(self, request.query) {
                Some(page) => Exchange::new(200, HTML, page),
                None => Exchange::new(404, "text/plain", "There is no such operation."),
            },
            "POST" => self.post(world, account, request),
            _ => Exchange::new(405, "text/plain", "Use POST, or GET for help."),
        }
    }

    fn post(
        &self,
        world: &Mutex<World>,
        account: &Credentials,
        request: &SoapRequest<'_>,
    ) -> Exchange {
        let Some(version) = envelope::version(self, request) else {
            let message = "The content type is that of no version of SOAP that is served here.";
            return Exchange::new(415, "text/plain", message);
        };
        let style = Style {
            version,
            namespace: &self.namespace,
            prefixes: Prefixes::Usual,
            is_noisy: false,
        };
        let body = match envelope::open(self, request, version) {
            Ok(body) => body,
            Err(fault) => return faulty(500, &style, &fault),
        };
        let form = self.state().script.next(&body.name);
        let place = Place {
            soap: self,
            account,
            form,
        };
        let exchange = match self.scripted(&place, &style, &body) {
            Some(exchange) => exchange,
            None => self.carried_out(world, &place, style, &body),
        };
        Exchange {
            operation: Some(body.name),
            ..exchange
        }
    }

    /// The answer that the script has for a call that isn't carried out.
    fn scripted(&self, place: &Place<'_>, style: &Style<'_>, body: &Node) -> Option<Exchange> {
        let fault = Fault::server("Server was unable to process request. ---> Scripted.");
        let refused = |refusal: Refusal| {
            let called = place.refuse(&refusal);
            let path = self.elements("response-path", &body.name);
            let text = style.document(&called.answer.assemble(&path));
            Exchange::new(200, envelope::media_type(style.version), text)
        };
        let of_version = |version| Style { version, ..*style };
        Some(match place.form {
            SoapForm::RefusedWithCode => refused(Refusal::coded(SOME_CODE, "Scripted.")),
            SoapForm::RefusedWithMessage => refused(Refusal::new("Scripted.")),
            SoapForm::RefusedWithNothing => refused(Refusal::new("")),
            SoapForm::LoginRefused => refused(Refusal::coded(
                self.login_refused(),
                "The login was refused.",
            )),
            SoapForm::Fault11 => faulty(500, &of_version(SoapVersion::V1_1), &fault),
            SoapForm::Fault12 => faulty(500, &of_version(SoapVersion::V1_2), &fault),
            SoapForm::FaultWith200 => faulty(200, style, &fault),
            SoapForm::HtmlPageWith500 => Exchange::new(500, HTML, help::error_page()),
            SoapForm::TextWith503 => Exchange::new(503, "text/plain", "Service Unavailable"),
            _ => return None,
        })
    }

    fn carried_out(
        &self,
        world: &Mutex<World>,
        place: &Place<'_>,
        style: Style<'_>,
        body: &Node,
    ) -> Exchange {
        let called = match self.tables.operation(&body.name) {
            Some(operation) => {
                let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
                place.call(&mut world, operation, body)
            }
            None => place.session(&body.name, body),
        };
        let Called {
            mut answer,
            dropped,
            executed,
        } = match called {
            Ok(called) => called,
            Err(fault) => return faulty(500, &style, &fault),
        };
        let form = place.form;
        let success = self.mapping.shared("header", "success");
        odd::disguise(&mut answer, form, success, &self.settings);
        let name = match form {
            SoapForm::OtherOperation => self.other_than(&body.name),
            _ => body.name.as_str(),
        };
        let node = answer.assemble(&self.elements("response-path", name));
        let style = Style {
            namespace: match form {
                SoapForm::WrongNamespace => "urn:revio-sandbox:other",
                _ => style.namespace,
            },
            prefixes: match form {
                SoapForm::OtherPrefixes => Prefixes::Other,
                SoapForm::NoPrefixes => Prefixes::None,
                _ => Prefixes::Usual,
            },
            is_noisy: form == SoapForm::ExtraElements,
            ..style
        };
        let media_type = match form {
            SoapForm::HtmlPage => HTML.to_owned(),
            _ => envelope::media_type(style.version),
        };
        let text = disfigured(style.document(&node), form);
        Exchange {
            dropped,
            executed,
            ..Exchange::new(200, media_type, text)
        }
    }

    /// The code of a refused login.
    pub(super) fn login_refused(&self) -> &str {
        self.tables
            .texts("login-refused-codes")
            .first()
            .copied()
            .unwrap_or_default()
    }

    fn other_than(&self, name: &str) -> &str {
        self.operations()
            .find(|other| *other != name)
            .unwrap_or("Other")
    }
}

fn faulty(status: u16, style: &Style<'_>, fault: &Fault) -> Exchange {
    Exchange::new(
        status,
        envelope::media_type(style.version),
        style.fault(fault),
    )
}

/// What a form does to the text of an answer.
fn disfigured(mut text: String, form: SoapForm) -> String {
    const DEEP: usize = 10_000;
    match form {
        SoapForm::HtmlPage => help::error_page(),
        SoapForm::EmptyBody => String::new(),
        SoapForm::TruncatedXml => {
            let mut middle = text.len() * 2 / 3;
            while !text.is_char_boundary(middle) {
                middle -= 1;
            }
            text.truncate(middle);
            text
        }
        SoapForm::Doctype => text.replacen(
            "?>",
            "?><!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]>",
            1,
        ),
        SoapForm::Deep => {
            let deep = "<Deep>".repeat(DEEP) + &"</Deep>".repeat(DEEP);
            text.replacen("Body>", &format!("Body>{deep}"), 1)
        }
        _ => text,
    }
}
