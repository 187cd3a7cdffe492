//! The workflows around the diff, run: from a pull request to its one comment.
#![cfg(unix)]

#[path = "diff/repository.rs"]
mod repository;
#[path = "diff/runner.rs"]
mod runner;
#[path = "diff/workflow.rs"]
mod workflow;

use std::fs;
use std::path::PathBuf;

use repository::{Repository, git};
use runner::{Runner, Step};
use serde_json::{Value, json};

/// Builds nothing, and is this test's own command.
const CARGO: &str = r#"#!/usr/bin/env bash
case "$1" in
  build) ;;
  xtask) shift; exec "$XTASK" "$@" ;;
  *) echo "cargo $*?" >&2; exit 9 ;;
esac
"#;

/// GitHub as far as the comment needs it: an artifact, pull requests, comments, and what is written.
const GH: &str = r#"#!/usr/bin/env bash
case "$*" in
  "run download 42 --repo o/r --name schema-diff --dir report")
    [ -d "$RUNNER/artifact" ] && cp -r "$RUNNER/artifact" report ;;
  "api --method GET repos/o/r/pulls -f state=open -f head=someone:work") cat "$RUNNER/pulls" ;;
  "api --paginate repos/o/r/issues/7/comments") cat "$RUNNER/comments" ;;
  "api --method POST repos/o/r/issues/7/comments --input - --silent" | \
  "api --method PATCH repos/o/r/issues/comments/"*" --input - --silent")
    echo "$3 $4" >> "$RUNNER/calls"; cat > "$RUNNER/body" ;;
  *) echo "gh $*?" >&2; exit 9 ;;
esac
"#;

/// A pull request from `work` to a `main` that has moved on, checked out as the workflow does.
fn pull_request(change: impl Fn(&Repository)) -> (Runner, PathBuf) {
    let origin = Repository::new();
    origin.git(&["checkout", "-q", "-b", "work"]);
    change(&origin);
    origin.commit("change");
    let head = origin.git(&["rev-parse", "HEAD"]);
    origin.git(&["checkout", "-q", "main"]);
    origin.edit(
        "schema/rest/resources/bills.yaml",
        "summary: Get a bill",
        "summary: Read a bill",
    );
    origin.commit("meanwhile");
    let runner = Runner::new(&[("github.event.pull_request.base.ref", "main")]);
    runner.program("cargo", CARGO);
    let work = runner.path("work");
    let from = origin.path().display().to_string();
    git(&work, &["clone", "-q", &from, "."]);
    git(&work, &["checkout", "-q", "--detach", &head]);
    (runner, work)
}

fn ends(steps: &[Step]) -> Vec<(&str, i32)> {
    steps
        .iter()
        .map(|step| (step.name.as_str(), step.code))
        .collect()
}

#[test]
fn a_breaking_pull_request_is_annotated_summed_up_and_judged_last() {
    let (runner, work) = pull_request(Repository::break_it);
    let steps = runner.job("schema-diff", "diff", &work);
    let expected = [
        ("Find the base", 0),
        ("cargo build --locked --package xtask", 0),
        ("Compare", 0),
        ("Annotate lines, write the summary", 0),
        ("Judge", 1),
    ];
    assert_eq!(ends(&steps), expected, "{steps:?}");
    let annotations = &steps[3].stdout;
    let line = "::error file=schema/rest/resources/bills.yaml,line=";
    assert!(annotations.starts_with(line), "{annotations}");
    let summary = runner.read("summary");
    assert!(summary.contains("#### Breaking"), "{summary}");
    // What main did meanwhile is none of this pull request's doing.
    assert!(!summary.contains("Documentation"), "{summary}");
    for file in ["diff.md", "diff.txt", "diff.json", "diff.html"] {
        let file = work.join("target/schema-diff").join(file);
        assert!(fs::metadata(&file).unwrap().len() > 0, "{}", file.display());
    }
    assert!(steps[4].stderr.contains("--fail-on wire"), "{steps:?}");
}

