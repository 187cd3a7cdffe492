//! What every generated request and resource handle has in common.

use std::future::Future;
use std::pin::Pin;

use crate::error::Error;
use crate::request::Request;

/// The future of an awaited request. Boxed, so that callers' futures stay small.
pub(crate) type Awaited<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Sends a request and keeps the value alone.
pub(crate) fn awaited<R: Request + Send + 'static>(request: R) -> Awaited<R::Output> {
    Box::pin(async move { request.send().await.map(|reply| reply.value) })
}

/// Lets a request be awaited for its value, and printed without what it asks for.
macro_rules! request_future {
    ($request:ident, $output:ty) => {
        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::runtime::Awaited<$output>;

            fn into_future(self) -> Self::IntoFuture {
                $crate::runtime::awaited(self)
            }
        }

        $crate::runtime::handle_debug!($request);
    };
}
pub(crate) use request_future;

/// Prints the name alone.
macro_rules! handle_debug {
    ($handle:ident) => {
        impl ::std::fmt::Debug for $handle {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($handle))
                    .finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use handle_debug;
