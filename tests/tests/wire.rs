//! Every operation of the schema, called through the generated client against the sandbox: what goes over the wire is
//! what `schema/openapi.json` says, and the answer is its success.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use revio_sandbox::{Credentials, Sandbox};
use revio_test_server::{Request, decode};
use revio_tests::calling::{Call, Ids};
use revio_tests::direct::Direct;
use revio_tests::generated::calls::CALLS;
use revio_tests::spec::{self, Operation, Parameter, Spec};
use revio_tests::stand;
use revio_tests::tap::Tap;
use serde_json::Value;

/// What every request carries beside what is checked one by one.
const ALWAYS: [&str; 5] = [
    "host",
    "authorization",
    "accept",
    "accept-encoding",
    "user-agent",
];

/// An item can be assigned when it isn't and freed when it is, so these take turns; the item that they name starts out
/// assigned.
const IN_TURNS: [&str; 6] = [
    "inventory_items_unassign_service",
    "inventory_items_assign_service",
    "inventory_items_unassign_product",
    "inventory_items_assign_customer",
    "inventory_items_unassign_customer",
    "inventory_items_assign_product",
];

#[tokio::test]
async fn every_operation_goes_out_as_the_schema_says() {
    check_all(None).await;
}

#[tokio::test]
async fn with_a_subscription_key_every_operation_carries_it() {
    check_all(Some("test-0123456789abcdef")).await;
}

