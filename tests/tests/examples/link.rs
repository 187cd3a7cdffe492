//! The worked example of the vendor's page on linking, as a program.

use revio_sandbox::{RecordedRequest, Sandbox};
use revio_tests::program::Program;
use serde_json::json;
use tempfile::TempDir;

async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().customers(40).start().await;
    sandbox.expect("the sandbox starts")
}

fn program(folder: &TempDir, sandbox: &Sandbox) -> Program {
    Program::new(env!("CARGO_BIN_EXE_link_accounts"), folder.path(), sandbox)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vendors_example_is_linked_once() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    let out = program(&folder, &sandbox).run(&[]).await.success();
    assert_eq!(
        out,
        "1 of 1: customer 1015 = 0012D00000dAsFzQAK: linked by link 1; keep that id, no list shows it\n\
         looked up from the other side:\n  \
         0012D00000dAsFzQAK is customer 1015\n\
         all customers of SALESFORCE:\n  \
         1015 = 0012D00000dAsFzQAK\n"
    );
    let out = program(&folder, &sandbox).run(&[]).await.success();
    assert!(
        out.starts_with("1 of 1: customer 1015 = 0012D00000dAsFzQAK: was linked already\n"),
        "{out}"
    );

    let requests = sandbox.requests();
    let mut created = requests.iter().filter(|request| request.method == "POST");
    assert_eq!(
        created.next().and_then(RecordedRequest::json),
        Some(json!({
            "integration_system_id": 4,
            "integration_entity_type_id": 2,
            "internal_id": 1015,
            "external_id": "0012D00000dAsFzQAK",
        }))
    );
    assert!(created.next().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_linked_is_told_beside_what_is() {
    let (sandbox, folder) = (sandbox().await, TempDir::new().expect("a folder"));
    program(&folder, &sandbox).run(&[]).await.success();
    let pairs = [
        "SALESFORCE",
        "1016=0012D00000dAsFzQAK",
        "1017=0012D00000other",
        "7=0012D00000nobody",
    ];
    let said = program(&folder, &sandbox).run(&pairs).await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.out.contains(
            "external id 0012D00000dAsFzQAK is linked to Customer 1015 already, not to 1016"
        ),
        "{said:?}"
    );
    assert!(
        said.out.contains("  0012D00000other is customer 1017\n"),
        "{said:?}"
    );
    assert!(
        said.out
            .ends_with("  1015 = 0012D00000dAsFzQAK\n  1017 = 0012D00000other\n"),
        "{said:?}"
    );
    assert_eq!(said.err, "2 of 3 are not linked\n");

    let said = program(&folder, &sandbox).run(&["HUBSPOT"]).await;
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(
        said.err.contains("HUBSPOT") && said.err.contains("SALESFORCE"),
        "{said:?}"
    );
}
