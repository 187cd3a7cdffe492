//! The forms of a response: correct, unusual or malformed.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::str::FromStr;

/// The form of one response; see [`Sandbox::soap_answers`](crate::Sandbox::soap_answers).
///
/// With a form of the first group the call isn't performed. With all others it is performed, and
/// the response has that form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SoapForm {
    /// 200, `Success` false, a code and its description. Not performed.
    RefusedWithCode,
    /// 200, `Success` false, a message alone. Not performed.
    RefusedWithMessage,
    /// 200, `Success` false, and nothing else. Not performed.
    RefusedWithNothing,
    /// 200, the code of a refused login. Not performed.
    LoginRefused,
    /// 500 and a fault of SOAP 1.1, whatever the version of the request. Not performed.
    Fault11,
    /// 500 and a fault of SOAP 1.2, whatever the version of the request. Not performed.
    Fault12,
    /// 200 and a fault in the version of the request. Not performed.
    FaultWith200,
    /// 500 and a page in HTML. Not performed.
    HtmlPageWith500,
    /// 503 and a line of text. Not performed.
    TextWith503,

    /// The correct response. For queues in which only a later response is malformed.
    Plain,
    /// The envelope with the prefix `s`, the payload with `t`.
    OtherPrefixes,
    /// No prefixes: envelope and payload each declare a default namespace.
    NoPrefixes,
    /// With unknown elements and attributes, comments and processing instructions.
    ExtraElements,
    /// A list container without rows.
    EmptyList,
    /// No list container.
    AbsentList,
    /// Rows without a container.
    BareRows,
    /// Rows two containers deep.
    NestedRows,
    /// Container and rows with unexpected names.
    OtherNames,
    /// Rows whose elements have unknown names.
    UnknownLayout,
    /// All values but ids are nil.
    NilValues,
    /// All values but ids are empty.
    EmptyValues,
    /// Dates with an offset.
    OffsetDates,
    /// Dates with a fraction of a second.
    FractionDates,
    /// Dates without a time.
    DayDates,
    /// Dates of the year 1.
    YearOneDates,
    /// Rates below zero.
    NegativeRates,
    /// Booleans as 1 and 0.
    NumberBooleans,
    /// Values of the wrong type.
    WrongKind,
    /// Rows in which all nested lists and objects have content.
    FullRows,
    /// Like `FullRows`, with the fields of an allowance beside it instead of inside.
    StrayAllowances,
    /// No `Success` in the header.
    MissingSuccess,
    /// No header.
    MissingHeader,
    /// All rows of the table, whatever the filters.
    UnfilteredRows,
    /// The document ends in the middle; the Content-Length is that of the truncated document.
    TruncatedXml,
    /// 200 and a page in HTML.
    HtmlPage,
    /// 200 and an empty body.
    EmptyBody,
    /// A document type declaration with entities, before the envelope.
    Doctype,
    /// The payload in another namespace.
    WrongNamespace,
    /// The response of another operation.
    OtherOperation,
    /// Elements nested ten thousand deep.
    Deep,
}

