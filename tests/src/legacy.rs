//! The legacy service of a sandbox, and a client for it.

use revio_api::legacy::{LegacyClient, LegacyClientBuilder};
use revio_api::{Credentials, RetryPolicy};
use revio_sandbox::{RecordedRequest, Sandbox, SoapForm, SoapSettings};
use serde_json::Value;

use crate::direct::Direct;

/// A sandbox, a client for its legacy service, and a plain client for its REST service.
pub struct LegacyStand {
    /// The server.
    pub sandbox: Sandbox,
    /// The client under test. It tries everything once.
    pub legacy: LegacyClient,
    /// A plain HTTP client for the REST service, which has the same data.
    pub rest: Direct,
}

impl LegacyStand {
    /// Both as the schema assumes.
    pub async fn start() -> Self {
        Self::with(SoapSettings::default(), |builder| builder).await
    }

    /// A sandbox that is otherwise, and a client that may be told so.
    pub async fn with(
        settings: SoapSettings,
        configure: impl FnOnce(LegacyClientBuilder) -> LegacyClientBuilder,
    ) -> Self {
        let builder = Sandbox::builder().customers(12).soap(settings);
        let sandbox = builder.start().await.expect("the sandbox starts");
        let legacy = configure(builder_for(&sandbox));
        Self {
            legacy: legacy.build().expect("the client is built"),
            rest: Direct::to(&sandbox),
            sandbox,
        }
    }

    /// The next answer of an operation takes a form.
    pub fn answers(&self, operation: &str, form: SoapForm) {
        let planned = self.sandbox.soap_answers(operation, form);
        planned.expect("an operation");
    }

    /// The requests of one operation that arrived.
    pub fn requests(&self, operation: &str) -> Vec<RecordedRequest> {
        let requests = self.sandbox.requests().into_iter();
        requests
            .filter(|request| request.operation.as_deref() == Some(operation))
            .collect()
    }

    /// A product as REST shows it.
    pub async fn product(&self, id: i32) -> Value {
        self.rest.get(&format!("/Products/{id}")).await
    }

    /// Customer products as REST shows them: its service products.
    pub async fn service_products(&self) -> Vec<Value> {
        let page = self.rest.get("/ServiceProduct?page_size=500").await;
        page["records"].as_array().expect("records").clone()
    }

    /// How many products there are.
    pub async fn products(&self) -> usize {
        let page = self.rest.get("/Products?page_size=500").await;
        page["records"].as_array().expect("records").len()
    }
}

/// A client with a sandbox's credentials and address.
pub fn builder_for(sandbox: &Sandbox) -> LegacyClientBuilder {
    let account = sandbox.credentials();
    let credentials = Credentials::new(account.user(), account.client(), account.password());
    LegacyClient::builder(credentials)
        .endpoint(sandbox.soap_url())
        .retry(RetryPolicy::never())
}

/// An id in a record.
pub fn id(record: &Value, name: &str) -> i32 {
    let id = record[name].as_i64().and_then(|id| i32::try_from(id).ok());
    id.unwrap_or_else(|| panic!("no {name} in {record}"))
}
