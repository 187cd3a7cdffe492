//! Finds and reads schema/.

use std::path::{Path, PathBuf};

use revio_codegen::diagnostic::Diagnostic;
use revio_codegen::generate::Input;
use revio_codegen::load::read_dir;

/// The project's root: the folder above this crate's.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Everything that generation starts from.
pub(crate) fn read(root: &Path) -> Result<Input, String> {
    let read = |dir: &str, extension: &str| {
        read_dir(root, dir, extension).map_err(|error| format!("{dir}: {error}"))
    };
    let mut openapi = None;
    let mut fragments = Vec::new();
    for source in read("schema/rest", "yaml")? {
        if source.path == "schema/rest/openapi.yaml" {
            openapi = Some(source);
        } else {
            fragments.push(source);
        }
    }
    Ok(Input {
        openapi: openapi
            .ok_or("schema/rest/openapi.yaml is missing; it holds what all resources share")?,
        fragments,
        legacy: read("schema/legacy", "json")?,
    })
}

/// One complaint a line, and how many there are.
pub(crate) fn complain(complaints: &[Diagnostic]) -> String {
    let mut lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    lines.push(match complaints.len() {
        1 => "1 problem in schema/; nothing was written".to_owned(),
        n => format!("{n} problems in schema/; nothing was written"),
    });
    lines.join("\n")
}
