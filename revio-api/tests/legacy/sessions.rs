//! Calls under a session: opened once, used by all, opened anew when it is refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use revio_api::legacy::LegacyAuth;
use revio_api::{ErrorKind, Outcome};
use revio_test_server::{Action, Request, Server};

use crate::soap::{builder, ok, result, success};

const REFUSED: &str = "<Header><Success>false</Success><Error_Code>S2005</Error_Code></Header>";

fn is_opening(request: &Request) -> bool {
    request.text().contains("<Sessions_Create ")
}

/// Hands out the keys `key-1`, `key-2`..., of which those from `valid` on are good.
async fn server(valid: usize) -> Server {
    let opened = Arc::new(AtomicUsize::new(0));
    Server::start(move |request| {
        if is_opening(request) {
            let number = opened.fetch_add(1, Ordering::Relaxed) + 1;
            return ok(success(
                "Sessions_Create",
                &format!("<SessionKey>key-{number}</SessionKey>"),
            ));
        }
        answer(request, valid)
    })
    .await
}

fn answer(request: &Request, valid: usize) -> Action {
    let (_, rest) = request
        .text()
        .split_once("<SessionKey>key-")
        .expect("a key");
    let key: usize = rest.split('<').next().unwrap().parse().unwrap();
    let is_creation = request.text().contains("<Products_Create ");
    let (operation, payload) = if is_creation {
        ("Products_Create", "<ProductID>1</ProductID>")
    } else {
        ("Products_Query", "")
    };
    ok(if key >= valid {
        success(operation, payload)
    } else {
        result(operation, REFUSED)
    })
}

#[tokio::test]
async fn a_session_is_opened_once() {
    let server = server(1).await;
    let client = builder(&server)
        .auth(LegacyAuth::Session)
        .impersonation_key("k".repeat(64))
        .build()
        .unwrap();
    let (one, two) = (client.clone(), client.clone());
    let (one, two) = tokio::join!(
        one.products_query().into_future(),
        two.products_query().into_future()
    );
    one.unwrap();
    two.unwrap();
    client.products_create(1, 2).description("a").await.unwrap();
    let sent = server.captured();
    assert_eq!(sent.iter().filter(|request| is_opening(request)).count(), 1);
    assert_eq!(sent.len(), 4);
    let opening = sent.iter().find(|request| is_opening(request)).unwrap();
    let key = "k".repeat(64);
    let expected = format!(
        "<Sessions_Create xmlns=\"http://api.myh2o.com/v20\"><Request><Credentials><Username>user</Username>\
         <Password>pass</Password><Client>code</Client><ImpersonationKey>{key}</ImpersonationKey></Credentials>\
         </Request></Sessions_Create>"
    );
    assert!(opening.text().contains(&expected), "{}", opening.text());
    assert_eq!(
        opening.header("soapaction"),
        [r#""http://api.myh2o.com/v20/Sessions_Create""#]
    );
    for call in sent.iter().filter(|request| !is_opening(request)) {
        assert!(
            call.text()
                .contains("<Request><Session><SessionKey>key-1</SessionKey></Session>"),
            "{}",
            call.text()
        );
        assert!(!call.text().contains("pass"));
    }
}

#[tokio::test]
async fn a_refused_session_is_opened_anew_once() {
    let server_ = server(2).await;
    let client = builder(&server_).auth(LegacyAuth::Session).build().unwrap();
    client.products_query().await.unwrap();
    client.products_query().await.unwrap();
    let opened = server_
        .captured()
        .iter()
        .filter(|request| is_opening(request))
        .count();
    assert_eq!((opened, server_.captured().len()), (2, 5));

    let server = server(100).await;
    let client = builder(&server).auth(LegacyAuth::Session).build().unwrap();
    let error = client.products_query().await.unwrap_err();
    assert!(error.is_auth());
    let opened = server
        .captured()
        .iter()
        .filter(|request| is_opening(request))
        .count();
    assert_eq!(
        (opened, server.captured().len()),
        (2, 4),
        "no more than once a call"
    );
}

#[tokio::test]
async fn a_creation_is_not_made_again_under_another_session() {
    let server = server(2).await;
    let client = builder(&server).auth(LegacyAuth::Session).build().unwrap();
    let error = client
        .products_create(1, 2)
        .description("a")
        .await
        .unwrap_err();
    assert!(error.is_auth());
    assert_eq!(error.outcome(), Outcome::Rejected);
    let creations = || {
        server
            .captured()
            .iter()
            .filter(|request| !is_opening(request))
            .count()
    };
    assert_eq!(creations(), 1);
    // The next call has a new session.
    client.products_create(1, 2).description("a").await.unwrap();
    assert_eq!(creations(), 2);
}

#[tokio::test]
async fn other_codes_can_mean_the_same() {
    let opened = Arc::new(AtomicUsize::new(0));
    let server = Server::start(move |request| {
        if is_opening(request) {
            let number = opened.fetch_add(1, Ordering::Relaxed) + 1;
            let header = format!(
                "<Header><Success>true</Success><SessionKey>key-{number}</SessionKey></Header>"
            );
            return ok(result("Sessions_Create", &header));
        }
        if request.text().contains("key-1<") {
            return ok(result("Products_Query", &REFUSED.replace("S2005", "S2010")));
        }
        ok(success("Products_Query", ""))
    })
    .await;
    let plain = builder(&server).auth(LegacyAuth::Session);
    let told = plain.clone().login_refused_code("S2010").build().unwrap();
    told.products_query().await.unwrap();
    assert_eq!(
        server.captured().len(),
        4,
        "the key may stand in the header, too"
    );
}

#[tokio::test]
async fn a_session_that_cannot_be_opened_says_so() {
    for (answer, kind, auth) in [
        (result("Sessions_Create", REFUSED), ErrorKind::Api, true),
        (success("Sessions_Create", ""), ErrorKind::Decode, false),
    ] {
        let server = Server::start(move |_| ok(&answer)).await;
        let client = builder(&server).auth(LegacyAuth::Session).build().unwrap();
        let error = client.products_query().await.unwrap_err();
        assert_eq!((error.kind(), error.is_auth()), (kind, auth), "{error}");
        assert_eq!(error.operation().unwrap().id(), "legacy_sessions");
        assert_eq!(server.captured().len(), 1);
    }
}
