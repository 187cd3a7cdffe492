//! `cargo xtask lint`: what is wrong with schema/, without generating.

use std::path::Path;

use revio_codegen::{generate, lint};

use crate::schema;

pub(crate) fn run(root: &Path, rules: bool) -> Result<(), String> {
    if rules {
        for rule in lint::RULES {
            println!("{:<36} {}", rule.id, rule.summary);
        }
        return Ok(());
    }
    let input = schema::read(root)?;
    let complaints = generate::check(&input).err().unwrap_or_default();
    if complaints.is_empty() {
        println!("schema/ is clean: {} rules", lint::RULES.len());
        Ok(())
    } else {
        Err(schema::complain(&complaints))
    }
}
