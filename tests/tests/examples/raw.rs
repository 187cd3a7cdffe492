//! Calls of paths by hand.

use revio_sandbox::Sandbox;
use revio_tests::direct::Direct;
use revio_tests::program::Program;
use serde_json::{Value, json};
use tempfile::TempDir;

fn program(folder: &TempDir, sandbox: &Sandbox) -> Program {
    Program::new(env!("CARGO_BIN_EXE_raw_request"), folder.path(), sandbox)
}

#[tokio::test(flavor = "multi_thread")]
async fn any_path_can_be_called() {
    let sandbox = Sandbox::builder().customers(40).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let folder = TempDir::new().expect("a folder");
    let direct = Direct::to(&sandbox);

    let said = program(&folder, &sandbox)
        .run(&["GET", "Customers", "page_size=2", "page=2"])
        .await;
    let told = "status 200 after 1 attempt(s)\n499 of 500 calls left in this minute, ";
    assert!(said.err.starts_with(told), "{said:?}");
    let page: Value = serde_json::from_str(&said.success()).expect("JSON");
    assert_eq!(page, direct.get("/Customers?page_size=2&page=2").await);

    let patch = r#"[{"op": "replace", "path": "/email", "value": "ann@example.com"}]"#;
    program(&folder, &sandbox)
        .run(&["PATCH", "Customers/1015", patch])
        .await
        .success();
    let requests = sandbox.requests();
    let sent = requests.last().expect("a request");
    assert_eq!(sent.json(), serde_json::from_str(patch).ok());
    assert_eq!(
        sent.header("content-type"),
        Some("application/json-patch+json")
    );
    assert_eq!(
        direct.get("/Customers/1015").await["email"],
        "ann@example.com"
    );

    let body = r#"{"customer_id": 1015, "amount": 0.1000}"#;
    let out = program(&folder, &sandbox)
        .run(&["POST", "Payments", body])
        .await
        .success();
    let created: Value = serde_json::from_str(&out).expect("JSON");
    let payment = direct.get(&format!("/Payments/{}", created["id"])).await;
    assert_eq!(payment["amount"].to_string(), "0.1000");
    assert_eq!(payment["customer_id"], json!(1015));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_told() {
    let sandbox = Sandbox::builder().customers(5).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let folder = TempDir::new().expect("a folder");
    let said = program(&folder, &sandbox)
        .run(&["GET", "Customers/7"])
        .await;
    assert_eq!((said.status, said.out.as_str()), (Some(1), ""), "{said:?}");
    assert!(
        said.err
            .starts_with("the server says: there is no Customer 7\nraw: 404"),
        "{said:?}"
    );
    sandbox.clear_requests();
    for refused in [&["GET", "Customers/../7"], &["HEAD", "Customers"]] {
        let said = program(&folder, &sandbox).run(refused).await;
        assert_eq!(said.status, Some(1), "{said:?}");
    }
    assert!(sandbox.requests().is_empty());
}
