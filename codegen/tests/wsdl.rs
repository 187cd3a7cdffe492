//! `wsdl::check` on descriptions written for the purpose: one that matches the tables, and that one with a single thing
//! changed, for every assumption that the client has a setting for and for what no setting settles.

use std::path::Path;

use revio_codegen::load::read_dir;
use revio_codegen::soap::wsdl::{Difference, Report, Unreadable, check};
use revio_codegen::soap::{self, Wire};

const MATCHING: &str = include_str!("wsdl/service.wsdl");

fn tables() -> Wire {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace");
    let sources = read_dir(root, "schema/legacy", "json").expect("the files");
    soap::read(&sources).expect("tables").expect("operations")
}

/// The matching description with one text replaced wherever it stands.
fn with(from: &str, to: &str) -> String {
    assert!(MATCHING.contains(from), "{from}");
    MATCHING.replace(from, to)
}

/// The same, where it stands first.
fn with_first(from: &str, to: &str) -> String {
    assert!(MATCHING.contains(from), "{from}");
    MATCHING.replacen(from, to, 1)
}

fn report(text: &str) -> Report {
    check(&tables(), text).unwrap_or_else(|error| panic!("{error}"))
}

/// The lines of configuration; there must be nothing else.
fn settings(text: &str) -> Vec<String> {
    let report = report(text);
    let lines = report
        .differences
        .iter()
        .map(|difference| match difference {
            Difference::Setting { line, .. } => line.clone(),
            other => panic!("{other:?}"),
        });
    lines.collect()
}

/// What no setting settles; there must be nothing else.
fn problems(text: &str) -> Vec<String> {
    let report = report(text);
    let problems = report
        .differences
        .iter()
        .map(|difference| match difference {
            Difference::NoSetting { problem } => problem.clone(),
            other => panic!("{other:?}"),
        });
    problems.collect()
}

#[test]
fn a_description_that_matches() {
    let report = report(MATCHING);
    assert!(report.matches(), "{report}");
    assert_eq!(report.operations, 5);
    assert!(report.elements > 150, "{}", report.elements);
    assert!(
        report
            .remarks
            .iter()
            .any(|remark| remark.contains("left out for 0"))
    );
    assert_eq!(
        settings(&with("http://api.rev.io/", "http://127.0.0.1:8787/")),
        [""; 0]
    );
}

