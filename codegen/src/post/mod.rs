//! Mends what progenitor and typify emitted, as named passes over syntax trees.
//!
//! Every pass checks that it finds what it expects: a new version of a generator that emits
//! something else makes generation fail, it never yields silently different code. For the same
//! reason a [`Tally`] counts what each pass mended.

pub mod calls;
pub mod derives;
pub mod paths;
pub mod records;
pub mod redact;
pub mod split;

use std::collections::BTreeMap;

use crate::fault::Fault;

/// One named step.
pub struct Pass {
    /// Kebab-case name, as it appears in messages.
    pub name: &'static str,
    /// Why it exists.
    pub why: &'static str,
}

/// All passes.
pub const PASSES: &[Pass] = &[
    split::PASS,
    calls::PASS,
    paths::PASS,
    records::PASS,
    derives::PASS,
    redact::PASS,
];

/// How often each pass found something to mend.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<&'static str, usize>);

impl Tally {
    /// Notes that `pass` mended something.
    pub fn note(&mut self, pass: &Pass) {
        *self.0.entry(pass.name).or_default() += 1;
    }

    /// How often `name` did.
    pub fn count(&self, name: &str) -> usize {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// Fails when a pass found nothing: on the whole schema it is dead weight or broken.
    ///
    /// ```
    /// use revio_codegen::post::{PASSES, Tally};
    ///
    /// let mut tally = Tally::default();
    /// PASSES.iter().skip(1).for_each(|pass| tally.note(pass));
    /// let fault = tally.all_fired().unwrap_err().to_string();
    /// assert!(fault.ends_with(PASSES[0].name));
    /// ```
    ///
    /// # Errors
    /// Names the idle passes.
    pub fn all_fired(&self) -> Result<(), Fault> {
        let idle: Vec<_> = PASSES
            .iter()
            .map(|pass| pass.name)
            .filter(|name| self.count(name) == 0)
            .collect();
        if idle.is_empty() {
            return Ok(());
        }
        let message = format!(
            "these passes over generated code mended nothing: {}",
            idle.join(", ")
        );
        Err(Fault::generator(message).with_help("remove them from codegen/src/post, or mend them"))
    }
}
