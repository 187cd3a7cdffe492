//! The calls of the legacy operations, to a service that follows some definitions.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use revio_api::legacy::LegacyClient;
use revio_api::{Credentials, Error, Quota, RetryPolicy};
use revio_tests::following::{Fate, Following, Messages};

use crate::outcome::{Found, Outcome};

/// How many rows an answer has, where it has rows.
type Rows = Result<Option<usize>, Error>;

type Call = for<'a> fn(&'a LegacyClient) -> Pin<Box<dyn Future<Output = Rows> + 'a>>;

/// Every operation, by the name of its wire and with a call.
const CALLS: [(&str, Call); 5] = [
    ("CustomerProducts_Query", |client| {
        Box::pin(async {
            let found = client.customer_products_query().id([1, 2]).await?;
            Ok(Some(found.customer_products.len()))
        })
    }),
    ("CustomerProducts_Update", |client| {
        Box::pin(async {
            let update = client.customer_products_update(1).description("text");
            update.await.map(|_| None)
        })
    }),
    ("Products_Create", |client| {
        Box::pin(async {
            let create = client.products_create(1, 2).description("text");
            create.await.map(|_| None)
        })
    }),
    ("Products_Query", |client| {
        Box::pin(async {
            let found = client.products_query().product_id(1).await?;
            Ok(Some(found.products.len()))
        })
    }),
    ("Products_Update", |client| {
        Box::pin(async {
            let update = client.products_update(1, 2, 3).description("text");
            update.await.map(|_| None)
        })
    }),
];

/// A published client of the legacy service.
pub(crate) struct LegacyCaller {
    service: Following,
    client: LegacyClient,
    old: Arc<Messages>,
}

impl LegacyCaller {
    /// Starts a service, and makes the client of it.
    pub(crate) async fn start(old: &Arc<Messages>) -> Self {
        let mut called: Vec<&str> = CALLS.iter().map(|(name, _)| *name).collect();
        let mut described: Vec<&str> = old.operations().collect();
        called.sort_unstable();
        described.sort_unstable();
        assert_eq!(called, described, "each operation needs a call here");
        let service = Following::start(Arc::clone(old) as _).await;
        let client = LegacyClient::builder(Credentials::new("user", "client", "password"))
            .endpoint(service.at("http://legacy/default.asmx"))
            // The rows are samples, whatever they were asked for.
            .filter_guard(false)
            .retry(RetryPolicy::never())
            .quota(Quota::new().per_minute(u32::MAX).per_day(u32::MAX));
        let client = client.build().expect("the client is built");
        Self {
            service,
            client,
            old: Arc::clone(old),
        }
    }

    /// Makes every call as often as there are answers to it. `changed` leaves those out for which the service does what
    /// the old one did.
    pub(crate) async fn call(&self, new: &Arc<Messages>, changed: bool, found: &mut Found) {
        self.service.follow(Arc::clone(new) as _);
        for (name, call) in CALLS {
            if changed && self.old.behaviour(name) == new.behaviour(name) {
                continue;
            }
            for at in 0.. {
                self.service.next(at);
                let result = call(&self.client).await;
                found.calls += 1;
                let (answer, of) = match self.service.fate() {
                    Fate::Unsent => panic!("{name} wasn't sent: {result:?}"),
                    Fate::Lost => {
                        found.add(Outcome::Lost, format!("{name}: nothing is there"));
                        break;
                    }
                    Fate::Refused(why) => {
                        found.add(Outcome::Refused, why);
                        break;
                    }
                    Fate::Answered(answer, of) => (answer, of),
                };
                let problem = match result {
                    Err(error) => Some(error.to_string()),
                    Ok(Some(rows)) if Some(rows) != answer.rows => {
                        Some(format!("{rows} rows of {:?}", answer.rows))
                    }
                    Ok(_) => None,
                };
                if let Some(problem) = problem {
                    found.add(Outcome::Unread, format!("{name}: {problem}"));
                }
                if at + 1 >= of {
                    break;
                }
            }
        }
    }
}
