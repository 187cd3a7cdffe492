//! Keeping the state in a file.
//!
//! A file is an image of the state, followed by the calls that changed it since, one line each:
//!
//! ```text
//! 5d1c0c7e {"file":"revio-sandbox","version":1,"seed":42,"customers":50,"time":"...","lines":2}
//! 0a61b2f3 {"table":"Contact","next":102}
//! 9be0d5a8 {"table":"Contact","id":101,"fields":{...}}
//! 77b1e0c4 {"time":"...","changes":[{"table":"Contact","id":7,"removed":true}]}
//! ```
//!
//! Each line begins with the CRC-32 of the rest. Only what differs from the computed records is
//! there, so files stay small, and equal states give equal images. A line is written in one go
//! before its call is answered: a process that is killed leaves behind at most an unfinished last
//! line, of a call that nobody got an answer to. Files are replaced as a whole, by renaming.

mod error;
mod image;
mod journal;
mod line;

pub use error::DataError;
pub(crate) use error::Problem;
pub(crate) use image::{Image, write};
pub(crate) use journal::{Journal, read, replace};