#[test]
fn each_assumption_has_its_line() {
    let product = "<s:element name=\"Product\"><s:complexType><s:sequence><s:element name=\"ProductID\" type=\"s:int\"/></s:sequence></s:complexType></s:element>";
    let carrier = "<s:element minOccurs=\"1\" maxOccurs=\"1\" name=\"CarrierID\" type=\"s:int\"/>";
    let wrapped = format!(
        "<s:element minOccurs=\"0\" name=\"Product\" type=\"tns:Product\"/></s:sequence></s:complexType><s:complexType name=\"Product\"><s:sequence>{carrier}"
    );
    let rows = with("name=\"CustomerProducts\"", "name=\"Rows\"")
        .replace("name=\"CustomerProduct\"", "name=\"Row\"");
    let cases: Vec<(String, &[&str])> = vec![
        (
            with("http://api.myh2o.com/v20", "urn:other"),
            &[".namespace(\"urn:other\")"],
        ),
        (
            with("http://schemas.xmlsoap.org/wsdl/soap/", "urn:nothing"),
            &[".soap_version(SoapVersion::Soap12)"],
        ),
        (
            with(
                "soapAction=\"http://api.myh2o.com/v20/",
                "soapAction=\"http://api.myh2o.com/v20/Legacy/",
            ),
            &[".action_template(\"\\\"{namespace}/Legacy/{operation}\\\"\")"],
        ),
        (
            with("http://api.rev.io/v20/", "http://soap.example.com/v21/"),
            &[".endpoint(\"https://soap.example.com/v21/default.asmx\")"],
        ),
        (
            with_first(carrier, &wrapped),
            &[".request_wrapper(\"Products_Create\", \"Product\")"],
        ),
        (
            with_first("name=\"CarrierID\"", "name=\"CarrierId\""),
            &[".element_name(\"ProductsCreateRequest.CarrierID\", \"CarrierId\")"],
        ),
        (
            with("name=\"Customer_Product_ID\"", "name=\"CustomerProductID\""),
            &[".element_name(\"CustomerProductItem.Customer_Product_ID\", \"CustomerProductID\")"],
        ),
        (
            with("name=\"Field\"", "name=\"CustomField\""),
            &[
                ".item_name(\"ProductsCreateRequest.Fields\", \"CustomField\")",
                ".item_name(\"ProductsUpdateRequest.Fields\", \"CustomField\")",
            ],
        ),
        (
            rows,
            &[".result_path(\"CustomerProducts_Query\", [\"Rows\", \"Row\"])"],
        ),
        (
            with_first(
                "<s:element minOccurs=\"1\" maxOccurs=\"1\" name=\"ProductID\" type=\"s:int\"/>",
                product,
            ),
            &[".result_path(\"Products_Create\", [\"Product\", \"ProductID\"])"],
        ),
        (
            with(
                "name=\"ActivatedDate\" type=\"s:dateTime\"",
                "name=\"ActivatedDate\" type=\"s:date\"",
            ),
            &[".date_format(\"YYYY-MM-DD\")"],
        ),
        (
            with(
                "name=\"FreeMonths\"",
                "name=\"FreeMonths\" nillable=\"true\"",
            ),
            &[
                ".null_style_of(\"ProductsCreateRequest.FreeMonths\", NullStyle::Nil)",
                ".null_style_of(\"ProductsUpdateRequest.FreeMonths\", NullStyle::Nil)",
            ],
        ),
        (
            pairs(),
            &[".update_style(\"CustomerProducts_Update\", UpdateStyle::UpdatedPairs)"],
        ),
    ];
    for (text, lines) in cases {
        assert_eq!(settings(&text), lines);
    }
}

/// With pairs of `Updated` and `Value` in `CustomerProducts_Update`.
fn pairs() -> String {
    let start = "<s:complexType name=\"CustomerProducts_UpdateRequest\">";
    let (before, rest) = MATCHING.split_once(start).expect("the request");
    let (own, after) = rest.split_once("</s:complexType>").expect("its end");
    let (id, own) = own
        .split_once("name=\"ID\" type=\"s:int\"/>")
        .expect("the id");
    let mut own = own.to_owned();
    let types = ["string", "dateTime", "decimal", "int", "boolean"].map(|kind| {
        own = own.replace(&format!("type=\"s:{kind}\""), &format!("type=\"tns:Pair_{kind}\""));
        format!(
            "<s:complexType name=\"Pair_{kind}\"><s:all><s:element name=\"Updated\" type=\"s:boolean\"/><s:element name=\"Value\" minOccurs=\"0\" type=\"s:{kind}\"/></s:all></s:complexType>"
        )
    });
    let types = types.concat();
    format!("{before}{types}{start}{id}name=\"ID\" type=\"s:int\"/>{own}</s:complexType>{after}")
}

