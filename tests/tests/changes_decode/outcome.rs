//! What becomes of a client's calls.

/// From harmless to severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Every call was answered, and every answer read.
    Answered,
    /// The service refused what a call carried, or missed something in it.
    Refused,
    /// An answer couldn't be read.
    Unread,
    /// Nothing was there to answer a call.
    Lost,
}

/// What became of all calls for one description.
pub(crate) struct Found {
    pub(crate) outcome: Outcome,
    pub(crate) calls: usize,
    problems: Vec<String>,
}

impl Found {
    pub(crate) fn new() -> Self {
        Self {
            outcome: Outcome::Answered,
            calls: 0,
            problems: Vec::new(),
        }
    }

    /// Adds what became of a call.
    pub(crate) fn add(&mut self, outcome: Outcome, said: String) {
        if outcome > Outcome::Answered {
            self.problems.push(said);
        }
        self.outcome = self.outcome.max(outcome);
    }

    /// The first things that went wrong.
    pub(crate) fn said(&self) -> String {
        let shown: Vec<&str> = self.problems.iter().take(3).map(String::as_str).collect();
        let more = self.problems.len() - shown.len();
        match (shown.is_empty(), more) {
            (true, _) => "every call is answered".to_owned(),
            (_, 0) => shown.join("; "),
            _ => format!("{}; {more} more", shown.join("; ")),
        }
    }
}
