//! A guide in pages of a screen or two, each about one thing that integrations do.
//!
//! The examples of every page are compiled, and run where no server is needed. Whole programs are in the folder
//! `examples` of this crate.
//!
//! What a page says of the vendor's API is as sure as the page says. The vendor documents some of it; some is only seen in
//! working public code; some nobody has seen, and then the page says what this client does about it.

#[doc = include_str!("getting_started.md")]
pub mod getting_started {}

#[doc = include_str!("lists.md")]
pub mod lists {}

#[doc = include_str!("money.md")]
pub mod money {}

#[doc = include_str!("payments.md")]
pub mod payments {}

#[doc = include_str!("key_links.md")]
pub mod key_links {}

#[doc = include_str!("patches.md")]
pub mod patches {}

#[doc = include_str!("errors.md")]
pub mod errors {}

#[doc = include_str!("rate_limits.md")]
pub mod rate_limits {}

#[doc = include_str!("legacy.md")]
pub mod legacy {}

// Its examples need the sandbox, which this crate doesn't know. They are compiled and run by the end-to-end tests.
#[cfg_attr(not(doctest), doc = include_str!("testing.md"))]
pub mod testing {}
