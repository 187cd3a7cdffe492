//! Envelopes: from the bytes of a request to the element of its body.

use super::Soap;
use super::failure::{FaultCode, SoapFault};
use super::node::{Node, parse};
use super::render::envelope_namespace;
use super::request::SoapRequest;
use super::settings::SoapVersion;

/// The media types of the two versions.
const TYPES: [(&str, SoapVersion); 2] = [
    ("text/xml", SoapVersion::V1_1),
    ("application/soap+xml", SoapVersion::V1_2),
];

/// The version of SOAP by the media type of a request, if it is served.
pub(crate) fn version(soap: &Soap, request: &SoapRequest<'_>) -> Option<SoapVersion> {
    let media_type = request
        .header("content-type")
        .split(';')
        .next()
        .unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();
    let found = TYPES.iter().find(|(name, _)| *name == media_type);
    let only = soap.settings.version;
    found
        .map(|(_, version)| *version)
        .filter(|version| only.is_none_or(|only| only == *version))
}

/// The media type of a response.
pub(crate) fn media_type(version: SoapVersion) -> String {
    let found = TYPES.iter().find(|(_, other)| *other == version);
    format!(
        "{}; charset=utf-8",
        found.map_or("text/xml", |(name, _)| name)
    )
}

/// The element in the body; the action has to name the same operation.
pub(crate) fn open(
    soap: &Soap,
    request: &SoapRequest<'_>,
    version: SoapVersion,
) -> Result<Node, SoapFault> {
    let mut envelope = parse(request.body)?;
    let is_envelope = |node: &Node, name: &str| {
        node.name == name && node.namespace.as_deref() == Some(envelope_namespace(version))
    };
    if !is_envelope(&envelope, "Envelope") {
        return Err(SoapFault {
            code: FaultCode::VersionMismatch,
            message: "Possible SOAP version mismatch: the root is no envelope of the version that the content type names.".to_owned(),
        });
    }
    let body = envelope
        .children
        .iter()
        .position(|child| is_envelope(child, "Body"));
    let body = body.ok_or_else(|| SoapFault::client("The envelope has no body."))?;
    let mut body = envelope.children.swap_remove(body);
    if body.children.is_empty() {
        return Err(SoapFault::client("The body is empty."));
    }
    let operation = body.children.swap_remove(0);
    let action = action(request, version);
    let known = soap.operations().any(|known| known == operation.name);
    let fits = match &action {
        Some(action) => known && *action == soap.action(&operation.name),
        // SOAP 1.2 may leave it out.
        None => known && version == SoapVersion::V1_2,
    };
    if fits {
        Ok(operation)
    } else {
        let action = action.unwrap_or_default();
        Err(SoapFault::client(format!(
            "Server did not recognize the value of HTTP Header SOAPAction: {action}."
        )))
    }
}

/// The action, as it was sent.
fn action(request: &SoapRequest<'_>, version: SoapVersion) -> Option<String> {
    let named = match version {
        SoapVersion::V1_1 => request.header("soapaction"),
        SoapVersion::V1_2 => request
            .header("content-type")
            .split(';')
            .find_map(|part| part.trim().strip_prefix("action="))
            .unwrap_or_default(),
    };
    (!named.is_empty()).then(|| named.to_owned())
}
