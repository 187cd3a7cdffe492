//! The program: its output, options and errors.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

fn program(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_revio-sandbox"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process")
}

/// Kills the process at the end of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when the process has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running program, and the base URL that it printed.
fn running(arguments: &[&str]) -> (Running, String) {
    let mut running = Running(program(arguments));
    let output = running.0.stdout.take().expect("output");
    let mut lines = BufReader::new(output).lines();
    let base = lines.find_map(|line| {
        let line = line.expect("text");
        Some(line.trim().strip_prefix("base URL")?.trim().to_owned())
    });
    // Reads the rest of the output, so that the program isn't blocked.
    std::thread::spawn(move || lines.count());
    (running, base.expect("a base URL"))
}

fn account(request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
    request.basic_auth("sandbox_user@sandbox_client", Some("sandbox_password"))
}

/// After a kill in the middle of a write, all acknowledged changes are there.
#[tokio::test]
async fn acknowledged_changes_survive_a_kill() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("data");
    let data = ["--port", "0", "--data", file.to_str().expect("a name")];
    let mut acknowledged = 0_usize;
    for round in 1..=3 {
        let (mut running, base) = running(&data);
        let http = reqwest::Client::new();
        let contacts = format!("{base}/Contacts");
        let found = account(http.get(format!("{contacts}?page_size=500")))
            .send()
            .await;
        let page: serde_json::Value = found.expect("a reply").json().await.expect("JSON");
        let count = page["records"].as_array().expect("records").len() - 100;
        assert!(
            (acknowledged..=acknowledged + 1).contains(&count),
            "{count} of {acknowledged}"
        );
        acknowledged = count;
        let wanted = round * 30;
        loop {
            if acknowledged == wanted {
                running.0.kill().expect("killed");
            }
            let request = account(http.post(&contacts)).json(&serde_json::json!({}));
            match request.send().await {
                Ok(reply) => assert_eq!(reply.status(), 201),
                Err(_) => break,
            }
            acknowledged += 1;
        }
    }
}

#[tokio::test]
async fn prints_account_and_commands() {
    let mut running = Running(program(&[
        "--port",
        "0",
        "--customers",
        "20",
        "--subscription-key",
        "sandbox_key",
    ]));
    let output = running.0.stdout.take().expect("output");
    let mut lines = Vec::new();
    for line in BufReader::new(output).lines() {
        let line = line.expect("text");
        let last = line.contains("/Customers/1015");
        lines.push(line);
        if last {
            break;
        }
    }
    let text = lines.join("\n");
    let after = |name: &str| {
        let rest = lines.iter().find_map(|line| line.trim().strip_prefix(name));
        rest.expect("a line").trim().to_owned()
    };
    let base = after("base URL");
    assert!(
        base.starts_with("http://127.0.0.1:") && base.ends_with("/v1"),
        "{text}"
    );
    let (user, password) = (after("user name"), after("password"));
    let curl = format!(
        "curl -u '{user}:{password}' -H 'Ocp-Apim-Subscription-Key: sandbox_key' '{base}/Customers/1015'"
    );
    assert!(text.contains(&curl), "{text}");
    let response = reqwest::Client::new()
        .get(format!("{base}/Customers/1015"))
        .basic_auth(user, Some(password))
        .header("Ocp-Apim-Subscription-Key", after("subscription key"))
        .send()
        .await
        .expect("a response");
    assert_eq!(response.status(), 200);
}

/// The options for payments are applied.
#[tokio::test]
async fn payments_are_changed_by_the_options() {
    let (_running, base) = running(&[
        "--port",
        "0",
        "--zone",
        "-5",
        "--short-references",
        "6",
        "--upper-case-references",
        "--references-without-zeros",
        "--negative-amounts",
    ]);
    let (_other, gateway) = running(&["--port", "0", "--gateway-references"]);
    let http = reqwest::Client::new();
    for (base, expected) in [
        (base, ["ACME", "-120.5", "2026-07-01T03:00:01"]),
        (gateway, ["gw0000000101", "120.5", "2026-07-01T08:00:01"]),
    ] {
        let body = serde_json::json!({"customer_id": 1015, "amount": 120.5, "reference_number": "00acme-2026"});
        let created = account(http.post(format!("{base}/Payments")))
            .json(&body)
            .send()
            .await;
        assert_eq!(created.expect("a reply").status(), 201);
        let url = format!("{base}/Payments?page_size=500&sort=-payment_id");
        let page = account(http.get(url)).send().await.expect("a reply");
        let page: serde_json::Value = page.json().await.expect("JSON");
        let payment = &page["records"][0];
        let shown = [
            payment["reference_number"].as_str().expect("text"),
            &payment["amount"].to_string(),
            payment["created_date"].as_str().expect("text"),
        ];
        assert_eq!(shown, expected);
    }
}

#[test]
fn refuses_addresses_of_other_machines() {
    let mut child = program(&["--host", "0.0.0.0", "--port", "0"]);
    let status = child.wait().expect("an end");
    assert!(!status.success());
    let mut message = String::new();
    let mut errors = child.stderr.take().expect("errors");
    errors.read_to_string(&mut message).expect("text");
    assert!(message.contains("loopback only"), "{message}");
}
