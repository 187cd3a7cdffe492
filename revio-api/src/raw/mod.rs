//! Calls of paths that the schema doesn't have.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::header::HeaderValue;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::client::Client;
use crate::error::Error;
use crate::files::{self, SavedFile};
use crate::operation::{Effect, Evidence, Method, Operation};
use crate::request::Options;
use crate::response::Response;
use crate::retry::RetryPolicy;
use crate::runtime::{Parts, Transport, encode_path};
use crate::types::FileBody;

/// What is known of any raw call: no more than its method and what the caller says it does.
const fn operation(method: Method, effect: Effect) -> Operation {
    let evidence = Evidence::Candidate;
    Operation::new("raw", method, "/{raw}", effect, "raw", evidence, None)
}

/// The raw operations of one method, by their effect.
const fn of(method: Method) -> [Operation; 4] {
    [
        operation(method, Effect::Read),
        operation(method, Effect::Idempotent),
        operation(method, Effect::Unsafe),
        operation(method, Effect::Money),
    ]
}

static GET: [Operation; 4] = of(Method::Get);
static POST: [Operation; 4] = of(Method::Post);
static PUT: [Operation; 4] = of(Method::Put);
static PATCH: [Operation; 4] = of(Method::Patch);
static DELETE: [Operation; 4] = of(Method::Delete);

fn known(method: Method, effect: Effect) -> &'static Operation {
    let [read, idempotent, harmful, money] = match method {
        Method::Get => &GET,
        Method::Post => &POST,
        Method::Put => &PUT,
        Method::Patch => &PATCH,
        Method::Delete => &DELETE,
    };
    match effect {
        Effect::Read => read,
        Effect::Idempotent => idempotent,
        Effect::Unsafe => harmful,
        Effect::Money => money,
    }
}

impl Client {
    /// Starts a call of a path that the schema doesn't have.
    ///
    /// The path is relative to the base URL and written unencoded: `Reports/5/result`, with or without a slash in front.
    /// Addresses of other servers, `.`, `..`, empty segments, query, fragment and percent-encoding are refused before
    /// anything is sent.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::Method;
    /// use revio_api::types::Json;
    ///
    /// let response = client.raw(Method::Get, "Reports/5/result").query("page", 2).json_response::<Json>().await?;
    /// println!("{}", response.value.as_str());
    /// # Ok(())
    /// # }
    /// ```
    pub fn raw(&self, method: Method, path: impl AsRef<str>) -> RawRequest {
        RawRequest {
            transport: self.transport(),
            method,
            path: encode_path(path.as_ref()),
            effect: match method {
                Method::Get => Effect::Read,
                Method::Post | Method::Put | Method::Patch | Method::Delete => Effect::Unsafe,
            },
            body: None,
            content_type: None,
        }
    }
}

/// A call of a path that the schema doesn't have; made by [`Client::raw`].
///
/// It goes the way of every other call: the same credentials and server, quota, retries, limits and errors, under the
/// operation name `raw`. Paths, queries and bodies are neither logged nor shown.
///
/// ```no_run
/// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
/// use revio_api::{Effect, Method};
///
/// #[derive(serde::Serialize)]
/// struct Approval {
///     approved: bool,
/// }
///
/// client
///     .raw(Method::Put, "Requests/7/approval")
///     .json(&Approval { approved: true })
///     // To approve it twice is to approve it: the call may be retried.
///     .effect(Effect::Idempotent)
///     .empty_response()
///     .await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until a response is asked for"]
pub struct RawRequest {
    transport: Transport,
    method: Method,
    /// Encoded, or what is wrong with it.
    path: Result<String, &'static str>,
    effect: Effect,
    /// JSON text, or nothing where the body has no JSON form.
    body: Option<Result<Box<serde_json::value::RawValue>, ()>>,
    content_type: Option<String>,
}

