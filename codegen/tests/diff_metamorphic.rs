//! What holds for every comparison, whatever is compared: rewrites that change nothing on the wire are
//! silent, alone, mixed and around real changes; a comparison and its mirror image find the same; and
//! so do one step and the two that it consists of.

#[path = "diff_metamorphic/documents.rs"]
mod documents;
#[path = "diff_metamorphic/laws.rs"]
mod laws;
#[path = "diff_metamorphic/mixed.rs"]
mod mixed;
#[path = "diff_metamorphic/rewrites.rs"]
mod rewrites;

mod common;

use documents::{assert_silent, own, report};
use revio_codegen::diff::compare;
use revio_codegen::diff::report::Options;
use revio_codegen::diff::side::Side;
use rewrites::REWRITES;

#[test]
fn each_rewrite_is_silent_when_done_everywhere() {
    let old = own();
    for rewrite in REWRITES {
        let mut new = old.clone();
        (rewrite.run)(&mut new, &mut || true);
        assert_silent(rewrite.name, &old, &new);
    }
}

#[test]
fn another_order_is_no_finding() {
    let old = own();
    let mut new = old.clone();
    rewrites::reverse(&mut new);
    assert_ne!(old.to_string(), new.to_string());
    let findings = report(&old, &new).findings;
    let messages: Vec<&String> = findings.iter().map(|it| &it.message).collect();
    assert!(messages.is_empty(), "{messages:#?}");
}

#[test]
fn the_schema_against_itself_has_no_findings() {
    let side = || Side::ours("same", common::real()).expect("the schema is whole");
    let report = compare(&side(), &side(), &Options::default()).expect("comparable");
    assert_eq!(report.findings, []);
}
