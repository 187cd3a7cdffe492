//! Request bodies and media types.

crate::rules! { BODIES;
    BODY_REQUIRED_ADDED = "body.required.added": "A request has to have a body."
        "Old callers don't send one: breaking."
        by "making the body optional" topic Addition;
    BODY_OPTIONAL_ADDED = "body.optional.added": "A request may have a body."
        "Old callers needn't send one: compatible."
        topic Addition;
    BODY_REMOVED = "body.removed": "A request has no body any more."
        "What old callers send is ignored or refused: breaking."
        by "still accepting a body, and ignoring it";
    BODY_BECAME_REQUIRED = "body.became.required": "A request that might be sent without a body has to have one."
        "A request without it is no longer valid: narrows."
        by "accepting requests without a body as before";
    BODY_BECAME_OPTIONAL = "body.became.optional": "A request may be sent without a body."
        "Every old request is still valid: widens.";
    BODY_MEDIA_ADDED = "body.media.added": "A body may have another media type."
        "Callers go on with theirs: compatible. Those who are called may not know it: breaking there."
        topic Addition;
    BODY_MEDIA_REMOVED = "body.media.removed": "A media type of a body is gone."
        "Callers that send it are refused: breaking. Those who are called get what they know: compatible there."
        by "accepting the old media type as well";
    RESPONSE_MEDIA_ADDED = "response.media.added": "A response may have another media type."
        "Callers that don't say what they accept may get what they can't read: undecided."
        by "sending it only to callers whose `Accept` names it" topic Addition;
    RESPONSE_MEDIA_REMOVED = "response.media.removed": "A media type of a response is gone."
        "Callers that rely on it have nothing to read: breaking."
        by "keeping the old media type" decodes Always;
    MEDIA_PARAMETERS_CHANGED = "media.parameters.changed": "The parameters of a media type changed."
        "Most readers skip them, some don't: undecided."
        by "keeping the parameters";
    MEDIA_RANGE_WIDENED = "media.range.widened": "A media type became a range that holds it."
        "It widens."
        by "naming the media types" decodes Always;
    MEDIA_RANGE_NARROWED = "media.range.narrowed": "A range of media types became one of those that it holds."
        "It narrows."
        by "accepting the range as before";
    MEDIA_SCHEMA_ADDED = "media.schema.added": "A media type says what its content is like."
        "It narrows."
        topic Addition;
    MEDIA_SCHEMA_REMOVED = "media.schema.removed": "A media type no longer says what its content is like."
        "It widens."
        decodes Always;
    MEDIA_ENCODING_CHANGED = "media.encoding.changed": "The parts of a body are encoded in another way."
        "They are parsed differently: breaking. Whether other headers are needed isn't said: undecided. Nothing but a form has parts: silent elsewhere."
        by "accepting both encodings";
}
