//! Parameters of the path, the query, headers and cookies.

crate::rules! { PARAMETERS;
    PARAM_REQUIRED_ADDED = "param.required.added": "A parameter is new, and has to be sent."
        "Old callers don't send it: breaking. Those who are called skip it: compatible there. In a path that has no place for it: undecided."
        by "making it optional, with the old behaviour when it is left out" topic Addition;
    PARAM_OPTIONAL_ADDED = "param.optional.added": "A parameter is new, and may be sent."
        "Old callers needn't send it: compatible."
        topic Addition;
    PARAM_REMOVED = "param.removed": "A parameter is gone."
        "The service may ignore what old callers send, or refuse it: undecided; GitHub and Stripe call it breaking. Those who are called may rely on it: breaking there. After its sunset date: compatible; before it: breaking."
        by "still accepting it, and ignoring it";
    PARAM_BECAME_REQUIRED = "param.became.required": "A parameter that might be left out has to be sent."
        "A request without it is no longer valid: narrows."
        by "a default for callers that leave it out";
    PARAM_BECAME_OPTIONAL = "param.became.optional": "A parameter that had to be sent may be left out."
        "Every old request is still valid: widens.";
    PARAM_MOVED = "param.moved": "A parameter of the same name is sent at another place."
        "Old callers send it where the service no longer looks: breaking."
        by "reading both places";
    PARAM_PATH_RENAMED = "param.path.renamed": "A parameter of the path has another name."
        "Only its position is sent: silent."
        by "keeping the name";
    PARAM_STYLE_CHANGED = "param.style.changed": "Values of a parameter are serialized in another way."
        "They are parsed differently: breaking. Where the values are serialized the same either way: silent."
        by "reading both forms";
    PARAM_EMPTY_CHANGED = "param.empty.changed": "Whether a parameter may be sent without a value changed."
        "Follows from its effect."
        by "still accepting it without a value";
    PARAM_RESERVED_CHANGED = "param.reserved.changed": "Whether reserved characters are sent as they are changed."
        "Services differ in how they read them: undecided.";
    PARAM_UNTYPED = "param.untyped": "A number or flag in a parameter or header may be any string."
        "All of them are sent as text, so that it widens.";
    PARAM_TYPED = "param.typed": "Any string in a parameter or header may only be a number or flag."
        "All of them are sent as text, so that it narrows."
        by "still accepting other strings";
    PARAM_CONTENT_CHANGED = "param.content.changed":
        "A parameter is described by a media type instead of a schema, or the other way round."
        "The same value is serialized in another way: breaking."
        by "reading both forms";
    PARAM_MEDIA_ADDED = "param.media.added": "A parameter may have another media type."
        "Callers go on with theirs: compatible."
        topic Addition;
    PARAM_MEDIA_REMOVED = "param.media.removed": "A media type of a parameter is gone."
        "Callers that rely on it have nothing to send: breaking."
        by "keeping the old media type";
    PARAM_SCHEMA_ADDED = "param.schema.added": "A parameter says what its value is like."
        "Values that were valid may no longer be: narrows. Where any string is valid: silent, but in a path, where nobody said what fills it: undecided."
        topic Addition;
    PARAM_SCHEMA_REMOVED = "param.schema.removed": "A parameter no longer says what its value is like."
        "Every old value is still valid: widens.";
}
