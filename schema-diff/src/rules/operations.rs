//! Paths, operations and webhooks.

crate::rules! { OPERATIONS;
    OP_REMOVED = "op.removed": "An operation is gone."
        "Every call of it fails: breaking. If it was deprecated and its sunset date has passed, callers were warned: compatible."
        by "deprecating it with a sunset date first, and removing it after that date" decodes Always;
    OP_ADDED = "op.added": "There is a new operation."
        "No old caller knows it: compatible."
        topic Addition;
    OP_PATH_CHANGED = "op.path.changed": "An operation with the same id has another path."
        "Old callers send the old path: breaking."
        by "serving both paths until the old one is retired" decodes Always;
    OP_METHOD_CHANGED = "op.method.changed": "An operation with the same id has another method."
        "Old callers send the old method: breaking."
        by "serving both methods until the old one is retired" decodes Always;
    OP_ID_CHANGED = "op.id.changed": "The operationId of a method and path changed."
        "It isn't sent: silent."
        by "keeping the old operationId";
    OP_TAGS_CHANGED = "op.tags.changed": "An operation has other tags."
        "Tags aren't sent: silent."
        by "keeping the first tag";
    OP_DEPRECATED = "op.deprecated": "An operation is deprecated."
        "It still works: compatible."
        topic Lifecycle;
    OP_UNDEPRECATED = "op.undeprecated": "An operation is no longer deprecated."
        "It works as before: compatible."
        topic Lifecycle;
    WEBHOOK_ADDED = "webhook.added": "The service calls for a new reason."
        "Receivers that don't know it needn't respond: compatible."
        topic Addition;
    WEBHOOK_REMOVED = "webhook.removed": "The service no longer calls."
        "Receivers wait for it: breaking."
        by "announcing the end and leaving time";
    DOCUMENT_ADDED = "document.added": "A whole document is new."
        "No old caller knows it: compatible."
        topic Addition;
    DOCUMENT_REMOVED = "document.removed": "A whole document is gone."
        "Everything that it describes is gone: breaking."
        by "deprecating what it describes first" decodes Always;
    DOCUMENT_VERSION_CHANGED = "document.version.changed": "The version of the description changed."
        "It says what the description is, not what is sent: silent.";
    SERVER_ADDED = "server.added": "The service has another address."
        "Callers go on with theirs: compatible."
        topic Addition;
    SERVER_REMOVED = "server.removed": "An address is gone."
        "Callers of it get no response: breaking."
        by "serving the old address until callers have moved" decodes Always;
    SERVER_STATED = "server.stated": "Addresses are stated where there were none."
        "Whether callers use them isn't said: undecided.";
    SERVER_VARIABLE_CHANGED = "server.variable.changed": "A variable in an address has other values."
        "Breaking when one of them is gone, else compatible."
        by "keeping the old values";
    SERVER_DEFAULT_CHANGED = "server.default.changed": "A variable in an address has another default."
        "Callers that leave it out call another address: undecided."
        by "keeping the default";
}
