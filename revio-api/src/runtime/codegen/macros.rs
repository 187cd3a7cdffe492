//! What generated code declares itself with, so that each declaration is one line.

/// The operation table's entry.
macro_rules! operation {
    ($constant:ident, $id:literal, $method:ident, $path:literal, $effect:ident, $tag:literal, $evidence:ident, $content_type:expr) => {
        pub(crate) static $constant: $crate::operation::Operation =
            $crate::operation::Operation::new(
                $id,
                $crate::operation::Method::$method,
                $path,
                $crate::operation::Effect::$effect,
                $tag,
                $crate::operation::Evidence::$evidence,
                $content_type,
            );
    };
}

/// A resource's handle: how the client makes it, and what it prints.
macro_rules! handle {
    ($handle:ident, $accessor:ident, $about:literal) => {
        impl $crate::Client {
            #[doc = $about]
            pub fn $accessor(&self) -> $handle {
                $handle {
                    transport: self.transport(),
                }
            }
        }

        impl $crate::runtime::Handle for $handle {
            fn transport(&self) -> &$crate::runtime::Transport {
                &self.transport
            }
        }

        impl ::std::fmt::Debug for $handle {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(::std::stringify!($handle))
            }
        }
    };
}

/// What every request has: it can be sent, awaited, and printed without its values.
macro_rules! request {
    ($request:ident, $output:ty, $how:ident, $constant:ident) => {
        impl $crate::request::Request for $request {
            type Output = $output;
            const OPERATION: &'static $crate::operation::Operation = &$constant;

            fn options_mut(&mut self) -> &mut $crate::request::Options {
                self.transport.options_mut()
            }

            fn send(
                self,
            ) -> impl ::std::future::Future<Output = $crate::runtime::CallResult<$output>>
            + ::std::marker::Send {
                let parts = self.parts();
                $crate::runtime::codegen::futures::$how(self.transport, parts)
            }
        }

        impl ::std::future::IntoFuture for $request {
            type Output = ::std::result::Result<$output, $crate::Error>;
            type IntoFuture = $crate::runtime::codegen::futures::Sending<$output>;

            fn into_future(self) -> Self::IntoFuture {
                let parts = self.parts();
                $crate::runtime::codegen::futures::value($crate::runtime::codegen::futures::$how(
                    self.transport,
                    parts,
                ))
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

/// A request that reads one page of a list.
macro_rules! list_request {
    ($request:ident, $item:ty, $constant:ident) => {
        $crate::runtime::codegen::macros::request!(
            $request,
            $crate::types::Page<$item>,
            page,
            $constant
        );

        impl $crate::request::ListRequest for $request {
            type Item = $item;

            fn paging_mut(&mut self) -> &mut $crate::request::Paging {
                &mut self.paging
            }

            fn fingerprint(&self) -> u64 {
                let mut bare = ::std::clone::Clone::clone(self);
                bare.paging = ::std::default::Default::default();
                let parts = bare.parts();
                $crate::lists::fingerprint(parts, bare.transport.options_mut())
            }
        }
    };
}

/// A setter that takes the value as it is stored.
macro_rules! setter {
    ($field:ident, $ty:ty) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        pub fn $field(mut self, $field: $ty) -> Self {
            self.$field = ::std::option::Option::Some($field);
            self
        }
    };
}

/// A setter that converts.
macro_rules! into_setter {
    ($field:ident, $ty:ty) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        pub fn $field(mut self, $field: impl ::std::convert::Into<$ty>) -> Self {
            self.$field = ::std::option::Option::Some($field.into());
            self
        }
    };
}

/// A setter that collects.
macro_rules! list_setter {
    ($field:ident, $item:ty) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        pub fn $field(mut self, $field: impl ::std::iter::IntoIterator<Item = $item>) -> Self {
            self.$field = ::std::option::Option::Some($field.into_iter().collect());
            self
        }
    };
}

/// A setter that collects texts.
macro_rules! texts_setter {
    ($field:ident) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        pub fn $field(
            mut self,
            $field: impl ::std::iter::IntoIterator<
                Item = impl ::std::convert::Into<::std::string::String>,
            >,
        ) -> Self {
            self.$field = ::std::option::Option::Some(
                $field.into_iter().map(::std::convert::Into::into).collect(),
            );
            self
        }
    };
}

/// `Debug` that shows whether a sensitive field is set, never what it holds.
macro_rules! redacted_debug {
    ($record:ident, shown = [$($shown:ident),* $(,)?], hidden = [$($hidden:ident),* $(,)?]
        $(, always = [$($always:ident),* $(,)?])?) => {
        impl ::std::fmt::Debug for $record {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($record))
                    $(.field(::std::stringify!($shown), &self.$shown))*
                    $(.field(::std::stringify!($hidden), &$crate::runtime::redacted(&self.$hidden)))*
                    $($(.field(::std::stringify!($always), &$crate::runtime::codegen::redact::Redacted))*)?
                    .finish()
            }
        }
    };
}

pub(crate) use {
    handle, into_setter, list_request, list_setter, operation, redacted_debug, request, setter,
    texts_setter,
};
