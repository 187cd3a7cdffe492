//! The query of a request: names with or without the prefix `search.`, repeated names.

use crate::failure::Failure;
use crate::schema::bare;

/// The decoded pairs of a query string, in their order.
#[derive(Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        Self {
            pairs: form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .collect(),
        }
    }

    /// All pairs.
    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Names without their prefix, each once, in their order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.pairs {
            let name = bare(name);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The values of a name, without empty ones.
    pub(crate) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(key, value)| bare(key) == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The last value of a name that is not empty.
    pub(crate) fn last<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.values(name).last()
    }

    /// The last value of a name, even if it is empty: for names that are no filters, an empty value
    /// is a mistake of the caller.
    pub(crate) fn given<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let pairs = self.pairs.iter().rev();
        let mut values = pairs.filter(|(key, _)| bare(key) == name);
        values.next().map(|(_, value)| value.as_str())
    }

    /// A whole number within bounds, or the default.
    pub(crate) fn number(
        &self,
        name: &str,
        default: u64,
        lowest: u64,
        highest: u64,
    ) -> Result<u64, Failure> {
        let Some(text) = self.given(name) else {
            return Ok(default);
        };
        text.parse()
            .ok()
            .filter(|number| (lowest..=highest).contains(number))
            .ok_or_else(|| {
                let bounds = if highest == u64::MAX {
                    format!("of at least {lowest}")
                } else {
                    format!("from {lowest} to {highest}")
                };
                Failure::bad(format!("{name} must be a whole number {bounds}"))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_and_repetition() {
        let query = Query::parse("search.a=1&a=2&b=&search.page=3&c=x%26y+z");
        assert_eq!(query.values("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(query.values("b").count(), 0);
        assert_eq!(query.last("c"), Some("x&y z"));
        assert_eq!(query.names(), ["a", "b", "page", "c"]);
        assert_eq!(query.number("page", 1, 1, u64::MAX), Ok(3));
    }

    #[test]
    fn numbers_name_their_parameter() {
        for bad in ["0", "501", "-1", "x", "1.0", "99999999999999999999"] {
            let failure = Query::parse(&format!("page_size={bad}"))
                .number("page_size", 10, 1, 500)
                .expect_err("out of range");
            assert_eq!(
                failure.message, "page_size must be a whole number from 1 to 500",
                "{bad}"
            );
        }
    }
}
