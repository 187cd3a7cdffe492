//! A sandbox and a client that may call it.

use std::sync::LazyLock;

use revio_api::{BaseUrl, Client, ClientBuilder, Credentials};
use revio_sandbox::Sandbox;
use tokio::runtime::Runtime;

use crate::direct::Direct;

/// Customers in a test's sandbox: several pages of ten.
const CUSTOMERS: u64 = 40;

/// A sandbox, and a client for it.
pub struct Stand {
    /// The server.
    pub sandbox: Sandbox,
    /// The client under test.
    pub client: Client,
    /// A plain HTTP client for the same server.
    pub direct: Direct,
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
        let direct = Direct::to(&sandbox);
        Self {
            sandbox,
            client,
            direct,
        }
    }
}

/// Runs a test with a stand that all tests of a file share, on the runtime that client and server live on. For tests
/// that don't mind what others have created.
pub fn shared<T>(test: impl AsyncFnOnce(&'static Stand) -> T) -> T {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
    static STAND: LazyLock<Stand> = LazyLock::new(|| RUNTIME.block_on(Stand::start()));
    // The runtime must not be entered when the stand is made on it.
    let stand = &*STAND;
    RUNTIME.block_on(test(stand))
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
