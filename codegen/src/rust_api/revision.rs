//! A revision of this project's schema.

use std::path::Path;

use api_schema_diff::side::{Kind, Named, Side};
use api_schema_text::{Diagnostic, Source, json};

use crate::generate::{self, Input};

/// What reports call the REST description.
pub(super) const REST: &str = "rest";
/// What the names of legacy documents start with.
pub(super) const LEGACY: &str = "legacy/";

/// A revision of this project's schema: what is compared, and what its code is generated from.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The documents.
    pub side: Side,
    /// The files.
    pub input: Input,
}

impl Revision {
    /// Reads the files.
    ///
    /// # Errors
    /// What keeps them from being read.
    pub fn new(label: &str, input: Input) -> Result<Self, Vec<Diagnostic>> {
        let mut documents = vec![Named {
            name: REST.to_owned(),
            kind: Kind::OpenApi,
            document: generate::bundle(&input)?,
        }];
        let mut legacy: Vec<&Source> = input.legacy.iter().collect();
        legacy.sort_by(|a, b| a.path.cmp(&b.path));
        for source in legacy {
            let stem = Path::new(&source.path).file_stem();
            let stem = stem.map_or_else(|| source.path.as_str().into(), |it| it.to_string_lossy());
            documents.push(Named {
                name: format!("{LEGACY}{stem}"),
                kind: Kind::JsonSchema,
                document: json(source)?,
            });
        }
        let side = Side::of(label, documents);
        Ok(Self { side, input })
    }
}
