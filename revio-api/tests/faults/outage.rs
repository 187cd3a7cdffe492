//! When nothing works any more.

use std::sync::Arc;

use revio_api::{Effect, Outcome};

use crate::calls::{EFFECTS, builder, call};
use crate::clock::SkippingClock;
use crate::fault::{Fault, FaultServer};

#[tokio::test]
async fn an_outage_gets_at_most_35_retries() {
    for fault in [Fault::Reset, Fault::HtmlBadGateway, Fault::CloseUnread] {
        let server = FaultServer::start(1, "http://127.0.0.1:9/v1").await;
        server.script(move |_| fault);
        let client = builder(server.url("http")).build().expect("a client");
        for number in 0..100 {
            let error = call(&client.clone(), Effect::Read, &number.to_string())
                .await
                .unwrap_err();
            assert!((1..=5).contains(&error.attempts()));
        }
        assert_eq!(server.sends(), 100 + 35, "{fault:?}");
        // When it is over, calls that work earn retries again.
        server.script(|_| Fault::Nothing);
        for number in 0..14 {
            call(&client, Effect::Read, &number.to_string())
                .await
                .expect("a reply");
        }
        let mut first = true;
        server.script(move |_| {
            if std::mem::take(&mut first) {
                fault
            } else {
                Fault::Nothing
            }
        });
        let attempts = call(&client, Effect::Read, "again").await.expect("a reply");
        assert_eq!(attempts, 2);
    }
}

#[tokio::test]
async fn without_a_server_there_are_at_most_35_retries_and_nothing_was_sent() {
    // Bound and never listening: nobody else gets the port, and nobody can connect.
    let deaf = tokio::net::TcpSocket::new_v4().expect("a socket");
    deaf.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let address = deaf.local_addr().expect("an address");
    let clock = SkippingClock::default();
    let client = builder(format!("http://{address}/v1"))
        .clock(Arc::new(clock.clone()))
        .build()
        .expect("a client");
    let mut attempts = 0;
    for number in 0..100 {
        for effect in EFFECTS {
            let error = call(&client, effect, &number.to_string())
                .await
                .unwrap_err();
            assert_eq!(error.outcome(), Outcome::NotSent);
            attempts += error.attempts();
        }
    }
    assert_eq!(attempts, 400 + 35);
    assert_eq!(clock.slept().len(), 35);
}
