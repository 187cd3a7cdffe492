//! A response's outer elements, in the order in which they are looked at: fault, header, payload.

use super::decode;
use super::document::{Document, Element};
use super::envelope::{SOAP_11, SOAP_12};
use super::malformed::Malformed;
use super::parse;
use super::settings::Settings;
use super::table::Service;
use crate::error::Said;
use crate::generated::legacy::Header;
use crate::runtime;

/// A response to a call that was carried out.
pub(super) struct SoapResponse {
    pub(super) document: Document,
    /// The element that holds header and payload.
    result: u32,
}

impl SoapResponse {
    /// The element that holds header and payload.
    pub(super) fn result(&self) -> Element<'_> {
        self.document.at(self.result)
    }
}

/// Why a response isn't one to a call that was carried out.
pub(super) enum Failure {
    /// A SOAP fault.
    Fault {
        /// Whether it says that the request is to blame.
        blames_request: bool,
        said: Said,
    },
    /// The header says that the call wasn't carried out.
    Declined { login_refused: bool, said: Said },
    /// It isn't what a response looks like.
    Malformed(Malformed),
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

/// Reads the response to an operation.
pub(super) fn read(
    bytes: &[u8],
    settings: &Settings,
    operation: &str,
) -> Result<SoapResponse, Failure> {
    let document = parse::parse(bytes, settings.max_elements)?;
    let (header, result) = {
        let body = body(&document)?;
        if let Some(fault) = fault(body) {
            return Err(fault);
        }
        let result = result(body, settings, operation)?;
        (header(result, settings)?, result.index())
    };
    if header.success != Some(true) {
        return Err(declined(header, settings));
    }
    Ok(SoapResponse { document, result })
}

/// Reads no more than a fault from what came with an error status.
pub(super) fn read_fault(bytes: &[u8], settings: &Settings) -> Option<(bool, Said)> {
    let document = parse::parse(bytes, settings.max_elements).ok()?;
    match fault(body(&document).ok()?)? {
        Failure::Fault {
            blames_request,
            said,
        } => Some((blames_request, said)),
        _ => None,
    }
}

/// SOAP's body, in either version: a server that doesn't know the request's version answers in another one.
fn body(document: &Document) -> Result<Element<'_>, Malformed> {
    let no_envelope = || Malformed::whole("its outermost element is no SOAP envelope");
    let envelope = document
        .root()
        .filter(|root| root.name() == "Envelope")
        .ok_or_else(no_envelope)?;
    let soap = envelope
        .namespace()
        .filter(|namespace| [SOAP_11, SOAP_12].contains(namespace))
        .ok_or_else(no_envelope)?;
    envelope
        .child(soap, "Body")
        .ok_or_else(|| Malformed::at("Envelope", "the SOAP envelope has no body"))
}

/// The fault in a body, if it has one. Its parts are qualified in SOAP 1.2 only.
fn fault(body: Element<'_>) -> Option<Failure> {
    let fault = body
        .children()
        .find(|child| child.name() == "Fault" && child.namespace() == body.namespace())?;
    let at = |outer: &[&str], inner: &[&str]| {
        let outer = one_of(fault, outer)?;
        let text = one_of(outer, inner).unwrap_or(outer).text().trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let code = at(&["faultcode", "Code"], &["Value"]);
    let message = at(&["faultstring", "Reason"], &["Text"]);
    let local = code
        .as_deref()
        .map(|code| code.rsplit(':').next().unwrap_or(code));
    // A code can go into detail behind a dot: `Client.Authentication`.
    let class = local.and_then(|code| code.split('.').next());
    let blames_request = matches!(
        class,
        Some("Client" | "Sender" | "VersionMismatch" | "MustUnderstand")
    );
    Some(Failure::Fault {
        blames_request,
        said: Said { code, message },
    })
}

/// The first child that is called one of these, in whatever namespace.
fn one_of<'d>(outer: Element<'d>, names: &[&str]) -> Option<Element<'d>> {
    outer.children().find(|child| names.contains(&child.name()))
}

/// The element that holds header and payload.
fn result<'d>(
    body: Element<'d>,
    settings: &Settings,
    operation: &str,
) -> Result<Element<'d>, Malformed> {
    let mut element = body;
    for name in settings.service.response_path {
        let name = name.replace("{operation}", operation);
        let Some(child) = element.children().find(|child| child.name() == name) else {
            return Err(Malformed::at(name, "the element is missing"));
        };
        if child.namespace() != Some(settings.namespace.as_str()) {
            return Err(Malformed::at(
                name,
                "the element is in another namespace than the client's setting says",
            ));
        }
        element = child;
    }
    Ok(element)
}

/// The header, which says whether the call was carried out.
fn header(result: Element<'_>, settings: &Settings) -> Result<Header, Malformed> {
    let Service {
        success_path,
        header: structure,
        ..
    } = settings.service;
    let (success, outer) = success_path.split_last().unwrap_or((&"", &[]));
    let mut element = result;
    for name in outer {
        element = element.child(&settings.namespace, name).ok_or_else(|| {
            Malformed::at(
                *name,
                "the response doesn't say whether the call was carried out",
            )
        })?;
    }
    let json = decode::structure(element, structure, settings)?;
    let header: Header =
        runtime::decode(&json).map_err(|problem| Malformed::at(outer.join("."), problem.detail))?;
    if header.success.is_none() {
        let path = success_path.join(".");
        debug_assert!(structure.field(success).is_some());
        return Err(Malformed::at(
            path,
            "the response doesn't say whether the call was carried out",
        ));
    }
    Ok(header)
}

fn declined(header: Header, settings: &Settings) -> Failure {
    let code = header.error_code;
    let known = |code: &String| settings.login_refused_codes.contains(code);
    Failure::Declined {
        login_refused: code.as_ref().is_some_and(known),
        said: Said {
            code,
            message: header.error_description.or(header.message),
        },
    }
}
