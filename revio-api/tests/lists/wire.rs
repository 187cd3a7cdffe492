//! A whole list as it goes over the wire.

use revio_api::prelude::*;
use revio_test_server::{Server, ok};

#[tokio::test]
async fn every_page_carries_credentials_and_filters() {
    let server = Server::start(|asked| {
        let page = asked.target.split("page=").nth(1).unwrap();
        let page: i32 = page.split('&').next().unwrap().parse().unwrap();
        ok(format!(
            r#"{{"records":[{{"customer_id":{page}}}],"has_more":{}}}"#,
            page < 3
        ))
    })
    .await;
    let client = Client::builder(Credentials::new("user", "code", "password"))
        .subscription_key("key")
        .base_url(server.url())
        .build()
        .unwrap();
    let request = client
        .customers()
        .list()
        .name("Ann & Bob")
        .bill_profile_id([BillProfileId(4), BillProfileId(5)])
        .filter("extra", "a b");
    let found = request.collect_up_to(1_000).await.unwrap();
    assert_eq!(
        found.iter().map(|it| it.customer_id.0).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert!(found.complete);

    let mut asked = server.captured();
    // A page beyond the end may have been on its way.
    asked.retain(|page| !page.target.contains("page=4&"));
    asked.sort_by(|one, other| one.target.cmp(&other.target));
    assert_eq!(asked.len(), 3);
    for (page, number) in asked.iter().zip(1..) {
        assert_eq!(
            page.target,
            format!(
                "/v1/Customers?page={number}&page_size=500&sort=customer_id&search.name=Ann%20%26%20Bob\
                 &bill_profile_id=4&bill_profile_id=5&extra=a%20b"
            )
        );
        assert_eq!(page.header("authorization").len(), 1);
        assert_eq!(page.header("ocp-apim-subscription-key"), ["key"]);
    }
}
