//! Names of the hand-written crate that generated code mentions.

use crate::emit::imports::Directory;
use crate::fault::{Fault, Subject};

/// The module that gathers them for generated code.
pub(super) const GATHERED: &str = "crate::runtime::codegen::prelude";

const TYPES: &[&str] = &[
    "Created",
    "Extras",
    "Field",
    "FileBody",
    "Json",
    "Money",
    "Nullable",
    "Page",
    "Patch",
    "Quantity",
    "RevioDate",
    "RevioDateTime",
    "TextOrNumber",
];

const RUNTIME: &[&str] = &[
    "Deserialize",
    "Operation",
    "Paging",
    "Parts",
    "Serialize",
    "Transport",
    "handle",
    "has_fields",
    "id_type",
    "into_setter",
    "labelled",
    "linkable",
    "list_request",
    "list_setter",
    "open_enum",
    "no_own_id",
    "operation",
    "own_id",
    "patchable",
    "redacted_debug",
    "request",
    "setter",
    "texts_setter",
];

/// A directory that knows them and nothing else yet.
pub(super) fn directory() -> Result<Directory, Fault> {
    let mut directory = Directory::default();
    for (module, names) in [("crate::types", TYPES), ("crate::runtime", RUNTIME)] {
        for name in names {
            directory.add(name, module, Subject::Generator)?;
        }
    }
    directory.add("Client", "crate", Subject::Generator)?;
    Ok(directory)
}
