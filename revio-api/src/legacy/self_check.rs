//! Whether the service understood what was sent.
//!
//! It drops what it doesn't know without a word, so a wrong name shows nowhere but in the echo of the debug switch.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::{self, Call};
use super::document::{Document, Element};
use super::encode::{self, Out};
use super::exchange::unsendable;
use super::fields::Fields;
use super::malformed::Malformed;
use super::parse;
use super::response_builder::ResponseBuilder;
use super::secrets;
use super::settings::Settings;
use super::soap_response::SoapResponse;
use super::table::Wire;
use crate::error::Error;
use crate::types::RevioDateTime;

/// What came of a call with the debug switch on, and what the service understood otherwise than it was sent.
///
/// One such call for each operation that you use, with every field that you use, settles whether the names that aren't
/// published are right for your account.
///
/// ```no_run
/// # async fn example(legacy: revio_api::legacy::LegacyClient) -> Result<(), revio_api::Error> {
/// let check = legacy.products_query().product_id(7).self_check().await?;
/// for difference in &check.differences {
///     println!("{}: {:?}", difference.path, difference.kind);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SelfCheck<T> {
    /// The response to the call.
    pub response: T,
    /// What differs, in the order in which it was sent; nothing if all was understood.
    pub differences: Vec<Difference>,
}

/// Something that the service understood otherwise than it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The elements from the request down: `CustomerID[1]`. Values aren't shown.
    pub path: String,
    /// In which way.
    pub kind: DifferenceKind,
}

/// The ways in which something can be understood otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DifferenceKind {
    /// It isn't there: the service doesn't know the element, and has dropped it.
    Missing,
    /// It has another value.
    Changed,
}

impl<T> SelfCheck<T> {
    /// Whether all was understood as it was sent.
    pub fn is_understood(&self) -> bool {
        self.differences.is_empty()
    }
}

impl<M: Serialize> Call<M> {
    /// Makes the call with the debug switch on and compares. Lists aren't split: what is to be checked is one request.
    pub(crate) async fn self_check<T: DeserializeOwned>(
        self,
        wire: &'static Wire,
    ) -> Result<SelfCheck<T>, Error> {
        let shared = Arc::clone(&self.way().0.shared);
        let result = self.check(wire).await;
        result.map_err(|error| error.hiding(|texts| secrets::hide_all(texts, &shared.settings)))
    }

    async fn check<T: DeserializeOwned>(
        mut self,
        wire: &'static Wire,
    ) -> Result<SelfCheck<T>, Error> {
        let operation = &wire.operation;
        let given = self.fields(wire)?;
        let (client, transport) = self.way();
        let settings = &client.shared.settings;
        let exchanged = client
            .shared
            .exchange(transport, wire, &given, true)
            .await?;
        let sent = sent(settings, wire, &given).map_err(|error| match error {
            Problem::Unsendable(problem) => unsendable(operation, problem),
            Problem::Malformed(malformed) => exchanged.malformed(operation, malformed),
        })?;
        let differences = compare(settings, &sent, &exchanged.response)
            .map_err(|malformed| exchanged.malformed(operation, malformed))?;
        let mut response = ResponseBuilder::new(settings, wire, 1);
        response
            .take(&exchanged, &given)
            .map_err(|problem| call::unusable(wire, &exchanged, problem))?;
        let response = call::read::<T>(wire, response, &exchanged)?.value;
        Ok(SelfCheck {
            response,
            differences,
        })
    }
}

enum Problem {
    Unsendable(super::validate::Unsendable),
    Malformed(Malformed),
}

/// The operation's own fields as they were sent, as a document.
fn sent(settings: &Settings, wire: &Wire, given: &Fields) -> Result<Document, Problem> {
    let mut out = Out::new();
    out.start("Request").map_err(Problem::Unsendable)?;
    encode::request(&mut out, settings, wire, given).map_err(Problem::Unsendable)?;
    out.end("Request").map_err(Problem::Unsendable)?;
    parse::parse(&out.into_bytes(), settings.max_elements).map_err(Problem::Malformed)
}

/// Compares what was sent with the echo in a response.
fn compare(
    settings: &Settings,
    sent: &Document,
    response: &SoapResponse,
) -> Result<Vec<Difference>, Malformed> {
    let none = || {
        Malformed::at(
            "Debug.Request",
            "the response has no echo of the request, though it was asked for",
        )
    };
    let debug = called(response.result(), "Debug").ok_or_else(none)?;
    let request = called(debug, "Request").ok_or_else(none)?;
    let in_text = secrets::echo_in_text(request, settings);
    let echoed = match &in_text {
        Some(document) if !request.has_children() => document.root().ok_or_else(none)?,
        _ => request,
    };
    let mut differences = Vec::new();
    if let Some(sent) = sent.root() {
        walk(sent, Some(start(sent, echoed)), "", &mut differences);
    }
    Ok(differences)
}

fn called<'d>(outer: Element<'d>, name: &str) -> Option<Element<'d>> {
    outer.children().find(|child| child.name() == name)
}

/// The element of the echo that holds the fields: it, or one in it.
fn start<'d>(sent: Element<'_>, echoed: Element<'d>) -> Element<'d> {
    let first = sent.children().next().map(Element::name);
    let mut open = vec![echoed];
    while let Some(element) = open.pop() {
        if element.children().any(|child| Some(child.name()) == first) {
            return element;
        }
        open.extend(element.children());
    }
    echoed
}

fn walk(
    sent: Element<'_>,
    echoed: Option<Element<'_>>,
    path: &str,
    differences: &mut Vec<Difference>,
) {
    let names: Vec<&str> = sent.children().map(Element::name).collect();
    for (at, child) in sent.children().enumerate() {
        let name = child.name();
        let same = names[..at].iter().filter(|other| **other == name).count();
        let several = names.iter().filter(|other| **other == name).count() > 1;
        let step = if several {
            format!("{name}[{same}]")
        } else {
            name.to_owned()
        };
        let path = if path.is_empty() {
            step
        } else {
            format!("{path}.{step}")
        };
        let other =
            echoed.and_then(|echoed| echoed.children().filter(|it| it.name() == name).nth(same));
        let kind = match other {
            None if child.is_void() => continue,
            None => DifferenceKind::Missing,
            Some(other) if child.has_children() => {
                walk(child, Some(other), &path, differences);
                continue;
            }
            Some(other) if is_same(child.text(), other.text()) => continue,
            Some(_) => DifferenceKind::Changed,
        };
        differences.push(Difference { path, kind });
    }
}

/// Whether two texts say the same: a service may write a number, a truth value or a date in another way.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let number = |text: &str| text.parse::<Decimal>().ok();
    let truth = |text: &str| match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    };
    let date = |text: &str| text.parse::<RevioDateTime>().ok()?.date();
    one == other
        || number(one).is_some_and(|number_| number(other) == Some(number_))
        || truth(one).is_some_and(|truth_| truth(other) == Some(truth_))
        || date(one).is_some_and(|date_| date(other) == Some(date_))
}
