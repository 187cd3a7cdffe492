//! Setting a custom field by its caption and by its id.

use revio_sandbox::Sandbox;
use revio_tests::direct::Direct;
use revio_tests::program::Program;
use serde_json::Value;
use tempfile::TempDir;

fn program(folder: &TempDir, sandbox: &Sandbox) -> Program {
    let path = env!("CARGO_BIN_EXE_patch_custom_field");
    Program::new(path, folder.path(), sandbox)
}

/// A customer with two custom fields at least.
async fn customer(direct: &Direct) -> Value {
    let all = direct.get("/Customers?page_size=500").await;
    let all = all["records"].as_array().expect("records");
    let several = all.iter().find(|customer| {
        let fields = customer["fields"].as_array();
        fields.is_some_and(|fields| fields.len() > 1)
    });
    several.expect("custom fields").clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_is_set_by_its_caption_or_its_id() {
    let sandbox = Sandbox::builder().customers(40).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let folder = TempDir::new().expect("a folder");
    let direct = Direct::to(&sandbox);
    let customer = customer(&direct).await;
    let id = customer["customer_id"].to_string();
    let field = customer["fields"][1].clone();
    let (number, caption) = (
        field["field_id"].to_string(),
        field["label"].as_str().expect("a caption"),
    );

    let shown = program(&folder, &sandbox).run(&[&id]).await.success();
    assert!(
        shown.starts_with(&format!("customer {id}:\n  field ")),
        "{shown}"
    );
    assert!(
        shown.contains(&format!("  field {number} {caption}: ")),
        "{shown}"
    );

    for (name, value) in [(caption, "gold"), (&number, "platinum")] {
        let out = program(&folder, &sandbox)
            .run(&[&id, name, value])
            .await
            .success();
        let set = format!("set field {number}\ncustomer {id}:\n");
        assert!(out.contains(&set), "{out}");
        assert!(
            out.contains(&format!("  field {number} {caption}: {value}\n")),
            "{out}"
        );
        let after = direct.get(&format!("/Customers/{id}")).await;
        assert_eq!(after["fields"][1]["value"], value);
        assert_eq!(after["fields"][0], customer["fields"][0]);
    }

    sandbox.clear_requests();
    let said = program(&folder, &sandbox)
        .run(&[&id, "no such caption", "gold"])
        .await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.err.contains("has no single field no such caption"),
        "{said:?}"
    );
    let said = program(&folder, &sandbox)
        .run(&[&id, "999999", "gold"])
        .await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.err.contains("no custom field 999999; it has "),
        "{said:?}"
    );
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|request| request.method == "GET")
    );
}
