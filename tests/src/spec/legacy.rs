//! The messages of the legacy operations, from `schema/legacy/`, as components of one document.

use serde_json::{Map, Value, json};

use super::{Spec, object, read_json, root};

/// The files of `schema/legacy/`, by path from the project's root.
pub fn legacy_files() -> Vec<String> {
    let folder = "schema/legacy";
    let entries = std::fs::read_dir(root().join(folder)).expect("schema/legacy is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let json = paths.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    let mut files: Vec<String> = json
        .filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?)))
        .collect();
    files.sort();
    files
}

impl Spec {
    /// Reads all definitions of the legacy messages. Their names differ from file to file.
    pub fn legacy() -> Self {
        let files = legacy_files().into_iter();
        Self::of_legacy(files.map(|path| (read_json(&path), path)))
    }

    /// All definitions of these files of legacy messages.
    pub fn of_legacy(files: impl IntoIterator<Item = (Value, String)>) -> Self {
        let mut schemas = Map::new();
        for (file, path) in files {
            for (name, definition) in object(&file["definitions"]) {
                let twice = schemas.insert(name.to_owned(), moved(definition));
                assert!(twice.is_none(), "{path}: {name} is defined twice");
            }
        }
        Self {
            document: json!({"components": {"schemas": schemas}}),
        }
    }
}

/// The same schema, referring to where the definitions are now.
fn moved(node: &Value) -> Value {
    match node {
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| {
                let reference = member.as_str().filter(|_| key == "$ref");
                let member =
                    match reference.and_then(|reference| reference.split_once("#/definitions/")) {
                        Some((_, name)) => format!("#/components/schemas/{name}").into(),
                        None => moved(member),
                    };
                (key.clone(), member)
            })
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(moved).collect(),
        scalar => scalar.clone(),
    }
}
