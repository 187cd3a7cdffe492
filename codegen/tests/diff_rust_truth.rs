//! The verdicts on Rust code and on published crates, over a table of edits of the project's own schema.
//!
//! What the compiler says of the same edits is compared with the same table by `cargo xtask rust-truth`.

mod common;

use std::thread;

use api_schema_diff::consumer::{Bump, CodeReport, Decode, Failure, Level};
use api_schema_diff::report::{Options, Report};
use revio_codegen::generate::{Input, Output};
use revio_codegen::rust_api::{Generated, Revision, compare_with, generated};
use revio_known_edits::{self as known_edits, KnownEdit, table};

/// The schema that edits are made to, with its code.
struct Base {
    revision: Revision,
    code: Result<Output, Failure>,
}

impl Base {
    fn new() -> Self {
        let input = known_edits::representative(common::real());
        let revision = Revision::new("old", input).expect("sound");
        let code = generated(&revision);
        assert!(code.is_ok(), "{code:?}");
        Self { revision, code }
    }

    /// The report on an edited schema, with what it does to the code unless the generator refuses it.
    fn compare(&self, edited: Input) -> Result<Report, String> {
        let new = Revision::new("new", edited).map_err(|found| format!("{found:?}"))?;
        let code = Generated {
            old: &self.code,
            new: &generated(&new),
        };
        compare_with(&self.revision, &new, &code, &Options::default())
            .map_err(|found| format!("{found:?}"))
    }

    /// What is wrong with the verdict on an edit.
    fn attempt(&self, edit: &KnownEdit) -> Vec<String> {
        let report = edit
            .apply(&self.revision.input)
            .and_then(|edited| self.compare(edited));
        let report = match report {
            Ok(report) => report,
            Err(message) => return vec![message],
        };
        let code = report.code.as_ref().expect("the code was compared");
        let mut wrong = match edit.rust {
            Some(expected) => surface(&report, code, expected),
            None if code.failures.is_empty() => vec!["the generator takes it".to_owned()],
            None => Vec::new(),
        };
        let risks: Vec<&str> = report
            .decode_risks()
            .map(|finding| finding.rule.id)
            .collect();
        let decode = if risks.is_empty() {
            Decode::Safe
        } else {
            Decode::Breaks
        };
        if decode != edit.decode {
            wrong.push(format!("decode is {decode:?} {risks:?}"));
        }
        wrong
    }
}

/// What is wrong with the verdict on Rust code.
fn surface(report: &Report, code: &CodeReport, expected: Level) -> Vec<String> {
    let mut wrong: Vec<String> = code.failures.iter().map(|it| format!("{it:?}")).collect();
    for change in &code.unexplained {
        wrong.push(format!(
            "nothing explains {} {:?} {:?}",
            change.item, change.before, change.after
        ));
    }
    let level = match code.required {
        Bump::Major => Level::Major,
        Bump::Minor => Level::Minor,
        Bump::Patch | Bump::None => Level::None,
    };
    if level != expected {
        wrong.push(format!("rust is {level:?}: {:#?}", code.changes));
    }
    let worst = report
        .findings
        .iter()
        .map(|finding| finding.impact.level)
        .max();
    if code.unexplained.is_empty() && worst.unwrap_or(Level::None) != level {
        wrong.push(format!("the findings say {worst:?}, the code {level:?}"));
    }
    wrong
}

#[test]
fn every_verdict_is_that_of_the_table() {
    let (base, table) = (Base::new(), table().expect("sound"));
    assert!(table.len() >= 60, "{}", table.len());
    let half = table.len().div_ceil(2);
    let wrong: Vec<String> = thread::scope(|scope| {
        let tries = table.chunks(half).map(|edits| {
            let base = &base;
            scope.spawn(move || {
                let all = edits.iter().flat_map(|edit| {
                    let wrong = base.attempt(edit).into_iter();
                    wrong.map(|wrong| format!("{}: {wrong}", edit.name))
                });
                all.collect::<Vec<_>>()
            })
        });
        let tries: Vec<_> = tries.collect();
        tries
            .into_iter()
            .flat_map(|it| it.join().expect("no panic"))
            .collect()
    });
    assert!(
        wrong.is_empty(),
        "{} problems:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The same schema twice is no change at all.
#[test]
fn nothing_changes_without_an_edit() {
    let base = Base::new();
    let report = base.compare(base.revision.input.clone()).expect("sound");
    let code = report.code.expect("the code was compared");
    assert_eq!((code.changes.len(), code.unexplained.len()), (0, 0));
    assert_eq!(code.required, Bump::None);
    assert!(report.findings.is_empty());
}
