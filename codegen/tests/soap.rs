//! The wire annotations of the legacy schemas: what is read of them, and what can't be.

mod common;

use revio_codegen::generate::generate;
use revio_codegen::load::Source;
use revio_codegen::lower::Strictness;
use revio_codegen::soap::{self, Kind, Limit};

fn sources() -> Vec<Source> {
    common::real().legacy
}

#[test]
fn the_tables_hold_what_the_schemas_say() {
    let wire = soap::read(&sources()).unwrap().expect("annotations");
    let names: Vec<&str> = wire.operations.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "CustomerProducts_Query",
            "CustomerProducts_Update",
            "Products_Create",
            "Products_Query",
            "Products_Update"
        ]
    );
    let query = &wire.structures["ProductsQueryRequest"];
    assert_eq!(query.fields.len(), 17, "the preamble isn't among them");
    assert_eq!(query.fields[0].row_field.as_deref(), Some("ID"));
    assert_eq!(query.rules.exclusive.len(), 2);
    assert_eq!(
        query.rules.needs,
        [("AttributeValue".to_owned(), "AttributeKey".to_owned())]
    );
    let zip = query
        .fields
        .iter()
        .find(|field| field.name == "Zip")
        .unwrap();
    assert_eq!(zip.limits, [Limit::Digits(5)]);
    let ids = &wire.structures["CustomerProductsQueryRequest"];
    assert!(ids.rules.one_at_least);
    assert_eq!(ids.fields[0].kind, Kind::Repeated(Box::new(Kind::Int)));
    let create = &wire.operations[2];
    assert_eq!(create.wrapper.candidates, ["Product"]);
    assert_eq!(
        wire.structures["ProductCustomField"].item.candidates.len(),
        2
    );
    assert_eq!(wire.service.session_operation, "Sessions_Create");
}

#[test]
fn what_cannot_be_a_table_is_a_message_with_its_line() {
    let edits = [
        (
            "products_query.json",
            "\"ProductID\",\n",
            "\"ProductNumber\",\n",
            "x-xml-order names ProductNumber",
        ),
        (
            "products_query.json",
            "        \"Zip\",\n",
            "",
            "Zip isn't in x-xml-order",
        ),
        (
            "products_query.json",
            "^[0-9]{5}$",
            "^[0-9]+$",
            "the pattern \"^[0-9]+$\" is of no known form",
        ),
        (
            "products_query.json",
            "\"AttributeValue\": [\"AttributeKey\"]",
            "\"AttributeValue\": [\"Key\"]",
            "names no property",
        ),
        (
            "products_query.json",
            "\"required\": [\"CarrierID\", \"CarrierCode\"]",
            "\"required\": [\"CarrierID\", \"Code\"]",
            "a `not` is neither",
        ),
        (
            "products_query.json",
            "#/definitions/ProductsQueryResponse",
            "#/definitions/Response",
            "has no x-xml-response",
        ),
        (
            "products_create.json",
            "\"x-revio-effect\": \"unsafe\"",
            "\"x-revio-effect\": \"money\"",
            "x-revio-effect is none of",
        ),
        (
            "products_create.json",
            "common.json#/definitions/RequestPreamble",
            "common.json#/definitions/Preamble",
            "has no x-xml-preamble",
        ),
        (
            "products_create.json",
            "\"minimum\": 0,",
            "\"minimum\": 0.5,",
            "minimum is no whole number",
        ),
        (
            "products_create.json",
            "{\"name\": \"Fields\", \"wrapped\": true}",
            "{\"name\": \"Fields\", \"wrapped\": false}",
            "has a type that the wire doesn't know",
        ),
        (
            "customer_products_update.json",
            "\"style\": \"plain\"",
            "\"style\": \"fancy\"",
            "\"fancy\" is no style",
        ),
        (
            "common.json",
            "\"value\": \"1.1\"",
            "\"value\": \"1.3\"",
            "soap-version is none of 1.1, 1.2",
        ),
        (
            "common.json",
            "\"value\": 60,",
            "\"value\": 0,",
            "timeout-seconds is no number above zero",
        ),
        (
            "common.json",
            "\"value\": [\"S2005\"]",
            "\"value\": []",
            "login-refused-codes is no list of texts",
        ),
        (
            "common.json",
            "\"session-operation\"",
            "\"session-op\"",
            "has no value for session-operation",
        ),
    ];
    for (file, from, to, message) in edits {
        let mut sources = sources();
        let source = sources
            .iter_mut()
            .find(|source| source.path.ends_with(&format!("/{file}")))
            .unwrap();
        assert!(source.text.contains(from), "{file} has no {from}");
        source.text = source.text.replacen(from, to, 1);
        let found = soap::read(&sources).unwrap_err();
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains(message), "{}", found[0]);
        assert!(
            found[0].file.ends_with(file) && found[0].line > 1,
            "{}",
            found[0]
        );
        assert_eq!(found[0].rule, "legacy-wire");
    }
}

/// The sandbox and the client have tests of their own for the same edit; that the generated table
/// compiles is one of the known edits.
#[test]
fn a_field_has_the_element_that_the_schema_names() {
    let mut input = common::real();
    let source = input.legacy.iter_mut();
    let source = source
        .into_iter()
        .find(|source| source.path.ends_with("/products_query.json"))
        .unwrap();
    let from = "\"pattern\": \"^[0-9]{5}$\",";
    assert!(source.text.contains(from));
    let to = format!("{from} \"xml\": {{\"name\": \"ZipCode\"}},");
    source.text = source.text.replacen(from, &to, 1);
    let wire = soap::read(&input.legacy).unwrap().expect("annotations");
    let fields = &wire.structures["ProductsQueryRequest"].fields;
    let zip = fields.iter().find(|field| field.name == "Zip").unwrap();
    assert_eq!(zip.element, "ZipCode");
    let output = generate(&input, Strictness::EveryPass).expect("a sound schema");
    let mut files = output.rust();
    let table = files.find(|(path, _)| path.ends_with("/legacy/wire.rs"));
    let text: String = table.unwrap().1.split_whitespace().collect();
    assert!(
        text.contains(r#"Field::named("Zip","ZipCode",Kind::Text)"#),
        "{text}"
    );
}
