//! The echo of the debug switch, compared with what was sent.

use revio_api::ErrorKind;
use revio_api::legacy::{DifferenceKind, ProductCustomField};

use crate::soap::{answering, builder, client, success};

fn with_echo(operation: &str, payload: &str, echo: &str) -> String {
    success(
        operation,
        &format!("{payload}<Debug><Request>{echo}</Request></Debug>"),
    )
}

#[tokio::test]
async fn what_was_dropped_or_changed_is_named() {
    // The service doesn't know `Code1`, lost a field of a list, and read a number as zero.
    let echo = "<Credentials><Username>user</Username><Password>pass</Password></Credentials><Debug>true</Debug>\
                <CarrierID>1</CarrierID><ProductTypeID>0</ProductTypeID><Description>a</Description>\
                <Rate>10.5</Rate><Prorate>1</Prorate><Fields><Field><FieldID>5</FieldID><Value>x</Value></Field>\
                <Field><FieldID>6</FieldID></Field></Fields><FreeMonths>0</FreeMonths>";
    let server = answering(with_echo(
        "Products_Create",
        "<ProductID>3</ProductID>",
        echo,
    ))
    .await;
    let field = |id| ProductCustomField::new().field_id(id).value("x");
    let check = client(&server)
        .products_create(1, 2)
        .description("a")
        .code1("A")
        .rate("10.50".parse().unwrap())
        .prorate(true)
        .fields([field(5), field(6)])
        .self_check()
        .await
        .unwrap();
    assert!(server.only().text().contains("<Debug>true</Debug>"));
    assert_eq!(check.response.product_id, 3);
    let found: Vec<_> = check
        .differences
        .iter()
        .map(|it| (it.path.as_str(), it.kind))
        .collect();
    assert_eq!(
        found,
        [
            ("ProductTypeID", DifferenceKind::Changed),
            ("Code1", DifferenceKind::Missing),
            ("Fields.Field[1].Value", DifferenceKind::Missing),
        ]
    );
    assert!(!check.is_understood());
    let echoed = check
        .response
        .debug
        .as_ref()
        .unwrap()
        .request
        .as_ref()
        .unwrap();
    assert!(
        echoed.contains("<ProductTypeID>0</ProductTypeID>"),
        "{echoed}"
    );
    assert!(
        !echoed.contains("pass") && !echoed.contains(">user<"),
        "{echoed}"
    );
    assert!(!format!("{check:?}").contains("ProductTypeID>"));
}

#[tokio::test]
async fn an_echo_may_be_markup_in_text_and_wrapped() {
    let fields = "<CustomerID>1</CustomerID><CustomerID>2</CustomerID>";
    let inner = format!(
        "<CustomerProducts_Query><Request><Credentials><Password>pass</Password></Credentials>{fields}</Request></CustomerProducts_Query>"
    );
    let escaped = inner.replace('<', "&lt;").replace('>', "&gt;");
    for echo in [
        fields.to_owned(),
        inner.clone(),
        escaped.clone(),
        escaped.replace("Query&gt;&lt;Req", "Query&gt; \n&lt;Req"),
        format!("<![CDATA[{inner}]]>"),
    ] {
        let server = answering(with_echo("CustomerProducts_Query", "", &echo)).await;
        let query = client(&server)
            .customer_products_query()
            .customer_id([1, 2]);
        let check = query.clone().self_check().await.unwrap();
        assert!(check.is_understood(), "{echo}: {check:?}");
        let echoed = check.response.debug.unwrap().request.unwrap();
        assert!(
            echoed.contains("CustomerID") && !echoed.contains("pass"),
            "{echoed}"
        );
        let check = query.customer_id([1, 2, 3]).self_check().await.unwrap();
        assert_eq!(check.differences[0].path, "CustomerID[2]");
    }
}

#[tokio::test]
async fn dates_and_truth_values_may_be_written_otherwise() {
    let echo = "<ID>9</ID><ActivatedDate>2025-01-31</ActivatedDate><Rate>1.5000</Rate><DoNotProrateFlag>1</DoNotProrateFlag>";
    let server = answering(with_echo("CustomerProducts_Update", "", echo)).await;
    let day = chrono::NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    let update = client(&server)
        .customer_products_update(9)
        .activated_date(day)
        .rate("1.50".parse().unwrap());
    assert!(
        update
            .do_not_prorate_flag(true)
            .self_check()
            .await
            .unwrap()
            .is_understood()
    );
}

#[tokio::test]
async fn an_answer_without_an_echo_is_an_error() {
    for answer in [
        success("Products_Query", ""),
        success("Products_Query", "<Debug/>"),
    ] {
        let server = answering(answer).await;
        let error = client(&server)
            .products_query()
            .product_id(7)
            .self_check()
            .await
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.field_path()),
            (ErrorKind::Decode, Some("Debug.Request"))
        );
    }
    // Without asking for a comparison, an echo is only kept.
    let server = answering(with_echo("Products_Query", "", "<State>IL</State>")).await;
    let found = builder(&server)
        .debug(true)
        .build()
        .unwrap()
        .products_query()
        .state("IL")
        .await
        .unwrap();
    assert_eq!(
        found.debug.unwrap().request.as_deref(),
        Some("<State>IL</State>")
    );
}
