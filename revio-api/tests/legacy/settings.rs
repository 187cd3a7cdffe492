//! Every setting with another value than its default.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::NaiveDate;
use revio_api::legacy::{
    LegacyClient, LegacyClientBuilder, NullStyle, ProductCustomField, UpdateStyle,
};
use revio_api::{Client, ErrorKind, Quota};
use revio_test_server::Server;

use crate::soap::{answering, builder, credentials, own_fields, success};

/// What an update of a customer's product sends with these settings.
async fn update(set: impl Fn(LegacyClientBuilder) -> LegacyClientBuilder) -> String {
    let server = answering(success("CustomerProducts_Update", "")).await;
    let client = set(builder(&server)).build().unwrap();
    let day = NaiveDate::from_ymd_opt(2025, 1, 31).unwrap();
    client
        .customer_products_update(9)
        .code1("A")
        .activated_date(day)
        .quantity(2)
        .await
        .unwrap();
    own_fields(&server.only())
}

/// What a creation sends with these settings.
async fn create(set: impl Fn(LegacyClientBuilder) -> LegacyClientBuilder) -> String {
    let server = answering(success("Products_Create", "<ProductID>1</ProductID>")).await;
    let client = set(builder(&server)).build().unwrap();
    let field = ProductCustomField::new().field_id(5).value("x");
    client
        .products_create(1, 2)
        .description("a")
        .fields([field])
        .await
        .unwrap();
    own_fields(&server.only())
}

#[tokio::test]
async fn how_a_request_is_written() {
    let plain = "<ID>9</ID><Code1>A</Code1><ActivatedDate>2025-01-31T00:00:00</ActivatedDate><Quantity>2</Quantity>";
    assert_eq!(update(|it| it).await, plain);
    assert_eq!(
        update(|it| it.date_format("YYYY-MM-DD")).await,
        plain.replace("T00:00:00", "")
    );
    assert_eq!(
        update(|it| it.date_format("MM/DD/YYYY")).await,
        plain.replace("2025-01-31T00:00:00", "01/31/2025")
    );
    assert_eq!(
        update(|it| it.element_name("CustomerProductsUpdateRequest.Code1", "Code_1")).await,
        plain.replace("Code1>", "Code_1>")
    );
    assert_eq!(
        update(|it| it.update_style("CustomerProducts_Update", UpdateStyle::UpdatedPairs)).await,
        "<ID>9</ID><Code1><Updated>true</Updated><Value>A</Value></Code1>\
         <ActivatedDate><Updated>true</Updated><Value>2025-01-31T00:00:00</Value></ActivatedDate>\
         <Quantity><Updated>true</Updated><Value>2</Value></Quantity>"
    );
    assert_eq!(
        update(|it| it.request_wrapper("CustomerProducts_Update", "CustomerProduct")).await,
        format!("<CustomerProduct>{plain}</CustomerProduct>")
    );
    assert_eq!(
        update(|it| it.null_style(NullStyle::Nil)).await,
        "<ID>9</ID><Description xsi:nil=\"true\"/><Code1>A</Code1><Code2 xsi:nil=\"true\"/>\
         <ActivatedDate>2025-01-31T00:00:00</ActivatedDate><DisconnectDate xsi:nil=\"true\"/>\
         <Rate xsi:nil=\"true\"/><Quantity>2</Quantity><DoNotProrateFlag xsi:nil=\"true\"/>"
    );
    let one = "CustomerProductsUpdateRequest.Code2";
    assert_eq!(
        update(|it| it.null_style_of(one, NullStyle::Nil)).await,
        plain.replace("<Act", "<Code2 xsi:nil=\"true\"/><Act")
    );
}

