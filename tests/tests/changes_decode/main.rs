//! What the schema diff says of crates that are already published is what they do.
//!
//! These tests are linked with the published crate: that of the schema as it is. For every edit in the table of known edits
//! a service follows the edited schema, and the crate makes its calls.

mod edits;
mod legacy;
mod outcome;
mod rest;

use std::collections::BTreeMap;

use api_schema_diff::consumer::Decode;

use self::edits::Described;
use self::legacy::LegacyCaller;
use self::outcome::{Found, Outcome};
use self::rest::Callers;

/// The published crate.
struct Published {
    rest: Callers,
    legacy: LegacyCaller,
}

impl Published {
    /// Makes all calls, or those that the service answers otherwise than the old one.
    async fn call(&self, service: &Described, changed: bool) -> Found {
        let mut found = Found::new();
        self.rest.call(&service.rest, changed, &mut found).await;
        self.legacy.call(&service.legacy, changed, &mut found).await;
        found
    }
}

#[tokio::test]
async fn published_crates_do_what_the_table_says_with_the_service_of_every_edit() {
    let base = edits::representative();
    let old = edits::described(&base).expect("sound");
    let published = Published {
        rest: Callers::start(&old.rest).await,
        legacy: LegacyCaller::start(&old.legacy).await,
    };
    let as_it_is = published.call(&old, false).await;
    assert_eq!(
        as_it_is.outcome,
        Outcome::Answered,
        "before any edit: {}",
        as_it_is.said()
    );
    assert!(as_it_is.calls >= 1000, "{} calls", as_it_is.calls);
    let (mut wrong, mut seen) = (Vec::new(), BTreeMap::new());
    for edit in edits::table() {
        let edited = edit.apply(&base).expect(&edit.name);
        let new = match edits::described(&edited) {
            Ok(new) => new,
            Err(message) => {
                wrong.push(format!("{}: {message}", edit.name));
                continue;
            }
        };
        let found = published.call(&new, true).await;
        *seen.entry(found.outcome).or_insert(0) += 1;
        let truth = match found.outcome {
            Outcome::Answered => Decode::Safe,
            Outcome::Refused => {
                if edits::breaks_requests(&base, &edited) != Ok(true) {
                    wrong.push(format!(
                        "{}: not breaking on the wire, but {}",
                        edit.name,
                        found.said()
                    ));
                }
                Decode::Safe
            }
            Outcome::Lost | Outcome::Unread => Decode::Breaks,
        };
        if truth != edit.decode {
            wrong.push(format!(
                "{}: {:?} in the table, but {}",
                edit.name,
                edit.decode,
                found.said()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Each of them is there to be told apart.
    for (outcome, least) in [
        (Outcome::Answered, 60),
        (Outcome::Refused, 6),
        (Outcome::Unread, 20),
        (Outcome::Lost, 5),
    ] {
        let count = seen.get(&outcome).copied().unwrap_or(0);
        assert!(count >= least, "{count} edits are {outcome:?}");
    }
}
