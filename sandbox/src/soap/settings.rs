//! Settings of the legacy service, where its behaviour is assumed.

use std::collections::BTreeMap;

use super::table::{Field, Structure};

/// A version of SOAP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SoapVersion {
    /// 1.1: `text/xml`, and the action in the header `SOAPAction`.
    V1_1,
    /// 1.2: `application/soap+xml`, and the action in the content type.
    V1_2,
}

/// The elements around the rows of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapLayout {
    /// One element around all rows.
    #[default]
    Contained,
    /// None: the rows repeat beside the header.
    Bare,
    /// Two elements, one in the other.
    Nested,
}

/// The format of dates, in requests and responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapDates {
    /// With a time and no offset; requests may have any format.
    #[default]
    Any,
    /// Without a time; a request with a time is refused.
    Day,
    /// With a time; a request without a time is refused.
    Time,
}

/// How a field without a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum SoapNulls {
    /// The element is absent. A nil number is a fault, as for types without null.
    #[default]
    Absent,
    /// The element is nil. In a change, nil empties the field, and an absent field stays.
    Nil,
}

/// The settings of the legacy service. By default it is as `schema/legacy` assumes.
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

    /// The namespace of all elements inside the body.
    pub fn namespace(mut self, namespace: impl Into<String>) -> Self {
        self.namespace = Some(namespace.into());
        self
    }

    /// The action of requests, a template with `{namespace}` and `{operation}`. Quotes are part of
    /// it.
    pub fn action(mut self, template: impl Into<String>) -> Self {
        self.action = Some(template.into());
        self
    }

    /// Serves only this version; by default both are served.
    pub fn only_version(mut self, version: SoapVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// A header that a gateway in front of the service requires.
    pub fn required_header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.into()));
        self
    }

    /// An element around the fields of an operation's request.
    pub fn wrapper(mut self, operation: impl Into<String>, element: impl Into<String>) -> Self {
        self.wrappers.insert(operation.into(), element.into());
        self
    }

    /// The name of an element, given by its definition in `schema/legacy` and its name there, such as
    /// `ProductsCreateRequest.Code1`.
    pub fn element_name(mut self, field: impl Into<String>, element: impl Into<String>) -> Self {
        self.names.insert(field.into(), element.into());
        self
    }

    /// The name of the items of a list, given by their definition in `schema/legacy`, such as
    /// `ProductCustomField`.
    pub fn item_name(mut self, definition: impl Into<String>, element: impl Into<String>) -> Self {
        self.items.insert(definition.into(), element.into());
        self
    }

    /// The optional fields of an operation's request are pairs of `Updated` and `Value`; a plain
    /// value changes nothing.
    pub fn pairs(mut self, operation: impl Into<String>) -> Self {
        self.pairs.push(operation.into());
        self
    }

    /// The order of the fields of an operation's request. Fields out of order are dropped.
    pub fn element_order<S: Into<String>>(
        mut self,
        operation: impl Into<String>,
        elements: impl IntoIterator<Item = S>,
    ) -> Self {
        let elements = elements.into_iter().map(Into::into).collect();
        self.orders.insert(operation.into(), elements);
        self
    }

    /// Fields that an operation's request leaves out stay; otherwise they are emptied.
    pub fn keeps_what_is_left_out(mut self, operation: impl Into<String>) -> Self {
        self.kept.push(operation.into());
        self
    }

    /// The elements around the rows of a response.
    pub fn layout(mut self, layout: SoapLayout) -> Self {
        self.layout = layout;
        self
    }

    /// The format of dates.
    pub fn dates(mut self, dates: SoapDates) -> Self {
        self.dates = dates;
        self
    }

    /// How a field without a value is written.
    pub fn nulls(mut self, nulls: SoapNulls) -> Self {
        self.nulls = nulls;
        self
    }

    /// The error code of a call in an ended session; by default that of a refused login.
    pub fn expired_session_code(mut self, code: impl Into<String>) -> Self {
        self.expired_code = Some(code.into());
        self
    }

    /// The element name of a field.
    pub(super) fn element<'a>(&'a self, owner: &str, field: &'a Field) -> &'a str {
        let named = self.names.get(&format!("{owner}.{}", field.name));
        named.map_or(&field.element, String::as_str)
    }

    /// The element name of the field with this name; the name itself where there is no such field.
    pub(super) fn element_of<'a>(&'a self, structure: &'a Structure, field: &'a str) -> &'a str {
        let found = structure.field(field);
        found.map_or(field, |found| self.element(&structure.name, found))
    }

    /// The element name of an item.
    pub(super) fn item<'a>(&'a self, definition: &str, element: &'a str) -> &'a str {
        self.items.get(definition).map_or(element, String::as_str)
    }
}
