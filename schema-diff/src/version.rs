//! Which version a change needs, by Cargo's rules.

use semver::Version;

use crate::consumer::{Bump, ItemChange, Level};

/// The bump that changes need: additions alone a minor one, and a crate whose text changed at all a
/// patch.
pub fn required<'c>(changes: impl IntoIterator<Item = &'c ItemChange>, text_differs: bool) -> Bump {
    let level = changes.into_iter().map(|change| change.level).max();
    match level {
        Some(Level::Major) => Bump::Major,
        Some(Level::Minor) => Bump::Minor,
        Some(Level::None) => Bump::Patch,
        None if text_differs => Bump::Patch,
        None => Bump::None,
    }
}

/// Whether the version that is declared allows for what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The version before.
    pub base: String,
    /// The version that is declared now.
    pub declared: String,
    /// The least version that is needed.
    pub needed: String,
    /// Whether the declared one is that or a higher one.
    pub enough: bool,
}

/// Compares the versions that the two sides declare with what the changes need.
///
/// Before 1.0 the second number says what the first one says afterwards, and the third what the
/// second says: 0.3.1 needs 0.4.0 for a major change and 0.3.2 for a minor one.
///
/// # Errors
/// Says which text is no version.
///
/// ```
/// use api_schema_diff::consumer::Bump;
/// use api_schema_diff::version::check;
///
/// let verdict = check("0.6.3", "0.6.4", Bump::Major)?;
/// assert_eq!((verdict.needed.as_str(), verdict.enough), ("0.7.0", false));
/// assert!(check("0.6.3", "0.6.4", Bump::Minor)?.enough);
/// assert!(!check("1.2.3", "1.2.4", Bump::Minor)?.enough);
/// # Ok::<(), String>(())
/// ```
pub fn check(base: &str, declared: &str, required: Bump) -> Result<Verdict, String> {
    let before = parse(base)?;
    let now = parse(declared)?;
    let needed = after(&before, required);
    Ok(Verdict {
        base: base.to_owned(),
        declared: declared.to_owned(),
        needed: needed.to_string(),
        enough: now.cmp_precedence(&needed).is_ge(),
    })
}

/// Reads a version.
fn parse(text: &str) -> Result<Version, String> {
    Version::parse(text)
        .map_err(|error| format!("{text:?} is no version: {error}; write it like 0.1.0"))
}

/// The least version after `base` that a bump of this kind allows.
fn after(base: &Version, bump: Bump) -> Version {
    if bump == Bump::None {
        return base.clone();
    }
    let (first, second, third) = (base.major, base.minor, base.patch);
    // A pre-release is followed by its own release, which may hold anything.
    if !base.pre.is_empty() {
        return Version::new(first, second, third);
    }
    match (bump, first, second) {
        (Bump::Major, 0, 1..) => Version::new(0, second + 1, 0),
        (Bump::Major, 1.., _) => Version::new(first + 1, 0, 0),
        (Bump::Minor, 1.., _) => Version::new(first, second + 1, 0),
        _ => Version::new(first, second, third + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bump_before_and_after_one() {
        for (base, bump, needed) in [
            ("0.6.3", Bump::None, "0.6.3"),
            ("0.6.3", Bump::Patch, "0.6.4"),
            ("0.6.3", Bump::Minor, "0.6.4"),
            ("0.6.3", Bump::Major, "0.7.0"),
            ("0.0.3", Bump::Patch, "0.0.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("2.0.0-rc.1", Bump::Major, "2.0.0"),
        ] {
            let verdict = check(base, base, bump).unwrap();
            assert_eq!(verdict.needed, needed, "{base} {bump:?}");
            assert_eq!(verdict.enough, base == needed);
            assert!(check(base, needed, bump).unwrap().enough);
        }
    }

    #[test]
    fn a_higher_version_than_needed_is_enough() {
        assert!(check("0.6.3", "1.0.0", Bump::Major).unwrap().enough);
        assert!(!check("0.6.3", "0.7.0-rc.1", Bump::Major).unwrap().enough);
        assert!(check("0.6.3", "0.6.3+build.7", Bump::None).unwrap().enough);
        assert!(!check("0.6.3", "0.6.2", Bump::None).unwrap().enough);
    }

    #[test]
    fn what_is_no_version_is_said() {
        for text in [
            "", "1", "1.2", "1.2.3.4", "a.b.c", "1.2.3-", "v1.2.3", "1.2.-3",
        ] {
            let error = check("0.1.0", text, Bump::None).unwrap_err();
            assert!(error.contains(&format!("{text:?}")), "{error}");
        }
    }
}
