//! The workflows around the diff: code of a pull request never meets a token that may write.

#[path = "diff/workflow.rs"]
mod workflow;

use revio_codegen::load::{Document, Node, Value};
use revio_codegen::rust_api::MARKER;
use workflow::workflow;

/// Every text of a document.
fn texts(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(entries) => entries.iter().flat_map(|(_, value)| texts(value)).collect(),
        _ => Vec::new(),
    }
}

fn text<'d>(document: &'d Document, pointer: &str) -> &'d str {
    let node = document.root().pointer(pointer);
    node.and_then(Node::as_str)
        .unwrap_or_else(|| panic!("{pointer}"))
}

#[test]
fn what_runs_code_of_a_pull_request_may_only_read() {
    let diff = workflow("schema-diff");
    assert!(diff.root().pointer("/on/pull_request").is_some());
    assert!(diff.root().pointer("/on/pull_request_target").is_none());
    let permissions = diff.root().get("permissions").unwrap();
    let permissions: Vec<_> = permissions
        .entries()
        .map(|(key, value)| (key.name.as_str(), value.as_str()))
        .collect();
    assert_eq!(permissions, [("contents", Some("read"))]);
    assert!(diff.root().pointer("/jobs/diff/permissions").is_none());
    assert_eq!(text(&diff, "/on/pull_request/paths/0"), "schema/**");
    let checkout = diff.root().pointer("/jobs/diff/steps/0").unwrap();
    let kept = checkout.pointer("/with/persist-credentials").unwrap();
    assert_eq!(kept.value, Value::Bool(false));
}

#[test]
fn what_may_write_runs_nothing_of_a_pull_request() {
    let comment = workflow("schema-diff-comment");
    let name = workflow("schema-diff");
    assert_eq!(
        text(&comment, "/on/workflow_run/workflows/0"),
        text(&name, "/name")
    );
    let root = comment.root();
    assert_eq!(root.get("permissions").unwrap().entries().len(), 0);
    let granted: Vec<_> = root
        .pointer("/jobs/comment/permissions")
        .unwrap()
        .entries()
        .map(|(key, value)| (key.name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        granted,
        [("actions", Some("read")), ("pull-requests", Some("write"))]
    );
    let steps = root.pointer("/jobs/comment/steps").unwrap();
    assert!(
        steps.items().all(|step| step.get("uses").is_none()),
        "it needs no action"
    );
    let script = text(&comment, "/jobs/comment/steps/0/run");
    for run in ["cargo", "checkout", "git ", "bash ", "eval"] {
        assert!(!script.contains(run), "{run}");
    }
    // Nothing is put into the script, only into its environment.
    assert!(!script.contains("${{"));
    assert_eq!(text(&comment, "/jobs/comment/env/MARKER"), MARKER);
}

#[test]
fn actions_have_a_version_and_scripts_get_no_text_of_an_event() {
    for name in ["schema-diff", "schema-diff-comment"] {
        let document = workflow(name);
        for (key, job) in document.root().get("jobs").unwrap().entries() {
            for step in job.get("steps").unwrap().items() {
                if let Some(uses) = step.get("uses").and_then(Node::as_str) {
                    assert!(uses.contains("@v"), "{}: {uses}", key.name);
                }
                let run = step.get("run").and_then(Node::as_str).unwrap_or_default();
                assert!(!run.contains("${{"), "{}: {run}", key.name);
            }
        }
        assert!(
            !texts(document.root())
                .iter()
                .any(|it| it.contains("secrets."))
        );
    }
}
