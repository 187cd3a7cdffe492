//! The whole way from schema text to files.

mod contained;
mod crate_files;
mod culprit;
mod legacy;
mod places;
mod runtime_names;
mod rust;
mod settings;
mod test_files;

use std::collections::BTreeMap;
use std::path::Path;

use openapiv3::OpenAPI;

use self::contained::contained;
use self::rust::Rust;
pub use self::settings::run_progenitor;
use crate::fault::{Fault, Subject};
use crate::lint;
pub use crate::load::Input;
use crate::load::{self, Document, Source};
use crate::lower::{self, Strictness};
use crate::model;
use api_schema_text::Diagnostic;

/// What it yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Path from the project root and content, in order of path.
    pub files: Vec<(String, String)>,
    /// How many operations were generated.
    pub operations: usize,
}

impl Output {
    /// The Rust files among them, as path and content.
    pub fn rust(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        let files = self.files.iter();
        let files = files.map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "rs"))
    }
}

/// Generates everything.
///
/// The same input gives the same output to the byte, whatever the order of the files in it.
///
/// # Errors
/// What is wrong with the schema, with file and line.
///
/// ```
/// use revio_codegen::generate::{Input, generate};
/// use revio_codegen::load::Source;
/// use revio_codegen::lower::Strictness;
///
/// let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
/// let input = Input {
///     openapi: source("openapi.yaml", "openapi: '3.1.0'\n"),
///     fragments: Vec::new(),
///     legacy: Vec::new(),
/// };
/// let complaints = generate(&input, Strictness::EveryPass).unwrap_err();
/// assert_eq!(complaints[0].rule, "openapi-version");
/// ```
pub fn generate(input: &Input, strictness: Strictness) -> Result<Output, Vec<Diagnostic>> {
    from_document(&check(input)?, &input.legacy, strictness)
}

/// Lints everything without generating, and gives the bundle of the REST schema.
///
/// # Errors
/// What is wrong with any file, sorted by file and line.
pub fn check(input: &Input) -> Result<Document, Vec<Diagnostic>> {
    let bundled = bundle(input);
    let mut complaints = match &bundled {
        Ok(document) => lint::run(document),
        Err(complaints) => complaints.clone(),
    };
    complaints.extend(legacy::check(&input.legacy));
    complaints.sort();
    match bundled {
        Ok(document) if complaints.is_empty() => Ok(document),
        _ => Err(complaints),
    }
}

/// The bundle of the REST schema, with the fragments in order of their paths.
///
/// # Errors
/// What keeps the files from being one document.
pub fn bundle(input: &Input) -> Result<Document, Vec<Diagnostic>> {
    let mut fragments = input.fragments.clone();
    fragments.sort_by(|a, b| a.path.cmp(&b.path));
    load::bundle(&input.openapi, &fragments)
}

/// Generates from a bundle that the lint has passed.
///
/// On another bundle the result may be anything, a message that is hard to understand or code that
/// doesn't compile among them; but it never panics.
///
/// # Errors
/// What can't be generated, with file and line.
pub fn from_document(
    document: &Document,
    legacy: &[Source],
    strictness: Strictness,
) -> Result<Output, Vec<Diagnostic>> {
    let file = document.files().first().map_or("schema", String::as_str);
    let (mut files, operations) = rest(document, strictness)
        .map_err(|fault| vec![places::diagnose(&fault, &[document], file)])?;
    legacy::emit(legacy, &mut files)?;
    Ok(Output {
        files: files.into_iter().collect(),
        operations,
    })
}

/// Everything that is made of the REST schema, and the number of operations.
fn rest(
    document: &Document,
    strictness: Strictness,
) -> Result<(BTreeMap<String, String>, usize), Fault> {
    let bundle = document.to_json();
    let read = contained(|| serde_json::from_str(&bundle).map_err(|error| error.to_string()));
    let api: OpenAPI = read.map_err(|error| {
        let message = format!("is no OpenAPI 3.0 document: {error}");
        Fault::new(Subject::Whole, message)
    })?;
    all_paths_read(document, &api)?;
    let model = model::read(&api, &owners(document))?;
    let lowered = lower::lower(api, strictness)?;
    let rust = Rust::make(model, &lowered, strictness)?;

    let mut files = BTreeMap::new();
    crate_files::emit(&rust, &mut files)?;
    test_files::emit(&rust, &mut files)?;
    files.insert("schema/openapi.json".to_owned(), bundle);
    Ok((files, rust.calls.iter().map(Vec::len).sum()))
}

/// Nothing is left out without a word: what doesn't look like a path is skipped when it is read.
fn all_paths_read(document: &Document, api: &OpenAPI) -> Result<(), Fault> {
    let paths = document.root().get("paths").into_iter();
    let mut names = paths
        .flat_map(load::Node::entries)
        .map(|(key, _)| &key.name);
    match names.find(|name| !api.paths.paths.contains_key(*name)) {
        Some(name) => Err(
            Fault::new(Subject::Path(name.clone()), "isn't taken for a path")
                .with_help("write it like /BillProfiles/{id}"),
        ),
        None => Ok(()),
    }
}

/// Which resource's file defines a component.
fn owners(document: &Document) -> BTreeMap<String, String> {
    let schemas = document.root().pointer("/components/schemas");
    schemas
        .into_iter()
        .flat_map(load::Node::entries)
        .filter_map(|(key, _)| {
            let file = document.file(key.pos);
            let stem = file.rsplit('/').next()?.strip_suffix(".yaml")?;
            (stem != "openapi").then(|| (key.name.clone(), stem.to_owned()))
        })
        .collect()
}
