//! Taking connections, in a way that leaves the handlers a slot on them.

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

use super::{Server, handle};
use crate::explorer;
use crate::faults::connection::{ScriptSlot, ScriptedStream};

/// How long connections that are being answered may take to end once the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Serves until `stopped` changes or its sender is gone, then lets calls end that are under way.
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
            // The caller gave up, or there are too many connections; others may do better.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        connections.spawn(connection(router.clone(), stream, stopped.clone()));
        // Those that ended are forgotten.
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    // A connection that hangs on purpose is cut off.
    let _ = tokio::time::timeout(GRACE, ended).await;
}

async fn connection(router: Router, stream: TcpStream, mut stopped: watch::Receiver<()>) {
    // Only speed depends on it.
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
    // How a connection ends is the caller's business.
    tokio::select! {
        _ = serving.as_mut() => return,
        _ = stopped.changed() => serving.as_mut().graceful_shutdown(),
    }
    let _ = serving.await;
}
