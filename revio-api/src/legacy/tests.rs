//! Whatever comes over the wire, the decoder ends with a value or an error, within its limits.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::chunk;
use super::client::LegacyClient;
use super::document::{Document, Element};
use super::encode;
use super::exchange::Exchanged;
use super::fields::{self, Fields};
use super::parse::{MAX_DEPTH, parse};
use super::response_builder::ResponseBuilder;
use super::secrets;
use super::settings::Settings;
use super::soap_response::{self, SoapResponse};
use super::table::{Effect, Evidence, Field, Kind, Structure, Wire, operation};
use crate::Credentials;
use crate::generated::legacy::wire::{SERVICE, WIRES};
use crate::generated::legacy::{
    CustomerProductsQueryRequest, CustomerProductsQueryResponse, ProductsCreateResponse,
    ProductsQueryResponse,
};
use crate::meta::Meta;
use crate::runtime::{Received, decode};

static CLIENT: LazyLock<LegacyClient> = LazyLock::new(|| {
    let credentials = Credentials::new("user", "code", "pass");
    // Plain http needs none of the platform's certificates.
    let builder = LegacyClient::builder(credentials).endpoint("http://localhost:1/");
    builder.build().expect("a client")
});

fn settings() -> &'static Settings {
    &CLIENT.shared.settings
}

const ROWS: &str = r"<Products><Product><ID>7</ID><Name>a &amp; b</Name><Rate>-1.50</Rate>
<BillProfiles><BillProfileItem><ID>1</ID></BillProfileItem></BillProfiles><LineTypes/>
<Provisioning><Code1><![CDATA[x]]></Code1><Enabled>1</Enabled></Provisioning><Wireless><Allowances>
<WirelessProductAllowance><Expiration_Days>3</Expiration_Days></WirelessProductAllowance><Quantity>5</Quantity>
</Allowances></Wireless></Product></Products><Debug><Request>&lt;A>1&lt;/A></Request></Debug>";

/// A whole response of an operation.
fn answer_of(wire: &Wire, inside: &str) -> String {
    let name = wire.name;
    format!(
        r#"<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><s:Body><{name}Response xmlns="{}"><{name}Result><Header><Success>true</Success></Header>{inside}</{name}Result></{name}Response></s:Body></s:Envelope>"#,
        SERVICE.namespace
    )
}

/// Takes bytes the whole way, for every operation. Whether any of them was a response.
fn takes(bytes: &[u8], settings: &Settings) -> bool {
    let mut any = false;
    for wire in WIRES {
        soap_response::read_fault(bytes, settings);
        let Ok(answer) = soap_response::read(bytes, settings, wire.name) else {
            continue;
        };
        any = true;
        within_limits(&answer, bytes, settings);
        let received = Received {
            meta: Meta::default(),
            content_type: None,
            body: bytes.to_vec().into(),
            created: None,
        };
        let exchanged = Exchanged {
            received,
            response: answer,
        };
        let mut response = ResponseBuilder::new(settings, wire, 1);
        if response.take(&exchanged, &Fields::new()).is_err() {
            continue;
        }
        let json = response.into_json();
        let value: Result<serde_json::Value, _> = serde_json::from_slice(&json);
        assert!(value.is_ok(), "{}", String::from_utf8_lossy(&json));
        let _ = decode::<ProductsQueryResponse>(&json);
        let _ = decode::<CustomerProductsQueryResponse>(&json);
        let _ = decode::<ProductsCreateResponse>(&json);
    }
    any
}

fn depth(element: Element<'_>) -> usize {
    1 + element.children().map(depth).max().unwrap_or(0)
}

/// What is kept of a response grows no faster than the response.
fn within_limits(answer: &SoapResponse, bytes: &[u8], settings: &Settings) {
    let Document { nodes, names, text } = &answer.document;
    assert!(nodes.len() <= settings.max_elements && nodes.len() * 4 <= bytes.len());
    assert!(text.len() <= bytes.len() && names.len() <= nodes.len() * 2);
    assert!(answer.document.root().map_or(0, depth) <= MAX_DEPTH);
}

