//! The legacy service from the command line.

use revio_sandbox::Sandbox;
use revio_tests::direct::Direct;
use revio_tests::program::Program;
use tempfile::TempDir;

fn program(folder: &TempDir, sandbox: &Sandbox) -> Program {
    Program::new(env!("CARGO_BIN_EXE_legacy"), folder.path(), sandbox)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_products_are_shown_and_changed() {
    let sandbox = Sandbox::builder().customers(40).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let folder = TempDir::new().expect("a folder");
    let direct = Direct::to(&sandbox);
    let page = direct.get("/ServiceProduct?page_size=1").await;
    let product = &page["records"][0];
    let [customer, id] =
        [&product["customer_id"], &product["service_product_id"]].map(ToString::to_string);

    let said = program(&folder, &sandbox).run(&[&customer]).await.success();
    assert!(
        said.lines().any(|line| line.starts_with(&format!("{id} "))),
        "{said}"
    );

    let said = program(&folder, &sandbox)
        .run(&[&customer, &id, "17"])
        .await
        .success();
    assert!(
        said.starts_with(&format!("{id} is now 17 times there\n")),
        "{said}"
    );
    let changed = direct.get(&format!("/ServiceProduct/{id}")).await;
    assert_eq!(changed["quantity"], 17);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_told() {
    let sandbox = Sandbox::builder().customers(5).start().await;
    let sandbox = sandbox.expect("the sandbox starts");
    let folder = TempDir::new().expect("a folder");
    let said = program(&folder, &sandbox)
        .run(&["1", "2000000000", "3"])
        .await;
    assert_eq!(
        (said.status, said.err.as_str()),
        (Some(1), "customer 1 has no product 2000000000\n"),
        "{said:?}"
    );
    let said = program(&folder, &sandbox).run(&[]).await;
    assert_eq!(said.status, Some(2), "{said:?}");
}
