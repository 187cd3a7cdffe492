//! How progenitor and typify are set up.

use progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};

use crate::lower::Lowered;

/// Runs progenitor over the lowered description.
///
/// Positional style: users never see it, and it is a fifth of the code of the builder style.
pub(super) fn run_progenitor(lowered: &Lowered) -> Result<syn::File, String> {
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged);
    for (name, rust) in &lowered.replacements {
        settings.with_replacement(name, rust, [TypeImpl::Display].into_iter());
    }
    let tokens = Generator::new(&settings)
        .generate_tokens(&lowered.api)
        .map_err(|error| format!("progenitor: {error}"))?;
    syn::parse2(tokens).map_err(|error| format!("progenitor emitted no Rust: {error}"))
}