/// Elements with the names that the decoder looks for, and others.
fn tree() -> impl Strategy<Value = String> {
    let name = prop_oneof![
        4 => prop::sample::select(vec![
            "ID", "Rate", "Products", "Product", "ProductID", "Customer_Product_ID", "Wireless", "Allowances",
            "WirelessProductAllowance", "Quantity", "BillProfiles", "Debug", "Request", "Header", "Success", "Status",
            "Activated_Date",
        ]),
        1 => prop::sample::select(vec!["x", "Ünï", "a.b-c", "i:nil"]),
    ];
    let text = prop_oneof![
        "[0-9]{0,12}",
        "[ -%'-;=?-~]{0,12}",
        Just("&lt;A>&amp;".to_owned()),
        "\\PC{0,4}".prop_map(|text| text.replace(['<', '&', '>'], "")),
    ];
    let leaf = (name.clone(), text).prop_map(|(name, text)| format!("<{name}>{text}</{name}>"));
    leaf.prop_recursive(6, 60, 6, move |inner| {
        (
            name.clone(),
            any::<bool>(),
            prop::collection::vec(inner, 0..6),
        )
            .prop_map(|(name, nil, children)| {
                let nil = if nil { "" } else { r#" i:nil="true""# };
                format!("<{name}{nil}>{}</{name}>", children.concat())
            })
    })
}

proptest! {
    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        takes(&bytes, settings());
    }

    #[test]
    fn any_text_with_markup_is_taken(text in "(<|>|&|;|/|a|:|=|\"|x|m|l|n|s|!|\\[|\\]|-|\\?| |#|9){0,200}") {
        takes(text.as_bytes(), settings());
    }

    #[test]
    fn mutated_answers_are_taken(
        which in 0..WIRES.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..6)), 1..6),
    ) {
        let mut bytes = answer_of(WIRES[which], ROWS).into_bytes();
        for (at, length, with) in cuts {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            // A third of them only doubles what is there.
            let with = if length % 3 == 0 { bytes[at..end].repeat(2) } else { with };
            bytes.splice(at..end, with);
        }
        takes(&bytes, settings());
    }

    #[test]
    fn any_tree_in_a_result_is_taken(trees in prop::collection::vec(tree(), 0..5), which in 0..WIRES.len()) {
        let settings = settings();
        let bytes = answer_of(WIRES[which], &trees.concat()).into_bytes();
        let has_two_headers = trees.iter().any(|tree| tree.starts_with("<Header"));
        prop_assert!(takes(&bytes, settings) || has_two_headers, "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn parts_of_a_list_are_the_list(mut ids in prop::collection::vec(0..50_i32, 1..120), most in 1..40_usize) {
        let given = fields::of(&CustomerProductsQueryRequest::new().customer_id(ids.clone()).id([1])).unwrap();
        let structure: &Structure = WIRES.iter().find(|wire| wire.name == "CustomerProducts_Query").unwrap().request;
        let mut found = Vec::new();
        for query in chunk::split(structure, given, most) {
            let part = fields::scalars(&query["CustomerID"]);
            prop_assert!(part.len() <= most && !part.is_empty());
            prop_assert_eq!(fields::scalars(&query["ID"]), vec!["1"]);
            found.extend(part.iter().map(|id| id.parse::<i32>().unwrap()));
        }
        found.sort_unstable();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(found, ids);
    }

    #[test]
    fn hiding_ends_and_hides(before in "[<>/&;a-z ]{0,20}", after in "[<>/&;a-z ]{0,20}") {
        let settings = settings();
        let text = format!("{before}<x:SessionKey>hush-1</x:SessionKey>&lt;Password&gt;hush-2&lt;/Password&gt;{after}");
        let hidden = secrets::hide(&text, settings);
        prop_assert!(!hidden.contains("hush"), "{hidden}");
        prop_assert!(hidden.ends_with(after.trim_start()) || after.contains(['<', '&', '>']), "{hidden}");
    }
}

