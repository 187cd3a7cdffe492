//! The contract between generated code and the crate around it: every name of the hand-written crate
//! that generated code mentions, and what the macros among them declare.
//!
//! The generator imports these names, the reader of the public surface learns from the same table what
//! a line such as `id_type!(BillId)` adds for users, and a test compares the table with the macros
//! themselves. So a change of a macro is a change of its row.

/// Types of the crate, which users see in signatures.
pub const TYPES: &[&str] = &[
    "Created",
    "Extras",
    "Field",
    "FileBody",
    "Json",
    "Money",
    "Nullable",
    "Page",
    "Patch",
    "Quantity",
    "RevioDate",
    "RevioDateTime",
    "TextOrNumber",
];

/// Other names that generated code uses.
pub const RUNTIME: &[&str] = &[
    "Deserialize",
    "Operation",
    "Paging",
    "Parts",
    "Serialize",
    "Transport",
];

/// A macro of the crate, and what one line of it declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Macro {
    /// Its name.
    pub name: &'static str,
    /// Traits that the type gets and users can name.
    pub traits: &'static [&'static str],
    /// Traits that it gets and nobody outside of the crate can name.
    pub hidden: &'static [&'static str],
    /// Methods: name and receiver.
    pub methods: &'static [(&'static str, &'static str)],
    /// The type of the argument of a setter; `{}` stands for the type that the line names.
    pub takes: Option<&'static str>,
    /// Another macro that it calls for the same type.
    pub with: Option<&'static str>,
}

const NOTHING: Macro = Macro {
    name: "",
    traits: &[],
    hidden: &[],
    methods: &[],
    takes: None,
    with: None,
};

/// A macro for a type.
const fn of_type(name: &'static str, traits: &'static [&'static str]) -> Macro {
    Macro {
        name,
        traits,
        ..NOTHING
    }
}

/// A macro for a setter.
const fn setter(name: &'static str, takes: &'static str) -> Macro {
    Macro {
        name,
        takes: Some(takes),
        ..NOTHING
    }
}

/// The macros that every generated file of the REST operations may use.
pub const MACROS: &[Macro] = &[
    Macro {
        hidden: &["Handle"],
        ..of_type("handle", &["Debug"])
    },
    of_type("has_fields", &["HasFields"]),
    Macro {
        hidden: &["NewId", "QueryValue", "PathValue"],
        methods: &[("get", "self")],
        ..of_type(
            "id_type",
            &[
                "From<i32>",
                "Into<i32>",
                "Display",
                "Debug",
                "FromStr",
                "Serialize",
                "Deserialize",
            ],
        )
    },
    setter("into_setter", "impl Into<{}>"),
    of_type("labelled", &["Labelled"]),
    of_type("linkable", &["Linkable"]),
    Macro {
        with: Some("request"),
        ..of_type("list_request", &["ListRequest"])
    },
    setter("list_setter", "impl IntoIterator<Item = {}>"),
    of_type("no_own_id", &["Record"]),
    Macro {
        hidden: &["QueryValue", "PathValue"],
        methods: &[("as_str", "&self")],
        ..of_type(
            "open_enum",
            &[
                "From<&str>",
                "From<String>",
                "PartialEq",
                "Eq",
                "Hash",
                "Display",
                "Serialize",
                "Deserialize",
            ],
        )
    },
    of_type("operation", &[]),
    of_type("own_id", &["Record", "Identified"]),
    of_type("patchable", &["Patchable"]),
    of_type("redacted_debug", &["Debug"]),
    Macro {
        hidden: &["IntoFuture"],
        ..of_type("request", &["Request", "Debug"])
    },
    setter("setter", "{}"),
    setter(
        "texts_setter",
        "impl IntoIterator<Item = impl Into<String>>",
    ),
];

/// The macros that files of the legacy operations use besides.
pub const LEGACY_MACROS: &[Macro] = &[
    setter("call_setter", "{}"),
    Macro {
        hidden: &["IntoFuture"],
        methods: &[("self_check", "self")],
        ..of_type("legacy_request", &["Clone", "Request", "Debug"])
    },
    // Private tables of what is sent.
    of_type("structure", &[]),
    of_type("wire", &[]),
];

/// The row of a macro.
pub fn find(name: &str) -> Option<&'static Macro> {
    let all = MACROS.iter().chain(LEGACY_MACROS);
    all.into_iter().find(|row| row.name == name)
}
