//! What becomes of a call under each fault of a network, for each effect: nothing is done twice that must not be, and
//! nothing that was done is called not sent.

mod calls;
#[cfg(target_os = "linux")]
mod disk;
mod fault;
mod killed;
mod mixed;
mod outage;
mod table;
mod time;
