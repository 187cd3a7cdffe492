//! One side of a comparison: the documents of a revision.

use std::path::Path;

use api_schema_text::{Diagnostic, Document, Source, parse};

/// What a document describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Operations.
    OpenApi,
    /// Shapes only.
    JsonSchema,
}

/// A document and its name.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name of its file, or what reports call it.
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
}

impl Side {
    /// A side of several documents. Each is compared with the one of the same name.
    pub fn of(label: &str, documents: Vec<Named>) -> Self {
        Self {
            label: label.to_owned(),
            documents,
        }
    }

    /// One document: `OpenAPI` 3.0 or 3.1, or a JSON Schema; JSON or YAML.
    ///
    /// # Errors
    /// What keeps the text from being read, and what is neither of the two.
    ///
    /// ```
    /// use api_schema_diff::side::{Kind, Side};
    /// use api_schema_text::Source;
    ///
    /// let text = "openapi: 3.1.0\npaths: {}\n".to_owned();
    /// let side = Side::document("new", &Source { path: "a.yaml".to_owned(), text }).unwrap();
    /// assert_eq!(side.documents[0].kind, Kind::OpenApi);
    /// ```
    pub fn document(label: &str, source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let document = parse(source)?;
        let kind = kind(&document)?;
        Ok(Self {
            label: label.to_owned(),
            documents: vec![Named {
                name: stem(&source.path),
                kind,
                document,
            }],
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
