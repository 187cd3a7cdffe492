//! The WSDL of the service, made from the tables and the settings.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Soap;
use super::render::escape;
use super::settings::{SoapDates, SoapLayout, SoapNulls, SoapVersion};
use super::table::{ElementKind, Field, SoapOperation, Structure, Tables};

const SOAP_TRANSPORT: &str = "http://schemas.xmlsoap.org/soap/http";

/// The WSDL of a service at an address.
pub(crate) fn write(soap: &Soap, url: &str) -> String {
    let mut types = Types {
        soap,
        complex: BTreeMap::new(),
    };
    let mut elements = String::new();
    for operation in &soap.tables.operations {
        let request = types.request(operation);
        let response = types.response(operation);
        elements.push_str(&pair(soap, &operation.name, &request, &response));
    }
    for part in ["create", "destroy"] {
        let name = soap.mapping.shared("sessions", part);
        let (request, response) = types.session(name);
        elements.push_str(&pair(soap, name, &request, &response));
    }
    let mut complex = String::new();
    for (name, content) in &types.complex {
        // Writing to a String can't fail.
        let _ = write!(
            complex,
            "<s:complexType name=\"{name}\"><s:sequence>{content}</s:sequence></s:complexType>"
        );
    }
    let namespace = escape(&soap.namespace);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <wsdl:definitions xmlns:tns=\"{namespace}\" xmlns:s=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" xmlns:soap12=\"http://schemas.xmlsoap.org/wsdl/soap12/\" \
         xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\" targetNamespace=\"{namespace}\">\
         <wsdl:types><s:schema elementFormDefault=\"qualified\" targetNamespace=\"{namespace}\">{elements}{complex}</s:schema></wsdl:types>\
         {}</wsdl:definitions>",
        ports(soap, url)
    )
}

/// Messages, port type, and a binding for each served version.
fn ports(soap: &Soap, url: &str) -> String {
    let (mut messages, mut port) = (String::new(), String::new());
    for name in soap.operations() {
        // Writing to a String can't fail.
        let _ = write!(
            messages,
            "<wsdl:message name=\"{name}SoapIn\"><wsdl:part name=\"parameters\" element=\"tns:{name}\" /></wsdl:message>\
             <wsdl:message name=\"{name}SoapOut\"><wsdl:part name=\"parameters\" element=\"tns:{name}Response\" /></wsdl:message>"
        );
        let _ = write!(
            port,
            "<wsdl:operation name=\"{name}\"><wsdl:input message=\"tns:{name}SoapIn\" /><wsdl:output message=\"tns:{name}SoapOut\" /></wsdl:operation>"
        );
    }
    let mut out = format!("{messages}<wsdl:portType name=\"LegacySoap\">{port}</wsdl:portType>");
    let mut service = String::new();
    for (version, prefix, suffix) in [
        (SoapVersion::V1_1, "soap", ""),
        (SoapVersion::V1_2, "soap12", "12"),
    ] {
        if soap.settings.version.is_some_and(|only| only != version) {
            continue;
        }
        let mut operations = String::new();
        for name in soap.operations() {
            let action = soap.action(name);
            let action = escape(action.trim_matches('"'));
            let _ = write!(
                operations,
                "<wsdl:operation name=\"{name}\"><{prefix}:operation soapAction=\"{action}\" style=\"document\" />\
                 <wsdl:input><{prefix}:body use=\"literal\" /></wsdl:input><wsdl:output><{prefix}:body use=\"literal\" /></wsdl:output></wsdl:operation>"
            );
        }
        let _ = write!(
            out,
            "<wsdl:binding name=\"LegacySoap{suffix}\" type=\"tns:LegacySoap\"><{prefix}:binding transport=\"{SOAP_TRANSPORT}\" />{operations}</wsdl:binding>"
        );
        let _ = write!(
            service,
            "<wsdl:port name=\"LegacySoap{suffix}\" binding=\"tns:LegacySoap{suffix}\"><{prefix}:address location=\"{}\" /></wsdl:port>",
            escape(url)
        );
    }
    let _ = write!(
        out,
        "<wsdl:service name=\"Legacy\">{service}</wsdl:service>"
    );
    out
}

/// The elements of a call and of its response.
fn pair(soap: &Soap, operation: &str, request: &str, response: &str) -> String {
    let around = |setting: &str, kind: &str| {
        let path = soap.elements(setting, operation);
        let [outer, inner] = path.as_slice() else {
            return String::new();
        };
        format!(
            "<s:element name=\"{outer}\"><s:complexType><s:sequence>{}</s:sequence></s:complexType></s:element>",
            particle(inner, &format!("tns:{kind}"), "1", false)
        )
    };
    around("request-path", request) + &around("response-path", response)
}

