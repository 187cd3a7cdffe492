//! The calls that a journal's lines leave open.

use std::collections::BTreeMap;
use std::time::SystemTime;

use super::line::{Line, State};
use super::{Doubt, Unresolved};

/// What is known of the calls that aren't settled.
#[derive(Default)]
pub(super) struct OpenCalls {
    calls: BTreeMap<String, Call>,
    /// How many have been seen, for their order.
    seen: u64,
}

struct Call {
    place: u64,
    operation: String,
    time: SystemTime,
    note: Option<String>,
    doubt: Option<Doubt>,
}

impl OpenCalls {
    /// Takes in a line.
    pub(super) fn apply(&mut self, line: &Line<'_>) {
        let doubt = match line.state {
            // Another attempt may follow, so what the first line says is still needed.
            State::Intent | State::NotSent => None,
            State::Sending => Some(Doubt::Unanswered),
            State::Unknown => Some(Doubt::Unknown),
            State::Answered | State::Resolved => {
                self.calls.remove(line.id.as_ref());
                return;
            }
        };
        self.seen += 1;
        let place = self.seen;
        let call = self
            .calls
            .entry(line.id.clone().into_owned())
            .or_insert_with(|| Call {
                place,
                operation: line.operation.as_deref().unwrap_or("unknown").to_owned(),
                time: line.time,
                note: line.note.as_deref().map(str::to_owned),
                doubt: None,
            });
        call.doubt = doubt;
    }

    /// Forgets a call that was not sent and won't be.
    pub(super) fn forget(&mut self, id: &str) {
        if self.calls.get(id).is_some_and(|call| call.doubt.is_none()) {
            self.calls.remove(id);
        }
    }

    /// Forgets all that were not sent.
    pub(super) fn forget_unsent(&mut self) {
        self.calls.retain(|_, call| call.doubt.is_some());
    }

    pub(super) fn unresolved(&self) -> Vec<Unresolved> {
        let mut calls: Vec<_> = self
            .calls
            .iter()
            .filter_map(|(id, call)| Some((call.place, id, call, call.doubt?)))
            .collect();
        calls.sort_unstable_by_key(|(place, ..)| *place);
        calls
            .into_iter()
            .map(|(_, id, call, doubt)| Unresolved {
                id: id.clone(),
                operation: call.operation.clone(),
                time: call.time,
                note: call.note.clone(),
                doubt,
            })
            .collect()
    }
}
