//! The two sides of a comparison: revisions of the schema, the work tree, or files.

use std::collections::BTreeMap;
use std::path::Path;

use api_schema_diff::render::{self as report, Text};
use api_schema_diff::side::Side;
use api_schema_text::Source;
use revio_codegen::generate::Input;
use revio_codegen::rust_api::Revision;
use toml_edit::{Document, Item};

use super::accept::FILE;
use super::failure::Failure;
use super::git::{Commit, Git, read};

/// What a side is made of.
const PATHS: [&str; 4] = ["schema/rest", "schema/legacy", FILE, "Cargo.toml"];

/// What is compared.
pub(crate) enum Compared {
    /// This project's schema.
    Ours(Revision),
    /// Any other description.
    Document(Side),
}

impl Compared {
    /// The documents.
    pub(crate) fn side(&self) -> &Side {
        match self {
            Self::Ours(revision) => &revision.side,
            Self::Document(side) => side,
        }
    }
}

/// One side, and what a report says about it.
pub(crate) struct Loaded {
    pub(crate) compared: Compared,
    pub(crate) revision: report::Revision,
    /// The accepted changes, when there are any.
    pub(crate) accepted: Option<Source>,
    /// The version that Cargo.toml declares.
    pub(crate) version: Option<String>,
}

/// The schema of a commit.
pub(crate) fn of_commit(git: &Git, commit: &Commit) -> Result<Loaded, Failure> {
    let texts = git.texts(commit, &PATHS)?;
    let mut loaded = ours(&commit.label, texts).map_err(|failure| match failure {
        Missing::Schema => Failure::failed(format!(
            "{} has no schema/rest/openapi.yaml; compare with a later commit, the schema is there \
             since:\n  git log --diff-filter=A --format=%h -- schema/rest/openapi.yaml",
            commit.label
        )),
        Missing::Other(failure) => failure,
    })?;
    loaded.revision.commit = Some(commit.id.clone());
    loaded.revision.link = link(&commit.id);
    Ok(loaded)
}

/// The schema of the work tree.
pub(crate) fn of_work_tree(git: &Git) -> Result<Loaded, Failure> {
    let mut texts = BTreeMap::new();
    for (folder, extension) in [("schema/rest", "yaml"), ("schema/legacy", "json")] {
        if git.root.join(folder).is_dir() {
            let sources = api_schema_text::read_dir(&git.root, folder, extension);
            let sources = sources.map_err(|error| Failure::failed(format!("{folder}: {error}")))?;
            texts.extend(sources.into_iter().map(|it| (it.path, it.text)));
        }
    }
    for path in [FILE, "Cargo.toml"] {
        if let Some(text) = git.read(path)? {
            texts.insert(path.to_owned(), text);
        }
    }
    let mut loaded = ours("work tree", texts).map_err(|failure| match failure {
        Missing::Schema => Failure::failed(format!(
            "{} has no schema/rest/openapi.yaml; run this in a clone of the project",
            git.root.display()
        )),
        Missing::Other(failure) => failure,
    })?;
    loaded.revision.commit = git.clean_head(&PATHS)?;
    loaded.revision.link = loaded.revision.commit.as_deref().and_then(link);
    Ok(loaded)
}

/// Any description in a file.
pub(crate) fn of_file(path: &Path) -> Result<Loaded, Failure> {
    let label = path.display().to_string();
    let text = read(path)?.ok_or_else(|| Failure::failed(format!("{label}: no such file")))?;
    let source = Source { path: label, text };
    let side = Side::document(&source.path, &source)
        .map_err(|complaints| Failure::complaints(&source.path, &complaints))?;
    let texts = BTreeMap::from([(source.path, Text::new(source.text))]);
    Ok(Loaded {
        compared: Compared::Document(side),
        revision: report::Revision {
            texts,
            ..report::Revision::default()
        },
        accepted: None,
        version: None,
    })
}

enum Missing {
    Schema,
    Other(Failure),
}

fn ours(label: &str, mut texts: BTreeMap<String, String>) -> Result<Loaded, Missing> {
    let accepted = texts.remove(FILE).map(|text| Source {
        path: FILE.to_owned(),
        text,
    });
    let version = texts.remove("Cargo.toml").and_then(|text| version(&text));
    let source = |(path, text): (&String, &String)| Source {
        path: path.clone(),
        text: text.clone(),
    };
    let below = |folder: &str, extension: &str| -> Vec<Source> {
        let inside = |path: &str| {
            path.starts_with(folder)
                && Path::new(path)
                    .extension()
                    .is_some_and(|it| it == extension)
        };
        let files = texts.iter().filter(|(path, _)| inside(path));
        files.map(source).collect()
    };
    let (mut openapi, fragments): (Vec<Source>, Vec<Source>) = below("schema/rest/", "yaml")
        .into_iter()
        .partition(|it| it.path == "schema/rest/openapi.yaml");
    let input = Input {
        openapi: openapi.pop().ok_or(Missing::Schema)?,
        fragments,
        legacy: below("schema/legacy/", "json"),
    };
    let revision = Revision::new(label, input)
        .map_err(|complaints| Missing::Other(Failure::complaints(label, &complaints)))?;
    let texts = texts
        .into_iter()
        .map(|(path, text)| (path, Text::new(text)));
    Ok(Loaded {
        compared: Compared::Ours(revision),
        revision: report::Revision {
            texts: texts.collect(),
            ..report::Revision::default()
        },
        accepted,
        version,
    })
}

/// The version that all crates of the workspace have.
fn version(manifest: &str) -> Option<String> {
    let manifest = Document::parse(manifest).ok()?;
    let package = |table: &Item| {
        table
            .get("package")?
            .get("version")?
            .as_str()
            .map(str::to_owned)
    };
    let workspace = manifest.get("workspace").and_then(package);
    workspace.or_else(|| package(manifest.as_item()))
}

/// Where the files of a commit can be looked at, in a workflow.
fn link(commit: &str) -> Option<String> {
    let server = std::env::var("GITHUB_SERVER_URL").ok()?;
    let name = std::env::var("GITHUB_REPOSITORY").ok()?;
    Some(format!("{server}/{name}/blob/{commit}"))
}
