//! A whole list as it goes over the wire.

use revio_api::prelude::*;
use revio_api::resources::webhook_receivers::WebhookReceiversList;

use crate::support::{Server, ok};

async fn server() -> Server {
    Server::start(|asked| {
        let last = asked.target.contains("page=3&");
        ok(format!(r#"{{"records":[{{"n":1}}],"has_more":{}}}"#, !last))
    })
    .await
}

fn list(server: &Server) -> WebhookReceiversList {
    Client::builder(Credentials::new("user", "code", "password"))
        .subscription_key("key")
        .base_url(server.url())
        .build()
        .unwrap()
        .webhook_receivers()
        .list()
}

#[tokio::test]
async fn every_page_carries_credentials_and_filters() {
    let server = server().await;
    let request = list(&server).filter("url", "a b").sort("-id");
    let found = request.collect_up_to(1_000).await.unwrap();
    assert_eq!(found.len(), 3);
    assert!(found.complete);
    let mut asked: Vec<_> = server.captured();
    asked.retain(|page| !page.target.contains("page=4&"));
    asked.sort_by(|one, other| one.target.cmp(&other.target));
    assert_eq!(asked.len(), 3);
    for (page, number) in asked.iter().zip(1..) {
        assert_eq!(
            page.target,
            format!("/v1/WebhookReceivers?page={number}&page_size=500&sort=-id&url=a%20b")
        );
        assert_eq!(page.header("authorization").len(), 1);
        assert_eq!(page.header("ocp-apim-subscription-key"), ["key"]);
    }
}
