//! Declared errors are taken away: the runtime reads every failure itself.

use openapiv3::StatusCode;

use super::visit::{components, every_operation};
use super::{Lowered, Pass};

pub(super) const PASS: Pass = Pass {
    name: "errors",
    why: "error bodies come as array, object or text; a typed error would lose status and body",
    run,
};

fn run(lowered: &mut Lowered) -> usize {
    let mut changed = 0;
    every_operation(&mut lowered.api, |operation| {
        let responses = &mut operation.responses;
        let before = responses.responses.len();
        responses.responses.retain(|status, _| {
            !matches!(
                status,
                StatusCode::Range(4 | 5) | StatusCode::Code(400..=599)
            )
        });
        changed += before - responses.responses.len();
        changed += usize::from(responses.default.take().is_some());
    });
    components(&mut lowered.api).responses.clear();
    changed
}
