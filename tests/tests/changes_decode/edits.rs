//! The table of edits, and the schema that they are made to.

use std::sync::Arc;

use api_schema_diff::finding::Wire;
use api_schema_diff::report::Options;
use revio_codegen::generate::{Input, bundle};
use revio_codegen::rust_api::{Revio, Revision};
use revio_known_edits::{self as known_edits, KnownEdit};
use revio_tests::following::Messages;
use revio_tests::spec::{Spec, root};

/// The part of the schema that edits are made with.
pub(crate) fn representative() -> Input {
    known_edits::representative(Input::read(&root()).expect("the schema is readable"))
}

/// Whether the schema diff says that requests which were right may be refused.
pub(crate) fn breaks_requests(base: &Input, edited: &Input) -> Result<bool, String> {
    let side = |label: &str, input: &Input| Ok(Revision::new(label, input.clone())?.side);
    let options = Options {
        vocabulary: &Revio,
        ..Options::default()
    };
    let compared = side("old", base)
        .and_then(|old| api_schema_diff::compare(&old, &side("new", edited)?, &options));
    let report = compared.map_err(|found| format!("{found:?}"))?;
    let breaking = report.on_wire(Wire::Breaking);
    Ok(breaking
        .into_iter()
        .any(|finding| finding.direction.in_requests()))
}

/// All edits.
pub(crate) fn table() -> Vec<KnownEdit> {
    known_edits::table().expect("a sound table")
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
