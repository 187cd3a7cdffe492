//! Every name of the crate that generated code mentions, in one import.

pub(crate) use serde::{Deserialize, Serialize};

pub(crate) use super::macros::{
    handle, into_setter, list_request, list_setter, operation, redacted_debug, request, setter,
    texts_setter,
};
pub(crate) use super::record_traits::{
    has_fields, labelled, linkable, no_own_id, own_id, patchable,
};
pub(crate) use crate::operation::Operation;
pub(crate) use crate::request::Paging;
pub(crate) use crate::runtime::{Parts, Transport};
pub(crate) use crate::types::macros::{id_type, open_enum};
pub(crate) use crate::types::{
    Created, Extras, Field, FileBody, Json, Money, Nullable, Page, Patch, Quantity, RevioDate,
    RevioDateTime, TextOrNumber,
};
