//! Operations as they are in effect: with what their path item and the document give them.

use super::lifecycle;
use crate::canonical::{At, Tree};

/// The methods a path item can have.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// A callback may have callbacks, even itself.
const DEEPEST: usize = 2;

/// One operation of one side.
#[derive(Clone, Debug)]
pub(crate) struct Call<'a> {
    /// `GET`.
    pub(crate) method: String,
    /// The template, or the name of a webhook or callback.
    pub(crate) path: String,
    pub(crate) id: Option<&'a str>,
    pub(crate) at: At<'a>,
    /// The path item.
    pub(crate) item: At<'a>,
    /// Whether the service calls and the caller answers.
    pub(crate) is_reversed: bool,
    /// Whether callers may rely on it.
    pub(crate) is_promised: bool,
    /// How many operations it is a callback of.
    pub(super) depth: usize,
}

impl<'a> Call<'a> {
    /// What a document as a whole stands for.
    pub(super) fn whole(method: &str, path: &str, id: Option<&'a str>, root: At<'a>) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            id,
            at: root,
            item: root,
            is_reversed: false,
            is_promised: true,
            depth: 0,
        }
    }

    /// What reports call it.
    pub(crate) fn name(&self) -> String {
        let unnamed = || format!("{} {}", self.method, self.path);
        self.id.map_or_else(unnamed, str::to_owned)
    }

    /// What says which operation it is: method and template, without the names in the template. In a
    /// callback they say where the address is, and count.
    pub(crate) fn key(&self) -> (String, String) {
        let path = if self.depth == 0 {
            without_names(&self.path)
        } else {
            self.path.clone()
        };
        (self.method.clone(), path)
    }

    /// The names in the template, in order.
    pub(crate) fn placeholders(&self) -> Vec<&str> {
        let parts = self.path.split('{').skip(1);
        parts.filter_map(|part| part.split('}').next()).collect()
    }

    /// The parameters in effect: those of the operation, and those of the path item that it doesn't
    /// replace. Each as it is used there, and as it is defined.
    pub(crate) fn parameters(&self, tree: &Tree<'a>) -> Vec<(At<'a>, At<'a>)> {
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

    /// What may have a keyword for the operation: itself, else its path item, else the document.
    fn levels(&self, tree: &Tree<'a>) -> [At<'a>; 3] {
        [self.at, self.item, tree.root(self.at.document)]
    }

    /// A keyword of the operation, else of its path item, else of the document.
    pub(crate) fn inherited(&self, tree: &Tree<'a>, key: &str) -> Option<At<'a>> {
        let mut levels = self.levels(tree).into_iter();
        levels.find_map(|it| it.child(key))
    }

    /// Its callbacks.
    pub(super) fn callbacks(&self, tree: &Tree<'a>) -> Vec<Self> {
        let mut found = Vec::new();
        if self.depth == DEEPEST {
            return found;
        }
        let callbacks = self.at.child("callbacks");
        for (name, callback) in callbacks.into_iter().flat_map(At::entries) {
            for (expression, item) in tree.follow(callback).entries() {
                if !expression.starts_with("x-") && expression != "$ref" {
                    let owner = Owner {
                        path: format!("callback {name} {expression}"),
                        is_reversed: !self.is_reversed,
                        is_promised: self.is_promised,
                        depth: self.depth + 1,
                    };
                    owner.collect(tree, item, &mut found);
                }
            }
        }
        found
    }
}

/// Where two sides of a keyword are stated: at the level that is closer to the operation, so that what
/// is said about one isn't said about all.
pub(super) fn stated<'a>(
    (old, old_tree): (&Call<'a>, &Tree<'a>),
    (new, new_tree): (&Call<'a>, &Tree<'a>),
    key: &str,
) -> (At<'a>, At<'a>) {
    let levels = old.levels(old_tree).into_iter().zip(new.levels(new_tree));
    let mut levels = levels.map(|(old, new)| (old, old.child(key), new, new.child(key)));
    let found = levels.find(|(_, old, _, new)| old.is_some() || new.is_some());
    found.map_or((old.at, new.at), |(owner, old, other, new)| {
        (old.unwrap_or(owner), new.unwrap_or(other))
    })
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

/// Every operation of a document, with webhooks, and without callbacks.
pub(super) fn calls<'a>(tree: &Tree<'a>, document: usize) -> Vec<Call<'a>> {
    let root = tree.root(document);
    let mut found = Vec::new();
    for (key, is_reversed) in [("paths", false), ("webhooks", true), ("x-webhooks", true)] {
        let map = root.child(key);
        for (path, item) in map.into_iter().flat_map(At::entries) {
            let owner = Owner {
                path: if is_reversed {
                    format!("webhook {path}")
                } else {
                    path.to_owned()
                },
                is_reversed,
                is_promised: true,
                depth: 0,
            };
            owner.collect(tree, item, &mut found);
        }
    }
    found
}

/// What has operations.
struct Owner {
    path: String,
    is_reversed: bool,
    is_promised: bool,
    depth: usize,
}

impl Owner {
    fn collect<'a>(&self, tree: &Tree<'a>, item: At<'a>, found: &mut Vec<Call<'a>>) {
        let item = tree.follow(item);
        let own = item.entries().filter(|(key, _)| METHODS.contains(key));
        let others = item.child("additionalOperations");
        for (key, at) in own.chain(others.into_iter().flat_map(At::entries)) {
            if at.node.as_object().is_some() {
                found.push(Call {
                    method: key.to_uppercase(),
                    path: self.path.clone(),
                    id: at.str("operationId"),
                    at,
                    item,
                    is_reversed: self.is_reversed,
                    is_promised: self.is_promised && lifecycle::is_promised(at),
                    depth: self.depth,
                });
            }
        }
    }
}
