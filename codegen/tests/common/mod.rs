//! What several tests of generation share: the project's own schema, and small ones.

#![allow(dead_code, reason = "each test uses its own part")]

use std::path::{Path, PathBuf};

use revio_codegen::generate::Input;
use revio_codegen::load::{self, Document, Source};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the crate has a folder above").into()
}

/// Everything that `schema/` holds.
pub(crate) fn real() -> Input {
    Input::read(&root()).expect("the schema is readable")
}

/// A text with a name.
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

/// A small document: `text` holds paths, tags and components, the rest is filled in. Lines of `text`
/// keep their numbers.
pub(crate) fn small(text: &str) -> Document {
    let openapi = source(
        "openapi.yaml",
        "openapi: '3.0.3'\ninfo: {title: Small, version: '1'}\n",
    );
    load::bundle(&openapi, &[source("bills.yaml", text)]).expect("a sound document")
}
