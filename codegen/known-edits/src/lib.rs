//! Edits of the project's own schema whose effect on Rust code and on published crates is known, and
//! how to make them.
//!
//! The table is data, so that the fast test of the verdicts, the test that calls a service of every edit
//! and the command that compiles all try the same edits.

use api_schema_diff::consumer::{Decode, Level};
use api_schema_text::{Diagnostic, Edit, Node, Source, parse, yaml};

use revio_codegen::generate::Input;

/// The resources that edits are made with: those that the hand-written part of the crate or the table
/// needs. All of them would take far longer to generate and compile, and show nothing more.
pub const RESOURCES: &[&str] = &[
    "bills",
    "customers",
    "integration_entity_types",
    "integration_key_links",
    "integration_systems",
    "orders",
    "payments",
    "reports",
    "services",
    "tasks",
    "webhook_receivers",
    "webhook_subscriptions",
];

/// The schema with these resources alone.
pub fn representative(mut input: Input) -> Input {
    input.fragments.retain(|source| {
        let name = source.path.rsplit('/').next().unwrap_or_default();
        let stem = name.strip_suffix(".yaml");
        stem.is_some_and(|stem| RESOURCES.contains(&stem))
    });
    input
}

/// One edit and what is known of it.
#[derive(Clone, Debug)]
pub struct KnownEdit {
    /// What is changed, in words.
    pub name: String,
    /// The changes, each in a file.
    pub steps: Vec<Step>,
    /// The verdict on Rust code; none where the generator refuses the edited schema.
    pub rust: Option<Level>,
    /// Whether a program written against the old crate compiles against the new one.
    pub compiles: bool,
    /// What a crate of the old schema makes of a service of the new one.
    pub decode: Decode,
}

/// One change of one file.
#[derive(Clone, Debug)]
pub struct Step {
    /// Name of the file without folder and ending.
    pub file: String,
    /// What is done there.
    pub action: Edit,
    /// JSON pointer to where.
    pub pointer: String,
}

/// The table, `edits.yaml` beside this crate's manifest.
///
/// # Errors
/// What is wrong with it, with file and line.
pub fn table() -> Result<Vec<KnownEdit>, Vec<Diagnostic>> {
    let document = yaml(&Source {
        path: "codegen/known-edits/edits.yaml".to_owned(),
        text: include_str!("../edits.yaml").to_owned(),
    })?;
    let edits = document.root().items().map(|node| {
        known_edit(node).map_err(|message| {
            let help = "write it like the edits around it";
            vec![document.diagnostic_at(node.pos, "known-edit", message, help)]
        })
    });
    edits.collect()
}

fn known_edit(node: &Node) -> Result<KnownEdit, String> {
    let text = |key: &str| {
        let value = node.get(key).and_then(Node::as_str);
        value
            .map(str::to_owned)
            .ok_or_else(|| format!("{key} is missing"))
    };
    let answer = |yes: &str, no: &str, key: &str| match text(key)? {
        it if it == yes => Ok(true),
        it if it == no => Ok(false),
        it => Err(format!("{key} is {it:?}; it is {yes} or {no}")),
    };
    let mut steps = Vec::new();
    for (file, actions) in node.get("edit").into_iter().flat_map(Node::entries) {
        for (pointer, action) in actions.entries() {
            let action = match (action.as_str(), action.get("rename").and_then(Node::as_str)) {
                (Some("remove"), _) => Edit::Remove,
                (Some("first"), _) => Edit::First,
                (_, Some(name)) => Edit::Rename(name.to_owned()),
                _ => Edit::Put(action.clone()),
            };
            let (file, pointer) = (file.name.clone(), pointer.name.clone());
            steps.push(Step {
                file,
                action,
                pointer,
            });
        }
    }
    let rust = match text("rust")?.as_str() {
        "major" => Some(Level::Major),
        "minor" => Some(Level::Minor),
        "none" => Some(Level::None),
        "refused" => None,
        other => {
            return Err(format!(
                "rust is {other:?}; it is major, minor, none or refused"
            ));
        }
    };
    Ok(KnownEdit {
        name: text("name")?,
        steps,
        compiles: answer("yes", "no", "compiles").or_else(|error| match node.get("compiles") {
            Some(_) => Err(error),
            None => Ok(matches!(rust, Some(Level::None | Level::Minor))),
        })?,
        rust,
        decode: match node.get("decode") {
            Some(_) if answer("breaks", "safe", "decode")? => Decode::Breaks,
            _ => Decode::Safe,
        },
    })
}

impl KnownEdit {
    /// The schema with the changes made.
    ///
    /// # Errors
    /// Says which file or place isn't there.
    pub fn apply(&self, input: &Input) -> Result<Input, String> {
        let mut input = input.clone();
        for step in &self.steps {
            let ends = [
                format!("/{}.yaml", step.file),
                format!("/{}.json", step.file),
            ];
            let all = input.fragments.iter_mut().chain(&mut input.legacy);
            let mut all = all.chain([&mut input.openapi]);
            let source = all.find(|source| ends.iter().any(|end| source.path.ends_with(end)));
            let source = source.ok_or_else(|| format!("{}: there is no such file", step.file))?;
            source.text = edited(source, step)?;
        }
        Ok(input)
    }
}

/// The text of a file after a step: as JSON, which YAML readers read as well.
fn edited(source: &Source, step: &Step) -> Result<String, String> {
    let document = parse(source).map_err(|found| format!("{}: {found:?}", source.path))?;
    let mut root = document.root().clone();
    root.edit(&step.pointer, step.action.clone())
        .map_err(|reason| format!("{} {}: {reason}", step.file, step.pointer))?;
    Ok(root.to_json())
}
