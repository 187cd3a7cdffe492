//! The files of the test crate: a call of every operation, a decoder for every schema.

use std::collections::BTreeMap;

use quote::quote;

use super::crate_files;
use super::rust::Rust;
use crate::emit::example::Samples;
use crate::emit::{calls, file, roundtrip};
use crate::fault::Fault;
use crate::model::Answer;

const ROOT: &str = "tests/src/generated";

pub(super) fn emit(rust: &Rust, files: &mut BTreeMap<String, String>) -> Result<(), Fault> {
    let directory = crate_files::directory(rust)?;
    let samples = Samples {
        api: &rust.api,
        types: &rust.types,
        ids_from_test: true,
        everything: true,
    };
    let mut write = |name: &str, docs: &str, tokens| {
        let path = format!("{ROOT}/{name}");
        let text = file::render(&path, docs, tokens)?;
        files.insert(path, text);
        Ok::<(), Fault>(())
    };
    for (resource, resource_calls) in rust.api.resources.iter().zip(&rust.calls) {
        let tokens = calls::emit(resource, resource_calls, &samples);
        let public = directory.public_imports(&tokens);
        let has_list = resource
            .operations
            .iter()
            .any(|operation| operation.answer == Answer::Page);
        let list = has_list.then(|| {
            quote!(
                use revio_api::ListRequest as _;
            )
        });
        write(
            &format!("calls/{}.rs", resource.tag),
            "Full calls of one resource.",
            quote!(use crate::calling::{Call, Ids, Outcome}; use revio_api::Request as _; #list #public #tokens),
        )?;
    }
    write(
        "calls/mod.rs",
        "A full call of every operation.",
        calls::index(&rust.api.resources),
    )?;
    write(
        "roundtrips.rs",
        "A decoder and encoder of every schema.",
        roundtrip::emit(&rust.types, &rust.pages, &directory),
    )?;
    write(
        "mod.rs",
        "Made from the schema for the tests.",
        quote!(
            pub mod calls;
            pub mod roundtrips;
        ),
    )
}
