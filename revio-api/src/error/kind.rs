//! The sorts of errors.

/// What sort of error happened.
///
/// ```
/// use revio_api::{Client, Credentials, ErrorKind};
///
/// let error = Client::builder(Credentials::new("", "client_code", "password")).build().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Config);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client can't be built: a setting or an environment variable is missing or wrong.
    Config,
    /// The call can't be sent: a value has no place in a path, or a body has no JSON form.
    Request,
    /// The client's own quota has no call free in time, or its store can't be used. Nothing was sent.
    Quota,
    /// The [journal](crate::journal) can't be used, so a call that moves money was not sent.
    Journal,
    /// No connection: name lookup, TCP or TLS failed. Nothing was sent.
    Connect,
    /// The time limit ran out before the response was complete.
    Timeout,
    /// The connection broke before the response was complete.
    Transport,
    /// The server answered with a redirect, which is refused.
    Redirect,
    /// The server refused or failed: a status of 400 or above, or `ok: false` in a 2xx response.
    Api,
    /// The server reported success, but the response isn't what the schema says.
    Decode,
    /// The response is longer than the client's limit.
    TooLarge,
    /// The response can't be written to the file it was to go to.
    File,
    /// Rows of a legacy response don't fit the filter of the query: the service has ignored it, or combines filters in
    /// another way than it was taken to.
    FilterIgnored,
    /// The pages of a list make no sense: one comes again and again, or they never end.
    Paging,
    /// Key links don't allow the step: an unknown system, or a key that is linked to something else.
    KeyLink,
    /// A custom field couldn't be set: the record doesn't have it, or it wasn't kept.
    CustomField,
}
