//! `cargo xtask rust-truth`: compiles a program against every edit of the schema in the table, and
//! compares what the compiler says with the table.
//!
//! The program is written against the crate as it is, and has to stop compiling exactly when the table
//! calls an edit major. That the schema diff comes to the verdicts of the table is tested elsewhere, in
//! far less time.

mod workspace;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use revio_codegen::diff::trial::{self, Trial};
use revio_codegen::generate::{self, Input};
use revio_codegen::load::Source;
use revio_codegen::lower::Strictness;

use self::workspace::Workspace;
use crate::schema;

/// The table of edits.
const TABLE: &str = "codegen/tests/rust_truth/trials.yaml";

/// What the compiler said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Compiled {
    /// The program compiles.
    Yes,
    /// The program doesn't.
    No,
    /// The crate itself doesn't.
    NotEvenTheCrate,
}

pub(crate) fn run(only: Option<&str>) -> Result<(), String> {
    let root = schema::root();
    let start = Instant::now();
    let base = trial::representative(schema::read(&root)?);
    let path = root.join(TABLE);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{TABLE}: {error}"))?;
    let table = Source {
        path: TABLE.to_owned(),
        text,
    };
    let trials = trial::read(&table).map_err(|found| schema::complain(&found))?;
    let workspace = Workspace::make(&root)?;

    let (compiled, said) = workspace.check(&files(&base)?)?;
    if compiled != Compiled::Yes {
        return Err(format!(
            "the program doesn't compile before any edit:\n{said}"
        ));
    }
    println!("{:>6} the schema as it is", seconds(start.elapsed()));
    let mut wrong = Vec::new();
    let mut tried = 0;
    let chosen = trials
        .iter()
        .filter(|trial| only.is_none_or(|only| trial.name.contains(only)));
    for trial in chosen {
        let start = Instant::now();
        tried += 1;
        let outcome = attempt(&workspace, &base, trial);
        let time = seconds(start.elapsed());
        match outcome {
            Ok(said) => println!("{time:>6} ok    {}: {said:?}", trial.name),
            Err(said) => {
                println!("{time:>6} WRONG {}", trial.name);
                wrong.push(format!("{}: {said}", trial.name));
            }
        }
    }
    println!(
        "{tried} trials, {} wrong, {}",
        wrong.len(),
        seconds(start.elapsed())
    );
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// Compiles the program against an edited schema.
fn attempt(workspace: &Workspace, base: &Input, trial: &Trial) -> Result<Compiled, String> {
    let edited = trial.apply(base)?;
    let (compiled, said) = workspace.check(&files(&edited)?)?;
    let expected = if trial.compiles {
        Compiled::Yes
    } else {
        Compiled::No
    };
    if compiled == expected {
        Ok(compiled)
    } else {
        Err(format!("{compiled:?} instead of {expected:?}\n{said}"))
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// The files of the crate that are made of a schema.
fn files(input: &Input) -> Result<BTreeMap<String, String>, String> {
    let document = generate::bundle(input).map_err(|found| schema::complain(&found))?;
    let output = generate::from_document(&document, &input.legacy, Strictness::Lenient)
        .map_err(|found| schema::complain(&found))?;
    let files = output.files.into_iter();
    Ok(files
        .filter(|(path, _)| path.starts_with("revio-api/"))
        .collect())
}
