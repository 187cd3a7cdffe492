//! What holds for every comparison, whatever is compared: rewrites that change nothing on the wire are
//! silent, alone, mixed and around real changes; a comparison and its mirror image find the same; and
//! so do one step and the two that it consists of.

#[path = "metamorphic/documents.rs"]
mod documents;
#[path = "metamorphic/laws.rs"]
mod laws;
#[path = "metamorphic/mixed.rs"]
mod mixed;
#[path = "metamorphic/rewrites.rs"]
mod rewrites;

mod common;

use common::own;
use documents::{assert_silent, report};
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
    let own = own();
    assert_eq!(report(&own, &own).findings, []);
}
