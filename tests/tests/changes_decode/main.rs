//! What the schema diff says of crates that are already published is what they do.
//!
//! These tests are linked with the published crate: that of the schema as it is. For every edit in the table of trials
//! a service follows the edited schema, and the crate makes its calls.

mod legacy;
mod outcome;
mod rest;
mod trials;

use std::collections::BTreeMap;

use revio_codegen::diff::finding::Decode;

use self::legacy::LegacyCaller;
use self::outcome::{Found, Outcome};
use self::rest::Callers;
use self::trials::Described;

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
    let base = trials::representative();
    let old = trials::described(&base).expect("sound");
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
    for trial in trials::table() {
        let edited = trial.apply(&base).expect(&trial.name);
        let new = match trials::described(&edited) {
            Ok(new) => new,
            Err(message) => {
                wrong.push(format!("{}: {message}", trial.name));
                continue;
            }
        };
        let found = published.call(&new, true).await;
        *seen.entry(found.outcome).or_insert(0) += 1;
        let truth = match found.outcome {
            Outcome::Answered => Decode::Safe,
            Outcome::Refused => {
                if trials::breaks_requests(&base, &edited) != Ok(true) {
                    wrong.push(format!(
                        "{}: not breaking on the wire, but {}",
                        trial.name,
                        found.said()
                    ));
                }
                Decode::Safe
            }
            Outcome::Lost | Outcome::Unread => Decode::Breaks,
        };
        if truth != trial.decode {
            wrong.push(format!(
                "{}: {:?} in the table, but {}",
                trial.name,
                trial.decode,
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
        assert!(count >= least, "{count} trials are {outcome:?}");
    }
}
