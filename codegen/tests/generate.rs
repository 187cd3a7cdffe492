//! Generation as a whole: the same bytes every time, and messages that point to the place.

mod common;

use std::fs;
use std::sync::LazyLock;

use revio_codegen::generate::{Output, generate};
use revio_codegen::lower::Strictness;

/// What the project's own schema gives.
fn output() -> &'static Output {
    static OUTPUT: LazyLock<Output> =
        LazyLock::new(|| generate(&common::real(), Strictness::EveryPass).unwrap());
    &OUTPUT
}

#[test]
fn output_is_the_same_every_time_and_in_any_order_of_files() {
    let input = common::real();
    let first = output();
    let again = generate(&input, Strictness::EveryPass).unwrap();
    assert!(*first == again, "two runs differ");

    let mut shuffled = input.clone();
    shuffled.fragments.reverse();
    shuffled.fragments.rotate_left(7);
    shuffled.legacy.reverse();
    let other = generate(&shuffled, Strictness::EveryPass).unwrap();
    for (one, two) in first.files.iter().zip(&other.files) {
        assert_eq!(one.0, two.0);
        assert!(one.1 == two.1, "{} depends on the order of files", one.0);
    }
    assert_eq!(first.files.len(), other.files.len());
}

#[test]
fn committed_files_are_what_the_schema_gives() {
    let stale: Vec<&str> = output()
        .files
        .iter()
        .filter(|(path, text)| {
            fs::read_to_string(common::root().join(path)).ok().as_ref() != Some(text)
        })
        .map(|(path, _)| path.as_str())
        .collect();
    assert!(stale.is_empty(), "run `cargo xtask regen`: {stale:?}");
}

#[test]
fn generated_code_keeps_its_budget() {
    let output = output();
    let library = output
        .rust()
        .filter(|(path, _)| path.starts_with("revio-api/"));
    let lines: usize = library.map(|(_, text)| text.lines().count()).sum();
    // The five legacy operations are generated as types; they count as operations all the same.
    let operations = output.operations + 5;
    assert!(
        lines <= 120 * operations,
        "{lines} lines for {operations} operations"
    );
    for (path, text) in output.rust() {
        assert!(text.lines().count() <= 1_500, "{path}");
        assert!(text.starts_with("// @generated"), "{path}");
        assert!(syn::parse_file(text).is_ok(), "{path}");
    }
}
