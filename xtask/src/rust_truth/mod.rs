//! `cargo xtask rust-truth`: compiles a program against every edit of the schema in the table, and
//! compares what the compiler says with the table.
//!
//! The program is written against the crate as it is, and has to stop compiling exactly when the table
//! calls an edit major. That the schema diff comes to the verdicts of the table, and what published crates
//! do with the service of every edit, is tested elsewhere, in far less time.

mod workspace;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
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
    /// There is no crate: the generator refuses the schema.
    Refused,
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

    let as_it_is = files(&base)?;
    let (compiled, said) = workspace.check(&as_it_is)?;
    if compiled != Compiled::Yes {
        return Err(format!(
            "the program doesn't compile before any edit:\n{said}"
        ));
    }
    // Nobody watches where this is no terminal, so that only the end is told.
    let watched = io::stdout().is_terminal();
    let tell = |line: String| {
        if watched {
            println!("{line}");
        }
    };
    tell(format!(
        "{:>6} the schema as it is",
        seconds(start.elapsed())
    ));
    let mut wrong = Vec::new();
    let mut tried = 0;
    let chosen = trials
        .iter()
        .filter(|trial| only.is_none_or(|only| trial.name.contains(only)));
    for trial in chosen {
        let start = Instant::now();
        tried += 1;
        let outcome = attempt(&workspace, (&base, &as_it_is), trial);
        let time = seconds(start.elapsed());
        match outcome {
            Ok(said) => tell(format!("{time:>6} ok    {}: {said:?}", trial.name)),
            Err(said) => {
                tell(format!("{time:>6} WRONG {}", trial.name));
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

/// Compiles the program against an edited schema. Where the code stays the same, what is known of it holds.
fn attempt(
    workspace: &Workspace,
    (base, as_it_is): (&Input, &Files),
    trial: &Trial,
) -> Result<Compiled, String> {
    let edited = trial.apply(base)?;
    let (compiled, said) = match files(&edited) {
        Ok(files) if files == *as_it_is => (Compiled::Yes, String::new()),
        Ok(files) => workspace.check(&files)?,
        Err(said) => (Compiled::Refused, said),
    };
    let expected = match (trial.rust, trial.compiles) {
        (None, _) => Compiled::Refused,
        (_, true) => Compiled::Yes,
        (_, false) => Compiled::No,
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

/// Texts by path.
type Files = BTreeMap<String, String>;

/// The files of the crate that are made of a schema.
fn files(input: &Input) -> Result<Files, String> {
    let document = generate::bundle(input).map_err(|found| schema::complain(&found))?;
    let output = generate::from_document(&document, &input.legacy, Strictness::Lenient)
        .map_err(|found| schema::complain(&found))?;
    let files = output.files.into_iter();
    Ok(files
        .filter(|(path, _)| path.starts_with("revio-api/"))
        .collect())
}