impl RawRequest {
    /// Adds a query parameter. Repeating a name sends it several times.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as for filters: numbers and texts are written in place"
    )]
    pub fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        let parameter = (name.into(), value.to_string());
        self.options().filters.push(parameter);
        self
    }

    /// Sets the body, encoded as JSON. A [`Json`](crate::types::Json) is sent character for character.
    pub fn json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.body = Some(serde_json::value::to_raw_value(body).map_err(|_| ()));
        self
    }

    /// Says what the body is, if it isn't `application/json`: `application/json-patch+json` for a patch.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Says what the call does on the server, which decides whether it is retried. By default a `GET` reads, and all
    /// others are [`Unsafe`](Effect::Unsafe): never sent again once a byte of them may have arrived.
    ///
    /// Say [`Money`](Effect::Money) for what moves money: a call that is under way is then seen through to its end, even
    /// if its future is dropped.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Limits the time of each attempt; see [`Request::with_timeout`](crate::Request::with_timeout).
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options().timeout = Some(timeout);
        self
    }

    /// Says how often this call may be tried; see [`Request::with_retry`](crate::Request::with_retry).
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options().retry = Some(policy);
        self
    }

    /// A note of your own that isn't sent; see [`Request::with_note`](crate::Request::with_note).
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.options().note = Some(note.into());
        self
    }

    /// Sends the request and reads the response as JSON, into a type of your own or, kept as text,
    /// [`Json`](crate::types::Json).
    ///
    /// # Errors
    /// Those of every call; [`Request`](crate::ErrorKind::Request) when path, body or content type can't be sent.
    pub async fn json_response<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        let parts = self.parts()?;
        self.transport.json(parts).await
    }

    /// Sends the request and reads no more from the response than that it worked: it is empty, or JSON that doesn't say
    /// `ok: false`.
    ///
    /// # Errors
    /// Those of [`json_response`](RawRequest::json_response).
    pub async fn empty_response(self) -> Result<Response<()>, Error> {
        let parts = self.parts()?;
        self.transport.done(parts).await
    }

    /// Sends the request and keeps the response as the bytes it is made of, whatever they are.
    ///
    /// # Errors
    /// Those of [`json_response`](RawRequest::json_response), but for decoding.
    pub async fn file_response(self) -> Result<Response<FileBody>, Error> {
        let parts = self.parts()?;
        self.transport.file(parts).await
    }

    /// Sends the request and reads the response as text in UTF-8, such as a report in CSV.
    ///
    /// # Errors
    /// Those of [`json_response`](RawRequest::json_response); [`Decode`](crate::ErrorKind::Decode) when the response is no UTF-8.
    pub async fn text_response(self) -> Result<Response<String>, Error> {
        let operation = self.operation();
        let response = self.file_response().await?;
        match std::str::from_utf8(&response.value.bytes) {
            Ok(text) => {
                let text = text.to_owned();
                Ok(response.map(|_| text))
            }
            Err(_) => Err(response.undecodable(operation, "it is not UTF-8")),
        }
    }

    /// Sends the request and writes the response to a file of at most `max_bytes` while it arrives; see
    /// [`SaveFile::save_to`](crate::files::SaveFile::save_to).
    ///
    /// # Errors
    /// Those of [`json_response`](RawRequest::json_response), but for decoding, and those of writing the file.
    pub async fn save_to(
        mut self,
        path: impl AsRef<Path> + Send,
        max_bytes: u64,
    ) -> Result<Response<SavedFile>, Error> {
        // Before a file is made.
        let parts = self.parts()?;
        let operation = self.operation();
        let path: PathBuf = path.as_ref().to_owned();
        files::save(operation, path, max_bytes, |sink| async move {
            self.options().sink = Some(sink);
            self.transport.file(parts).await
        })
        .await
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    fn options(&mut self) -> &mut Options {
        self.transport.options_mut()
    }

    fn operation(&self) -> &'static Operation {
        known(self.method, self.effect)
    }

    fn parts(&self) -> Result<Parts, Error> {
        let operation = self.operation();
        let refused = |problem: &str| Error::request(operation, problem.to_owned());
        let path = match &self.path {
            Ok(path) => path.clone(),
            Err(problem) => return Err(refused(&format!("the path {problem}"))),
        };
        let mut parts = Parts::raw(operation, path);
        match &self.body {
            Some(Ok(body)) => parts = parts.json(body),
            Some(Err(())) => return Err(refused("the body has no JSON form")),
            None if self.content_type.is_some() => {
                return Err(refused("a content type is given, but no body"));
            }
            None => {}
        }
        if let Some(content_type) = &self.content_type {
            let value = HeaderValue::from_str(content_type)
                .map_err(|_| refused("the content type is no header"))?;
            parts = parts.content_type(value);
        }
        Ok(parts)
    }
}

/// Shows the method and the effect, never what is sent.
impl fmt::Debug for RawRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("effect", &self.effect)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
