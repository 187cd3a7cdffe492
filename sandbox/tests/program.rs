//! The program: what it prints, and what it refuses.

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

/// Ends the process when the test does, whatever its outcome.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when the process has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn prints_how_to_call_it() {
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

#[test]
fn refuses_to_be_reached_from_elsewhere() {
    let mut child = program(&["--host", "0.0.0.0", "--port", "0"]);
    let status = child.wait().expect("an end");
    assert!(!status.success());
    let mut message = String::new();
    let mut errors = child.stderr.take().expect("errors");
    errors.read_to_string(&mut message).expect("text");
    assert!(message.contains("loopback only"), "{message}");
}
