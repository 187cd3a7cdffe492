//! How the service of a sandbox is, where it may be otherwise than assumed.

use std::collections::BTreeMap;

use super::table::{Field, Structure};

/// A version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SoapVersion {
    /// 1.1: `text/xml`, and the action in a header of its own.
    V1_1,
    /// 1.2: `application/soap+xml`, and the action inside it.
    V1_2,
}

/// What stands around the rows of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapLayout {
    /// One element around all rows.
    #[default]
    Contained,
    /// Nothing: the rows repeat beside the header.
    Bare,
    /// Two elements, one in the other.
    Nested,
}

/// How dates are written, both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapDates {
    /// With a time and no offset; requests may have any date.
    #[default]
    Any,
    /// The day alone; a request with more is refused.
    Day,
    /// With a time; a request with the day alone is refused.
    Time,
}

/// What a field without a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapNulls {
    /// Not there. A nil number breaks the reader, as it does where types have no null.
    #[default]
    Absent,
    /// There, and nil. In a change it empties the field, and a field that is not there is kept.
    Nil,
}

/// The settings of the legacy service of a sandbox. Without any it is as `schema/legacy` assumes.
///
/// # Examples
///
/// ```
/// use revio_sandbox::{Sandbox, SoapLayout, SoapSettings};
///
/// let settings = SoapSettings::default()
///     .namespace("http://example.com/v21")
///     .wrapper("Products_Create", "Product")
///     .layout(SoapLayout::Bare);
/// let builder = Sandbox::builder().soap(settings);
/// # let _ = builder;
/// ```
#[derive(Debug, Clone, Default)]
pub struct SoapSettings {
    pub(super) path: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) action: Option<String>,
    pub(super) version: Option<SoapVersion>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) wrappers: BTreeMap<String, String>,
    pub(super) names: BTreeMap<String, String>,
    pub(super) items: BTreeMap<String, String>,
    pub(super) pairs: Vec<String>,
    pub(super) orders: BTreeMap<String, Vec<String>>,
    pub(super) kept: Vec<String>,
    pub(super) layout: SoapLayout,
    pub(super) dates: SoapDates,
    pub(super) nulls: SoapNulls,
    pub(super) expired_code: Option<String>,
}

impl SoapSettings {
    /// The path of the service, such as `/v21/Default.asmx`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The namespace of everything below the body.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// The action that a request must name, with `{namespace}` and `{operation}` to be filled in.
    /// Quotes belong to it.
    pub fn action(mut self, template: impl Into<String>) -> Self {
        self.action = Some(template.into());
        self
    }

    /// The only version that is served; both are by default.
    pub fn only_version(mut self, version: SoapVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// A header that a gateway in front of the service asks for.
    pub fn required_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// An element around the own fields of an operation's request.
    pub fn wrapper(mut self, operation: impl Into<String>, element: impl Into<String>) -> Self {
        self.wrappers.insert(operation.into(), element.into());
        self
    }

    /// Another name for an element, by its definition in `schema/legacy` and its name there:
    /// `ProductsCreateRequest.Code1`.
    pub fn element_name(mut self, field: impl Into<String>, element: impl Into<String>) -> Self {
        self.names.insert(field.into(), element.into());
        self
    }

    /// Another name for the items of a list, by their definition in `schema/legacy`, such as
    /// `ProductCustomField`.
    pub fn item_name(mut self, definition: impl Into<String>, element: impl Into<String>) -> Self {
        self.items.insert(definition.into(), element.into());
        self
    }

    /// An operation's own fields, but for the required, are pairs of `Updated` and `Value`; a plain
    /// one changes nothing.
    pub fn pairs(mut self, operation: impl Into<String>) -> Self {
        self.pairs.push(operation.into());
        self
    }

    /// The order of an operation's own fields. What comes out of order is dropped.
    pub fn element_order<S: Into<String>>(
        mut self,
        operation: impl Into<String>,
        elements: impl IntoIterator<Item = S>,
    ) -> Self {
        let elements = elements.into_iter().map(Into::into).collect();
        self.orders.insert(operation.into(), elements);
        self
    }

    /// What an operation's request leaves out is kept, where it would be emptied otherwise.
    pub fn keeps_what_is_left_out(mut self, operation: impl Into<String>) -> Self {
        self.kept.push(operation.into());
        self
    }

    /// What stands around the rows of an answer.
    pub fn layout(mut self, layout: SoapLayout) -> Self {
        self.layout = layout;
        self
    }

    /// How dates are written.
    pub fn dates(mut self, dates: SoapDates) -> Self {
        self.dates = dates;
        self
    }

    /// What a field without a value is.
    pub fn nulls(mut self, nulls: SoapNulls) -> Self {
        self.nulls = nulls;
        self
    }

    /// The error code of a call in a session that has ended; that of a refused login by default.
    pub fn expired_session_code(mut self, code: impl Into<String>) -> Self {
        self.expired_code = Some(code.into());
        self
    }

    /// The element of a field.
    pub(super) fn element<'a>(&'a self, owner: &str, field: &'a Field) -> &'a str {
        let named = self.names.get(&format!("{owner}.{}", field.name));
        named.map_or(&field.element, String::as_str)
    }

    /// The element of the field of a name; the name itself where there is no such field.
    pub(super) fn element_of<'a>(&'a self, structure: &'a Structure, field: &'a str) -> &'a str {
        let found = structure.field(field);
        found.map_or(field, |found| self.element(&structure.name, found))
    }

    /// The element of an item.
    pub(super) fn item<'a>(&'a self, definition: &str, element: &'a str) -> &'a str {
        self.items.get(definition).map_or(element, String::as_str)
    }
}
