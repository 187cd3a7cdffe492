//! What is generated is what `schema/` says: nobody forgot to regenerate, nobody edited the result, and generating twice
//! gives the same bytes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use revio_codegen::generate::{Input, Output, generate};
use revio_codegen::lower::Strictness;
use revio_tests::spec::root;

/// Folders that hold nothing but generated files.
const OWNED: [&str; 2] = ["revio-api/src/generated", "tests/src/generated"];

/// Generated once for the whole file.
static ONCE: LazyLock<Output> = LazyLock::new(from_the_schema);

fn from_the_schema() -> Output {
    let generated = Input::read(&root()).and_then(|input| generate(&input, Strictness::EveryPass));
    generated.unwrap_or_else(|complaints| {
        let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
        panic!("schema/ can't be generated from:\n{}", lines.join("\n"))
    })
}

/// Paths of all files below a folder, from the project's root.
fn below(folder: &str, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!(
            "{folder}/{}",
            entry.file_name().to_str().expect("a plain name")
        );
        if entry.path().is_dir() {
            below(&path, found);
        } else {
            found.insert(path);
        }
    }
}

#[test]
fn generated_files_are_what_the_schema_says() {
    let output = &*ONCE;
    let mut stale = Vec::new();
    for (path, text) in &output.files {
        match std::fs::read_to_string(root().join(Path::new(path))) {
            Ok(there) if there == *text => {}
            Ok(_) => stale.push(format!("{path} differs")),
            Err(error) => stale.push(format!("{path}: {error}")),
        }
    }
    let made: BTreeSet<&str> = output.files.iter().map(|(path, _)| path.as_str()).collect();
    let mut there = BTreeSet::new();
    for folder in OWNED {
        below(folder, &mut there);
    }
    let left = there.iter().filter(|path| !made.contains(path.as_str()));
    stale.extend(left.map(|path| format!("{path} isn't generated any more")));
    assert!(
        stale.is_empty(),
        "run `cargo xtask regen`; stale are:\n{}",
        stale.join("\n")
    );
    assert_eq!(output.operations, 132);
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let (once, again) = (&*ONCE, from_the_schema());
    let different: Vec<&str> = once
        .files
        .iter()
        .zip(&again.files)
        .filter(|(one, other)| one != other)
        .map(|((path, _), _)| path.as_str())
        .collect();
    assert!(different.is_empty(), "{different:?}");
    assert_eq!(once.files.len(), again.files.len());
}
