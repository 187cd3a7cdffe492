//! Values: lists, constants, defaults.

crate::rules! { VALUES;
    SCHEMA_ENUM_VALUE_ADDED = "schema.enum.value.added": "An enum has a new value."
        "Requests: widens. Responses: callers may not know it: undecided. GitHub and Stripe call it compatible."
        decodes Strictly topic Addition;
    SCHEMA_ENUM_VALUE_REMOVED = "schema.enum.value.removed": "An enum lost a value."
        "Narrows."
        by "still accepting the value";
    SCHEMA_ENUM_ADDED = "schema.enum.added": "A value is restricted to an enum."
        "Narrows."
        by "still accepting other values" topic Addition;
    SCHEMA_ENUM_REMOVED = "schema.enum.removed": "A value is no longer restricted to an enum."
        "Widens."
        decodes Strictly;
    SCHEMA_CONST_CHANGED = "schema.const.changed": "The const value changed."
        "Replaces."
        by "accepting both values" decodes Strictly;
    SCHEMA_KNOWN_VALUE_ADDED = "schema.known-value.added": "An open enum lists one more known value."
        "The enum was open before: silent."
        topic Addition;
    SCHEMA_KNOWN_VALUE_REMOVED = "schema.known-value.removed": "An open enum lists one known value less."
        "The enum is open: silent."
        by "keeping the value in the enum";
    SCHEMA_KNOWN_VALUE_ORDER = "schema.known-value.order": "The known values of an open enum were reordered."
        "Order isn't sent: silent.";
    SCHEMA_EXTENSIBLE_ENUM_CHANGED = "schema.extensible-enum.changed": "The known values of an open enum changed."
        "It is open in responses and may be closed in requests: undecided.";
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
