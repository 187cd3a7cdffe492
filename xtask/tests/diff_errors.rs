//! What `cargo xtask diff` says when it can't do its work: always 3, never 1, and what to do.

#[path = "diff/repository.rs"]
mod repository;

use repository::{Repository, diff, git};

const OLD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n";

#[test]
fn wrong_calls_end_with_2() {
    let repository = Repository::new();
    for arguments in [
        &["--format", "pdf"][..],
        &["--fail-on", "sometimes"],
        &["--max-bytes", "10"],
        &["--old", "a.yaml"],
        &["--old", "a.yaml", "--new", "b.yaml", "main"],
        &["a", "b", "c"],
        &["--unknown"],
    ] {
        let answer = repository.diff(arguments);
        assert_eq!(answer.code, 2, "{arguments:?}: {answer:?}");
    }
}

#[test]
fn a_missing_base_names_the_fetch() {
    let repository = Repository::new();
    let unknown = "0123456789012345678901234567890123456789";
    repository
        .diff(&[unknown])
        .fails(3, &["isn't in this clone", "no remote"]);
    repository.git(&[
        "remote",
        "add",
        "origin",
        "https://example.com/revio-api.git",
    ]);
    let fetch = format!("git fetch origin {unknown}");
    repository.diff(&[unknown]).fails(3, &[&fetch]);
    let tracked = "git fetch origin next:refs/remotes/origin/next";
    repository.diff(&["origin/next"]).fails(3, &[tracked]);
    repository
        .diff(&["HEAD", "v9"])
        .fails(3, &["the commit v9 isn't in this clone"]);
    // A name that looks like an option is a name.
    repository
        .diff(&["--", "--all"])
        .fails(3, &["isn't in this clone"]);
}

#[test]
fn a_shallow_clone_is_told_how_to_get_its_history() {
    let repository = Repository::new();
    repository.break_it();
    repository.commit("second");
    let outside = tempfile::tempdir().unwrap();
    let url = format!("file://{}", repository.path().display());
    git(
        outside.path(),
        &["clone", "-q", "--depth", "1", &url, "clone"],
    );
    let clone = outside.path().join("clone");
    diff(&clone, &["HEAD~1"]).fails(3, &["is shallow", "git fetch --unshallow origin"]);
    diff(&clone, &[]).succeeds(&["Nothing changed."]);
    git(&clone, &["checkout", "-q", "--detach"]);
    git(&clone, &["branch", "-q", "-D", "main"]);
    git(&clone, &["update-ref", "-d", "refs/remotes/origin/main"]);
    let says = "git fetch origin main:refs/remotes/origin/main";
    diff(&clone, &[]).fails(3, &["neither origin/main nor main", says]);
}

#[test]
fn histories_without_a_common_commit_are_named() {
    let repository = Repository::new();
    repository.git(&["checkout", "-q", "--orphan", "island"]);
    repository.commit("alone");
    repository
        .diff(&[])
        .fails(3, &["no commit in common", "cargo xtask diff BASE"]);
}

#[test]
fn no_clone_no_commit_no_schema() {
    let folder = tempfile::tempdir().unwrap();
    diff(folder.path(), &[]).fails(3, &["git clone", "--old FILE --new FILE"]);
    let repository = Repository::empty();
    repository
        .diff(&[])
        .fails(3, &["the commit HEAD isn't in this clone"]);
    repository.write("README", "x");
    repository.commit("no schema yet");
    repository.diff(&[]).fails(
        3,
        &["has no schema/rest/openapi.yaml", "git log --diff-filter=A"],
    );
    let repository = Repository::new();
    std::fs::remove_dir_all(repository.path().join("schema")).unwrap();
    repository
        .diff(&[])
        .fails(3, &["run this in a clone of the project"]);
}

#[test]
fn a_schema_that_cannot_be_read_is_named_with_its_line() {
    let repository = Repository::new();
    repository.edit("schema/rest/resources/bills.yaml", "paths:", "paths: [");
    let answer = repository.diff(&[]);
    answer.fails(
        3,
        &[
            "schema/rest/resources/bills.yaml:",
            "work tree can't be compared",
        ],
    );
    repository.commit("broken");
    repository.git(&["checkout", "-q", "HEAD~1", "--", "."]);
    repository
        .diff(&["HEAD"])
        .fails(3, &["bills.yaml:", "HEAD can't be compared"]);
}

#[test]
fn two_files_are_compared_without_git() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let files = |old: &str, new: &str| diff(folder.path(), &["--old", old, "--new", new]);
    write("old.yaml", OLD);
    write(
        "new.json",
        "{\"openapi\": \"3.1.0\", \"info\": {}, \"paths\": {}}",
    );
    write("list.json", "[1]");
    write("swagger.json", "{\"swagger\": \"2.0\"}");
    write("broken.json", "{\"openapi\": ");
    assert_eq!(files("old.yaml", "new.json").code, 0);
    files("old.yaml", "none.yaml").fails(3, &["none.yaml: no such file"]);
    files("list.json", "old.yaml").fails(3, &["list.json:1:", "a list"]);
    files("old.yaml", "swagger.json").fails(3, &["swagger.json:1:", "Swagger 2"]);
    files("broken.json", "old.yaml").fails(3, &["broken.json:1:"]);
    let elsewhere = "/a: {get: {responses: {'200': {description: x, content: {application/json: \
                     {schema: {$ref: 'other.yaml#/A'}}}}}}}";
    write(
        "ref.yaml",
        &OLD.replace("{}\n", &format!("{{{elsewhere}}}\n")),
    );
    let answer = files("ref.yaml", "ref.yaml");
    answer.fails(
        3,
        &[
            "ref.yaml:3:",
            "other.yaml#/A leads into another file",
            "bundle",
        ],
    );
    std::fs::write(folder.path().join("latin.yaml"), b"openapi: 3.0.3 # \xe9\n").unwrap();
    files("latin.yaml", "old.yaml").fails(3, &["latin.yaml", "UTF-8"]);
}
