//! `cargo xtask rust-truth`: compiles a program against every edit of the schema in the table, and
//! compares what the compiler says with the table.
//!
//! The program is written against the crate as it is, and has to stop compiling exactly when the table
//! calls an edit major. That the schema diff comes to the verdicts of the table, and what published crates
//! do with the service of every edit, is tested elsewhere, in far less time.

mod workspace;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use revio_codegen::generate::{self, Input};
use revio_codegen::lower::Strictness;
use revio_known_edits::{self as known_edits, KnownEdit};

use self::workspace::Workspace;
use crate::schema;

/// How many edits are compiled at once. Each worker compiles what the crate depends on for itself.
const WORKERS: usize = 4;

/// Fewer edits than this take less time than what another worker compiles first.
const EDITS_OF_A_WORKER: usize = 16;

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

pub(crate) fn run(only: Option<&str>, every: NonZeroUsize) -> Result<(), String> {
    let root = schema::root();
    let start = Instant::now();
    let base = known_edits::representative(schema::read(&root)?);
    let edits = known_edits::table().map_err(|found| schema::complain(&found))?;
    let chosen: Vec<&KnownEdit> = edits
        .iter()
        .filter(|edit| only.is_none_or(|only| edit.name.contains(only)))
        .step_by(every.get())
        .collect();
    let as_it_is = files(&base)?;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let workers = workers
        .min(WORKERS)
        .min(chosen.len().div_ceil(EDITS_OF_A_WORKER));
    let next = AtomicUsize::new(0);
    let work = |worker: usize| -> Result<Vec<String>, String> {
        let workspace = Workspace::make(&root, worker)?;
        let (compiled, said) = workspace.check(&as_it_is)?;
        if compiled != Compiled::Yes {
            return Err(format!(
                "the program doesn't compile before any edit:\n{said}"
            ));
        }
        let mut wrong = Vec::new();
        while let Some(edit) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
            let said = attempt(&workspace, (&base, &as_it_is), edit);
            report(start, &edit.name, &said);
            wrong.extend(said.err().map(|said| format!("{}: {said}", edit.name)));
        }
        Ok(wrong)
    };
    let wrong: Result<Vec<Vec<String>>, String> = thread::scope(|scope| {
        let work = &work;
        let all: Vec<_> = (0..workers)
            .map(|worker| scope.spawn(move || work(worker)))
            .collect();
        let ends = all.into_iter().map(|it| {
            it.join()
                .unwrap_or_else(|_| Err("a worker panicked".to_owned()))
        });
        ends.collect()
    });
    let wrong = wrong?.concat();
    println!(
        "{} edits, {} wrong, {}",
        chosen.len(),
        wrong.len(),
        seconds(start.elapsed())
    );
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

/// Says how an edit went, where somebody watches.
fn report(start: Instant, name: &str, said: &Result<Compiled, String>) {
    if io::stdout().is_terminal() {
        let word = if said.is_ok() { "ok   " } else { "WRONG" };
        println!("{:>7} {word} {name}", seconds(start.elapsed()));
    }
}

/// Compiles the program against an edited schema. Where the code stays the same, what is known of it holds.
fn attempt(
    workspace: &Workspace,
    (base, as_it_is): (&Input, &Files),
    edit: &KnownEdit,
) -> Result<Compiled, String> {
    let edited = edit.apply(base)?;
    let (compiled, said) = match files(&edited) {
        Ok(files) if files == *as_it_is => (Compiled::Yes, String::new()),
        Ok(files) => workspace.check(&files)?,
        Err(said) => (Compiled::Refused, said),
    };
    let expected = match (edit.rust, edit.compiles) {
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
