//! Which version a change needs, as Cargo reads version numbers.

use semver::Version;

use super::report::Bump;

/// The version of the base, the one that the head declares, and what the change needs.
///
/// ```
/// use revio_codegen::diff::report::Bump;
/// use revio_codegen::diff::version::Versions;
///
/// let versions = Versions::new("0.6.3", "0.6.4", Bump::Major).unwrap();
/// assert_eq!(versions.needed.to_string(), "0.7.0");
/// assert!(!versions.enough());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// What the base is, or the release before it.
    pub released: Version,
    /// What the head's Cargo.toml says.
    pub declared: Version,
    /// The bump that the change needs.
    pub bump: Bump,
    /// The smallest version that is enough for it.
    pub needed: Version,
}

impl Versions {
    /// Compares two versions under a bump.
    ///
    /// # Errors
    /// The text that is no version.
    pub fn new(released: &str, declared: &str, bump: Bump) -> Result<Self, String> {
        let read = |text: &str| {
            Version::parse(text).map_err(|error| format!("{text:?} is no version: {error}"))
        };
        let released = read(released)?;
        Ok(Self {
            needed: bumped(&released, bump),
            released,
            declared: read(declared)?,
            bump,
        })
    }

    /// Whether the declared version is large enough.
    pub fn enough(&self) -> bool {
        self.declared >= self.needed
    }
}

/// The next version after `version`: below 1.0 the minor number stands for breaking changes, below
/// 0.1 the patch number does.
pub fn bumped(version: &Version, bump: Bump) -> Version {
    let next = |major, minor, patch| Version::new(major, minor, patch);
    let Version {
        major,
        minor,
        patch,
        ..
    } = *version;
    match bump {
        Bump::None => version.clone(),
        // A pre-release is below the release of the same numbers.
        _ if !version.pre.is_empty() => next(major, minor, patch),
        Bump::Major if major > 0 => next(major + 1, 0, 0),
        Bump::Major if minor > 0 => next(0, minor + 1, 0),
        Bump::Minor if major > 0 => next(major, minor + 1, 0),
        Bump::Major | Bump::Minor | Bump::Patch => next(major, minor, patch + 1),
    }
}

/// The word for a bump.
pub fn word(bump: Bump) -> &'static str {
    match bump {
        Bump::None => "none",
        Bump::Patch => "patch",
        Bump::Minor => "minor",
        Bump::Major => "major",
    }
}

#[cfg(test)]
mod tests {
    use super::{Bump, Versions};

    #[test]
    fn versions_follow_cargos_reading() {
        for (released, bump, needed) in [
            ("1.4.2", Bump::Major, "2.0.0"),
            ("1.4.2", Bump::Minor, "1.5.0"),
            ("1.4.2", Bump::Patch, "1.4.3"),
            ("1.4.2", Bump::None, "1.4.2"),
            ("0.6.3", Bump::Major, "0.7.0"),
            ("0.6.3", Bump::Minor, "0.6.4"),
            ("0.6.3", Bump::Patch, "0.6.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("0.7.0-rc.1", Bump::Major, "0.7.0"),
        ] {
            let versions = Versions::new(released, released, bump).unwrap();
            assert_eq!(versions.needed.to_string(), needed, "{released} {bump:?}");
        }
    }

    #[test]
    fn a_declared_version_is_enough_from_the_needed_one_on() {
        let enough = |declared| {
            Versions::new("0.6.3", declared, Bump::Major)
                .unwrap()
                .enough()
        };
        assert!(!enough("0.6.9"));
        assert!(!enough("0.7.0-rc.1"));
        assert!(enough("0.7.0"));
        assert!(enough("1.0.0"));
        assert!(Versions::new("0.6", "0.7.0", Bump::None).is_err());
    }
}
