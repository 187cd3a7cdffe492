//! A call of an operation while it is being put together, and how it is made.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::chunk;
use super::client::LegacyClient;
use super::exchange::{Exchanged, unsendable};
use super::fields::{self, Fields};
use super::response_builder::{ResponseBuilder, Unusable};
use super::secrets;
use super::table::Wire;
use super::validate;
use crate::error::Error;
use crate::request::Options;
use crate::response::Response;
use crate::runtime::{Transport, decode};

/// A message with what its call needs.
#[derive(Clone)]
pub(crate) struct Call<M> {
    pub(crate) message: M,
    client: LegacyClient,
    transport: Transport,
    /// Whether the caller has said that no filter is meant.
    pub(crate) unfiltered: bool,
}

impl<M: Serialize> Call<M> {
    pub(crate) fn new(client: &LegacyClient, message: M) -> Self {
        let transport = Transport::new(Arc::clone(&client.shared.core));
        Self {
            message,
            client: client.clone(),
            transport,
            unfiltered: false,
        }
    }

    pub(crate) fn options_mut(&mut self) -> &mut Options {
        self.transport.options_mut()
    }

    /// The fields of the message, checked.
    pub(super) fn fields(&mut self, wire: &'static Wire) -> Result<Fields, Error> {
        let operation = &wire.operation;
        if !self.transport.options_mut().filters.is_empty() {
            return Err(Error::request(
                operation,
                "a legacy operation has no query parameters; use its setters",
            ));
        }
        let given = fields::of(&self.message)
            .map_err(|_| Error::request(operation, "the request has no JSON form"))?;
        validate::check(wire.request, &given, self.unfiltered)
            .map_err(|problem| unsendable(operation, problem))?;
        let advised = validate::advice(wire.request, &given);
        if !advised.is_empty() {
            tracing::warn!(operation = operation.id(), fields = ?advised, "fields should be set, or set otherwise");
        }
        Ok(given)
    }

    /// Makes the call, or the calls that long lists need.
    pub(crate) async fn send<T: DeserializeOwned>(
        self,
        wire: &'static Wire,
    ) -> Result<Response<T>, Error> {
        let shared = Arc::clone(&self.client.shared);
        let result = self.make(wire).await;
        result.map_err(|error| error.hiding(|texts| secrets::hide_all(texts, &shared.settings)))
    }

    async fn make<T: DeserializeOwned>(
        mut self,
        wire: &'static Wire,
    ) -> Result<Response<T>, Error> {
        let given = self.fields(wire)?;
        let shared = &self.client.shared;
        let debug = shared.settings.debug;
        let queries = chunk::split(wire.request, given, shared.settings.ids_per_call);
        let mut response = ResponseBuilder::new(&shared.settings, wire, queries.len());
        let mut last: Option<Exchanged> = None;
        let (mut attempts, mut waited) = (0, std::time::Duration::ZERO);
        for query in &queries {
            let exchanged = shared.exchange(&self.transport, wire, query, debug).await?;
            response
                .take(&exchanged, query)
                .map_err(|problem| unusable(wire, &exchanged, problem))?;
            attempts += exchanged.received.meta.attempts;
            waited += exchanged.received.meta.waited;
            last = Some(exchanged);
        }
        let Some(last) = last else {
            return Err(Error::request(
                &wire.operation,
                "there is nothing to ask for",
            ));
        };
        let mut response = read(wire, response, &last)?;
        response.meta_mut().attempts = attempts;
        response.meta_mut().waited = waited;
        Ok(response)
    }

    /// The client and the way to its server.
    pub(super) fn way(&self) -> (&LegacyClient, &Transport) {
        (&self.client, &self.transport)
    }
}

/// The typed response.
pub(super) fn read<T: DeserializeOwned>(
    wire: &'static Wire,
    response: ResponseBuilder<'_>,
    last: &Exchanged,
) -> Result<Response<T>, Error> {
    let json = response.into_json();
    let value = decode::<T>(&json).map_err(|problem| {
        let (meta, body) = (&last.received.meta, last.received.body.clone());
        Error::decode(
            &wire.operation,
            meta,
            problem.field_path,
            &problem.detail,
            body,
        )
        .executed()
    })?;
    Ok(Response::new(value, last.received.meta.clone()))
}

/// The error of a response that can't be used.
pub(super) fn unusable(wire: &'static Wire, exchanged: &Exchanged, problem: Unusable) -> Error {
    let operation = &wire.operation;
    match problem {
        // Its header says that the call was carried out.
        Unusable::Malformed(malformed) => exchanged.malformed(operation, malformed).executed(),
        Unusable::FilterIgnored(filter) => {
            let (meta, body) = (&exchanged.received.meta, exchanged.received.body.clone());
            Error::filter_ignored(operation, meta, filter.to_owned(), body)
        }
    }
}

/// Shows nothing of what is sent.
impl<M> fmt::Debug for Call<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

/// What every request of a legacy operation has: it can be sent, awaited, checked, and printed without its values.
macro_rules! legacy_request {
    ($request:ident, $message:ident, $response:ident, $wire:ident, $about:literal) => {
        #[doc = $about]
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct $request {
            pub(crate) call: $crate::legacy::prelude::Call<$message>,
        }

        impl $crate::request::Request for $request {
            type Output = $response;
            const OPERATION: &'static $crate::operation::Operation =
                &$crate::generated::legacy::wire::$wire.operation;

            fn options_mut(&mut self) -> &mut $crate::request::Options {
                self.call.options_mut()
            }

            fn send(
                self,
            ) -> impl ::std::future::Future<Output = $crate::runtime::CallResult<$response>>
            + ::std::marker::Send {
                self.call.send(&$crate::generated::legacy::wire::$wire)
            }
        }

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$response, $crate::Error>;
            type IntoFuture = $crate::runtime::codegen::futures::Sending<$response>;

            fn into_future(self) -> Self::IntoFuture {
                $crate::runtime::codegen::futures::value($crate::request::Request::send(self))
            }
        }

        impl $request {
            /// Makes the call with the debug switch on, and compares what the service says it understood with what was
            /// sent. It is the call itself: one that changes something does so. See
            /// [`SelfCheck`]($crate::legacy::SelfCheck).
            ///
            /// # Errors
            /// Those of the call, and [`Decode`]($crate::ErrorKind::Decode) when the response has no echo.
            pub async fn self_check(
                self,
            ) -> ::std::result::Result<$crate::legacy::SelfCheck<$response>, $crate::Error> {
                self.call
                    .self_check(&$crate::generated::legacy::wire::$wire)
                    .await
            }
        }

        impl ::std::fmt::Debug for $request {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($request))
                    .finish_non_exhaustive()
            }
        }
    };
}

/// A setter of a request, which is that of its message.
macro_rules! call_setter {
    ($message:ident, $field:ident, $ty:ty) => {
        #[doc = ::std::concat!(
            "Sets [`", ::std::stringify!($field), "`](field@", ::std::stringify!($message), "::",
            ::std::stringify!($field), ").",
        )]
        pub fn $field(mut self, $field: $ty) -> Self {
            self.call.message = self.call.message.$field($field);
            self
        }
    };
}

pub(crate) use {call_setter, legacy_request};
