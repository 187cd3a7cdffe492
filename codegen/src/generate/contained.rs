//! Keeps a panic of progenitor, typify or openapiv3 from taking the process down.
//!
//! They treat some inputs as impossible and panic, with a message for their own authors. The inputs
//! that are known to do so have a lint rule each; those that nobody has met yet must still end in a
//! diagnostic. Nothing of what a panicking library leaves behind is used again.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`contained`], so that its panics are no news to anybody.
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `foreign`; a panic becomes an error with its message.
pub(super) fn contained<T>(foreign: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    keep_quiet();
    let before = CONTAINED.replace(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(foreign));
    CONTAINED.set(before);
    outcome.unwrap_or_else(|payload| Err(message(&*payload)))
}

/// Makes the process's panic hook skip what is contained. Hooks are global: the one that was there
/// before goes on to serve everybody else.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CONTAINED.get() {
                before(info);
            }
        }));
    });
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_returned_is_passed_on() {
        let error: Result<(), _> = contained(|| Err("no".to_owned()));
        assert_eq!(error, Err("no".to_owned()));
        assert_eq!(contained(|| Ok(3)), Ok(3));
    }

    #[test]
    fn a_panic_becomes_its_message() {
        let plain: Result<(), _> = contained(|| panic!("plain"));
        assert_eq!(plain, Err("plain".to_owned()));
        let number = 7;
        let formatted: Result<(), _> = contained(|| panic!("formatted {number}"));
        assert_eq!(formatted, Err("formatted 7".to_owned()));
        let odd: Result<(), _> = contained(|| panic::panic_any(number));
        assert_eq!(odd, Err("a panic without a message".to_owned()));
        assert!(!CONTAINED.get(), "other panics are heard again");
    }
}
