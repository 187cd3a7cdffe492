//! When nothing works any more.

use revio_api::{Effect, Outcome};

use crate::calls::{EFFECTS, builder, call};
use crate::fault::{Fault, FaultServer, deaf};
use crate::time::standing_still;

#[test]
fn an_outage_gets_at_most_35_retries() {
    standing_still(async {
        for fault in [
            Fault::CloseUnread,
            Fault::Reset,
            Fault::Hang,
            Fault::HtmlBadGateway,
        ] {
            let server = FaultServer::start(1, "").await;
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
    });
}

#[test]
fn without_a_server_there_are_at_most_35_retries_and_nothing_was_sent() {
    standing_still(async {
        let (_socket, url) = deaf();
        let client = builder(url).build().expect("a client");
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
    });
}

/// The queue of a socket that nobody accepts from is full, so Linux answers nothing at all.
#[cfg(target_os = "linux")]
#[test]
fn a_server_that_does_not_even_take_connections_was_sent_nothing() {
    use std::time::Duration;

    use crate::time::pass;

    standing_still(async {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket
            .bind(([127, 0, 0, 1], 0).into())
            .expect("a free port");
        let address = socket.local_addr().expect("an address");
        let _full = socket.listen(0).expect("a listener");
        let _first = std::net::TcpStream::connect(address).expect("the only one");
        for effect in EFFECTS {
            let client = builder(format!("http://{address}/v1"))
                .build()
                .expect("a client");
            let time = async {
                loop {
                    pass(Duration::from_secs(1)).await;
                }
            };
            let error = tokio::select! {
                result = call(&client, effect, "this") => result.unwrap_err(),
                () = time => unreachable!("time has no end"),
            };
            assert_eq!(
                (error.outcome(), error.attempts()),
                (Outcome::NotSent, 5),
                "{error}"
            );
        }
    });
}
