//! How long a comparison takes and how much memory it needs.
//!
//! `cargo bench -p api-schema-diff --bench diff -- OLD NEW` compares two files once and prints the user
//! time and the greatest resident size of the whole run, reading included. Without files it compares
//! this project's own schema with itself.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use api_schema_diff::compare;
use api_schema_diff::finding::Wire;
use api_schema_diff::report::Options;
use api_schema_diff::side::Side;
use api_schema_text::Source;

fn main() -> ExitCode {
    let files: Vec<String> = env::args()
        .skip(1)
        .filter(|it| !it.starts_with("--"))
        .collect();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/openapi.json");
    let own = own.to_string_lossy().into_owned();
    let (old, new) = match files.as_slice() {
        [] => (own.clone(), own),
        [old, new] => (old.clone(), new.clone()),
        _ => {
            eprintln!("give two files, or none for the project's own schema");
            return ExitCode::from(2);
        }
    };
    match run(&old, &new) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(3)
        }
    }
}

fn run(old: &str, new: &str) -> Result<(), String> {
    let read = |label: &str, path: &str| {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        let path = path.to_owned();
        let side = Side::document(label, &Source { path, text });
        side.map_err(|complaints| complaints[0].to_string())
    };
    let (old, new) = (read("old", old)?, read("new", new)?);
    let loaded = user_seconds();
    let report = compare(&old, &new, &Options::default());
    let report = report.map_err(|complaints| complaints[0].to_string())?;
    let compared = user_seconds();
    let count = |wire| report.on_wire(wire).count();
    println!(
        "{} facts: {} breaking, {} undecided, {} compatible, {} silent; {} with a witness",
        report.findings.len(),
        count(Wire::Breaking),
        count(Wire::Undecided),
        count(Wire::Compatible),
        count(Wire::Silent),
        report
            .findings
            .iter()
            .filter(|it| it.witness.is_some())
            .count(),
    );
    println!(
        "user {compared:.2} s (reading {loaded:.2} s), {} MB",
        greatest_size().unwrap_or_default() / 1024
    );
    Ok(())
}

/// User time of this process so far. Zero where the system doesn't tell.
fn user_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().nth(11);
    // Linux counts in hundredths wherever this runs.
    ticks
        .and_then(|it| it.parse::<f64>().ok())
        .unwrap_or_default()
        / 100.0
}

/// Greatest resident size in kilobytes.
fn greatest_size() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
