//! Persistence: the state in a file.
//!
//! A file is a snapshot of the state, followed by the calls that changed it since, one line each:
//!
//! ```text
//! 5d1c0c7e {"file":"revio-sandbox","version":1,"seed":42,"customers":50,"time":"...","lines":2}
//! 0a61b2f3 {"table":"Contact","next":102}
//! 9be0d5a8 {"table":"Contact","id":101,"fields":{...}}
//! 77b1e0c4 {"time":"...","changes":[{"table":"Contact","id":7,"removed":true}]}
//! ```
//!
//! Each line begins with the CRC-32 of the rest. The file holds only what differs from the computed
//! records, so it stays small, and equal states give equal snapshots. A line is written in one
//! write before the response is sent: a process that is killed leaves at most an unfinished last
//! line, of a call whose response was never sent. Files are replaced as a whole, by renaming.

mod error;
mod journal;
mod snapshot;

pub use error::DataError;
pub(crate) use error::Problem;
pub(crate) use journal::{Journal, read, replace};
pub(crate) use snapshot::{Snapshot, write};
