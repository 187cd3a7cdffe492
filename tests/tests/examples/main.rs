//! The example programs, run against the sandbox as their users would run them: what they print, and what they leave
//! behind in the account and on the disk.

mod custom_field;
mod legacy;
mod link;
mod payment;
mod raw;
mod sync;
