//! Finds a key that an object has twice, in linear time.

use std::collections::HashMap;

use crate::node::{Key, Node, Pos};

/// The keys of one object so far: compared one by one while they are few, hashed when there are many.
#[derive(Default)]
pub(super) struct Keys {
    hashed: HashMap<String, Pos>,
}

impl Keys {
    const FEW: usize = 16;

    /// The place of the entry that already has this name. `entries` are those read so far.
    pub(super) fn earlier(&mut self, name: &str, entries: &[(Key, Node)]) -> Option<Pos> {
        if entries.len() < Self::FEW {
            let entry = entries.iter().find(|(key, _)| key.name == name);
            return entry.map(|(key, _)| key.pos);
        }
        for (key, _) in entries.iter().skip(self.hashed.len()) {
            self.hashed.insert(key.name.clone(), key.pos);
        }
        self.hashed.get(name).copied()
    }
}
