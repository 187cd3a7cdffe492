//! The commands about the schema: `cargo xtask regen`, `lint`, `diff`, `diff-bench`, `wsdl-check`, `rust-truth`.

mod diff;
mod diff_bench;
mod files;
mod lint;
mod regen;
mod rust_truth;
mod schema;
mod wsdl_check;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "The project's own commands",
    after_help = "Two more need no generator:\n  demo  Start a sandbox and walk through it with the client\n  ci    Run what CI runs"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write everything that is made from schema/.
    Regen {
        /// Compare instead of writing; fails and names every file that is stale.
        #[arg(long)]
        check: bool,
        /// Another clone of the project; the one that this program was built in by default.
        #[arg(long, value_name = "FOLDER", default_value_os_t = schema::root(), hide_default_value = true)]
        root: PathBuf,
    },
    /// Check schema/ without generating.
    Lint {
        /// List the rules instead.
        #[arg(long)]
        rules: bool,
        /// Another clone of the project; the one that this program was built in by default.
        #[arg(long, value_name = "FOLDER", default_value_os_t = schema::root(), hide_default_value = true)]
        root: PathBuf,
    },
    Diff(Box<diff::Arguments>),
    /// Compare the diff with oasdiff: what both find, and what both cost.
    DiffBench {
        /// Only what both find, which needs no optimised build.
        #[arg(long, conflicts_with = "limits")]
        findings: bool,
        /// Fail as well when ours takes more time or memory than it may on a machine with nothing
        /// else to do.
        #[arg(long)]
        limits: bool,
    },
    WsdlCheck(wsdl_check::Arguments),
    /// Compile a program against every edit of the schema in the table, and compare with the diff.
    RustTruth {
        /// Only edits whose name holds this.
        only: Option<String>,
        /// Only every Nth of them, for a quick look.
        #[arg(long, value_name = "N", default_value = "1")]
        every: NonZeroUsize,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Regen { check, root } => regen::run(&root, check),
        Command::Lint { rules, root } => lint::run(&root, rules),
        Command::Diff(arguments) => return diff::run(&arguments),
        Command::DiffBench { findings, limits } => diff_bench::run(findings, limits),
        Command::WsdlCheck(arguments) => return wsdl_check::run(&arguments),
        Command::RustTruth { only, every } => rust_truth::run(only.as_deref(), every),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
