//! HTTP of the legacy service: calls, the WSDL, help pages.

use std::sync::{Mutex, PoisonError};

use super::failure::{Refusal, SoapFault};
use super::form::SoapForm;
use super::node::Node;
use super::perform::{PerformedOperation, RequestContext};
use super::render::{Prefixes, Style};
use super::request::SoapRequest;
use super::settings::SoapVersion;
use super::{Soap, envelope, help, malformed, wsdl};
use crate::credentials::Credentials;
use crate::world::World;

const HTML: &str = "text/html; charset=utf-8";

/// An error code without a meaning.
const SOME_CODE: &str = "S9999";

/// The outcome of a request.
pub(crate) struct SoapOutcome {
    /// The operation, where the request names one.
    pub(crate) operation: Option<String>,
    /// Paths of elements that had no effect.
    pub(crate) dropped: Vec<String>,
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) body: Vec<u8>,
    /// Whether the call was performed.
    pub(crate) executed: bool,
}

impl SoapOutcome {
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
    /// Handles a request at the path of the service; `origin` is scheme, host and port of the server.
    pub(crate) fn handle(
        &self,
        world: &Mutex<World>,
        account: &Credentials,
        origin: &str,
        request: &SoapRequest<'_>,
    ) -> SoapOutcome {
        let missing = self
            .settings
            .headers
            .iter()
            .find(|(name, value)| request.header(name) != value);
        if let Some((name, _)) = missing {
            let body = format!(
                "{{\"statusCode\":401,\"message\":\"the header {name} is missing or wrong\"}}"
            );
            return SoapOutcome::new(401, "application/json", body);
        }
        match request.method {
            "GET" if request.query.eq_ignore_ascii_case("wsdl") => {
                let url = format!("{origin}{}", self.path);
                SoapOutcome::new(200, "text/xml; charset=utf-8", wsdl::write(self, &url))
            }
            "GET" => match help::page(self, request.query) {
                Some(page) => SoapOutcome::new(200, HTML, page),
                None => SoapOutcome::new(404, "text/plain", "There is no such operation."),
            },
            "POST" => self.post(world, account, request),
            _ => SoapOutcome::new(405, "text/plain", "Use POST, or GET for help."),
        }
    }

    fn post(
        &self,
        world: &Mutex<World>,
        account: &Credentials,
        request: &SoapRequest<'_>,
    ) -> SoapOutcome {
        let Some(version) = envelope::version(self, request) else {
            let message = "The content type belongs to no version of SOAP that is served here.";
            return SoapOutcome::new(415, "text/plain", message);
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
        let form = self.state().forms.next(&body.name);
        let context = RequestContext {
            soap: self,
            account,
            form,
        };
        let outcome = match self.scripted(&context, &style, &body) {
            Some(outcome) => outcome,
            None => self.perform(world, &context, style, &body),
        };
        SoapOutcome {
            operation: Some(body.name),
            ..outcome
        }
    }

    /// The response of a queued form that stands for a call that isn't performed.
    fn scripted(
        &self,
        context: &RequestContext<'_>,
        style: &Style<'_>,
        body: &Node,
    ) -> Option<SoapOutcome> {
        let fault = SoapFault::server("Server was unable to process request. ---> Scripted.");
        let refused = |refusal: Refusal| {
            let performed = context.refuse(&refusal);
            let path = self.elements("response-path", &body.name);
            let text = style.document(&performed.response.assemble(&path));
            SoapOutcome::new(200, envelope::media_type(style.version), text)
        };
        let of_version = |version| Style { version, ..*style };
        Some(match context.form {
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
            SoapForm::HtmlPageWith500 => SoapOutcome::new(500, HTML, help::error_page()),
            SoapForm::TextWith503 => SoapOutcome::new(503, "text/plain", "Service Unavailable"),
            _ => return None,
        })
    }

    fn perform(
        &self,
        world: &Mutex<World>,
        context: &RequestContext<'_>,
        style: Style<'_>,
        body: &Node,
    ) -> SoapOutcome {
        let performed = match self.tables.operation(&body.name) {
            Some(operation) => {
                let mut world = world.lock().unwrap_or_else(PoisonError::into_inner);
                context.call(&mut world, operation, body)
            }
            None => context.session(&body.name, body),
        };
        let PerformedOperation {
            mut response,
            dropped,
            executed,
        } = match performed {
            Ok(performed) => performed,
            Err(fault) => return faulty(500, &style, &fault),
        };
        let form = context.form;
        let success = self.mapping.shared("header", "success");
        malformed::apply(&mut response, form, success, &self.settings);
        let name = match form {
            SoapForm::OtherOperation => self.other_operation(&body.name),
            _ => body.name.as_str(),
        };
        let node = response.assemble(&self.elements("response-path", name));
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
        let text = apply_to_text(style.document(&node), form);
        SoapOutcome {
            dropped,
            executed,
            ..SoapOutcome::new(200, media_type, text)
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

    fn other_operation(&self, name: &str) -> &str {
        self.operations()
            .find(|other| *other != name)
            .unwrap_or("Other")
    }
}

fn faulty(status: u16, style: &Style<'_>, fault: &SoapFault) -> SoapOutcome {
    SoapOutcome::new(
        status,
        envelope::media_type(style.version),
        style.fault(fault),
    )
}

/// Applies a form to the text of a response.
fn apply_to_text(mut text: String, form: SoapForm) -> String {
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
