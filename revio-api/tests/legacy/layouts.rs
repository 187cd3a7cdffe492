//! Rows wherever they stand, and what is no row.

use revio_api::ErrorKind;
use revio_api::legacy::ProductItem;

use crate::soap::{answering, builder, client, success};

const ROW: &str = "<ID>7</ID><Rate>1.50</Rate>";

async fn products(payload: &str) -> Vec<ProductItem> {
    let server = answering(success("Products_Query", payload)).await;
    client(&server)
        .products_query()
        .await
        .unwrap_or_else(|error| panic!("{payload}: {error}"))
        .products
}

#[tokio::test]
async fn rows_are_found_under_any_name() {
    for payload in [
        format!("<Products><Product>{ROW}</Product></Products>"),
        format!("<ProductList><Items><ProductItem>{ROW}</ProductItem></Items></ProductList>"),
        format!("<Product>{ROW}</Product>"),
        r#"<p:Products xmlns:p="http://api.myh2o.com/v20"><p:Product><p:ID>7</p:ID><p:Rate>1.50</p:Rate></p:Product></p:Products>"#.to_owned(),
        format!("\n <Products>\n  <!-- one --><Product>\n {ROW}\n </Product>\n </Products>"),
        "<Products><Product><ID><![CDATA[7]]></ID><Rate>&#49;.50</Rate></Product></Products>"
            .to_owned(),
    ] {
        let found = products(&payload).await;
        assert_eq!(found.len(), 1, "{payload}");
        assert_eq!(
            (found[0].id, found[0].rate.unwrap().to_string()),
            (7, "1.50".to_owned())
        );
        assert!(found[0].extras.is_empty());
    }
}

#[tokio::test]
async fn both_spellings_of_a_list_are_read() {
    let two = format!(
        "<Products><Product>{ROW}</Product><Product><ID>8</ID><Rate>2</Rate></Product></Products>"
    );
    let bare = two.replace("<Products>", "").replace("</Products>", "");
    for payload in [two, bare] {
        let ids: Vec<i32> = products(&payload)
            .await
            .iter()
            .map(|product| product.id)
            .collect();
        assert_eq!(ids, [7, 8]);
    }
}

#[tokio::test]
async fn nothing_is_nothing() {
    let nil = r#"<Products xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/>"#;
    for payload in [
        "",
        "<Products/>",
        "<Products></Products>",
        "<Products> </Products>",
        nil,
    ] {
        assert!(products(payload).await.is_empty(), "{payload}");
    }
}

#[tokio::test]
async fn what_is_not_recognised_is_never_an_empty_list() {
    for payload in [
        "<Items/>",
        "<Products><Product><ID>7</ID><Name>a</Name></Product></Products>",
        "<Products>none</Products>",
        "<Products/><Count>3</Count>",
        r#"<Products xmlns=""><Product><ID>7</ID><Rate>1</Rate></Product></Products>"#,
    ] {
        let server = answering(success("Products_Query", payload)).await;
        let error = client(&server).products_query().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{payload}");
        assert_eq!(
            error.field_path(),
            Some("Products_QueryResult"),
            "{payload}"
        );
        assert!(error.to_string().contains("layout"), "{error}");
    }
}

