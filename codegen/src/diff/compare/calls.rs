//! Operations as they are in effect: with what their path item and the document give them.

use super::super::canonical::{At, Tree};

/// The methods a path item can have.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// One operation of one side.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Call<'a> {
    /// `GET`.
    pub(in crate::diff) method: String,
    /// The template, or the name of a webhook or callback.
    pub(in crate::diff) path: String,
    pub(in crate::diff) id: Option<&'a str>,
    pub(in crate::diff) at: At<'a>,
    /// The path item.
    pub(in crate::diff) item: At<'a>,
    /// Whether the service calls and the caller answers.
    pub(in crate::diff) is_reversed: bool,
}

impl<'a> Call<'a> {
    /// What reports call it.
    pub(in crate::diff) fn name(&self) -> String {
        let unnamed = || format!("{} {}", self.method, self.path);
        self.id.map_or_else(unnamed, str::to_owned)
    }

    /// What says which operation it is: method and template, without the names in the template.
    pub(in crate::diff) fn key(&self) -> (String, String) {
        (self.method.clone(), without_names(&self.path))
    }

    /// The names in the template, in order.
    pub(in crate::diff) fn placeholders(&self) -> Vec<&str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }

    /// The parameters in effect: those of the operation, and those of the path item that it doesn't
    /// replace. Each as it is used there, and as it is defined.
    pub(in crate::diff) fn parameters(&self, tree: &Tree<'a>) -> Vec<(At<'a>, At<'a>)> {
        let mut found: Vec<(At<'a>, At<'a>)> = Vec::new();
        for owner in [self.at, self.item] {
            let list = owner.child("parameters");
            for used in list
                .into_iter()
                .flat_map(|it| it.items().collect::<Vec<_>>())
            {
                let at = tree.follow(used);
                let key = (at.str("in"), at.str("name"));
                let replaced = |(_, it): &(At<'a>, At<'a>)| (it.str("in"), it.str("name")) == key;
                if !found.iter().any(replaced) {
                    found.push((used, at));
                }
            }
        }
        found
    }

    /// A keyword of the operation, else of its path item, else of the document.
    pub(in crate::diff) fn inherited(&self, tree: &Tree<'a>, key: &str) -> Option<At<'a>> {
        let root = tree.root(self.at.document);
        [self.at, self.item, root]
            .into_iter()
            .find_map(|it| it.child(key))
    }
}

/// `/Bills/{id}` as `/Bills/{}`.
fn without_names(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for character in path.chars() {
        match character {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            other => out.push(other),
        }
    }
    out
}

/// Every operation of a document, with webhooks and callbacks.
pub(super) fn calls<'a>(tree: &Tree<'a>, document: usize) -> Vec<Call<'a>> {
    let root = tree.root(document);
    let mut found = Vec::new();
    for (key, is_reversed) in [("paths", false), ("webhooks", true), ("x-webhooks", true)] {
        let map = root.child(key);
        for (path, item) in map.into_iter().flat_map(At::entries) {
            let name = if is_reversed {
                format!("webhook {path}")
            } else {
                path.to_owned()
            };
            collect(tree, item, &name, is_reversed, 0, &mut found);
        }
    }
    found
}

fn collect<'a>(
    tree: &Tree<'a>,
    item: At<'a>,
    path: &str,
    is_reversed: bool,
    depth: usize,
    found: &mut Vec<Call<'a>>,
) {
    let item = tree.follow(item);
    for (key, at) in item.entries() {
        if !METHODS.contains(&key) || at.node.as_object().is_none() {
            continue;
        }
        let call = Call {
            method: key.to_uppercase(),
            path: path.to_owned(),
            id: at.str("operationId"),
            at,
            item,
            is_reversed,
        };
        // A callback may have callbacks, even itself.
        if depth < 2 {
            let callbacks = at.child("callbacks");
            for (name, callback) in callbacks.into_iter().flat_map(At::entries) {
                let callback = tree.follow(callback);
                for (expression, inner) in callback.entries() {
                    if !expression.starts_with("x-") {
                        let path = format!("{} {path} callback {name} {expression}", call.method);
                        collect(tree, inner, &path, !is_reversed, depth + 1, found);
                    }
                }
            }
        }
        found.push(call);
    }
}