#[test]
fn what_no_setting_settles_is_said() {
    let rename = |to: &str| {
        with("Products_Update", to)
            .replace("CustomerProducts_Change", "CustomerProducts_Update")
            .replace("CustomerProducts_update", "CustomerProducts_Update")
    };
    for (text, parts) in [
        (
            rename("Products_Change"),
            ["Products_Update isn't there", "offers 7 others"],
        ),
        (
            rename("Products_update"),
            ["Products_update is", "schema/legacy/products_update.json"],
        ),
        (
            with("name=\"LineID\"", "name=\"ServiceNo\""),
            [
                "drops it without a word",
                "perhaps .element_name(\"CustomerProductsQueryRequest.LineID\", \"ServiceNo\")",
            ],
        ),
        (
            with(
                "maxOccurs=\"unbounded\" name=\"CustomerID\"",
                "maxOccurs=\"1\" name=\"CustomerID\"",
            ),
            ["CustomerProductsQueryRequest.CustomerID", "doesn't repeat"],
        ),
        (
            with(
                "name=\"ActivatedDate\" type=\"s:dateTime\"",
                "name=\"ActivatedDate\" type=\"s:double\"",
            ),
            ["ActivatedDate: its type is double", "dateTime"],
        ),
        (
            with("name=\"Customer_Product_ID\"", "name=\"Key\""),
            ["CustomerProductItem.Customer_Product_ID", "perhaps"],
        ),
        (
            with("style=\"document\"", "style=\"rpc\""),
            ["document/literal", ""],
        ),
        (
            with("elementFormDefault=\"qualified\"", ""),
            ["in no namespace", ""],
        ),
        (
            with(
                "name=\"Request\" type=\"tns:",
                "name=\"request\" type=\"tns:",
            ),
            ["holds <request>, not <Request>", ""],
        ),
        (
            with_first(
                "type=\"tns:Products_UpdateRequest\"",
                "type=\"tns:Nowhere\"",
            ),
            [
                "the type tns:Nowhere of <Request> isn't in the description",
                "",
            ],
        ),
    ] {
        let found = problems(&text);
        for part in parts {
            assert!(
                found.iter().any(|problem| problem.contains(part)),
                "{part}: {found:?}"
            );
        }
    }
    let (first, second) = ("name=\"CustomerID\" type", "name=\"LineID\" type");
    let swapped = with(first, "*").replace(second, first).replace('*', second);
    let found = problems(&swapped);
    assert!(
        found[0].contains("another order (LineID, CustomerID, ID)"),
        "{found:?}"
    );
}

#[test]
fn the_same_said_otherwise() {
    let request = "<s:element minOccurs=\"0\" maxOccurs=\"1\" name=\"Request\" type=\"tns:Products_UpdateRequest\"/>";
    let extended = "<s:element name=\"Request\"><s:complexType><s:complexContent><s:extension base=\"tns:Products_UpdateRequest\"/></s:complexContent></s:complexType></s:element>";
    let referred = with_first(request, extended).replace(
        "<s:complexType name=\"Header\">",
        "<s:element name=\"Debug\" type=\"tns:DebugEcho\"/><s:simpleType name=\"Words\"><s:restriction base=\"s:string\"/></s:simpleType><s:complexType name=\"Header\">",
    );
    let referred = referred.replace(
        "name=\"CustomerClass\" type=\"s:string\"",
        "name=\"CustomerClass\" type=\"tns:Words\"",
    );
    let referred = referred.replace(
        "<s:element minOccurs=\"0\" maxOccurs=\"1\" name=\"Debug\" type=\"tns:DebugEcho\"/>",
        "<s:element minOccurs=\"0\" ref=\"tns:Debug\"/>",
    );
    let found = report(&referred);
    assert!(found.matches(), "{found}");
    let circle = with_first(
        "<s:complexType name=\"Session\">",
        "<s:complexType name=\"Session\"><s:complexContent><s:extension base=\"tns:Session\"/></s:complexContent></s:complexType><s:complexType name=\"Other\">",
    );
    assert!(!report(&circle).matches());
}

#[test]
fn what_can_not_be_compared() {
    let tables = tables();
    let error = |text: &str| check(&tables, text).expect_err("unreadable");
    assert_eq!(error("<!DOCTYPE html><html/>"), Unreadable::Doctype);
    assert_eq!(
        error("<html/>"),
        Unreadable::NoDescription("html".to_owned())
    );
    assert_eq!(
        error("<definitions/>"),
        Unreadable::NoDescription("definitions".to_owned())
    );
    for broken in ["", "Sign in", &MATCHING[..MATCHING.len() / 2]] {
        assert!(matches!(error(broken), Unreadable::BrokenXml(_)));
    }
    let import = with_first(
        "<s:schema ",
        "<s:schema><s:import schemaLocation=\"types.xsd\"/></s:schema><s:schema ",
    );
    assert_eq!(
        error(&import),
        Unreadable::TypesElsewhere("types.xsd".to_owned())
    );
    for error in [
        error(""),
        Unreadable::Doctype,
        Unreadable::NoDescription("a".to_owned()),
        error(&import),
    ] {
        assert!(error.to_string().len() > 40, "{error}");
    }
}
