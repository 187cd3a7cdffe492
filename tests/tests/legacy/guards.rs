//! Sessions, and what keeps a caller from harm without being asked for.

use revio_api::legacy::{LegacyAuth, LegacyClientBuilder};
use revio_api::{ErrorKind, Request as _};
use revio_sandbox::{SoapForm, SoapSettings};
use revio_tests::legacy::LegacyStand;

use crate::probe::QUERY;

#[tokio::test]
async fn sessions() {
    let session = |it: LegacyClientBuilder| it.auth(LegacyAuth::Session);
    let stand = LegacyStand::with(SoapSettings::default(), session).await;
    for _ in 0..2 {
        assert!(QUERY(&stand).await.expect("found"));
    }
    assert_eq!(stand.requests("Sessions_Create").len(), 1);
    let bodies = stand.requests("Products_Query");
    let has_password = |body: &[u8]| String::from_utf8_lossy(body).contains("sandbox_password");
    assert!(bodies.iter().all(|request| !has_password(&request.body)));
    stand.sandbox.expire_soap_sessions();
    assert!(
        QUERY(&stand).await.expect("found"),
        "a session that has ended is opened anew"
    );
    assert_eq!(stand.requests("Sessions_Create").len(), 2);
    stand.sandbox.expire_soap_sessions();
    let before = stand.products().await;
    let create = stand.legacy.products_create(1, 2).description("one");
    let failure = create.clone().await.expect_err("not sent twice");
    assert!(failure.is_auth());
    create.await.expect("in a new session");
    assert_eq!(stand.products().await, before + 1);

    let served = SoapSettings::default().expired_session_code("S1234");
    let stand = LegacyStand::with(served.clone(), session).await;
    assert!(QUERY(&stand).await.expect("found"));
    stand.sandbox.expire_soap_sessions();
    assert_eq!(
        QUERY(&stand).await.expect_err("an unknown code").api_code(),
        Some("S1234")
    );
    let told = |it: LegacyClientBuilder| it.auth(LegacyAuth::Session).login_refused_code("S1234");
    let stand = LegacyStand::with(served, told).await;
    assert!(QUERY(&stand).await.expect("found"));
    stand.sandbox.expire_soap_sessions();
    assert!(QUERY(&stand).await.expect("found"));
}

#[tokio::test]
async fn guards_and_limits() {
    // The sandbox knows the filter by another name and drops it, as the service would.
    let served = || {
        SoapSettings::default()
            .element_name("CustomerProductsQueryRequest.CustomerID", "CustomerNo")
    };
    let customer = |stand: &LegacyStand| stand.legacy.customer_products_query().customer_id([1001]);
    let stand = LegacyStand::with(served(), |it| it).await;
    let failure = customer(&stand).await.expect_err("everything came back");
    assert_eq!(
        (failure.kind(), failure.field_path()),
        (ErrorKind::FilterIgnored, Some("CustomerID"))
    );
    let trusting = LegacyStand::with(served(), |it| it.filter_guard(false)).await;
    let found = customer(&trusting).await.expect("found");
    assert_eq!(
        found.customer_products.len(),
        trusting.service_products().await.len()
    );
    // The echo shows it before anything goes wrong.
    let check = trusting
        .legacy
        .customer_products_query()
        .customer_id([1001])
        .self_check()
        .await
        .expect("checked");
    assert!(
        check.differences[0].path.starts_with("CustomerID"),
        "{:?}",
        check.differences
    );
    let good = LegacyStand::start().await;
    assert!(
        good.legacy
            .customer_products_query()
            .id([1, 2])
            .self_check()
            .await
            .expect("checked")
            .is_understood()
    );
    assert!(
        good.legacy
            .products_create(1, 2)
            .description("x")
            .self_check()
            .await
            .expect("checked")
            .is_understood()
    );

    let single = LegacyStand::with(SoapSettings::default(), |it| it.ids_per_call(1)).await;
    let found = single
        .legacy
        .customer_products_query()
        .id([1, 2, 3])
        .await
        .expect("found");
    assert_eq!(found.customer_products.len(), 3);
    assert_eq!(single.requests("CustomerProducts_Query").len(), 3);
    let small = LegacyStand::with(SoapSettings::default(), |it| it.max_elements(50)).await;
    let failure = small.legacy.products_query().await.expect_err("too many");
    assert!(matches!(
        failure.kind(),
        ErrorKind::Decode | ErrorKind::TooLarge
    ));
    let short = LegacyStand::with(SoapSettings::default(), |it| it.max_response_bytes(500)).await;
    assert_eq!(
        short
            .legacy
            .products_query()
            .await
            .expect_err("too long")
            .kind(),
        ErrorKind::TooLarge
    );
}

#[tokio::test]
async fn debug_and_impersonation() {
    let stand = LegacyStand::with(SoapSettings::default(), |it| {
        it.debug(true).impersonation_key("k".repeat(64))
    })
    .await;
    let reply = stand
        .legacy
        .products_query()
        .product_id(1)
        .send()
        .await
        .expect("found");
    let echo = reply
        .value
        .debug
        .and_then(|debug| debug.request)
        .expect("an echo");
    assert!(
        echo.contains("ProductID") && !echo.contains("sandbox_password") && !echo.contains("kkkk"),
        "{echo}"
    );
    assert_eq!(
        reply.value.header.and_then(|header| header.impersonated),
        Some(true)
    );
    stand.answers("Products_Query", SoapForm::RefusedWithCode);
    let failure = QUERY(&stand).await.expect_err("refused");
    assert_eq!(
        (failure.api_code(), failure.api_message()),
        (Some("S9999"), Some("Scripted."))
    );
}
