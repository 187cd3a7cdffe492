//! A small HTTP client for tests: sends credentials, keeps digits, panics on errors.

use std::sync::LazyLock;

use reqwest::Method;
use revio_sandbox::Sandbox;
use serde_json::Value;
use tokio::runtime::Runtime;

pub(crate) const JSON: &str = "application/json";
pub(crate) const PATCH: &str = "application/json-patch+json";

/// A sandbox and a client for it.
pub(crate) struct Client {
    pub(crate) sandbox: Sandbox,
    http: reqwest::Client,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) media_type: String,
    pub(crate) location: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Response {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The records of a list response.
    pub(crate) fn records(&self) -> Vec<Value> {
        match self.json()["records"].clone() {
            Value::Array(records) => records,
            other => panic!("no records but {other}"),
        }
    }

    /// The message of an error in the default style.
    pub(crate) fn message(&self) -> String {
        let body = self.json();
        let text = body.pointer("/0/message").and_then(Value::as_str);
        text.unwrap_or_else(|| panic!("no message in {body}"))
            .to_owned()
    }

    /// Checks the status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl Client {
    pub(crate) async fn start() -> Self {
        Self::with(Sandbox::builder().customers(30)).await
    }

    pub(crate) async fn with(builder: revio_sandbox::SandboxBuilder) -> Self {
        let sandbox = builder.start().await.expect("a sandbox");
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { sandbox, http }
    }

    /// Stops the sandbox.
    pub(crate) async fn stop(self) {
        self.sandbox.stop().await;
    }

    /// A request with the correct credentials.
    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let account = self.sandbox.credentials();
        let user = format!("{}@{}", account.user(), account.client());
        self.anonymous(method, path)
            .basic_auth(user, Some(account.password()))
    }

    pub(crate) fn anonymous(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        self.http
            .request(method, format!("{}{path}", self.sandbox.base_url()))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        fetch(self.request("GET", path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        fetch(self.request("DELETE", path)).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        media_type: &str,
        body: &Value,
    ) -> Response {
        let request = self
            .request(method, path)
            .header("content-type", media_type)
            .body(body.to_string());
        fetch(request).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Response {
        self.send("POST", path, JSON, body).await
    }

    pub(crate) async fn patch(&self, path: &str, operations: &Value) -> Response {
        self.send("PATCH", path, PATCH, operations).await
    }

    /// Creates a record and returns its id.
    pub(crate) async fn create(&self, path: &str, body: &Value) -> i64 {
        let created = self.post(path, body).await.expect(201).json();
        created["id"].as_i64().expect("an id")
    }

    /// Every record of a list, over all its pages.
    pub(crate) async fn all(&self, path: &str) -> Vec<Value> {
        let mut records = Vec::new();
        for page in 1.. {
            let response = self
                .get(&format!("{path}?page={page}&page_size=500"))
                .await
                .expect(200);
            records.extend(response.records());
            if response.json()["has_more"] != true {
                return records;
            }
        }
        records
    }

    /// Checks a response against the schema of its operation.
    #[track_caller]
    pub(crate) fn check(&self, operation: &str, response: &Response) {
        let problem = self
            .sandbox
            .api()
            .reply_problem(operation, response.status, &response.json())
            .expect("a schema");
        assert_eq!(problem, None, "{operation}: {}", response.text());
    }
}

pub(crate) async fn fetch(request: reqwest::RequestBuilder) -> Response {
    let response = request.send().await.expect("a response");
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        Some(value.to_str().expect("text").to_owned())
    };
    Response {
        status: response.status().as_u16(),
        media_type: header("content-type").unwrap_or_default(),
        location: header("location"),
        bytes: response.bytes().await.expect("a body").to_vec(),
    }
}

/// The values of one field.
pub(crate) fn column(records: &[Value], name: &str) -> Vec<Value> {
    records.iter().map(|record| record[name].clone()).collect()
}

/// Runs a test with a shared sandbox.
pub(crate) fn shared<T>(test: impl AsyncFnOnce(&'static Client) -> T) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
    static CLIENT: LazyLock<Client> = LazyLock::new(|| RUNTIME.block_on(Client::start()));
    // The runtime must not be entered when the client is made on it.
    let client = &*CLIENT;
    RUNTIME.block_on(test(client))
}
