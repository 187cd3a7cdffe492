//! Every name of this module that generated code mentions, in one import.

pub(crate) use super::call::{Call, call_setter, legacy_request};
pub(crate) use super::client::LegacyClient;
