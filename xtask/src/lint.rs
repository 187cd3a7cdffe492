//! `cargo xtask lint`: what is wrong with schema/, without generating.

use std::path::Path;

use revio_codegen::{lint, load};

use crate::schema;

pub(crate) fn run(root: &Path, rules: bool) -> Result<(), String> {
    if rules {
        for rule in lint::RULES {
            println!("{:<36} {}", rule.id, rule.summary);
        }
        return Ok(());
    }
    let input = schema::read(root)?;
    let mut complaints = match load::bundle(&input.openapi, &input.fragments) {
        Ok(document) => lint::run(&document),
        Err(complaints) => complaints,
    };
    for source in &input.legacy {
        complaints.extend(load::json(source).err().into_iter().flatten());
    }
    if complaints.is_empty() {
        println!("schema/ is clean: {} rules", lint::RULES.len());
        Ok(())
    } else {
        Err(schema::complain(&complaints))
    }
}
