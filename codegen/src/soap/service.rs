//! What all operations share: `x-xml-service`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Named;
use super::text::{one_of, owned, strings, wrong};
use super::words::EFFECTS;
use crate::annotation;
use crate::load::{Document, Node};
use crate::model::Effect;
use api_schema_text::Diagnostic;

/// The wire settings of the service. `{namespace}`, `{operation}` and `{action}` stand for the values of those names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Where the service is.
    pub endpoint: Named<String>,
    /// The namespace of all elements below the body.
    pub namespace: Named<String>,
    /// `1.1` or `1.2`.
    pub soap_version: Named<String>,
    /// The content type of a request in SOAP 1.1.
    pub content_type_11: String,
    /// The same in SOAP 1.2.
    pub content_type_12: String,
    /// The action, quotes included.
    pub action: String,
    /// Elements from the body down to the preamble and the operation's own fields.
    pub request_path: Vec<String>,
    /// Elements from the body down to the header and the payload.
    pub response_path: Vec<String>,
    /// Where an answer says whether the call was carried out.
    pub success_path: Vec<String>,
    /// Error codes that mean a refused login.
    pub login_refused_codes: Vec<String>,
    /// `credentials` or `session`.
    pub authentication: Named<String>,
    /// The operation that opens a session.
    pub session_operation: String,
    /// What calling that does.
    pub session_effect: Effect,
    /// Where an answer may carry the key of its session.
    pub session_key_paths: Vec<Vec<String>>,
    /// How a date is written.
    pub date_format: Named<String>,
    /// `omit` or `xsi:nil`.
    pub null_style: Named<String>,
    /// The time limit of a call.
    pub timeout_seconds: u32,
    /// Most ids of one filter in a call.
    pub ids_per_call: u32,
}

/// Reads the settings of the file that has them.
pub(super) fn read(document: &Document) -> Result<Service, Diagnostic> {
    let root = document.root();
    let node = root.get(annotation::SERVICE).unwrap_or(root);
    let reader = Reader {
        document,
        node,
        seen: RefCell::default(),
    };
    let service = Service {
        endpoint: reader.text("endpoint")?,
        namespace: reader.text("namespace")?,
        soap_version: reader.word("soap-version", &["1.1", "1.2"])?,
        content_type_11: reader.text("content-type-1.1")?.value,
        content_type_12: reader.text("content-type-1.2")?.value,
        action: reader.text("action")?.value,
        request_path: reader.list("request-path")?,
        response_path: reader.list("response-path")?,
        success_path: reader.list("success-path")?,
        login_refused_codes: reader.list("login-refused-codes")?,
        authentication: reader.word("authentication", &["credentials", "session"])?,
        session_operation: reader.text("session-operation")?.value,
        session_effect: reader.session_effect()?,
        session_key_paths: reader.lists("session-key-paths")?,
        date_format: reader.text("date-format")?,
        null_style: reader.word("null-style", &["omit", "xsi:nil"])?,
        timeout_seconds: reader.number("timeout-seconds")?,
        ids_per_call: reader.number("ids-per-call")?,
    };
    reader.nothing_else()?;
    Ok(service)
}

/// Settings that are written down for people.
const NOT_READ: [&str; 3] = ["wsdl", "extra-headers", "no-date"];

struct Reader<'d> {
    document: &'d Document,
    node: &'d Node,
    /// The settings that were asked for.
    seen: RefCell<BTreeSet<&'static str>>,
}

impl<'d> Reader<'d> {
    fn setting(&self, name: &'static str) -> Result<(&'d Node, &'d Node), Diagnostic> {
        self.seen.borrow_mut().insert(name);
        let setting = self.node.get(name);
        let value = setting.and_then(|setting| setting.get("value"));
        setting.zip(value).ok_or_else(|| {
            wrong(
                self.document,
                self.node,
                format!("x-xml-service has no value for {name}"),
            )
        })
    }

    fn text(&self, name: &'static str) -> Result<Named<String>, Diagnostic> {
        let (setting, node) = self.setting(name)?;
        let value = node.as_str().filter(|text| !text.is_empty());
        let value =
            value.ok_or_else(|| wrong(self.document, node, format!("{name} is no text")))?;
        Ok(Named {
            value: value.to_owned(),
            candidates: owned(setting.get(annotation::CANDIDATES)),
        })
    }

    fn word(&self, name: &'static str, words: &[&str]) -> Result<Named<String>, Diagnostic> {
        let found = self.text(name)?;
        if words.contains(&found.value.as_str()) {
            return Ok(found);
        }
        let (_, node) = self.setting(name)?;
        let message = format!("{name} is none of {}", words.join(", "));
        Err(wrong(self.document, node, message))
    }

    fn list(&self, name: &'static str) -> Result<Vec<String>, Diagnostic> {
        let (_, node) = self.setting(name)?;
        self.strings(name, node)
    }

    fn lists(&self, name: &'static str) -> Result<Vec<Vec<String>>, Diagnostic> {
        let (_, node) = self.setting(name)?;
        node.items().map(|node| self.strings(name, node)).collect()
    }

    fn strings(&self, name: &str, node: &Node) -> Result<Vec<String>, Diagnostic> {
        let found = strings(Some(node));
        if found.is_empty() || found.len() != node.items().len() {
            return Err(wrong(
                self.document,
                node,
                format!("{name} is no list of texts"),
            ));
        }
        Ok(owned(Some(node)))
    }

    fn number(&self, name: &'static str) -> Result<u32, Diagnostic> {
        let (_, node) = self.setting(name)?;
        let number = node.as_i64().and_then(|number| u32::try_from(number).ok());
        number.filter(|number| *number > 0).ok_or_else(|| {
            wrong(
                self.document,
                node,
                format!("{name} is no number above zero"),
            )
        })
    }

    /// A misspelt setting would have no effect.
    fn nothing_else(&self) -> Result<(), Diagnostic> {
        let seen = self.seen.borrow();
        let unknown = self.node.entries().find(|(key, _)| {
            !seen.contains(key.name.as_str()) && !NOT_READ.contains(&key.name.as_str())
        });
        match unknown {
            None => Ok(()),
            Some((key, _)) => Err(self.document.diagnostic_at(
                key.pos,
                "legacy-wire",
                format!("x-xml-service has no setting {}", key.name),
                format!(
                    "write one of {}, or remove it",
                    seen.iter().copied().collect::<Vec<_>>().join(", ")
                ),
            )),
        }
    }

    fn session_effect(&self) -> Result<Effect, Diagnostic> {
        let (setting, _) = self.setting("session-operation")?;
        let key = annotation::EFFECT;
        one_of(self.document, setting, key, EFFECTS, Effect::parse)
    }
}
