//! Keywords that limit values.

crate::rules! { CONSTRAINTS;
    SCHEMA_CONSTRAINT_ADDED = "schema.constraint.added": "A keyword with a number limits values."
        "Narrows."
        by "enforcing it for new values only" topic Addition;
    SCHEMA_CONSTRAINT_REMOVED = "schema.constraint.removed": "A keyword with a number no longer limits values."
        "Widens."
        decodes Strictly;
    SCHEMA_CONSTRAINT_TIGHTENED = "schema.constraint.tightened": "A keyword with a number allows less."
        "Narrows."
        by "enforcing it for new values only";
    SCHEMA_CONSTRAINT_RELAXED = "schema.constraint.relaxed": "A keyword with a number allows more."
        "Widens."
        decodes Strictly;
    SCHEMA_CONSTRAINT_CHANGED = "schema.constraint.changed": "A keyword with a number allows other values."
        "Replaces, or undecided when the numbers can't be compared."
        decodes Strictly;
    SCHEMA_PATTERN_ADDED = "schema.pattern.added": "A string has to match a pattern."
        "Narrows; nothing when the other keywords ask for it already."
        by "enforcing it for new values only" topic Addition;
    SCHEMA_PATTERN_REMOVED = "schema.pattern.removed": "A string no longer has to match a pattern."
        "Widens; nothing when the other keywords still ask for it."
        decodes Strictly;
    SCHEMA_PATTERN_CHANGED = "schema.pattern.changed": "A string has to match another pattern."
        "Replaces; nothing when both match the same; undecided when that can't be decided."
        decodes Strictly;
    SCHEMA_PATTERN_TIGHTENED = "schema.pattern.tightened": "A string has to match another pattern, which matches less."
        "Narrows."
        by "enforcing it for new values only";
    SCHEMA_PATTERN_RELAXED = "schema.pattern.relaxed": "A string has to match another pattern, which matches more."
        "Widens."
        decodes Strictly;
    SCHEMA_ITEMS_ADDED = "schema.items.added": "A list says what its items are like, or what one of them is like."
        "Narrows; undecided in responses for one more place in a tuple."
        topic Addition;
    SCHEMA_ITEMS_REMOVED = "schema.items.removed":
        "A list no longer says what its items are like, or what one of them is like."
        "Widens; undecided in requests for one place less in a tuple."
        decodes Always;
    SCHEMA_CONDITION_ADDED = "schema.condition.added": "A condition such as `not` or `if` limits values."
        "Narrows, undecided for those that depend on others."
        topic Addition;
    SCHEMA_CONDITION_REMOVED = "schema.condition.removed": "A condition such as `not` or `if` is gone."
        "Widens, undecided for those that depend on others.";
    SCHEMA_CONDITION_CHANGED = "schema.condition.changed": "A condition such as `not` or `if` changed."
        "By what `not` refuses, what names may be and how contents are encoded, else undecided.";
    SCHEMA_DEPENDENT_ADDED = "schema.dependent.added": "A field requires other fields, or a schema that has to fit."
        "Narrows."
        by "doing without it, at least for old callers" topic Addition;
    SCHEMA_DEPENDENT_REMOVED = "schema.dependent.removed":
        "A field no longer requires other fields, or a schema that has to fit."
        "Widens.";
    SCHEMA_DEPENDENT_CHANGED = "schema.dependent.changed": "A field requires another schema to fit."
        "Undecided.";
    SCHEMA_PATTERN_PROPERTY_ADDED = "schema.pattern-property.added":
        "Fields are described by a pattern of their names."
        "Narrows where they could be anything, widens where there were to be no others, else undecided."
        decodes Strictly topic Addition;
    SCHEMA_PATTERN_PROPERTY_REMOVED = "schema.pattern-property.removed":
        "Fields are no longer described by a pattern of their names."
        "Widens where they can be anything, narrows where there are to be no others, else undecided."
        decodes Strictly;
}
