//! What can stand where in the files of `schema/legacy/`: every keyword that a reader looks for, and no others.

use crate::annotation::{
    ADVISED, CANDIDATES, EFFECT, ENUM, EVIDENCE, OPERATION, ORDER, ORDER_EVIDENCE, PLACE_EVIDENCE,
    PREAMBLE, REQUEST, RESPONSE, ROW_FIELD, SENSITIVE, SERVICE, SIGNATURE, STRAY, VALUE_STYLE,
    VERBATIM, VOCABULARY, WRAPPER,
};
use crate::soap::{EFFECTS, STYLES};

/// An object with its keywords.
pub(super) struct Shape {
    /// What messages call it.
    pub(super) what: &'static str,
    pub(super) keywords: &'static [Keyword],
}

/// A keyword of an object.
pub(super) struct Keyword {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) is_required: bool,
    pub(super) when: When,
}

/// In which messages somebody reads a keyword.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum When {
    Always,
    /// In the definition of a request itself.
    Request,
    /// In whatever a request holds.
    Sent,
    /// In whatever a response holds.
    Received,
}

/// The value of a keyword.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    Text,
    /// Text; null says that there is none.
    TextOrNull,
    Texts,
    /// `true`; `false` is said by leaving it out.
    True,
    Bool,
    /// A whole number of zero or more.
    Count,
    Integer,
    Evidence,
    OneOf(&'static [&'static str]),
    Reference,
    List,
    Anything,
    Object(&'static Shape),
    Objects(&'static Shape),
    /// Names with objects.
    Map(&'static Shape),
    /// Names with texts.
    TextMap,
    /// Names with lists of texts.
    TextsMap,
    /// Names with definitions.
    Definitions,
    /// The wire settings by name.
    Settings,
}

use Holds::{
    Anything, Bool, Count, Definitions, Evidence, Integer, List, Map, Object, Objects, OneOf,
    Reference, Settings, Text, TextMap, TextOrNull, Texts, TextsMap, True,
};
use When::{Always, Received, Request, Sent};

const fn may(name: &'static str, holds: Holds) -> Keyword {
    Keyword {
        name,
        holds,
        is_required: false,
        when: Always,
    }
}

const fn must(name: &'static str, holds: Holds) -> Keyword {
    Keyword {
        is_required: true,
        ..may(name, holds)
    }
}

impl Keyword {
    const fn when(mut self, when: When) -> Self {
        self.when = when;
        self
    }
}

/// `common.json`.
pub(super) static COMMON: Shape = Shape {
    what: "common.json",
    keywords: &[
        must("$schema", Text),
        may("$comment", Text),
        must("description", Text),
        must(VOCABULARY, TextMap),
        must(SERVICE, Settings),
        must("definitions", Definitions),
    ],
};

/// The file of an operation.
pub(super) static FILE: Shape = Shape {
    what: "the file of an operation",
    keywords: &[
        must("$schema", Text),
        may("$comment", Text),
        must("summary", Text),
        must("description", Text),
        must(EVIDENCE, Evidence),
        must(EFFECT, OneOf(EFFECTS)),
        must(OPERATION, Text),
        must(REQUEST, Reference),
        must(RESPONSE, Reference),
        must("definitions", Definitions),
    ],
};

/// A message or a part of one.
pub(super) static MESSAGE: Shape = Shape {
    what: "a definition",
    keywords: &[
        must("description", Text),
        must("type", OneOf(&["object"])),
        may("xml", Object(&ITEM_NAME)),
        may(CANDIDATES, Texts),
        may(EVIDENCE, Evidence),
        must(PREAMBLE, Reference).when(Request),
        must(WRAPPER, Object(&WRAPPING)).when(Request),
        may(VALUE_STYLE, Object(&STYLE)).when(Request),
        may(ADVISED, Object(&ADVISED_FIELDS)).when(Sent),
        may(STRAY, Object(&STRAYING)).when(Received),
        must(ORDER, Texts),
        must(ORDER_EVIDENCE, Evidence),
        may("required", Texts),
        must("properties", Map(&PROPERTY)),
        may("allOf", Objects(&CONDITION)).when(Sent),
        may("dependencies", TextsMap).when(Sent),
    ],
};

/// An enum.
pub(super) static ENUMERATION: Shape = Shape {
    what: "the definition of an enum",
    keywords: &[
        must("description", Text),
        must("type", OneOf(&["string"])),
        must("enum", Texts),
        must(ENUM, Text),
        may(EVIDENCE, Evidence),
    ],
};

pub(super) static PROPERTY: Shape = Shape {
    what: "a property",
    keywords: &[
        must("description", Text),
        may(
            "type",
            OneOf(&["string", "integer", "number", "boolean", "array"]),
        ),
        may("format", OneOf(FORMATS)),
        may("allOf", Objects(&POINTER)),
        may("items", Object(&ITEM)),
        may("xml", Object(&LIST_NAME)),
        may("pattern", Text).when(Sent),
        may("minLength", Count).when(Sent),
        may("maxLength", Count).when(Sent),
        may("minimum", Integer).when(Sent),
        may(ADVISED, Object(&ADVISED_VALUE)).when(Sent),
        may(ROW_FIELD, Text).when(Request),
        may(SIGNATURE, Object(&SIGN)).when(Received),
        may(PLACE_EVIDENCE, Evidence).when(Received),
        may(VERBATIM, True),
        must(EVIDENCE, Evidence),
        may(SENSITIVE, True),
    ],
};

const FORMATS: &[&str] = &["int32", "decimal", "date-time"];

static ITEM: Shape = Shape {
    what: "the items of a list",
    keywords: &[
        may("$ref", Reference),
        may("type", OneOf(&["string", "integer", "number", "boolean"])),
        may("format", OneOf(FORMATS)),
    ],
};

static POINTER: Shape = Shape {
    what: "the part of a property",
    keywords: &[must("$ref", Reference)],
};

static CONDITION: Shape = Shape {
    what: "a condition",
    keywords: &[
        may("not", Object(&TOGETHER)),
        may("anyOf", Objects(&TOGETHER)),
    ],
};

static TOGETHER: Shape = Shape {
    what: "the inside of a condition",
    keywords: &[must("required", Texts)],
};

static ITEM_NAME: Shape = Shape {
    what: "xml of a definition",
    keywords: &[must("name", Text)],
};

static LIST_NAME: Shape = Shape {
    what: "xml of a property",
    keywords: &[may("name", Text), may("wrapped", Bool)],
};

static WRAPPING: Shape = Shape {
    what: WRAPPER,
    keywords: &[
        must("name", TextOrNull),
        must(EVIDENCE, Evidence),
        may(CANDIDATES, Texts),
    ],
};

static STYLE: Shape = Shape {
    what: VALUE_STYLE,
    keywords: &[
        must("style", OneOf(STYLES)),
        must(EVIDENCE, Evidence),
        may(CANDIDATES, Texts),
    ],
};

static STRAYING: Shape = Shape {
    what: STRAY,
    keywords: &[
        must("fields", Texts),
        must("parents", Texts),
        must(EVIDENCE, Evidence),
    ],
};

static SIGN: Shape = Shape {
    what: SIGNATURE,
    keywords: &[must("all", Texts), may("any", Texts)],
};

static ADVISED_FIELDS: Shape = Shape {
    what: "x-revio-advised of a definition",
    keywords: &[may("required", Texts), may("minProperties", Count)],
};

static ADVISED_VALUE: Shape = Shape {
    what: "x-revio-advised of a property",
    keywords: &[
        may("pattern", Text),
        may("minLength", Count),
        may("maxLength", Count),
        may("minimum", Integer),
    ],
};

/// A wire setting.
pub(super) static SETTING: Shape = Shape {
    what: "a setting of x-xml-service",
    keywords: &[
        must("value", Anything),
        must(EVIDENCE, Evidence),
        may("note", Text),
        may(CANDIDATES, List),
    ],
};

/// The wire setting that is an operation.
pub(super) static SESSION: Shape = Shape {
    what: "session-operation of x-xml-service",
    keywords: &[
        must("value", Text),
        must(EVIDENCE, Evidence),
        must(EFFECT, OneOf(EFFECTS)),
        may("note", Text),
    ],
};

/// Every shape, for messages that say where a keyword belongs.
pub(super) static SHAPES: &[&Shape] = &[
    &COMMON,
    &FILE,
    &MESSAGE,
    &ENUMERATION,
    &PROPERTY,
    &ITEM,
    &POINTER,
    &CONDITION,
    &TOGETHER,
    &ITEM_NAME,
    &LIST_NAME,
    &WRAPPING,
    &STYLE,
    &STRAYING,
    &SIGN,
    &ADVISED_FIELDS,
    &ADVISED_VALUE,
    &SETTING,
    &SESSION,
];

/// Names of all annotations, for the vocabulary in `common.json`.
pub(super) fn annotations() -> impl Iterator<Item = &'static str> {
    let keywords = SHAPES.iter().flat_map(|shape| shape.keywords);
    keywords
        .map(|keyword| keyword.name)
        .filter(|name| name.starts_with("x-"))
}
