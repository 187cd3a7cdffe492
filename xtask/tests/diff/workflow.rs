//! The project's workflows, as documents.

use std::fs;
use std::path::Path;

use revio_codegen::load::{Document, Source, yaml};

/// A workflow of this project.
pub(crate) fn workflow(name: &str) -> Document {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let path = format!(".github/workflows/{name}.yml");
    let text = fs::read_to_string(root.join(&path)).unwrap();
    yaml(&Source { path, text }).unwrap()
}