#[test]
fn a_document_of_nothing_but_elements_is_limited() {
    let many = format!("<a>{}</a>", "<b/>".repeat(1000));
    assert_eq!(
        parse(many.as_bytes(), 1001)
            .map_err(|malformed| malformed.detail)
            .unwrap()
            .nodes
            .len(),
        1001
    );
    assert!(parse(many.as_bytes(), 1000).is_err());
    assert!(
        size_of::<super::document::Node>() <= 32,
        "{}",
        size_of::<super::document::Node>()
    );
    let deep = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
    assert!(parse(deep(MAX_DEPTH).as_bytes(), 1000).is_ok());
    assert!(parse(deep(MAX_DEPTH + 1).as_bytes(), 1000).is_err());
}

#[test]
fn entities_do_not_grow() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    for text in [
        bomb,
        "<a>&c;</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a>\u{1}</a>",
        "<a>&</a>",
        "<a b=\"1\" b=\"2\"/>",
        "<a/><a/>",
        "<p:a/>",
    ] {
        assert!(parse(text.as_bytes(), 10).is_err(), "{text}");
    }
    let fine = "\u{feff}<?xml version='1.0' encoding='UTF-8'?><!-- c --><?p i?><a>&#x41;&quot;<![CDATA[<&]]>\r\n</a>";
    let document = parse(fine.as_bytes(), 10)
        .map_err(|malformed| malformed.detail)
        .unwrap();
    assert_eq!(document.root().unwrap().text(), "A\"<&\n");
}

/// The values of the login are put into the preamble by the names that the schema has for them.
#[test]
fn the_preamble_has_a_place_for_the_login_and_the_session() {
    for wire in WIRES {
        let parts: Vec<&Structure> = wire
            .preamble
            .fields
            .iter()
            .filter_map(|field| {
                if let Kind::One(part) = field.kind {
                    Some(part)
                } else {
                    None
                }
            })
            .collect();
        for name in [
            "Username",
            "Password",
            "Client",
            "ImpersonationKey",
            "SessionKey",
        ] {
            assert!(
                parts.iter().any(|part| part.field(name).is_some()),
                "{}: {name}",
                wire.name
            );
        }
    }
}

/// A table with a field whose element has another name, as `xml.name` of the schema makes it.
static RENAMED: Wire = Wire {
    name: "Renamed",
    operation: operation("legacy_renamed", Effect::Read, Evidence::Documented),
    wrapper: None,
    updated_pairs: false,
    preamble: &Structure::named("Preamble"),
    request: &Structure {
        fields: &[Field::named("Zip", "ZipCode", Kind::Text)],
        ..Structure::named("Request")
    },
    response: &Structure {
        fields: &[Field::named("Zip", "ZipCode", Kind::Text)],
        ..Structure::named("Response")
    },
};

#[test]
fn a_renamed_element_is_sent_and_read_under_its_own_name() {
    let given: Fields = serde_json::from_str(r#"{"Zip": "00501"}"#).unwrap();
    let mut out = encode::Out::new();
    assert!(encode::request(&mut out, settings(), &RENAMED, &given).is_ok());
    assert_eq!(out.into_bytes(), b"<ZipCode>00501</ZipCode>");

    let bytes = answer_of(&RENAMED, "<ZipCode>00501</ZipCode><Zip>no</Zip>").into_bytes();
    let answer = soap_response::read(&bytes, settings(), RENAMED.name);
    let answer = answer.unwrap_or_else(|_| panic!("an answer"));
    let received = Received {
        meta: Meta::default(),
        content_type: None,
        body: bytes.into(),
        created: None,
    };
    let mut response = ResponseBuilder::new(settings(), &RENAMED, 1);
    let exchanged = Exchanged {
        received,
        response: answer,
    };
    assert!(response.take(&exchanged, &Fields::new()).is_ok());
    let value: serde_json::Value = serde_json::from_slice(&response.into_json()).unwrap();
    assert_eq!(value["Zip"], "00501", "{value}");
}