async fn check_all(key: Option<&str>) {
    let spec = Spec::read();
    let mut account = Credentials::default();
    if let Some(key) = key {
        account = account.with_subscription_key(key);
    }
    let sandbox = Sandbox::builder()
        .customers(40)
        .credentials(account)
        .start()
        .await;
    let sandbox = sandbox.expect("the sandbox starts");
    let tap = Tap::before(sandbox.base_url()).await;
    let mut builder = stand::builder(&sandbox).base_url(tap.base_url());
    if let Some(key) = key {
        builder = builder.subscription_key(key);
    }
    let client = builder.build().expect("the client is built");
    let ids = Ids::prepare(&client, &Direct::to(&sandbox), &spec).await;
    tap.take();

    let mut calls: BTreeMap<&str, Call> = CALLS.iter().copied().flatten().copied().collect();
    let mut operations = spec.operations();
    operations.sort_by_key(|operation| turn(operation));
    let mut failed = Vec::new();
    for operation in &operations {
        let id = operation.id();
        let Some(call) = calls.remove(id) else {
            failed.push(format!("{id}: no generated call"));
            continue;
        };
        let answer = call(&client, &ids).await;
        let mut check = Check {
            spec: &spec,
            operation,
            ids: &ids,
            problems: Vec::new(),
        };
        check.answer(answer.map_err(|error| explain(&*error)));
        match tap.take().as_slice() {
            [request] => check.request(request, key),
            requests => check.say(format!("{} requests instead of one", requests.len())),
        }
        // A list that the sandbox doesn't filter would make any filter look right.
        let log = sandbox.requests();
        let ignored = log.last().filter(|request| request.method == "GET");
        for name in ignored.into_iter().flat_map(|request| &request.ignored) {
            check.say(format!("the sandbox ignores {name}"));
        }
        failed.extend(
            check
                .problems
                .into_iter()
                .map(|problem| format!("{id}: {problem}")),
        );
    }
    failed.extend(calls.keys().map(|id| format!("{id}: not in the schema")));
    assert_eq!(
        operations.len(),
        132,
        "the schema has another number of operations"
    );
    assert!(
        failed.is_empty(),
        "{} problems:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

/// Deleting comes last, so that nothing is missed before.
fn turn(operation: &Operation<'_>) -> usize {
    let in_turns = IN_TURNS.iter().position(|id| *id == operation.id());
    match in_turns {
        Some(position) => 1 + position,
        None if operation.method() == "DELETE" => 1 + IN_TURNS.len(),
        None => 0,
    }
}

fn explain(error: &(dyn std::error::Error + Send + Sync + 'static)) -> String {
    let reason = error
        .downcast_ref::<revio_api::Error>()
        .and_then(revio_api::Error::api_message);
    format!("{error}: {}", reason.unwrap_or("no reason given"))
}

/// The checks of one operation's call.
struct Check<'a> {
    spec: &'a Spec,
    operation: &'a Operation<'a>,
    ids: &'a Ids,
    problems: Vec<String>,
}

impl Check<'_> {
    fn say(&mut self, problem: String) {
        self.problems.push(problem);
    }

    fn answer(&mut self, answer: Result<u16, String>) {
        let (expected, _) = self.operation.success();
        match answer {
            Ok(status) if status == expected => {}
            Ok(status) => self.say(format!("the status is {status}, not {expected}")),
            Err(error) => self.say(error),
        }
    }

    fn request(&mut self, request: &Request, key: Option<&str>) {
        let method = self.operation.method();
        if request.method != method {
            self.say(format!("the method is {}, not {method}", request.method));
        }
        self.path(request.path());
        self.query(&request.query());
        self.headers(request, key);
        self.body(&request.body);
    }

    fn path(&mut self, sent: &str) {
        let parameters = self.operation.parameters("path");
        let template = format!("/v1{}", self.operation.path());
        let wanted: Vec<&str> = template.split('/').collect();
        let sent: Vec<String> = sent.split('/').map(decode).collect();
        let mut filled = Vec::new();
        for part in wanted {
            let name = part
                .strip_prefix('{')
                .and_then(|part| part.strip_suffix('}'));
            filled.push(match name {
                None => part.to_owned(),
                Some(name) => {
                    let parameter = parameters.iter().find(|parameter| parameter.name == name);
                    match parameter.and_then(|parameter| parameter.id_type) {
                        Some(id_type) => self.ids.of(id_type).to_string(),
                        None => "text".to_owned(),
                    }
                }
            });
        }
        if sent != filled {
            self.say(format!(
                "the path is {}, not {}",
                sent.join("/"),
                filled.join("/")
            ));
        }
    }

    fn query(&mut self, sent: &[(String, String)]) {
        let declared = self.operation.parameters("query");
        for parameter in &declared {
            let values: Vec<&str> = sent
                .iter()
                .filter(|(name, _)| name == parameter.name)
                .map(|(_, value)| value.as_str())
                .collect();
            let is_list = parameter.schema["type"] == "array";
            if values.is_empty() || (values.len() > 1 && !is_list) {
                self.say(format!("{} is sent {} times", parameter.name, values.len()));
            }
            for value in values {
                self.query_value(parameter, value);
            }
        }
        for (name, _) in sent {
            if !declared.iter().any(|parameter| parameter.name == name) {
                self.say(format!("the query name {name} isn't in the schema"));
            }
        }
    }

    fn query_value(&mut self, parameter: &Parameter<'_>, value: &str) {
        let schema = if parameter.schema["type"] == "array" {
            &parameter.schema["items"]
        } else {
            parameter.schema
        };
        let typed: Value = match schema["type"].as_str() {
            Some("string") => value.into(),
            _ => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        };
        for complaint in spec::complaints(self.spec, schema, &typed) {
            self.say(format!("{}={value}{complaint}", parameter.name));
        }
        if let Some(id_type) = parameter.id_type
            && typed != self.ids.of(id_type)
        {
            self.say(format!(
                "{}={value} isn't the {id_type} that was given",
                parameter.name
            ));
        }
    }

    fn headers(&mut self, request: &Request, key: Option<&str>) {
        let basic = STANDARD.encode("sandbox_user@sandbox_client:sandbox_password");
        let authorization = format!("Basic {basic}");
        let user_agent = concat!("revio-api/", env!("CARGO_PKG_VERSION"));
        let (_, answers) = self.operation.success();
        let accept = if answers == Some("application/json") {
            "application/json"
        } else {
            "*/*"
        };
        let expected = [
            ("authorization", Some(authorization.as_str())),
            ("user-agent", Some(user_agent)),
            ("accept", Some(accept)),
            ("content-type", self.operation.request_media_type()),
            ("ocp-apim-subscription-key", key),
        ];
        for (name, value) in expected {
            let sent = request.only_header(name);
            if sent != value {
                self.say(format!("the header {name} is {sent:?}, not {value:?}"));
            }
        }
        for (name, _) in &request.headers {
            let known = ALWAYS.contains(&name.as_str())
                || name == "content-length"
                || expected.iter().any(|(expected, _)| expected == name);
            if !known {
                self.say(format!("the header {name} is sent for no reason"));
            }
        }
    }

    fn body(&mut self, sent: &[u8]) {
        let Some(schema) = self.operation.body() else {
            if !sent.is_empty() {
                self.say(format!("there is a body of {} bytes", sent.len()));
            }
            return;
        };
        let body: Value = match serde_json::from_slice(sent) {
            Ok(body) => body,
            Err(error) => return self.say(format!("the body is no JSON: {error}")),
        };
        for complaint in spec::complaints(self.spec, schema, &body) {
            self.say(format!("the body is invalid: {complaint}"));
        }
        if self.spec.resolve(schema).get("type").is_none() {
            let whole: Value = serde_json::from_str(self.ids.free_form()).expect("JSON");
            if body != whole {
                self.say("the body isn't the one that was given".to_owned());
            }
        }
        // The calls set everything there is, so everything has to arrive.
        for gap in spec::gaps(self.spec, schema, &body) {
            self.say(format!("in the body, {gap}"));
        }
    }
}
