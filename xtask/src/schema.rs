//! Finds and reads schema/.

use std::path::{Path, PathBuf};

use api_schema_text::Diagnostic;
use revio_codegen::generate::Input;

/// The project's root: the folder above this crate's.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Everything that generation starts from.
pub(crate) fn read(root: &Path) -> Result<Input, String> {
    Input::read(root).map_err(|complaints| complain(&complaints))
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
