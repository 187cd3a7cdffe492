//! What generated code says of records and handles, beside what they are: one line each.

/// A record's own id.
macro_rules! own_id {
    ($record:ident, $id:ident, $field:ident) => {
        impl $crate::record::Record for $record {
            const ID_FIELD: ::std::option::Option<&'static str> =
                ::std::option::Option::Some(::std::stringify!($field));

            fn record_id(&self) -> ::std::option::Option<i64> {
                ::std::option::Option::Some(self.$field.get().into())
            }
        }

        impl $crate::identified::Identified for $record {
            type Id = $id;

            fn id(&self) -> $id {
                self.$field
            }
        }
    };
}

/// A record without an id of its own.
macro_rules! no_own_id {
    ($record:ident) => {
        impl $crate::record::Record for $record {}
    };
}

/// What a record is called in a list of choices.
macro_rules! labelled {
    ($record:ident, $field:ident, $id:ident) => {
        $crate::runtime::codegen::record_traits::labelled!($record, $field, $id, |record| {
            ::std::option::Option::Some($crate::identified::Identified::id(record))
        });
    };
    ($record:ident, $field:ident) => {
        $crate::runtime::codegen::record_traits::labelled!(
            $record,
            $field,
            $crate::choices::NoId,
            |_| { ::std::option::Option::None }
        );
    };
    ($record:ident, $field:ident, $id:ty, $id_of:expr) => {
        impl $crate::choices::Labelled for $record {
            type Id = $id;

            fn choice_id(&self) -> ::std::option::Option<$id> {
                let id: fn(&Self) -> _ = $id_of;
                id(self)
            }

            fn label(&self) -> ::std::option::Option<::std::borrow::Cow<'_, str>> {
                self.$field
                    .as_ref()
                    .map($crate::runtime::PathValue::segment)
            }
        }
    };
}

/// The entity type that key links know a record by.
macro_rules! linkable {
    ($record:ident, $entity:literal) => {
        impl $crate::key_links::Linkable for $record {
            const ENTITY: &'static str = $entity;
        }
    };
}

/// A record with custom fields.
macro_rules! has_fields {
    ($record:ident) => {
        impl $crate::custom_fields::HasFields for $record {
            fn custom_fields(&self) -> &[$crate::shared::CustomField] {
                self.fields.as_deref().unwrap_or_default()
            }
        }
    };
}

/// A resource whose records are read by id and patched.
macro_rules! patchable {
    ($handle:ident, $record:ident, $id:ident) => {
        impl $crate::custom_fields::Patchable for $handle {
            type Record = $record;
            type Id = $id;

            fn read_record(
                &self,
                id: $id,
            ) -> impl $crate::request::Request<Output = $record> + Send {
                self.get(id)
            }

            fn patch_record(
                &self,
                id: $id,
                patch: $crate::types::Patch<$record>,
            ) -> impl $crate::request::Request<Output = ()> + Send {
                self.patch(id, patch)
            }
        }
    };
}

pub(crate) use {has_fields, labelled, linkable, no_own_id, own_id, patchable};
