//! The outer elements of a request: SOAP's own, the operation's, and who is calling.

use quick_xml::events::{BytesDecl, BytesStart, Event};
use secrecy::{ExposeSecret, SecretString};

use super::document::XSI;
use super::encode::{self, Out};
use super::fields::Fields;
use super::settings::{Settings, SoapVersion};
use super::table::{Kind, Structure, Wire};
use super::validate::Unsendable;

/// The namespace of SOAP 1.1.
pub(super) const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The namespace of SOAP 1.2.
pub(super) const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// How a call says who makes it.
#[derive(Clone)]
pub(super) enum Caller {
    Credentials,
    Session(SecretString),
}

/// The request of an operation, whole.
pub(super) fn write(
    settings: &Settings,
    wire: &Wire,
    caller: &Caller,
    debug: bool,
    given: &Fields,
) -> Result<Vec<u8>, Unsendable> {
    around(settings, wire.name, |out| {
        preamble(out, settings, wire.preamble, caller, debug)?;
        encode::request(out, settings, wire, given)
    })
}

/// The request that opens a session: who is calling, and nothing else.
pub(super) fn open_session(settings: &Settings, of: &Structure) -> Result<Vec<u8>, Unsendable> {
    around(settings, settings.service.session_name, |out| {
        preamble(out, settings, of, &Caller::Credentials, false)
    })
}

fn around(
    settings: &Settings,
    operation: &str,
    inside: impl FnOnce(&mut Out) -> Result<(), Unsendable>,
) -> Result<Vec<u8>, Unsendable> {
    let mut out = Out::new();
    out.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let soap = match settings.soap_version {
        SoapVersion::Soap11 => SOAP_11,
        SoapVersion::Soap12 => SOAP_12,
    };
    let envelope = BytesStart::new("soap:Envelope").with_attributes([
        ("xmlns:soap", soap),
        ("xmlns:xsi", XSI),
        ("xmlns:xsd", XSD),
    ]);
    out.event(Event::Start(envelope))?;
    out.start("soap:Body")?;
    let path = settings.service.request_path.iter();
    let names: Vec<String> = path
        .map(|name| name.replace("{operation}", operation))
        .collect();
    for (at, name) in names.iter().enumerate() {
        let mut element = BytesStart::new(name);
        if at == 0 {
            element.push_attribute(("xmlns", settings.namespace.as_str()));
        }
        out.event(Event::Start(element))?;
    }
    inside(&mut out)?;
    for name in names.iter().rev() {
        out.end(name)?;
    }
    out.end("soap:Body")?;
    out.end("soap:Envelope")?;
    Ok(out.into_bytes())
}

/// Who is calling, and the debug switch.
fn preamble(
    out: &mut Out,
    settings: &Settings,
    structure: &Structure,
    caller: &Caller,
    debug: bool,
) -> Result<(), Unsendable> {
    for field in structure.fields {
        let element = settings.names.element(structure, field);
        match (&field.kind, caller) {
            (Kind::Bool, _) if debug => out.leaf(element, "true")?,
            (Kind::One(part), Caller::Credentials) if has(part, &settings.login.values()) => {
                values(out, settings, element, part, &settings.login.values())?;
            }
            (Kind::One(part), Caller::Session(key))
                if has(part, &[("SessionKey", key.expose_secret())]) =>
            {
                values(
                    out,
                    settings,
                    element,
                    part,
                    &[("SessionKey", key.expose_secret())],
                )?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a structure is the one for these values.
fn has(structure: &Structure, values: &[(&str, &str)]) -> bool {
    values
        .iter()
        .all(|(name, _)| structure.field(name).is_some())
}

fn values(
    out: &mut Out,
    settings: &Settings,
    element: &str,
    structure: &Structure,
    values: &[(&str, &str)],
) -> Result<(), Unsendable> {
    out.start(element)?;
    for field in structure.fields {
        if let Some((_, value)) = values.iter().find(|(name, _)| *name == field.name) {
            out.leaf(settings.names.element(structure, field), value)?;
        }
    }
    out.end(element)
}
