//! A sandbox and a client that may call it.

use revio_api::{BaseUrl, Client, ClientBuilder, Credentials};
use revio_sandbox::Sandbox;

use crate::direct::Direct;

/// Customers in a test's sandbox: several pages of ten.
const CUSTOMERS: u64 = 40;

/// A sandbox, and a client for it.
pub struct Stand {
    /// The server.
    pub sandbox: Sandbox,
    /// The client under test.
    pub client: Client,
}

impl Stand {
    /// Starts a sandbox of the usual size.
    pub async fn start() -> Self {
        let sandbox = Sandbox::builder()
            .customers(CUSTOMERS)
            .start()
            .await
            .expect("the sandbox starts");
        let client = builder(&sandbox)
            .base_url(sandbox.base_url())
            .build()
            .expect("the client is built");
        Self { sandbox, client }
    }

    /// A plain HTTP client for the same server.
    pub fn direct(&self) -> Direct {
        Direct::to(&self.sandbox)
    }
}

/// A client with a sandbox's credentials, that still has to be told where to call.
pub fn builder(sandbox: &Sandbox) -> ClientBuilder {
    let account = sandbox.credentials();
    Client::builder(Credentials::new(
        account.user(),
        account.client(),
        account.password(),
    ))
}

/// A client for any address.
pub fn client_for(base_url: impl Into<BaseUrl>) -> Client {
    Client::builder(Credentials::new("user", "client", "password"))
        .base_url(base_url)
        .build()
        .expect("the client is built")
}
