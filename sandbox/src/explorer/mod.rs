//! The pages for a browser: at `/` the API reference with calls to try, at `/live` requests and
//! faults as they happen. All parts are in this program, so it works without a network.

mod document;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use swagger_ui_dist::{ApiDefinition, OpenApiSource, generate_routes};

use crate::server::Server;
use document::document;

/// The path of the parts of the pages.
const PREFIX: &str = "/__sandbox/explorer";

/// Nothing is loaded from other hosts. Scripts set styles, hence inline ones.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'";

/// The pages and their parts.
pub(crate) fn routes() -> Router<Arc<Server>> {
    let viewer = generate_routes(ApiDefinition {
        uri_prefix: format!("{PREFIX}/viewer"),
        api_definition: OpenApiSource::Uri(format!("{PREFIX}/openapi.json")),
        title: None,
    });
    let part = |path: &str| format!("{PREFIX}/{path}");
    Router::new()
        .route("/", get(async || page(include_str!("reference.html"))))
        .route("/live", get(async || page(include_str!("live.html"))))
        .route(
            &part("reference.js"),
            get(async || script(include_str!("reference.js"))),
        )
        .route(
            &part("live.js"),
            get(async || script(include_str!("live.js"))),
        )
        .route(
            &part("style.css"),
            get(async || style(include_str!("style.css"))),
        )
        .route(&part("openapi.json"), get(schema))
        .merge(viewer.with_state(()))
}

fn page(text: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text).into_response()
}

fn script(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

fn style(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], text).into_response()
}

/// The `OpenAPI` document, with this sandbox as its server.
async fn schema(State(server): State<Arc<Server>>) -> Response {
    let headers = [(CONTENT_TYPE, "application/json; charset=utf-8")];
    (headers, document(&server.api, &server.world()).to_string()).into_response()
}
