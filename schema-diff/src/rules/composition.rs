//! Unions and parts.

crate::rules! { COMPOSITION;
    SCHEMA_VARIANT_ADDED = "schema.variant.added": "A union has a new variant."
        "Widens."
        decodes Strictly topic Addition;
    SCHEMA_VARIANT_REMOVED = "schema.variant.removed": "A union lost a variant."
        "Narrows."
        by "still accepting it";
    SCHEMA_UNION_ADDED = "schema.union.added": "A value became a union."
        "By comparing which values both accept; undecided where that can't be decided."
        decodes Strictly topic Addition;
    SCHEMA_UNION_REMOVED = "schema.union.removed": "A value is no longer a union."
        "By comparing which values both accept; undecided where that can't be decided."
        decodes Strictly;
    SCHEMA_UNION_CHANGED = "schema.union.changed": "Several unions that hold together changed."
        "By comparing which values both accept; undecided where that can't be decided."
        decodes Strictly;
    SCHEMA_UNION_KIND_CHANGED = "schema.union.kind.changed":
        "A union is `oneOf` instead of `anyOf`, or the other way round."
        "Silent when no value fits two variants, else undecided on the side that may lose values.";
    SCHEMA_UNION_OVERLAP = "schema.union.overlap": "A variant of `oneOf` changed, and a value may fit two of them."
        "Such a value fits none: undecided."
        by "a field that tells the variants apart";
    SCHEMA_ALL_OF_UNCLEAR = "schema.all-of.unclear":
        "Parts of a schema, in `allOf` or a union, restrict each other's fields."
        "What holds for all of them together can't be decided: undecided."
        by "writing the parts as one schema";
    SCHEMA_DISCRIMINATOR_ADDED = "schema.discriminator.added": "A field tells variants apart."
        "Which variant is taken may change: undecided."
        topic Addition;
    SCHEMA_DISCRIMINATOR_REMOVED = "schema.discriminator.removed": "No field tells variants apart any more."
        "Which variant is taken may change: undecided."
        decodes Strictly;
    SCHEMA_DISCRIMINATOR_CHANGED = "schema.discriminator.changed": "Another field tells variants apart."
        "Old callers send and read the old one: breaking."
        by "sending both fields" decodes Always;
    SCHEMA_DISCRIMINATOR_MAPPING_ADDED = "schema.discriminator.mapping.added": "A new tag stands for a variant."
        "Widens."
        decodes Strictly topic Addition;
    SCHEMA_DISCRIMINATOR_MAPPING_REMOVED = "schema.discriminator.mapping.removed":
        "A tag no longer stands for a variant."
        "Narrows."
        by "still accepting the tag";
    SCHEMA_DISCRIMINATOR_MAPPING_CHANGED = "schema.discriminator.mapping.changed": "A tag stands for another variant."
        "Replaces."
        by "a new tag" decodes Always;
}
