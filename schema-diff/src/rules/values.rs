//! Values: lists, constants, defaults.

crate::rules! { VALUES;
    SCHEMA_ENUM_VALUE_ADDED = "schema.enum.value.added": "A list of values has a new one."
        "Requests: widens. Answers: callers may not know it: undecided. GitHub and Stripe call it compatible."
        decodes Strictly topic Addition;
    SCHEMA_ENUM_VALUE_REMOVED = "schema.enum.value.removed": "A list of values lost one."
        "Narrows."
        by "still accepting the value";
    SCHEMA_ENUM_ADDED = "schema.enum.added": "A value has to be one of a list."
        "Narrows."
        by "still accepting other values" topic Addition;
    SCHEMA_ENUM_REMOVED = "schema.enum.removed": "A value is no longer one of a list."
        "Widens."
        decodes Strictly;
    SCHEMA_CONST_CHANGED = "schema.const.changed": "The only value is another."
        "Replaces."
        by "accepting both values" decodes Strictly;
    SCHEMA_KNOWN_VALUE_ADDED = "schema.known-value.added": "An open list knows one more value."
        "The list was open before: silent."
        topic Addition;
    SCHEMA_KNOWN_VALUE_REMOVED = "schema.known-value.removed": "An open list knows one value less."
        "The list is open: silent."
        by "keeping the value in the list";
    SCHEMA_KNOWN_VALUE_ORDER = "schema.known-value.order": "The values of an open list are in another order."
        "Order isn't sent: silent.";
    SCHEMA_EXTENSIBLE_ENUM_CHANGED = "schema.extensible-enum.changed": "An open list of values is another."
        "It is open for answers and may be closed for requests: undecided.";
    SCHEMA_DEFAULT_ADDED = "schema.default.added": "A value has a default."
        "Callers that leave it out get it: undecided in requests."
        topic Addition;
    SCHEMA_DEFAULT_CHANGED = "schema.default.changed": "A value has another default."
        "Callers that leave it out get another: undecided in requests."
        by "keeping the default";
    SCHEMA_DEFAULT_REMOVED = "schema.default.removed": "A value no longer has a default."
        "Callers that leave it out may miss it: undecided in requests."
        by "keeping the default";
}
