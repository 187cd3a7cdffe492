//! The verdicts on Rust code and on published crates, over a table of edits of the project's own schema.
//!
//! What the compiler says of the same edits is compared with the same table by `cargo xtask rust-truth`.

mod common;

use std::thread;

use revio_codegen::diff::finding::{Decode, Rust};
use revio_codegen::diff::report::{Bump, Options, Report, RustReport};
use revio_codegen::diff::side::Side;
use revio_codegen::diff::trial::{self, Trial};
use revio_codegen::diff::{self, rust};
use revio_codegen::generate::{Input, Output};

fn table() -> Vec<Trial> {
    let path = common::root().join("codegen/tests/rust_truth/trials.yaml");
    let text = std::fs::read_to_string(path).expect("readable");
    trial::read(&common::source("trials.yaml", &text)).expect("a sound table")
}

/// The schema that edits are made to, with its code.
struct Base {
    input: Input,
    side: Side,
    code: Output,
}

impl Base {
    fn new() -> Self {
        let input = trial::representative(common::real());
        let side = Side::ours("old", input.clone()).expect("sound");
        let code = rust::generated(&side).expect("sound");
        Self { input, side, code }
    }

    /// The report on an edited schema, with what it does to the code unless the generator refuses it.
    fn compare(&self, edited: Input) -> Result<Report, String> {
        let new = Side::ours("new", edited).map_err(|found| format!("{found:?}"))?;
        let mut report = diff::compare(&self.side, &new, &Options::default())
            .map_err(|found| format!("{found:?}"))?;
        let code = match rust::generated(&new) {
            Ok(code) => code,
            Err(failure) => {
                report.rust = Some(RustReport {
                    changes: Vec::new(),
                    unexplained: Vec::new(),
                    required: Bump::None,
                    failures: vec![failure],
                });
                return Ok(report);
            }
        };
        let both = ((&self.side, &self.code), (&new, &code));
        let found = rust::compare_code(both.0, both.1, &mut report.findings);
        report.rust = Some(found.map_err(|failure| format!("{failure:?}"))?);
        Ok(report)
    }

    /// What is wrong with the verdict on a trial.
    fn attempt(&self, trial: &Trial) -> Vec<String> {
        let report = trial
            .apply(&self.input)
            .and_then(|edited| self.compare(edited));
        let report = match report {
            Ok(report) => report,
            Err(message) => return vec![message],
        };
        let code = report.rust.as_ref().expect("the code was compared");
        let mut wrong = match trial.rust {
            Some(expected) => surface(&report, code, expected),
            None if code.failures.is_empty() => vec!["the generator takes it".to_owned()],
            None => Vec::new(),
        };
        let risks: Vec<&str> = report.decode_risks().map(|finding| finding.id).collect();
        let decode = if risks.is_empty() {
            Decode::Safe
        } else {
            Decode::Breaks
        };
        if decode != trial.decode {
            wrong.push(format!("decode is {decode:?} {risks:?}"));
        }
        wrong
    }
}

/// What is wrong with the verdict on Rust code.
fn surface(report: &Report, code: &RustReport, expected: Rust) -> Vec<String> {
    let mut wrong: Vec<String> = code.failures.iter().map(|it| format!("{it:?}")).collect();
    for change in &code.unexplained {
        wrong.push(format!(
            "nothing explains {} {:?} {:?}",
            change.item, change.before, change.after
        ));
    }
    let level = match code.required {
        Bump::Major => Rust::Major,
        Bump::Minor => Rust::Minor,
        Bump::Patch | Bump::None => Rust::None,
    };
    if level != expected {
        wrong.push(format!("rust is {level:?}: {:#?}", code.changes));
    }
    let worst = report.findings.iter().map(|finding| finding.rust).max();
    if code.unexplained.is_empty() && worst.unwrap_or(Rust::None) != level {
        wrong.push(format!("the findings say {worst:?}, the code {level:?}"));
    }
    wrong
}

#[test]
fn every_verdict_is_that_of_the_table() {
    let (base, table) = (Base::new(), table());
    assert!(table.len() >= 60, "{}", table.len());
    let half = table.len().div_ceil(2);
    let wrong: Vec<String> = thread::scope(|scope| {
        let tries = table.chunks(half).map(|trials| {
            let base = &base;
            scope.spawn(move || {
                let all = trials.iter().flat_map(|trial| {
                    let wrong = base.attempt(trial).into_iter();
                    wrong.map(|wrong| format!("{}: {wrong}", trial.name))
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
    let report = base.compare(base.input.clone()).expect("sound");
    let code = report.rust.expect("the code was compared");
    assert_eq!((code.changes.len(), code.unexplained.len()), (0, 0));
    assert_eq!(code.required, Bump::None);
    assert!(report.findings.is_empty());
}