/// The types that elements refer to, by name.
struct Types<'a> {
    soap: &'a Soap,
    complex: BTreeMap<String, String>,
}

impl Types<'_> {
    fn request(&mut self, operation: &SoapOperation) -> String {
        let shape = &operation.request;
        let name = &operation.name;
        let order = self.soap.settings.orders.get(name);
        let mut own: Vec<&Field> = shape.own().collect();
        if let Some(order) = order {
            let position = |field: &&Field| {
                let element = self.soap.settings.element(&shape.name, field);
                order.iter().position(|other| other == element)
            };
            own.sort_by_key(position);
        }
        let own: String = own
            .into_iter()
            .map(|field| {
                if self.soap.settings.pairs.contains(name) && !field.required {
                    self.pair_of(&shape.name, field)
                } else {
                    self.field(&shape.name, field)
                }
            })
            .collect();
        let before = shape
            .fields
            .iter()
            .filter(|field| shape.preamble.contains(&field.name));
        let mut content: String = before.map(|field| self.field(&shape.name, field)).collect();
        match self.soap.settings.wrappers.get(name) {
            Some(wrapper) => {
                let inner = format!("{name}{wrapper}");
                content.push_str(&particle(wrapper, &format!("tns:{inner}"), "1", false));
                self.complex.insert(inner, own);
            }
            None => content.push_str(&own),
        }
        self.insert(format!("{name}Request"), content)
    }

    fn response(&mut self, operation: &SoapOperation) -> String {
        let name = &operation.name;
        let rows = Tables::rows(operation).map(|(field, _)| &field.name);
        let mut content = String::new();
        for field in &operation.response.fields {
            let element = self.field(&operation.response.name, field);
            let Some((_, shape)) = Tables::rows(operation).filter(|_| rows == Some(&field.name))
            else {
                content.push_str(&element);
                continue;
            };
            let settings = &self.soap.settings;
            let list = settings.element(&operation.response.name, field).to_owned();
            match self.soap.settings.layout {
                SoapLayout::Contained => content.push_str(&element),
                SoapLayout::Bare => {
                    let item = self.soap.settings.item(&shape.name, &shape.item).to_owned();
                    let kind = format!("tns:{}", self.shape(shape));
                    content.push_str(&particle(&item, &kind, "unbounded", false));
                }
                SoapLayout::Nested => {
                    let outer = self.insert(format!("{name}{list}List"), element);
                    content.push_str(&particle(
                        &format!("{list}List"),
                        &format!("tns:{outer}"),
                        "1",
                        false,
                    ));
                }
            }
        }
        self.insert(format!("{name}Result"), content)
    }

    fn session(&mut self, name: &str) -> (String, String) {
        let soap = self.soap;
        let preamble = soap
            .tables
            .operations
            .first()
            .map(|operation| &operation.request);
        let before = preamble.into_iter().flat_map(|shape| {
            shape
                .fields
                .iter()
                .filter(|field| shape.preamble.contains(&field.name))
        });
        let request: String = before.map(|field| self.field(name, field)).collect();
        let header = format!("tns:{}", self.shape(&soap.tables.header));
        let mut response = particle(&soap.tables.header.name, &header, "1", false);
        if name == soap.mapping.shared("sessions", "create") {
            for part in ["key", "encoded"] {
                response.push_str(&particle(
                    soap.mapping.shared("sessions", part),
                    "s:string",
                    "1",
                    false,
                ));
            }
        }
        let request = self.insert(format!("{name}Request"), request);
        (request, self.insert(format!("{name}Result"), response))
    }

    fn shape(&mut self, shape: &Structure) -> String {
        let name = shape.name.clone();
        if !self.complex.contains_key(&name) {
            let content = shape
                .fields
                .iter()
                .map(|field| self.field(&shape.name, field))
                .collect();
            self.complex.insert(name.clone(), content);
        }
        name
    }

    fn field(&mut self, owner: &str, field: &Field) -> String {
        let soap = self.soap;
        let element = soap.settings.element(owner, field);
        match &field.kind {
            ElementKind::List(list) if !list.wrapped => {
                let kind = self.kind(&list.item);
                particle(element, &kind, "unbounded", false)
            }
            kind => {
                let name = self.kind(kind);
                let is_value = !matches!(
                    kind,
                    ElementKind::Object(_)
                        | ElementKind::List(_)
                        | ElementKind::Text
                        | ElementKind::Markup
                );
                let nillable = is_value && soap.settings.nulls == SoapNulls::Nil;
                particle(element, &name, "1", nillable)
            }
        }
    }

    /// A pair of `Updated` and `Value`.
    fn pair_of(&mut self, owner: &str, field: &Field) -> String {
        let kind = self.kind(&field.kind);
        let name = format!("Updatable_{}", kind.rsplit(':').next().unwrap_or_default());
        let content =
            particle("Updated", "s:boolean", "1", false) + &particle("Value", &kind, "1", false);
        let name = self.insert(name, content);
        let element = self.soap.settings.element(owner, field);
        particle(element, &format!("tns:{name}"), "1", false)
    }

    fn kind(&mut self, kind: &ElementKind) -> String {
        let soap = self.soap;
        let name = match kind {
            ElementKind::Int => "s:int",
            ElementKind::Decimal => "s:decimal",
            ElementKind::Bool => "s:boolean",
            ElementKind::Text | ElementKind::Markup => "s:string",
            ElementKind::Date if soap.settings.dates == SoapDates::Day => "s:date",
            ElementKind::Date => "s:dateTime",
            ElementKind::Object(shape) => return format!("tns:{}", self.shape(shape)),
            ElementKind::List(list) => {
                let inner = self.kind(&list.item);
                let (item, base) = match &*list.item {
                    ElementKind::Object(shape) => (
                        soap.settings.item(&shape.name, &shape.item),
                        shape.name.clone(),
                    ),
                    _ => ("item", inner.replace(':', "_")),
                };
                let content = particle(item, &inner, "unbounded", false);
                return format!("tns:{}", self.insert(format!("ArrayOf{base}"), content));
            }
        };
        name.to_owned()
    }

    fn insert(&mut self, name: String, content: String) -> String {
        self.complex.insert(name.clone(), content);
        name
    }
}

