//! Reads the public surface from generated text.

mod arguments;
mod declared;
mod items;
mod methods;
mod reader;
mod requests;
mod text;

use super::surface::Surface;
use crate::generate::Output;

/// The folder of everything that users of the crate see.
const ROOT: &str = "revio-api/src/generated/";

impl Surface {
    /// The surface of everything that was generated.
    ///
    /// # Errors
    /// Says which file holds something whose effect on the surface isn't known.
    pub fn of(output: &Output) -> Result<Self, String> {
        Self::read(output.rust())
    }

    /// The surface of these files; those that belong to no public module are passed over.
    pub(in crate::rust_api) fn read<'f>(
        files: impl Iterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, String> {
        let mut surface = Self::default();
        let mut parsed = Vec::new();
        for (path, text) in files {
            let Some(file) = path.strip_prefix(ROOT) else {
                continue;
            };
            let code =
                syn::parse_file(text).map_err(|error| format!("{path} is no Rust: {error}"))?;
            parsed.push((file, code));
        }
        // Requests first: the methods of a handle are made of what they say. Legacy requests last: they
        // are made of their messages.
        parsed.sort_by_key(|(file, _)| match *file {
            "legacy/calls.rs" => 2,
            file => u8::from(!file.ends_with("/requests.rs")),
        });
        let mut known = reader::Known::default();
        for (file, code) in &parsed {
            let mut reader = reader::Reader {
                module: module(file),
                known: &mut known,
                surface: &mut surface,
            };
            reader
                .file(code)
                .map_err(|message| format!("{ROOT}{file}: {message}"))?;
        }
        Ok(surface)
    }
}

/// The public module of a generated file: files of records and requests are re-exported by the
/// module above them, and so are all files of legacy messages.
fn module(file: &str) -> String {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let parts: Vec<&str> = stem.split('/').collect();
    let kept = match parts.as_slice() {
        [rest @ .., "mod" | "records" | "requests"] => rest,
        ["legacy", ..] => &parts[..1],
        all => all,
    };
    kept.join("::")
}