/// Every form and its name.
const NAMES: [(Form, &str); 40] = [
    (Form::RefusedWithCode, "refused-with-code"),
    (Form::RefusedWithMessage, "refused-with-message"),
    (Form::RefusedWithNothing, "refused-with-nothing"),
    (Form::LoginRefused, "login-refused"),
    (Form::Fault11, "fault-1.1"),
    (Form::Fault12, "fault-1.2"),
    (Form::FaultWith200, "fault-with-200"),
    (Form::HtmlPageWith500, "html-page-with-500"),
    (Form::TextWith503, "text-with-503"),
    (Form::Plain, "plain"),
    (Form::OtherPrefixes, "other-prefixes"),
    (Form::NoPrefixes, "no-prefixes"),
    (Form::ExtraElements, "extra-elements"),
    (Form::EmptyList, "empty-list"),
    (Form::AbsentList, "absent-list"),
    (Form::BareRows, "bare-rows"),
    (Form::NestedRows, "nested-rows"),
    (Form::OtherNames, "other-names"),
    (Form::UnknownLayout, "unknown-layout"),
    (Form::NilValues, "nil-values"),
    (Form::EmptyValues, "empty-values"),
    (Form::OffsetDates, "offset-dates"),
    (Form::FractionDates, "fraction-dates"),
    (Form::DayDates, "day-dates"),
    (Form::YearOneDates, "year-one-dates"),
    (Form::NegativeRates, "negative-rates"),
    (Form::NumberBooleans, "number-booleans"),
    (Form::WrongKind, "wrong-kind"),
    (Form::FullRows, "full-rows"),
    (Form::StrayAllowances, "stray-allowances"),
    (Form::MissingSuccess, "missing-success"),
    (Form::MissingHeader, "missing-header"),
    (Form::UnfilteredRows, "unfiltered-rows"),
    (Form::TruncatedXml, "truncated-xml"),
    (Form::HtmlPage, "html-page"),
    (Form::EmptyBody, "empty-body"),
    (Form::Doctype, "doctype"),
    (Form::WrongNamespace, "wrong-namespace"),
    (Form::OtherOperation, "other-operation"),
    (Form::Deep, "deep"),
];

use SoapForm as Form;

impl SoapForm {
    /// Every form.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(form, _)| *form)
    }

    /// Whether the call is performed before the response gets this form.
    pub fn is_carried_out(self) -> bool {
        !matches!(
            self,
            Self::RefusedWithCode
                | Self::RefusedWithMessage
                | Self::RefusedWithNothing
                | Self::LoginRefused
                | Self::Fault11
                | Self::Fault12
                | Self::FaultWith200
                | Self::HtmlPageWith500
                | Self::TextWith503
        )
    }
}

impl fmt::Display for SoapForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(form, _)| form == self);
        f.write_str(name.map_or("plain", |(_, name)| name))
    }
}

impl FromStr for SoapForm {
    type Err = UnknownSoap;

    fn from_str(name: &str) -> Result<Self, UnknownSoap> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(form, _)| *form).ok_or_else(|| UnknownSoap {
            what: "form of responses",
            name: name.to_owned(),
            known: NAMES.iter().map(|(_, name)| (*name).to_owned()).collect(),
        })
    }
}

/// A name of no operation, or of no form, of the legacy service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} {name}; there is {}", known.join(", "))]
pub struct UnknownSoap {
    pub(super) what: &'static str,
    pub(super) name: String,
    pub(super) known: Vec<String>,
}

/// The forms of the next responses, by operation.
#[derive(Default)]
pub(super) struct FormQueue(BTreeMap<String, VecDeque<SoapForm>>);

impl FormQueue {
    pub(super) fn add(&mut self, operation: &str, form: SoapForm) {
        self.0
            .entry(operation.to_owned())
            .or_default()
            .push_back(form);
    }

    /// The form of the next response.
    pub(super) fn next(&mut self, operation: &str) -> SoapForm {
        let queue = self.0.get_mut(operation);
        queue
            .and_then(VecDeque::pop_front)
            .unwrap_or(SoapForm::Plain)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_parses_from_its_name() {
        for form in SoapForm::all() {
            assert_eq!(form.to_string().parse(), Ok(form));
        }
        let error = SoapForm::from_str("nice").expect_err("no such form");
        assert!(
            error
                .to_string()
                .starts_with("there is no form of responses nice; there is refused-with-code,")
        );
    }

    #[test]
    fn forms_are_used_in_order_then_plain() {
        let mut queue = FormQueue::default();
        queue.add("A", SoapForm::HtmlPage);
        queue.add("A", SoapForm::Plain);
        queue.add("A", SoapForm::Deep);
        queue.add("B", SoapForm::Fault11);
        let next: Vec<SoapForm> = (0..4).map(|_| queue.next("A")).collect();
        assert_eq!(next, [Form::HtmlPage, Form::Plain, Form::Deep, Form::Plain]);
        queue.clear();
        assert_eq!(queue.next("B"), Form::Plain);
    }
}
