//! Reports and accepted changes are written to the files that were named, and nowhere else.
#![cfg(unix)]

#[path = "diff/repository.rs"]
mod repository;

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

use repository::Repository;

const JSON: [&str; 5] = ["--fail-on", "never", "--format", "json", "--out"];

fn out(repository: &Repository, path: &str) -> repository::Answer {
    repository.diff(&[&JSON[..], &[path]].concat())
}

#[test]
fn a_report_is_not_written_through_a_link() {
    let repository = Repository::new();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, repository.path().join("report.json")).unwrap();
    symlink(outside.path(), repository.path().join("reports")).unwrap();
    symlink("/nowhere/at/all", repository.path().join("dangling.json")).unwrap();

    out(&repository, "report.json").fails(3, &["report.json is a symbolic link"]);
    out(&repository, "dangling.json").fails(3, &["dangling.json is a symbolic link"]);
    out(&repository, "reports/x/diff.json").fails(3, &["reports is a symbolic link"]);
    out(&repository, "reports/victim").fails(3, &["reports is a symbolic link"]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
}

#[test]
fn a_report_replaces_a_file_and_nothing_else() {
    let repository = Repository::new();
    let _socket = UnixListener::bind(repository.path().join("socket")).unwrap();
    out(&repository, "socket").fails(3, &["socket is there, but is no file"]);
    out(&repository, "schema").fails(3, &["schema is there, but is no file"]);

    repository.write("old.json", "precious");
    fs::hard_link(
        repository.path().join("old.json"),
        repository.path().join("new.json"),
    )
    .unwrap();
    out(&repository, "new.json").succeeds(&[]);
    assert_eq!(repository.read("old.json"), "precious");
    assert!(repository.read("new.json").starts_with('{'));
    out(&repository, "a/b/c.json").succeeds(&[]);
    assert!(repository.read("a/b/c.json").starts_with('{'));
    // Outside of the clone it is the caller's own way that counts.
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(outside.path().join("real")).unwrap();
    symlink("real", outside.path().join("link")).unwrap();
    let file = outside.path().join("link/diff.json");
    out(&repository, file.to_str().unwrap()).succeeds(&[]);
    assert!(outside.path().join("real/diff.json").exists());
}

#[test]
fn accepted_changes_are_not_written_through_a_link() {
    let repository = Repository::new();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    fs::write(&victim, "").unwrap();
    symlink(
        &victim,
        repository.path().join("schema/accepted-changes.toml"),
    )
    .unwrap();
    repository.break_it();
    let says = "schema/accepted-changes.toml is a symbolic link";
    repository
        .diff(&["--accept", "--reason", "meant"])
        .fails(3, &[says]);
    assert_eq!(fs::read_to_string(&victim).unwrap(), "");
}

#[test]
fn a_schema_behind_a_link_is_not_compared() {
    let repository = Repository::new();
    let file = "schema/rest/resources/zero.yaml";
    symlink("/dev/zero", repository.path().join(file)).unwrap();
    repository
        .diff(&[])
        .fails(3, &["zero.yaml: it is no regular file"]);
}
