//! What is wrong with a response, without a value of it.

use std::borrow::Cow;

/// What is wrong with a response, and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// Names of elements, from the outside.
    pub(super) path: Option<String>,
    pub(super) detail: Cow<'static, str>,
}

impl Malformed {
    /// With the whole of it.
    pub(super) fn whole(detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            path: None,
            detail: detail.into(),
        }
    }

    /// With one element.
    pub(super) fn at(path: impl Into<String>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            path: Some(path.into()),
            detail: detail.into(),
        }
    }

    /// The same, inside this element.
    pub(super) fn inside(mut self, outer: &str) -> Self {
        self.path = Some(match self.path {
            Some(path) => format!("{outer}.{path}"),
            None => outer.to_owned(),
        });
        self
    }
}
