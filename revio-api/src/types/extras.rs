//! What a response holds beside what the schema knows.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Elements of a response that this version does not know, in the order they came.
///
/// The vendor may answer more than is published. What it adds is kept here, so that nothing is lost; `Debug` shows the
/// names and no values, since nothing is known of them.
///
/// ```
/// use revio_api::types::Extras;
///
/// let extras: Extras = serde_json::from_str(r#"[["Tax_Code", "A1"]]"#)?;
/// assert_eq!(extras.get("Tax_Code"), Some("A1"));
/// assert_eq!(format!("{extras:?}"), r#"["Tax_Code"]"#);
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extras(Vec<(String, String)>);

impl Extras {
    /// The value of the first element of this name: its text, or its markup if there are elements in it.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// All of them, as name and value. What stood deeper has the names of the elements around it in front:
    /// `Allowances/Quantity`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none, as there should be.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
