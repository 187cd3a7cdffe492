//! The table of edits, and the schema that they are made to.

use std::path::Path;
use std::sync::Arc;

use revio_codegen::diff;
use revio_codegen::diff::finding::Wire;
use revio_codegen::diff::report::Options;
use revio_codegen::diff::side::Side;
use revio_codegen::diff::trial::{self, Trial};
use revio_codegen::generate::{Input, bundle};
use revio_codegen::load::Source;
use revio_tests::following::Messages;
use revio_tests::spec::{Spec, root};

/// The part of the schema that trials are made with.
pub(crate) fn representative() -> Input {
    trial::representative(Input::read(&root()).expect("the schema is readable"))
}

/// Whether the schema diff says that requests which were right may be refused.
pub(crate) fn breaks_requests(base: &Input, edited: &Input) -> Result<bool, String> {
    let side = |label: &str, input: &Input| Side::ours(label, input.clone());
    let compared = side("old", base)
        .and_then(|old| diff::compare(&old, &side("new", edited)?, &Options::default()));
    let report = compared.map_err(|found| format!("{found:?}"))?;
    let breaking = report.on_wire(Wire::Breaking);
    Ok(breaking
        .into_iter()
        .any(|finding| finding.direction.in_requests()))
}

/// All edits.
pub(crate) fn table() -> Vec<Trial> {
    let path = "codegen/tests/rust_truth/trials.yaml".to_owned();
    let text = std::fs::read_to_string(root().join(Path::new(&path))).expect("readable");
    trial::read(&Source { path, text }).expect("a sound table")
}

/// What a service of a schema follows.
pub(crate) struct Described {
    pub(crate) rest: Arc<Spec>,
    pub(crate) legacy: Arc<Messages>,
}

/// The descriptions of a schema.
pub(crate) fn described(schema: &Input) -> Result<Described, String> {
    let json = |text: &str| serde_json::from_str(text).map_err(|error| error.to_string());
    let document = bundle(schema).map_err(|found| format!("{found:?}"))?;
    let legacy = schema.legacy.iter();
    let legacy: Result<Vec<_>, String> = legacy
        .map(|source| Ok((json(&source.text)?, source.path.clone())))
        .collect();
    Ok(Described {
        rest: Arc::new(Spec::of(json(&document.to_json())?)),
        legacy: Arc::new(Messages::of(legacy?)),
    })
}
