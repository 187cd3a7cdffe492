//! What the tests of several crates share: HTTP/1.1 on loopback at the level of bytes, and the number of random cases.
//!
//! [`Request`] is the one reader of all test servers; it has nothing in common with the client or the sandbox, so that it
//! can't share their mistakes. [`Server`] responds by a script and keeps every request as it came over the wire.

mod request;
mod server;

pub use self::request::{Request, decode};
pub use self::server::{Action, Server, bytes, ok, reply};

/// How many random cases a property gets: so many, times the variable `REVIO_CASES_TIMES` where it is set, as nightly runs do.
pub fn cases(usual: u32) -> u32 {
    let times = std::env::var("REVIO_CASES_TIMES").map_or(1, |times| {
        times.parse().expect("REVIO_CASES_TIMES is a whole number")
    });
    usual.saturating_mul(times)
}
