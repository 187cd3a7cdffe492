//! `cargo xtask diff` as its callers see it: revisions, formats, exit codes.

#[path = "diff/repository.rs"]
mod repository;

use repository::{Repository, diff};
use serde_json::Value;

const BILLS: &str = "schema/rest/resources/bills.yaml";
const TOTAL: &str = "        total: {";
const DATE: &str = "        due: {type: string, nullable: true, x-revio-evidence: documented}\n";

#[test]
fn an_unchanged_work_tree_is_said_in_one_sentence() {
    let repository = Repository::new();
    repository.diff(&[]).succeeds(&["Nothing changed."]);
    let markdown = repository.diff(&["--format", "markdown", "--fail-on", "any"]);
    markdown.succeeds(&["**Schema diff: nothing changed**", "<!-- revio-diff -->"]);
}

#[test]
fn a_break_fails_with_1_and_never_does_not() {
    let repository = Repository::new();
    repository.break_it();
    let answer = repository.diff(&[]);
    answer.fails(1, &["--fail-on wire"]);
    assert!(answer.stdout.contains("bills_get"), "{}", answer.stdout);
    repository
        .diff(&["--fail-on", "never"])
        .succeeds(&["Breaking ("]);
    repository
        .diff(&["--fail-on", "decode"])
        .fails(1, &["--fail-on decode"]);
    repository
        .diff(&["--fail-on", "rust-major"])
        .fails(1, &["--fail-on rust-major"]);
}

#[test]
fn an_addition_reaches_any_only() {
    let repository = Repository::new();
    repository.edit(BILLS, TOTAL, &format!("{DATE}{TOTAL}"));
    for level in ["wire", "decode", "undecided", "never"] {
        repository.diff(&["--fail-on", level]).succeeds(&["due"]);
    }
    repository.diff(&["--fail-on", "any"]).fails(1, &["reach"]);
}

#[test]
fn callers_are_owed_the_time_that_is_asked_for() {
    let repository = Repository::new();
    let id = "      operationId: bills_get\n";
    repository.edit(BILLS, id, &format!("{id}      deprecated: true\n"));
    let undecided = ["--fail-on", "undecided"];
    repository.diff(&undecided).succeeds(&["is deprecated now"]);
    let owed = [&undecided[..], &["--grace", "90"]].concat();
    repository.diff(&owed).fails(1, &["--fail-on undecided"]);
}

#[test]
fn the_base_is_where_the_branch_left_main() {
    let repository = Repository::new();
    repository.git(&["checkout", "-q", "-b", "work"]);
    repository.edit(BILLS, TOTAL, &format!("{DATE}{TOTAL}"));
    repository.commit("due");
    // What main does meanwhile is none of this branch's doing.
    repository.git(&["checkout", "-q", "main"]);
    repository.break_it();
    repository.commit("break");
    repository.git(&["checkout", "-q", "work"]);
    let answer = repository.diff(&["--fail-on", "wire"]);
    answer.succeeds(&["due"]);
    assert!(!answer.stdout.contains("Bill.total"), "{}", answer.stdout);
    repository.diff(&["main", "HEAD"]).fails(1, &[]);
    repository.diff(&["HEAD~1", "HEAD"]).succeeds(&["due"]);
}

#[test]
fn every_format_goes_to_a_folder_at_once() {
    let repository = Repository::new();
    repository.break_it();
    let formats = "term,markdown,json,html,github";
    let arguments = [
        "--format",
        formats,
        "--out",
        "target/diff",
        "--fail-on",
        "never",
    ];
    repository.diff(&arguments).succeeds(&[]);
    let read = |file: &str| repository.read(&format!("target/diff/{file}"));
    assert!(read("diff.txt").contains("Breaking ("));
    assert!(read("diff.md").contains("#### Breaking"));
    assert!(read("diff.html").starts_with("<!doctype html>"));
    assert!(
        read("annotations.txt").starts_with("::error file=schema/rest/resources/bills.yaml,line=")
    );
    let json = read("diff.json");
    assert_eq!(
        serde_json::from_str::<Value>(&json).unwrap()["schema_version"],
        1
    );
    // Again: the same bytes.
    repository.diff(&arguments).succeeds(&[]);
    assert_eq!(read("diff.json"), json);
    repository
        .diff(&["--format", formats])
        .fails(2, &["--out FOLDER"]);
}

#[test]
fn json_fits_the_schema_that_is_printed() {
    let repository = Repository::new();
    repository.break_it();
    repository.edit(BILLS, TOTAL, &format!("{DATE}{TOTAL}"));
    let schema = repository.diff(&["--print-schema"]);
    let schema: Value = serde_json::from_str(&schema.stdout).unwrap();
    let report = repository.diff(&["--format", "json", "--fail-on", "never"]);
    let report: Value = serde_json::from_str(&report.stdout).unwrap();
    jsonschema::validate(&schema, &report).unwrap();
    assert_eq!(report["threshold"]["fail_on"], "never");
    assert!(report["summary"]["breaking"].as_u64().unwrap() > 0);
    assert!(report["base"]["commit"].is_string() && report["head"]["commit"].is_null());
}

#[test]
fn one_part_can_be_looked_at() {
    let repository = Repository::new();
    repository.break_it();
    repository.edit(BILLS, TOTAL, &format!("{DATE}{TOTAL}"));
    repository.diff(&["--only", "Bill.due"]).succeeds(&["due"]);
    repository.diff(&["--only", "schema"]).fails(1, &[]);
    repository.diff(&["--only", "/Bills"]).fails(1, &[]);
    repository.diff(&["--only", "bills"]).fails(1, &[]);
    let nothing = repository.diff(&["--only", "customers"]);
    nothing.succeeds(&["Nothing changed."]);
    assert!(nothing.stderr.contains("nothing that changed fits"));
}

#[test]
fn the_declared_version_is_checked() {
    let repository = Repository::new();
    repository.break_it();
    let check = ["--check-version", "--fail-on", "never"];
    repository.diff(&check).fails(4, &["0.6.3", "0.7.0"]);
    // Asked for by name, it comes before the threshold.
    repository.diff(&["--check-version"]).fails(4, &["0.7.0"]);
    repository.edit("Cargo.toml", "0.6.3", "0.7.0");
    repository.diff(&check).succeeds(&["0.6.3 → 0.7.0 needed"]);
    repository.diff(&["--check-version"]).fails(1, &[]);
    // A release is what counts, not a commit since then.
    repository.git(&["tag", "v0.5.0"]);
    repository.diff(&check).succeeds(&["0.5.0 → 0.6.0 needed"]);
    repository.write("Cargo.toml", "");
    repository.diff(&check).fails(3, &["declares none"]);
}

#[test]
fn rules_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let explain = |id: &[&str]| diff(folder.path(), &[&["explain"], id].concat());
    explain(&["op.removed"]).succeeds(&["op.removed", "verdict", "Rust"]);
    explain(&[]).succeeds(&["op.removed", "op.added"]);
    explain(&["op.remove"]).fails(2, &["no rule is called op.remove", "op.removed"]);
    explain(&["zzz"]).fails(2, &["lists them"]);
}
