//! Types and named schemas.

crate::rules! { TYPES;
    SCHEMA_TYPE_CHANGED = "schema.type.changed": "A value has another type."
        "Replaces."
        by "a new field of the new type beside the old one" decodes Always;
    SCHEMA_TYPE_WIDENED = "schema.type.widened": "A value may have more types."
        "Widens."
        decodes Always;
    SCHEMA_TYPE_NARROWED = "schema.type.narrowed": "A value may have fewer types."
        "Narrows."
        by "still accepting the other types";
    SCHEMA_NULLABLE_ADDED = "schema.nullable.added": "A value may be null."
        "Widens."
        decodes Strictly topic Addition;
    SCHEMA_NULLABLE_REMOVED = "schema.nullable.removed": "A value may no longer be null."
        "Narrows."
        by "still accepting null";
    SCHEMA_FORMAT_ADDED = "schema.format.added": "A value has a format."
        "Narrows when the format is one of the standard, else undecided."
        by "still accepting what doesn't have the format" topic Addition;
    SCHEMA_FORMAT_REMOVED = "schema.format.removed": "A value no longer has a format."
        "Widens when the format is one of the standard, else undecided."
        decodes Always;
    SCHEMA_FORMAT_CHANGED = "schema.format.changed": "A value has another format."
        "By the values that both allow; undecided when one isn't of the standard."
        by "a new field of the new format beside the old one" decodes Always;
    SCHEMA_REF_CHANGED = "schema.ref.changed": "A value refers to another schema."
        "Names aren't sent: silent; what differs inside is listed on its own."
        by "keeping the name";
    SCHEMA_EXTRACTED = "schema.extracted": "A value that was written out refers to a schema."
        "Names aren't sent: silent.";
    SCHEMA_INLINED = "schema.inlined": "A value that referred to a schema is written out."
        "Names aren't sent: silent.";
    SCHEMA_RENAMED = "schema.renamed": "A named schema has another name."
        "Names aren't sent: silent."
        by "an alias of the old name: `pub type Old = New`";
    SCHEMA_ADDED = "schema.added": "There is a new named schema."
        "It isn't sent by itself: silent."
        topic Addition;
    SCHEMA_REMOVED = "schema.removed": "A named schema is gone."
        "It isn't sent by itself: silent; where it was used is listed on its own.";
    COMPONENT_ADDED = "component.added": "There is a new component that isn't a schema."
        "It isn't sent by itself: silent."
        topic Addition;
    COMPONENT_REMOVED = "component.removed": "A component that isn't a schema is gone."
        "It isn't sent by itself: silent.";
    REFERENCE_MENDED = "reference.mended": "A reference that couldn't be resolved resolves now."
        "What was valid wasn't described: undecided.";
    COMPONENT_CHANGED = "component.changed": "A component that nothing is read from changed."
        "It isn't sent by itself: silent.";
    SCHEMA_XML_CHANGED = "schema.xml.changed": "A value is serialized differently in XML."
        "It matters where XML is sent: undecided."
        by "keeping the names";
}
