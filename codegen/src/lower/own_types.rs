//! Schemas that become types which the crate writes itself.

use openapiv3::Schema;

use super::Lowered;
use super::visit::{components, every_schema, placeholder, point_at};

/// Makes every schema for which `name_of` has a name a reference to the type of that name, and says
/// how many there were.
pub(super) fn replace(lowered: &mut Lowered, name_of: impl Fn(&Schema) -> Option<String>) -> usize {
    let mut names = Vec::new();
    every_schema(&mut lowered.api, &mut |schema| {
        if let Some(name) = name_of(schema) {
            point_at(schema, &name);
            names.push(name);
        }
    });
    for name in &names {
        components(&mut lowered.api)
            .schemas
            .entry(name.clone())
            .or_insert_with(placeholder);
        lowered.replacements.insert(name.clone(), name.clone());
    }
    names.len()
}
