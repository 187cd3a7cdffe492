//! What one call sends, before it is bound to a server.

use bytes::Bytes;
use serde::Serialize;

use super::path::{self, PathValue};
use super::query::{Query, QueryValue};
use crate::operation::Operation;

/// What one call sends: the path's values, the query and the body.
///
/// A value that can't be sent is remembered and reported when the call is made, so that building stays a chain.
pub(crate) struct Parts {
    operation: &'static Operation,
    path: String,
    /// The part of the template that isn't filled yet.
    rest: &'static str,
    query: Query,
    body: Option<Bytes>,
    problem: Option<String>,
}

impl Parts {
    /// Starts a call of an operation.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            path: String::new(),
            rest: operation.path(),
            query: Query::default(),
            body: None,
            problem: None,
        }
    }

    /// Fills the next placeholder of the path.
    pub(crate) fn path<T: PathValue + ?Sized>(mut self, value: &T) -> Self {
        let Some((before, name, after)) = next_placeholder(self.rest) else {
            return self.fail("the path has no placeholder left for a value".to_owned());
        };
        self.path.push_str(before);
        self.rest = after;
        match path::encode(&value.segment()) {
            Ok(segment) => self.path.push_str(&segment),
            Err(problem) => return self.fail(format!("the path value `{name}` {problem}")),
        }
        self
    }

    /// Adds a query parameter: nothing for `None`, one for each item of a list.
    pub(crate) fn query<T: QueryValue + ?Sized>(mut self, name: &'static str, value: &T) -> Self {
        value.append(name, &mut self.query);
        self
    }

    /// Sets the body, encoded as JSON.
    pub(crate) fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = Some(bytes.into()),
            Err(_) => return self.fail("the body has no JSON form".to_owned()),
        }
        self
    }

    pub(super) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The call's target below the base URL with its body, or the first thing that was wrong.
    pub(crate) fn finish(
        mut self,
        filters: &[(String, String)],
    ) -> Result<(String, Option<Bytes>), String> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        if let Some((_, name, _)) = next_placeholder(self.rest) {
            return Err(format!("the path value `{name}` is missing"));
        }
        for (name, value) in filters {
            self.query.push(name, value);
        }
        let mut target = self.path;
        target.push_str(self.rest);
        if !self.query.as_str().is_empty() {
            target.push('?');
            target.push_str(self.query.as_str());
        }
        Ok((target, self.body))
    }

    fn fail(mut self, problem: String) -> Self {
        self.problem.get_or_insert(problem);
        self
    }
}

/// Splits a template at its first placeholder: what stands before it, its name, what stands after it.
fn next_placeholder(template: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
