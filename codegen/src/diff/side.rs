//! One side of a comparison: the documents of a revision, and what generated code makes of them.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::generate::{self, Input};
use crate::load::{self, Document, Source};

/// What a document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Operations.
    OpenApi,
    /// Shapes only.
    JsonSchema,
}

/// How published crates read answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Like this project's crate: every field but a record's own id may be absent or null, lists of
    /// known values are open, unknown fields are skipped.
    Tolerant,
    /// As typify generates by default: what the description requires has to be there.
    Typify,
}

/// A document and its name.
#[derive(Clone, Debug)]
pub struct Named {
    /// `rest`, `legacy/products_query`, or the name of the file.
    pub name: String,
    /// What it describes.
    pub kind: Kind,
    /// Its tree.
    pub document: Document,
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Side {
    /// What reports call it.
    pub label: String,
    /// Its documents.
    pub documents: Vec<Named>,
    /// How crates that were generated from it read answers.
    pub shape: Shape,
    /// What its code is generated from, for this project's own schema.
    pub input: Option<Input>,
}

impl Side {
    /// This project's schema at some revision.
    ///
    /// # Errors
    /// What keeps its files from being read.
    pub fn ours(label: &str, input: Input) -> Result<Self, Vec<Diagnostic>> {
        let mut documents = vec![Named {
            name: "rest".to_owned(),
            kind: Kind::OpenApi,
            document: generate::bundle(&input)?,
        }];
        let mut legacy: Vec<&Source> = input.legacy.iter().collect();
        legacy.sort_by(|a, b| a.path.cmp(&b.path));
        for source in legacy {
            documents.push(Named {
                name: format!("legacy/{}", stem(&source.path)),
                kind: Kind::JsonSchema,
                document: load::json(source)?,
            });
        }
        Ok(Self {
            label: label.to_owned(),
            documents,
            shape: Shape::Tolerant,
            input: Some(input),
        })
    }

    /// Any other document: `OpenAPI` 3.0 or 3.1, or a JSON Schema; JSON or YAML.
    ///
    /// # Errors
    /// What keeps the text from being read, and what is neither of the two.
    ///
    /// ```
    /// use revio_codegen::diff::side::{Kind, Side};
    /// use revio_codegen::load::Source;
    ///
    /// let text = "openapi: 3.1.0\npaths: {}\n".to_owned();
    /// let side = Side::document("new", &Source { path: "a.yaml".to_owned(), text }).unwrap();
    /// assert_eq!(side.documents[0].kind, Kind::OpenApi);
    /// ```
    pub fn document(label: &str, source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let document = load::parse(source)?;
        let kind = kind(&document)?;
        Ok(Self {
            label: label.to_owned(),
            documents: vec![Named {
                name: stem(&source.path),
                kind,
                document,
            }],
            shape: Shape::Typify,
            input: None,
        })
    }
}

fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem();
    stem.map_or_else(|| path.to_owned(), |stem| stem.to_string_lossy().into())
}

fn kind(document: &Document) -> Result<Kind, Vec<Diagnostic>> {
    let root = document.root();
    let refuse = |message: String, help: &str| {
        Err(vec![document.diagnostic_at(
            root.pos,
            "diff-document",
            message,
            help,
        )])
    };
    if let Some(version) = root.get("openapi") {
        let text = version.as_str().unwrap_or_default();
        return if text.starts_with("3.") {
            Ok(Kind::OpenApi)
        } else {
            refuse(
                format!("openapi is {text:?}"),
                "compare OpenAPI 3.0 or 3.1 documents",
            )
        };
    }
    if root.get("swagger").is_some() {
        return refuse(
            "a Swagger 2 document".to_owned(),
            "convert it to OpenAPI 3 first",
        );
    }
    match root.as_object() {
        Some(_) => Ok(Kind::JsonSchema),
        None => refuse(
            format!("the document is {}", root.value.kind()),
            "compare two OpenAPI documents or two JSON Schemas",
        ),
    }
}
