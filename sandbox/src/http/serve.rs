//! Accepts connections, and gives each request the script slot of its connection.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::handle;
use crate::explorer;
use crate::faults::connection::{ScriptSlot, ScriptedStream};
use crate::server::Server;

/// How long open connections may take to end when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Serves until `stopped` changes or its sender is gone, then waits for running requests.
pub(crate) async fn serve(
    server: Arc<Server>,
    listener: TcpListener,
    stopped: watch::Receiver<()>,
) {
    let router = explorer::routes()
        .fallback(handle::handle)
        .with_state(server);
    let mut connections = JoinSet::new();
    let mut stop = stopped.clone();
    loop {
        let stream = tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = stream else {
            // The caller gave up, or there are too many connections; later ones may succeed.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        connections.spawn(connection(router.clone(), stream, stopped.clone()));
        // Drops ended connections.
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    // A connection that hangs on purpose is aborted.
    let _ = tokio::time::timeout(GRACE, ended).await;
}

async fn connection(router: Router, stream: TcpStream, mut stopped: watch::Receiver<()>) {
    // Without it the connection is only slower.
    let _ = stream.set_nodelay(true);
    let slot = ScriptSlot::default();
    let connection = ScriptedStream::new(stream, slot.clone());
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(slot.clone());
        let router = router.clone();
        async move {
            let Ok(response) = router.oneshot(request.map(Body::new)).await;
            Ok::<_, Infallible>(response)
        }
    });
    let mut serving = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(connection), service)
    );
    // Errors of a connection concern only its caller.
    tokio::select! {
        _ = serving.as_mut() => return,
        _ = stopped.changed() => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}