#[tokio::test]
async fn wrappers_and_items_by_other_names() {
    let plain = "<CarrierID>1</CarrierID><ProductTypeID>2</ProductTypeID><Description>a</Description>\
                 <Fields><Field><FieldID>5</FieldID><Value>x</Value></Field></Fields>";
    assert_eq!(create(|it| it).await, plain);
    assert_eq!(
        create(|it| it.request_wrapper("Products_Create", "Product")).await,
        format!("<Product>{plain}</Product>")
    );
    assert_eq!(
        create(|it| it.item_name("ProductsCreateRequest.Fields", "CustomField")).await,
        plain.replace("Field>", "CustomField>")
    );
    // The other operation keeps its own.
    assert_eq!(
        create(|it| it.item_name("ProductsUpdateRequest.Fields", "CustomField")).await,
        plain
    );
}

#[tokio::test]
async fn the_envelope_and_its_headers() {
    let answer = success("Products_Query", "").replace("http://api.myh2o.com/v20", "urn:v21");
    let server = answering(answer).await;
    let client = builder(&server)
        .namespace("urn:v21")
        .action_template("{namespace}#{operation}")
        .header("Ocp-Apim-Subscription-Key", "gateway-key")
        .header("X-Tenant", "t")
        .app_info("acme/1")
        .impersonation_key("i".repeat(64))
        .debug(true)
        .build()
        .unwrap();
    client.products_query().await.unwrap();
    let sent = server.only();
    assert_eq!(sent.header("soapaction"), ["urn:v21#Products_Query"]);
    assert_eq!(sent.header("ocp-apim-subscription-key"), ["gateway-key"]);
    assert_eq!(sent.header("x-tenant"), ["t"]);
    assert!(sent.header("user-agent")[0].ends_with(" acme/1"));
    assert!(sent.text().contains(r#"<Products_Query xmlns="urn:v21">"#));
    let key = format!(
        "<ImpersonationKey>{}</ImpersonationKey></Credentials><Debug>true</Debug>",
        "i".repeat(64)
    );
    assert!(sent.text().contains(&key), "{}", sent.text());
}

#[tokio::test]
async fn how_an_answer_is_read() {
    let rows = "<Found><Row><Number>7</Number><Rate>1</Rate></Row></Found>";
    let server = answering(success("Products_Query", rows)).await;
    let renamed = builder(&server).element_name("ProductItem.ID", "Number");
    let found = renamed
        .clone()
        .build()
        .unwrap()
        .products_query()
        .product_id(7)
        .await
        .unwrap();
    assert_eq!(found.products[0].id, 7);
    let placed = renamed.result_path("Products_Query", ["Found", "Row"]);
    assert_eq!(
        placed
            .clone()
            .build()
            .unwrap()
            .products_query()
            .await
            .unwrap()
            .products
            .len(),
        1
    );
    let elsewhere = placed
        .result_path("Products_Query", ["Found", "Line"])
        .build()
        .unwrap();
    let error = elsewhere.products_query().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);

    // Where the place is known, an empty container is an empty list whatever it is called.
    let server = answering(success("Products_Query", "<Found/>")).await;
    let client = builder(&server)
        .result_path("Products_Query", ["Found", "Row"])
        .build()
        .unwrap();
    assert!(client.products_query().await.unwrap().products.is_empty());

    let rows = "<Product><ID>7</ID><Rate>1</Rate><BillProfiles><Profile/><Profile><Name>x</Name></Profile></BillProfiles></Product>";
    let server = answering(success("Products_Query", rows)).await;
    let client = builder(&server)
        .item_name("ProductItem.BillProfiles", "Profile")
        .build()
        .unwrap();
    let found = client.products_query().await.unwrap();
    assert_eq!(found.products[0].bill_profiles.as_ref().unwrap().len(), 2);
}

#[tokio::test]
async fn what_it_shares_with_the_rest_client() {
    let attempts = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&attempts);
    let server = answering(success("Products_Query", "")).await;
    let rest = Client::builder(credentials())
        .quota(Quota::new().per_minute(2))
        .build()
        .unwrap();
    let client = builder(&server)
        .quota_store(Arc::clone(rest.quota()))
        .on_attempt(move |attempt| {
            assert_eq!(
                (attempt.operation.id(), attempt.status),
                ("legacy_products_query", Some(200))
            );
            count.fetch_add(1, Ordering::Relaxed);
        })
        .build()
        .unwrap();
    client.products_query().await.unwrap();
    assert_eq!(rest.quota().remaining().this_minute, 1);
    assert_eq!(client.quota().remaining().this_minute, 1);
    assert_eq!(attempts.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_time_limit_of_its_own() {
    let server = Server::start(|_| revio_test_server::Action::Hang).await;
    let client = builder(&server)
        .timeout(Duration::from_millis(50))
        .connect_timeout(Duration::from_secs(5))
        .retry(revio_api::RetryPolicy::never())
        .build()
        .unwrap();
    let error = client.products_query().await.unwrap_err();
    assert!(error.is_timeout());
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let plain = || LegacyClient::builder(credentials());
    let refused = |builder: LegacyClientBuilder| {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config);
        error.to_string()
    };
    for (builder, expected) in vec![
        (
            plain().endpoint("http://api.rev.io/v20/default.asmx"),
            "client: the endpoint is plain http",
        ),
        (
            plain().endpoint("https://user:planted@api.rev.io/"),
            "client: the endpoint holds a user name",
        ),
        (plain().namespace(" "), "client: the namespace is empty"),
        (
            plain().action_template("a\nb"),
            "client: the action is no header",
        ),
        (
            plain().date_format("DD.MM."),
            "client: the date format must have YYYY, MM and DD",
        ),
        (
            plain().ids_per_call(0),
            "client: a limit of ids or elements is zero",
        ),
        (
            plain().max_elements(0),
            "client: a limit of ids or elements is zero",
        ),
        (
            plain().timeout(Duration::ZERO),
            "client: a time limit is zero",
        ),
        (
            plain().impersonation_key("planted"),
            "client: ImpersonationKey must have 64 characters at least",
        ),
        (
            plain().header("bad name", "planted"),
            "client: a further header has a name that HTTP cannot carry",
        ),
        (
            plain().header("x", "planted\n"),
            "client: a further header has a value that HTTP cannot carry",
        ),
        (
            plain().element_name("ProductItem", "x"),
            "client: `ProductItem` is no field",
        ),
        (
            plain().element_name("Product.ID", "x"),
            "client: `Product.ID` is no field",
        ),
        (
            plain().element_name("ProductItem.Id", "x"),
            "client: `ProductItem.Id` is no field",
        ),
        (
            plain().element_name("ProductItem.ID", "a b"),
            "client: `ProductItem.ID` is given a name that no element can have",
        ),
        (
            plain().item_name("ProductItem.ID", "x"),
            "client: `ProductItem.ID` is no list",
        ),
        (
            plain().null_style_of("x", NullStyle::Nil),
            "client: `x` is no field",
        ),
        (
            plain().request_wrapper("Products_Delete", "x"),
            "client: `Products_Delete` is no operation; there are",
        ),
        (
            plain().request_wrapper("Products_Create", "<"),
            "client: `Products_Create` is given a name",
        ),
        (
            plain().update_style("x", UpdateStyle::Plain),
            "client: `x` is no operation",
        ),
        (
            plain().result_path("Products_Update", ["x"]),
            "client: `Products_Update` answers with nothing",
        ),
        (
            plain().result_path("Products_Query", [""; 0]),
            "client: `Products_Query` has an empty path",
        ),
    ] {
        let message = refused(builder);
        assert!(message.starts_with(expected), "{message}");
        assert!(!message.contains("planted"), "{message}");
    }
    let control = revio_api::Credentials::new("user", "code", "pass\u{fffe}");
    assert!(refused(LegacyClient::builder(control)).contains("Password has a character"));
    plain()
        .endpoint("https://api.myh2o.com/v20/Default.asmx")
        .build()
        .unwrap();
}
