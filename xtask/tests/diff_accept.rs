//! Accepted changes: they stop a change from failing, and none stays that matches nothing.

#[path = "diff/repository.rs"]
mod repository;

use repository::Repository;

const FILE: &str = "schema/accepted-changes.toml";

fn accepted() -> Repository {
    let repository = Repository::new();
    repository.git(&["config", "user.name", "Ann"]);
    repository.break_it();
    let answer = repository.diff(&["--accept", "--reason", "the service moved it long ago"]);
    answer.succeeds(&["Accepted (", "the service moved it long ago"]);
    repository
}

#[test]
fn accepting_adds_entries_for_review_and_ends_with_0() {
    let repository = accepted();
    let file = repository.read(FILE);
    for text in [
        "[[change]]",
        "fingerprint = \"",
        "id = \"schema.",
        "by = \"Ann\"",
        "until-version = \"0.7.0\"",
    ] {
        assert!(file.contains(text), "{text} is not in {file}");
    }
    repository.diff(&[]).succeeds(&["accepted"]);
    repository.diff(&["--fail-on", "rust-major"]).succeeds(&[]);
    // Nothing is added twice, and comments stay.
    repository.write(FILE, &format!("# Why we break.\n{file}"));
    repository.diff(&["--accept"]).succeeds(&[]);
    assert_eq!(repository.read(FILE), format!("# Why we break.\n{file}"));
}

#[test]
fn an_entry_that_matches_nothing_fails_the_run() {
    let repository = accepted();
    repository.mend_it();
    let answer = repository.diff(&["--fail-on", "never"]);
    answer.fails(
        3,
        &[
            "accepted-changes.toml:1:",
            "matches nothing that changed",
            "remove it",
        ],
    );
}

#[test]
fn an_entry_of_the_base_has_done_its_work_until_its_version() {
    let repository = accepted();
    repository.commit("amounts are flags");
    repository.diff(&["HEAD~1", "HEAD"]).succeeds(&["accepted"]);
    repository.diff(&[]).succeeds(&["Nothing changed."]);
    repository.edit("Cargo.toml", "0.6.3", "0.8.0");
    repository
        .diff(&[])
        .fails(3, &["holds until 0.7.0", "0.8.0", "remove it"]);
}

#[test]
fn a_correction_still_counts_for_rust_code() {
    let repository = accepted();
    let file = repository.read(FILE);
    repository.write(FILE, &file.replace("by = ", "kind = \"correction\"\nby = "));
    repository.diff(&[]).succeeds(&["correction"]);
    repository.diff(&["--fail-on", "decode"]).succeeds(&[]);
    repository.diff(&["--fail-on", "rust-major"]).fails(1, &[]);
}

#[test]
fn entries_that_say_something_else_are_refused() {
    let repository = accepted();
    let file = repository.read(FILE);
    for (from, to, says) in [
        (
            "id = \"schema.",
            "id = \"other.",
            "its fingerprint is that of",
        ),
        ("by = ", "b = ", "an entry has no \"b\""),
        ("by = \"Ann\"", "by = 3", "by is no string"),
        (
            "until-version = \"0.7.0\"",
            "until-version = \"soon\"",
            "is no version",
        ),
        ("by = ", "kind = \"wish\"\nby = ", "kind is \"wish\""),
        ("[[change]]", "[change]", "change is no list"),
        ("[[change]]", "[[change", "accepted-changes.toml:1:"),
    ] {
        repository.write(FILE, &file.replace(from, to));
        repository.diff(&["--fail-on", "never"]).fails(3, &[says]);
    }
    repository.write(FILE, &format!("{file}\n{file}"));
    repository.diff(&[]).fails(3, &["already in line 1"]);
}

#[test]
fn only_the_work_tree_can_accept() {
    let repository = Repository::new();
    repository
        .diff(&["--accept", "HEAD", "HEAD"])
        .fails(2, &["--accept"]);
    repository.diff(&["--reason", "x"]).fails(2, &["--accept"]);
    let answer = repository.diff(&["--accept"]);
    answer.succeeds(&["Nothing changed."]);
    assert!(answer.stderr.contains("nothing to accept"));
    assert!(!repository.path().join(FILE).exists());
}
