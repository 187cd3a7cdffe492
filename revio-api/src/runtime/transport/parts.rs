//! What one call sends, before it is bound to a server.

use std::borrow::Cow;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::operation::Operation;
use crate::runtime::transport::attempt::Classify;
use crate::runtime::transport::path::{self, PathValue};
use crate::runtime::transport::query::{Query, QueryValue};

/// What one call sends: the path's values, the query and the body.
///
/// A value that can't be sent is remembered and reported when the call is made, so that building stays a chain.
pub(crate) struct Parts {
    operation: &'static Operation,
    /// What the path is made from: the operation's own template, unless the client has another one.
    template: Cow<'static, str>,
    /// The part of the operation's own template that isn't filled yet.
    rest: &'static str,
    /// The values of the placeholders by their names, encoded.
    values: Vec<(&'static str, String)>,
    query: Query,
    body: Option<Bytes>,
    content_type: Option<HeaderValue>,
    pub(in crate::runtime) headers: HeaderMap,
    pub(in crate::runtime) classify: Option<Classify>,
    problem: Option<String>,
}

impl Parts {
    /// Starts a call of an operation.
    pub(crate) fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            template: Cow::Borrowed(operation.path()),
            rest: operation.path(),
            values: Vec::new(),
            query: Query::default(),
            body: None,
            content_type: None,
            headers: HeaderMap::new(),
            classify: None,
            problem: None,
        }
    }

    /// Starts a call of a path that no operation has: its segments, encoded, each after a slash.
    pub(crate) fn raw(operation: &'static Operation, path: String) -> Self {
        Self {
            template: Cow::Owned(path),
            rest: "",
            ..Self::new(operation)
        }
    }

    /// Makes the path from another template with the same placeholders.
    pub(in crate::runtime) fn at(mut self, template: &str) -> Self {
        self.template = Cow::Owned(template.to_owned());
        self
    }

    /// Fills the next placeholder of the path.
    pub(crate) fn path<T: PathValue + ?Sized>(mut self, value: &T) -> Self {
        let Some((_, name, after)) = next_placeholder(self.rest) else {
            return self.fail("the path has no placeholder left for a value".to_owned());
        };
        self.rest = after;
        match path::encode(&value.segment()) {
            Ok(segment) => self.values.push((name, segment)),
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

    /// Sets the body as it is to be sent.
    pub(crate) fn bytes(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Lets this look at the response before it is taken for a success or a failure.
    pub(crate) fn classify(mut self, classify: Classify) -> Self {
        self.classify = Some(classify);
        self
    }

    /// Says what the body is, where the operation doesn't.
    pub(crate) fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.content_type = Some(content_type);
        self
    }

    pub(in crate::runtime) fn body_type(&self) -> Option<&HeaderValue> {
        self.content_type.as_ref()
    }

    pub(in crate::runtime) fn operation(&self) -> &'static Operation {
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
        let mut target = String::with_capacity(self.template.len());
        let mut rest = &*self.template;
        while let Some((before, name, after)) = next_placeholder(rest) {
            let value = self.values.iter().find(|(known, _)| *known == name);
            let Some((_, value)) = value else {
                return Err(format!("the path value `{name}` is missing"));
            };
            target.push_str(before);
            target.push_str(value);
            rest = after;
        }
        target.push_str(rest);
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
pub(crate) fn next_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