/// An element. As in the WSDL of ASMX services, elements whose type has no null are required.
fn particle(name: &str, kind: &str, most: &str, nillable: bool) -> String {
    let is_value = ["s:int", "s:decimal", "s:boolean", "s:dateTime", "s:date"].contains(&kind);
    let least = u8::from(is_value && most == "1");
    let nillable = if nillable { " nillable=\"true\"" } else { "" };
    format!(
        "<s:element minOccurs=\"{least}\" maxOccurs=\"{most}\" name=\"{name}\"{nillable} type=\"{kind}\" />"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap::SoapSettings;
    use crate::soap::node::{Node, parse};

    fn types(settings: SoapSettings) -> Node {
        let soap = Soap::new(settings).expect("the tables");
        let text = write(&soap, "http://127.0.0.1/x?y&z");
        let definitions = parse(text.as_bytes()).expect("well formed");
        let types = definitions
            .child("types")
            .and_then(|types| types.child("schema"));
        types.expect("a schema").clone()
    }

    #[test]
    fn describes_every_operation() {
        let schema = types(SoapSettings::default());
        let elements = schema
            .children
            .iter()
            .filter(|child| child.name == "element");
        assert_eq!(elements.count(), 14, "seven requests and their responses");
        let text = write(
            &Soap::new(SoapSettings::default()).expect("the tables"),
            "http://h/",
        );
        for part in [
            "name=\"CustomerID\" type=\"s:int\"",
            "maxOccurs=\"unbounded\" name=\"CustomerID\"",
            "name=\"Field\" type=\"tns:ProductCustomField\"",
            "soapAction=\"http://api.myh2o.com/v20/Products_Create\"",
            "soap12:binding",
        ] {
            assert!(text.contains(part), "{part}");
        }
    }

    #[test]
    fn settings_change_the_wsdl() {
        let settings = SoapSettings::default()
            .namespace("urn:other")
            .wrapper("Products_Create", "Product")
            .pairs("CustomerProducts_Update")
            .layout(SoapLayout::Nested)
            .nulls(SoapNulls::Nil)
            .dates(SoapDates::Day)
            .only_version(SoapVersion::V1_2)
            .element_order("Products_Create", ["Rate", "Code1"]);
        let text = write(&Soap::new(settings).expect("the tables"), "http://h/");
        for part in [
            "targetNamespace=\"urn:other\"",
            "name=\"Product\" type=\"tns:Products_CreateProduct\"",
            "tns:Updatable_decimal",
            "name=\"ProductsList\"",
            "nillable=\"true\" type=\"s:int\"",
            "type=\"s:date\"",
        ] {
            assert!(text.contains(part), "{part}");
        }
        assert!(!text.contains("<soap:binding"));
    }
}
