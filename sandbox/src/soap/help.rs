//! Help pages, as an ASMX service serves them to a browser.

use std::fmt::Write as _;

use super::Soap;
use super::render::escape;
use super::table::{ElementKind, Field};

/// The list of operations, or with `op=` the page of one. None where the operation doesn't exist.
pub(crate) fn page(soap: &Soap, query: &str) -> Option<String> {
    let named =
        form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key.eq_ignore_ascii_case("op"));
    let mut text = String::from(
        "<!DOCTYPE html><html><head><title>Legacy service of the sandbox</title></head><body>",
    );
    // Writing to a String can't fail.
    match named {
        None => {
            text.push_str("<p>The following operations are supported. For a formal definition, see the <a href=\"?WSDL\">description</a>.</p><ul>");
            for name in soap.operations() {
                let _ = write!(text, "<li><a href=\"?op={name}\">{name}</a></li>");
            }
            text.push_str("</ul>");
        }
        Some((_, name)) => {
            let operation = soap.tables.operation(&name)?;
            let _ = write!(
                text,
                "<h1>{}</h1><p>{}.</p><p>SOAPAction: {}</p><pre>",
                name,
                escape(&operation.summary),
                escape(&soap.action(&name))
            );
            for field in &operation.request.fields {
                let _ = writeln!(
                    text,
                    "{}: {}",
                    soap.settings.element(&operation.request.name, field),
                    kind(field)
                );
            }
            text.push_str("</pre>");
        }
    }
    text.push_str("</body></html>");
    Some(text)
}

fn kind(field: &Field) -> &'static str {
    match field.kind {
        ElementKind::Int => "int",
        ElementKind::Decimal => "decimal",
        ElementKind::Bool => "boolean",
        ElementKind::Date => "dateTime",
        ElementKind::Text | ElementKind::Markup => "string",
        ElementKind::Object(_) => "object",
        ElementKind::List(_) => "list",
    }
}

/// The error page of a web server.
pub(crate) fn error_page() -> String {
    "<!DOCTYPE html><html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><p>Scripted.<br></body></html>".to_owned()
}
