//! Names of the hand-written crate that generated code mentions.

use crate::contract;
use crate::emit::imports::Directory;
use crate::fault::{Fault, Subject};

/// The module that gathers them for generated code.
pub(super) const GATHERED: &str = "crate::runtime::codegen::prelude";

/// A directory that knows them and nothing else yet.
pub(super) fn directory() -> Result<Directory, Fault> {
    let mut directory = Directory::default();
    for name in contract::TYPES {
        directory.add(name, "crate::types", Subject::Generator)?;
    }
    let macros = contract::MACROS.iter().map(|row| row.name);
    for name in contract::RUNTIME.iter().copied().chain(macros) {
        directory.add(name, "crate::runtime", Subject::Generator)?;
    }
    directory.add("Client", "crate", Subject::Generator)?;
    Ok(directory)
}
