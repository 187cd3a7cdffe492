//! The forms in which an answer can come, most of them unpleasant.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::str::FromStr;

/// The form of one answer; see [`Sandbox::soap_answers`](crate::Sandbox::soap_answers).
///
/// The first group stands for calls that the service doesn't carry out. Everything else is carried
/// out, and answered in that form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SoapForm {
    /// 200, `Success` false, a code and its description. Not carried out.
    RefusedWithCode,
    /// 200, `Success` false, a message alone. Not carried out.
    RefusedWithMessage,
    /// 200, `Success` false, and nothing else. Not carried out.
    RefusedWithNothing,
    /// 200, the code of a refused login. Not carried out.
    LoginRefused,
    /// 500 and a fault of SOAP 1.1, whatever the version of the request. Not carried out.
    Fault11,
    /// 500 and a fault of SOAP 1.2, whatever the version of the request. Not carried out.
    Fault12,
    /// 200 and a fault in the version of the request. Not carried out.
    FaultWith200,
    /// 500 and a page in HTML. Not carried out.
    HtmlPageWith500,
    /// 503 and a line of text. Not carried out.
    TextWith503,

    /// As it should be. For queues in which a later answer is to be odd.
    Plain,
    /// The envelope under the prefix `s`, the payload under `t`.
    OtherPrefixes,
    /// No prefixes at all: envelope and payload each declare a default namespace.
    NoPrefixes,
    /// With elements, attributes, comments and instructions that nobody knows.
    ExtraElements,
    /// A list container without rows.
    EmptyList,
    /// No list container at all.
    AbsentList,
    /// Rows without a container.
    BareRows,
    /// Rows two containers deep.
    NestedRows,
    /// Container and rows under names that nobody expects.
    OtherNames,
    /// Rows that can't be recognised, among other elements.
    UnknownLayout,
    /// Every value is nil that isn't an id.
    NilValues,
    /// Every value is empty that isn't an id.
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
    /// A value that is none of its kind.
    WrongKind,
    /// Rows with every nested list and object filled in.
    FullRows,
    /// Like `FullRows`, with fields of an allowance beside it instead of inside.
    StrayAllowances,
    /// No `Success` in the header.
    MissingSuccess,
    /// No header.
    MissingHeader,
    /// Rows that don't fit the filters of the query: the whole table.
    UnfilteredRows,
    /// The document ends in the middle; the headers count the bytes that are there.
    TruncatedXml,
    /// 200 and a page in HTML.
    HtmlPage,
    /// 200 and nothing.
    EmptyBody,
    /// A document type declaration with entities, before the envelope.
    Doctype,
    /// The payload in a namespace that isn't the service's.
    WrongNamespace,
    /// The answer of another operation.
    OtherOperation,
    /// Elements inside elements, ten thousand deep.
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

    /// Whether the call is carried out before it is answered in this form.
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
            what: "form of answers",
            name: name.to_owned(),
            known: NAMES.iter().map(|(_, name)| (*name).to_owned()).collect(),
        })
    }
}

/// A name that stands for no operation, or no form, of the legacy service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSoap {
    pub(super) what: &'static str,
    pub(super) name: String,
    pub(super) known: Vec<String>,
}

impl fmt::Display for UnknownSoap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, name, known } = self;
        write!(
            f,
            "there is no {what} {name}; there is {}",
            known.join(", ")
        )
    }
}

impl std::error::Error for UnknownSoap {}

/// The forms that the next answers of each operation take.
#[derive(Default)]
pub(super) struct Script(BTreeMap<String, VecDeque<SoapForm>>);

impl Script {
    pub(super) fn add(&mut self, operation: &str, form: SoapForm) {
        self.0
            .entry(operation.to_owned())
            .or_default()
            .push_back(form);
    }

    /// The form of the answer that is due.
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
    fn names_go_both_ways() {
        for form in SoapForm::all() {
            assert_eq!(form.to_string().parse(), Ok(form));
        }
        let error = SoapForm::from_str("nice").expect_err("no such form");
        assert!(
            error
                .to_string()
                .starts_with("there is no form of answers nice; there is refused-with-code,")
        );
    }

    #[test]
    fn forms_come_in_their_order_and_end() {
        let mut script = Script::default();
        script.add("A", SoapForm::HtmlPage);
        script.add("A", SoapForm::Plain);
        script.add("A", SoapForm::Deep);
        script.add("B", SoapForm::Fault11);
        let next: Vec<SoapForm> = (0..4).map(|_| script.next("A")).collect();
        assert_eq!(next, [Form::HtmlPage, Form::Plain, Form::Deep, Form::Plain]);
        script.clear();
        assert_eq!(script.next("B"), Form::Plain);
    }
}