#[tokio::test]
async fn what_stands_beside_the_rows_is_kept() {
    let payload = format!(
        "<Total>1</Total><Products><Note>hi</Note><Product>{ROW}<Colour>red</Colour></Product></Products><Page><Next>2</Next></Page>"
    );
    let server = answering(success("Products_Query", &payload)).await;
    let found = client(&server).products_query().await.unwrap();
    let extras: Vec<_> = found.extras.iter().collect();
    assert_eq!(
        extras,
        [
            ("Total", "1"),
            ("Products/Note", "hi"),
            ("Page", "<Next>2</Next>")
        ]
    );
    assert_eq!(found.products[0].extras.get("Colour"), Some("red"));
    assert_eq!(format!("{:?}", found.products[0].extras), r#"["Colour"]"#);
}

#[tokio::test]
async fn a_row_among_rows_must_be_whole() {
    let payload = format!(
        "<Products><Product>{ROW}</Product><Product><Name>lost</Name></Product></Products>"
    );
    let server = answering(success("Products_Query", &payload)).await;
    let error = client(&server).products_query().await.unwrap_err();
    assert_eq!(error.field_path(), Some("Products[1].ID"), "{error}");
}

#[tokio::test]
async fn the_parts_of_a_row_are_read() {
    let row = "<BillProfiles><BillProfileItem><ID>1</ID><Name>Main</Name></BillProfileItem>\
               <Other><ID>2</ID></Other></BillProfiles><LineTypes/>\
               <Provisioning><Code1>A</Code1><Enabled>0</Enabled></Provisioning><Wireless/>";
    let found = products(&format!("<Product>{ROW}{row}</Product>")).await;
    let profiles = found[0].bill_profiles.as_ref().unwrap();
    let ids: Vec<_> = profiles
        .iter()
        .map(|profile| (profile.id, profile.name.as_deref()))
        .collect();
    assert_eq!(ids, [(Some(1), Some("Main")), (Some(2), None)]);
    assert_eq!(found[0].line_types.as_deref(), Some(&[][..]));
    let provisioning = found[0].provisioning.as_ref().unwrap();
    assert_eq!(
        (provisioning.code1.as_deref(), provisioning.enabled),
        (Some("A"), Some(false))
    );
    assert!(found[0].wireless.is_none());
}

#[tokio::test]
async fn the_fields_of_an_allowance_may_stand_beside_it() {
    let inside = "<Expiration_Days>30</Expiration_Days>";
    let beside = "<Quantity>5</Quantity><Data_Flag>true</Data_Flag>";
    for wireless in [
        format!(
            "<Allowances><WirelessProductAllowance>{inside}{beside}</WirelessProductAllowance></Allowances>"
        ),
        format!(
            "<Allowances><WirelessProductAllowance>{inside}</WirelessProductAllowance>{beside}</Allowances>"
        ),
        format!(
            "<Allowances><WirelessProductAllowing>{inside}</WirelessProductAllowing></Allowances>{beside}"
        ),
    ] {
        let found = products(&format!(
            "<Product>{ROW}<Wireless>{wireless}</Wireless></Product>"
        ))
        .await;
        let wireless_part = found[0].wireless.as_ref().unwrap();
        let [allowance] = wireless_part.allowances.as_deref().unwrap() else {
            panic!("{wireless}")
        };
        assert_eq!(
            (
                allowance.expiration_days,
                allowance.quantity,
                allowance.data_flag
            ),
            (Some(30), Some(5), Some(true)),
            "{wireless}"
        );
        assert!(wireless_part.extras.is_empty() && allowance.extras.is_empty());
    }
}

#[tokio::test]
async fn stray_fields_that_could_be_anybodys_stay_where_they_are() {
    let item = "<WirelessProductAllowance><Quantity>1</Quantity></WirelessProductAllowance>";
    let wireless = |items: &str| {
        format!(
            "<Product>{ROW}<Wireless><Allowances>{items}<Quantity>5</Quantity></Allowances><SMS_Flag>1</SMS_Flag></Wireless></Product>"
        )
    };
    let two = products(&wireless(&item.repeat(2))).await;
    let part = two[0].wireless.as_ref().unwrap();
    assert_eq!(part.allowances.as_ref().unwrap().len(), 2);
    assert_eq!(
        part.extras.iter().collect::<Vec<_>>(),
        [("SMS_Flag", "1"), ("Allowances/Quantity", "5")]
    );
    let one = products(&wireless(item)).await;
    let part = one[0].wireless.as_ref().unwrap();
    let allowance = &part.allowances.as_ref().unwrap()[0];
    assert_eq!(
        (allowance.quantity, allowance.sms_flag),
        (Some(1), Some(true)),
        "its own value counts"
    );
    assert_eq!(
        part.extras.iter().collect::<Vec<_>>(),
        [("Allowances/Quantity", "5")]
    );
}

#[tokio::test]
async fn the_only_value_of_an_answer_is_found_too() {
    for (payload, id) in [
        ("<ProductID>7</ProductID>", Some(7)),
        (
            "<Product><ProductID>7</ProductID></Product><Note>x</Note>",
            Some(7),
        ),
        ("", None),
        ("<ProductID/>", None),
        ("<ProductID>seven</ProductID>", None),
        (
            "<ProductID>7</ProductID><Product><ProductID>8</ProductID></Product>",
            None,
        ),
    ] {
        let server = answering(success("Products_Create", payload)).await;
        let created = client(&server).products_create(1, 2).description("a").await;
        assert_eq!(
            created.as_ref().ok().map(|created| created.product_id),
            id,
            "{payload}"
        );
        if let Err(error) = created {
            assert_eq!(error.field_path(), Some("ProductID"), "{error}");
        }
    }
    let answer = success(
        "Products_Create",
        "<Made><Number>7</Number><ProductID>9</ProductID></Made>",
    );
    let server = answering(answer).await;
    let client = builder(&server)
        .result_path("Products_Create", ["Made", "Number"])
        .build()
        .unwrap();
    assert_eq!(
        client
            .products_create(1, 2)
            .description("a")
            .await
            .unwrap()
            .product_id,
        7
    );
}