#[test]
fn a_compatible_pull_request_passes() {
    let (runner, work) = pull_request(|origin| {
        let total = "        total: {";
        let due = "        due: {type: string, nullable: true, x-revio-evidence: documented}\n";
        origin.edit(
            "schema/rest/resources/bills.yaml",
            total,
            &format!("{due}{total}"),
        );
    });
    let steps = runner.job("schema-diff", "diff", &work);
    assert_eq!(ends(&steps).last(), Some(&("Judge", 0)), "{steps:?}");
    assert!(runner.read("summary").contains("due"));
}

/// The report of a pull request, on its way into a comment.
struct Comment {
    runner: Runner,
}

impl Comment {
    fn of(report: &str) -> Self {
        let comment = Self::without_a_report();
        fs::create_dir(comment.runner.path("artifact")).unwrap();
        fs::write(comment.runner.path("artifact/diff.md"), report).unwrap();
        comment
    }

    fn without_a_report() -> Self {
        let runner = Runner::new(&[
            ("github.token", "made up"),
            ("github.repository", "o/r"),
            ("github.event.workflow_run.id", "42"),
            ("github.event.workflow_run.head_sha", "abc"),
            (
                "github.event.workflow_run.head_repository.owner.login",
                "someone",
            ),
            ("github.event.workflow_run.head_branch", "work"),
        ]);
        runner.program("gh", GH);
        let comment = Self { runner };
        comment.head_is("abc");
        comment.has(&json!([]));
        comment
    }

    fn head_is(&self, sha: &str) {
        let pulls =
            json!([{"number": 6, "head": {"sha": "other"}}, {"number": 7, "head": {"sha": sha}}]);
        fs::write(self.runner.path("pulls"), pulls.to_string()).unwrap();
    }

    fn has(&self, comments: &Value) {
        // Two pages, as `--paginate` writes them.
        fs::write(self.runner.path("comments"), format!("[]\n{comments}")).unwrap();
    }

    /// Runs the workflow and returns what was written, and where.
    fn run(&self) -> Option<(String, String)> {
        let work = self.runner.path("work");
        let steps = self.runner.job("schema-diff-comment", "comment", &work);
        assert_eq!(ends(&steps), [("Post or edit", 0)], "{steps:?}");
        let calls = self.runner.read("calls");
        let body: Value = serde_json::from_str(&self.runner.read("body")).ok()?;
        Some((calls.trim().to_owned(), body["body"].as_str()?.to_owned()))
    }
}

const REPORT: &str = "**Schema diff: breaking**\n\n`a` | \"b\" $(c)\n\n<!-- revio-diff -->\n";

#[test]
fn the_first_report_is_posted_and_the_next_edits_it() {
    let comment = Comment::of(REPORT);
    let post = "POST repos/o/r/issues/7/comments";
    assert_eq!(comment.run(), Some((post.to_owned(), REPORT.to_owned())));

    let comment = Comment::of(REPORT);
    comment.has(&json!([
        {"id": 1, "user": {"login": "someone"}, "body": "quoting <!-- revio-diff -->"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "another tool's"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "old <!-- revio-diff -->"},
    ]));
    let patch = "PATCH repos/o/r/issues/comments/3";
    assert_eq!(comment.run(), Some((patch.to_owned(), REPORT.to_owned())));
}

#[test]
fn nothing_is_written_without_a_report_or_for_another_head() {
    assert_eq!(Comment::without_a_report().run(), None);
    let moved_on = Comment::of(REPORT);
    moved_on.head_is("def");
    assert_eq!(moved_on.run(), None);
}

#[test]
fn a_report_of_nothing_only_edits_what_says_otherwise() {
    let nothing = "**Schema diff: nothing changed**\n\n<!-- revio-diff -->\n";
    assert_eq!(Comment::of(nothing).run(), None);
    let comment = Comment::of(nothing);
    comment.has(&json!([
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "old <!-- revio-diff -->"},
    ]));
    let patch = "PATCH repos/o/r/issues/comments/3";
    assert_eq!(comment.run(), Some((patch.to_owned(), nothing.to_owned())));
}

#[test]
fn a_text_of_a_fork_is_cut_to_what_a_comment_may_be() {
    let comment = Comment::of(&"é".repeat(50_000));
    let (_, body) = comment.run().expect("posted");
    assert!(body.len() < 65_536 && body.ends_with("<!-- revio-diff -->\n"));
    assert!(!body.contains('\u{fffd}'));
}
