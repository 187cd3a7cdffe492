//! What the wire table is made of. The table itself is generated from the schema.

pub(crate) use super::settings::SoapVersion;
pub(crate) use crate::operation::{Effect, Evidence, Operation};

/// What all operations share; `{namespace}`, `{operation}` and `{action}` stand for what the names say.
pub(crate) struct Service {
    pub(crate) endpoint: &'static str,
    pub(crate) namespace: &'static str,
    pub(crate) soap_version: SoapVersion,
    pub(crate) content_type_11: &'static str,
    pub(crate) content_type_12: &'static str,
    /// Quotes included.
    pub(crate) action: &'static str,
    pub(crate) request_path: &'static [&'static str],
    pub(crate) response_path: &'static [&'static str],
    pub(crate) success_path: &'static [&'static str],
    pub(crate) login_refused_codes: &'static [&'static str],
    /// Whether calls are made under a session instead of with credentials.
    pub(crate) by_session: bool,
    pub(crate) session_name: &'static str,
    pub(crate) session_operation: Operation,
    pub(crate) session_key_paths: &'static [&'static [&'static str]],
    pub(crate) date_format: &'static str,
    /// Whether what isn't set is written as nil instead of left out.
    pub(crate) nil: bool,
    pub(crate) timeout_seconds: u32,
    pub(crate) ids_per_call: u32,
    pub(crate) header: &'static Structure,
}

/// One operation.
pub(crate) struct Wire {
    pub(crate) name: &'static str,
    pub(crate) operation: Operation,
    /// An element around the request's own fields.
    pub(crate) wrapper: Option<&'static str>,
    /// Whether a field that isn't required is written as a pair of `Updated` and `Value`.
    pub(crate) updated_pairs: bool,
    pub(crate) preamble: &'static Structure,
    pub(crate) request: &'static Structure,
    pub(crate) response: &'static Structure,
}

/// What the runtime must know of an operation: all of them are posted to one address.
pub(crate) const fn operation(id: &'static str, effect: Effect, evidence: Evidence) -> Operation {
    let content_type = Some("text/xml");
    Operation::new(
        id,
        crate::Method::Post,
        "",
        effect,
        "legacy",
        evidence,
        content_type,
    )
}

/// An element with elements in it.
pub(crate) struct Structure {
    pub(crate) name: &'static str,
    /// The name of its element as the item of a list.
    pub(crate) item: Option<&'static str>,
    /// In wire order.
    pub(crate) fields: &'static [Field],
    /// Pairs that exclude each other.
    pub(crate) exclusive: &'static [(&'static str, &'static str)],
    /// The first needs the second.
    pub(crate) needs: &'static [(&'static str, &'static str)],
    /// Whether a request must have one field at least, unless the caller says otherwise.
    pub(crate) one_at_least: bool,
    /// Fields that should be there.
    pub(crate) advised: &'static [&'static str],
    pub(crate) stray: Option<Stray>,
}

/// Fields that may stand beside the only item of a list instead of inside it.
pub(crate) struct Stray {
    pub(crate) fields: &'static [&'static str],
    /// The elements around the item, from the inside.
    pub(crate) parents: &'static [&'static str],
}

impl Structure {
    pub(crate) const fn named(name: &'static str) -> Self {
        Self {
            name,
            item: None,
            fields: &[],
            exclusive: &[],
            needs: &[],
            one_at_least: false,
            advised: &[],
            stray: None,
        }
    }

    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field of a structure.
pub(crate) struct Field {
    /// In the schema, and so in the Rust types.
    pub(crate) name: &'static str,
    /// On the wire.
    pub(crate) element: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) sensitive: bool,
    pub(crate) limits: &'static [Limit],
    pub(crate) advised: &'static [Limit],
    /// The field of the returned rows that repeats this filter's value.
    pub(crate) returned_in: Option<&'static str>,
    pub(crate) signature: Option<Signature>,
}

/// The type of a field.
pub(crate) enum Kind {
    Int,
    Decimal,
    Bool,
    Text,
    /// A calendar date, whatever the wire adds to it.
    Date,
    /// Markup, kept as text.
    Markup,
    One(&'static Structure),
    /// The field's element repeated, each with a scalar.
    Repeated(&'static Kind),
    /// The field's element around structures.
    Wrapped(&'static Structure),
}

/// What a value must fulfil.
pub(crate) enum Limit {
    Digits(u32),
    Without(char),
    MinLength(u32),
    MaxLength(u32),
    Minimum(i64),
}

/// Direct children by which an element is recognised.
#[derive(Clone, Copy)]
pub(crate) struct Signature {
    pub(crate) all: &'static [&'static str],
    /// One of these too, if there are any.
    pub(crate) any: &'static [&'static str],
}

impl Field {
    /// A field whose element has its name.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self::named(name, name, kind)
    }

    /// A field whose element has another name.
    pub(crate) const fn named(name: &'static str, element: &'static str, kind: Kind) -> Self {
        Self {
            name,
            element,
            kind,
            required: false,
            sensitive: false,
            limits: &[],
            advised: &[],
            returned_in: None,
            signature: None,
        }
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    pub(crate) const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    pub(crate) const fn advised(mut self, limits: &'static [Limit]) -> Self {
        self.advised = limits;
        self
    }

    pub(crate) const fn row_field(mut self, field: &'static str) -> Self {
        self.returned_in = Some(field);
        self
    }

    pub(crate) const fn signature(
        mut self,
        all: &'static [&'static str],
        any: &'static [&'static str],
    ) -> Self {
        self.signature = Some(Signature { all, any });
        self
    }
}

/// An operation's entry.
macro_rules! wire {
    ($constant:ident, $name:literal, $id:literal, $effect:ident, $evidence:ident, wrapper = $wrapper:expr, pairs = $pairs:expr, $preamble:ident, $request:ident, $response:ident) => {
        pub(crate) static $constant: $crate::legacy::table::Wire = $crate::legacy::table::Wire {
            name: $name,
            operation: $crate::legacy::table::operation(
                $id,
                $crate::operation::Effect::$effect,
                $crate::operation::Evidence::$evidence,
            ),
            wrapper: $wrapper,
            updated_pairs: $pairs,
            preamble: &$preamble,
            request: &$request,
            response: &$response,
        };
    };
}

/// A structure's entry.
macro_rules! structure {
    ($constant:ident, $name:literal, [$($field:expr),* $(,)?] $(, $setting:ident = $value:expr)* $(,)?) => {
        pub(crate) static $constant: $crate::legacy::table::Structure =
            $crate::legacy::table::Structure {
                $($setting: $value,)*
                fields: &[$($field),*],
                ..$crate::legacy::table::Structure::named($name)
            };
    };
}

pub(crate) use {structure, wire};
