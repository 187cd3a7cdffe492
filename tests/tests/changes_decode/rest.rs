//! The calls of all operations, full ones, to a service that follows some description.

use std::collections::BTreeMap;
use std::sync::Arc;

use revio_api::{Client, Credentials, Error, ErrorKind, Quota, RetryPolicy};
use revio_tests::calling::{Call, Ids};
use revio_tests::following::{Answer, Fate, Following, servers};
use revio_tests::generated::calls::CALLS;
use revio_tests::spec::{Operation, Spec};
use serde_json::Value;

use crate::outcome::{Found, Outcome};

/// Published clients, one for each address of the old service: without a subscription key for the first, with one for
/// the others.
pub(crate) struct Callers {
    service: Following,
    clients: Vec<Client>,
    calls: Vec<(Place, Call)>,
    /// What the old service does for each of them.
    known: Vec<Value>,
    ids: Ids,
}

/// Method and path of an operation.
type Place = (String, String);

impl Callers {
    /// Starts a service, and makes the clients of it.
    pub(crate) async fn start(old: &Arc<Spec>) -> Self {
        let service = Following::start(Arc::clone(old) as _).await;
        let clients = servers(old).enumerate().map(|(at, url)| {
            let builder = Client::builder(Credentials::new("user", "client", "password"))
                .base_url(service.at(url))
                .retry(RetryPolicy::never())
                .quota(Quota::new().per_minute(u32::MAX).per_day(u32::MAX));
            let builder = if at == 0 {
                builder
            } else {
                builder.subscription_key("key")
            };
            builder.build().expect("the client is built")
        });
        let clients = clients.collect();
        let known: BTreeMap<&str, Call> = CALLS.iter().copied().flatten().copied().collect();
        let operations = old.operations().into_iter();
        let calls = operations.map(|operation| {
            let call = known.get(operation.id());
            let call = *call.unwrap_or_else(|| panic!("{} has no call", operation.id()));
            (place(&operation), call)
        });
        let calls: Vec<(Place, Call)> = calls.collect();
        Self {
            service,
            clients,
            known: calls
                .iter()
                .map(|(place, _)| behaviour(old, place))
                .collect(),
            calls,
            ids: Ids::any(),
        }
    }

    /// Makes every call as often as there are answers to it. `changed` leaves those out for which the service does what
    /// the old one did.
    pub(crate) async fn call(&self, spec: &Arc<Spec>, changed: bool, found: &mut Found) {
        self.service.follow(Arc::clone(spec) as _);
        for ((place, call), known) in self.calls.iter().zip(&self.known) {
            if changed && behaviour(spec, place) == *known {
                continue;
            }
            for (at, client) in self.clients.iter().enumerate() {
                // All clients read alike, so one of them hears every answer.
                let most = if at == 0 { usize::MAX } else { 1 };
                self.make(place, *call, (client, most), found).await;
            }
        }
    }

    /// Makes a call until every answer has come, or as many as are wanted.
    async fn make(
        &self,
        place: &Place,
        call: Call,
        (client, most): (&Client, usize),
        found: &mut Found,
    ) {
        let name = format!("{} {}", place.0, place.1);
        for at in 0..most {
            self.service.next(at);
            let result = call(client, &self.ids).await;
            found.calls += 1;
            let (answer, of) = match self.service.fate() {
                Fate::Unsent => panic!("{name} wasn't sent: {result:?}"),
                Fate::Lost => return found.add(Outcome::Lost, format!("{name}: nothing is there")),
                Fate::Refused(why) => return found.add(Outcome::Refused, why),
                Fate::Answered(answer, of) => (answer, of),
            };
            let error = result.err();
            let error = error.map(|it| it.downcast::<Error>().expect("the client's own"));
            if let Some(problem) = problem(&answer, error.as_deref()) {
                let start = String::from_utf8_lossy(&answer.body);
                let start: String = start.chars().take(80).collect();
                let said = format!("{name}: {} {start}: {problem}", answer.status);
                found.add(Outcome::Unread, said);
            }
            if at + 1 >= of {
                return;
            }
        }
    }
}

/// How a client misunderstood an answer: a success is read, and an error is told as one.
fn problem(answer: &Answer, error: Option<&Error>) -> Option<String> {
    match error {
        None => (!answer.is_success()).then(|| "taken for a success".to_owned()),
        Some(error) => {
            let told = error.kind() == ErrorKind::Api && error.status() == Some(answer.status);
            (answer.is_success() || !told).then(|| error.to_string())
        }
    }
}

fn place(operation: &Operation<'_>) -> Place {
    (operation.method(), operation.path().to_owned())
}

/// Everything that a description says of a place, references written out.
fn behaviour(spec: &Spec, place: &Place) -> Value {
    let shape = |path: &str| -> Vec<String> {
        let parts = path.split('/');
        parts
            .map(|part| {
                if part.starts_with('{') {
                    "{}".to_owned()
                } else {
                    part.to_owned()
                }
            })
            .collect()
    };
    let here = spec.operations().into_iter();
    let here = here.filter(|it| it.method() == place.0 && shape(it.path()) == shape(&place.1));
    let here: Vec<Value> = here
        .map(|operation| spec.written_out(operation.node()))
        .collect();
    let document = spec.document();
    serde_json::json!([
        here,
        document["servers"],
        document["security"],
        document["components"]["securitySchemes"]
    ])
}
