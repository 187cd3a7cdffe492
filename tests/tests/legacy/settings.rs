//! Every setting of the legacy client with another value than its default, against a sandbox that is otherwise in that
//! very point: it works with the setting, and where the sandbox insists, it doesn't without.

use revio_api::ErrorKind;
use revio_api::legacy::{LegacyClientBuilder, NullStyle, SoapVersion, UpdateStyle};
use revio_sandbox::{SoapDates, SoapLayout, SoapNulls, SoapSettings, SoapVersion as Served};
use revio_tests::legacy::LegacyStand;
use serde_json::{Value, json};

use crate::probe::{CHANGE, CREATE, Probe, QUERY, ROWS, UPDATE};

/// A sandbox that is otherwise, and the setting that says so.
async fn settles(
    name: &str,
    served: SoapSettings,
    configure: fn(LegacyClientBuilder) -> LegacyClientBuilder,
    probe: Probe,
) {
    let without = LegacyStand::with(served.clone(), |builder| builder).await;
    let outcome = probe(&without).await;
    assert!(!matches!(outcome, Ok(true)), "{name} isn't needed");
    works(name, served, configure, probe).await;
}

async fn works(
    name: &str,
    served: SoapSettings,
    configure: fn(LegacyClientBuilder) -> LegacyClientBuilder,
    probe: Probe,
) {
    let stand = LegacyStand::with(served, configure).await;
    let outcome = probe(&stand).await;
    assert!(matches!(outcome, Ok(true)), "{name}: {outcome:?}");
    let ignored: Vec<String> = stand
        .sandbox
        .requests()
        .into_iter()
        .flat_map(|request| request.ignored)
        .collect();
    assert!(ignored.is_empty(), "{name}: {ignored:?} were dropped");
}

#[tokio::test]
async fn envelope_and_transport() {
    let served = SoapSettings::default;
    settles(
        "namespace",
        served().namespace("urn:other"),
        |it| it.namespace("urn:other"),
        QUERY,
    )
    .await;
    settles(
        "soap_version",
        served().only_version(Served::V1_2),
        |it| it.soap_version(SoapVersion::Soap12),
        QUERY,
    )
    .await;
    let action = "\"{namespace}/Legacy/{operation}\"";
    settles(
        "action_template",
        served().action(action),
        |it| it.action_template("\"{namespace}/Legacy/{operation}\""),
        QUERY,
    )
    .await;
    let key = "Ocp-Apim-Subscription-Key";
    settles(
        "header",
        served().required_header(key, "k"),
        |it| it.header("Ocp-Apim-Subscription-Key", "k"),
        QUERY,
    )
    .await;
    works(
        "endpoint",
        served().path("/v21/Service.asmx"),
        |it| it,
        QUERY,
    )
    .await;
    works(
        "soap_version in both",
        served(),
        |it| it.soap_version(SoapVersion::Soap12),
        CREATE,
    )
    .await;
}

#[tokio::test]
async fn names_and_styles_of_requests() {
    let served = SoapSettings::default;
    settles(
        "request_wrapper of creates",
        served().wrapper("Products_Create", "Product"),
        |it| it.request_wrapper("Products_Create", "Product"),
        CREATE,
    )
    .await;
    settles(
        "request_wrapper of updates",
        served().wrapper("Products_Update", "Product"),
        |it| it.request_wrapper("Products_Update", "Product"),
        UPDATE,
    )
    .await;
    settles(
        "item_name",
        served().item_name("ProductCustomField", "CustomField"),
        |it| it.item_name("ProductsCreateRequest.Fields", "CustomField"),
        CREATE,
    )
    .await;
    settles(
        "element_name",
        served().element_name("ProductsCreateRequest.Code1", "USOC"),
        |it| it.element_name("ProductsCreateRequest.Code1", "USOC"),
        CREATE,
    )
    .await;
    settles(
        "update_style",
        served().pairs("CustomerProducts_Update"),
        |it| it.update_style("CustomerProducts_Update", UpdateStyle::UpdatedPairs),
        CHANGE,
    )
    .await;
    settles(
        "date_format",
        served().dates(SoapDates::Day),
        |it| it.date_format("YYYY-MM-DD"),
        CHANGE,
    )
    .await;
    works(
        "dates with a time",
        served().dates(SoapDates::Time),
        |it| it,
        CHANGE,
    )
    .await;
    let order = [
        "CarrierID",
        "ProductTypeID",
        "Description",
        "Code1",
        "Code2",
        "Rate",
        "Cost",
        "FreeMonths",
        "Fields",
        "ActiveFlag",
    ];
    works(
        "the order of the tables",
        served().element_order("Products_Create", order),
        |it| it,
        CREATE,
    )
    .await;
}

#[tokio::test]
async fn names_and_places_in_answers() {
    let served = SoapSettings::default;
    settles(
        "element_name in rows",
        served().element_name("CustomerProductItem.Rate", "Price"),
        |it| it.element_name("CustomerProductItem.Rate", "Price"),
        ROWS,
    )
    .await;
    let renamed = served()
        .element_name("CustomerProductsQueryResponse.CustomerProducts", "Rows")
        .item_name("CustomerProductItem", "Row");
    works(
        "rows found by what they hold",
        renamed.clone(),
        |it| it,
        ROWS,
    )
    .await;
    works(
        "result_path",
        renamed.clone(),
        |it| it.result_path("CustomerProducts_Query", ["Rows", "Row"]),
        ROWS,
    )
    .await;
    works(
        "result_path of bare rows",
        served().layout(SoapLayout::Bare),
        |it| it.result_path("CustomerProducts_Query", ["CustomerProduct"]),
        ROWS,
    )
    .await;
    works(
        "rows two deep",
        served().layout(SoapLayout::Nested),
        |it| it,
        ROWS,
    )
    .await;
    // A path that leads nowhere is an error, never an empty list.
    let stand = LegacyStand::with(renamed, |it| {
        it.result_path("CustomerProducts_Query", ["Other"])
    })
    .await;
    let failure = ROWS(&stand).await.expect_err("no rows there");
    assert_eq!(failure.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn what_is_not_set() {
    let nil = |it: LegacyClientBuilder| it.null_style(NullStyle::Nil);
    let stand = LegacyStand::with(SoapSettings::default().nulls(SoapNulls::Nil), nil).await;
    assert!(UPDATE(&stand).await.expect("updated"));
    let product = stand.product(1).await;
    assert_eq!(
        (&product["rate"], &product["free_months"]),
        (&Value::Null, &Value::Null)
    );

    let one = |it: LegacyClientBuilder| {
        it.null_style_of("ProductsUpdateRequest.FreeMonths", NullStyle::Nil)
    };
    let stand = LegacyStand::with(SoapSettings::default().nulls(SoapNulls::Nil), one).await;
    assert!(UPDATE(&stand).await.expect("updated"));
    let product = stand.product(1).await;
    assert_eq!(
        (&product["rate"], &product["free_months"]),
        (&json!(0), &Value::Null)
    );

    // Where numbers have no null, a nil one breaks the request.
    let stand = LegacyStand::with(SoapSettings::default(), one).await;
    let failure = UPDATE(&stand).await.expect_err("a fault");
    assert_eq!(
        (failure.kind(), failure.status()),
        (ErrorKind::Api, Some(500))
    );

    let kept = SoapSettings::default().keeps_what_is_left_out("Products_Update");
    let stand = LegacyStand::with(kept, |it| it).await;
    let before = stand.product(1).await;
    assert!(UPDATE(&stand).await.expect("updated"));
    assert_eq!(stand.product(1).await["rate"], before["rate"]);
}
