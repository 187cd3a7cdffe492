//! Responses: statuses, headers, links.

crate::rules! { RESPONSES;
    RESPONSE_STATUS_ADDED = "response.status.added": "An operation may respond with a new status."
        "Callers aren't prepared for it: undecided. Where callers respond, they needn't use it: compatible."
        topic Addition;
    RESPONSE_STATUS_REMOVED = "response.status.removed": "An operation no longer responds with a status."
        "Callers wait for a success: breaking. They may follow a redirection: undecided. An error less harms nobody: compatible."
        by "keeping the status that callers wait for";
    RESPONSE_STATUS_SPLIT = "response.status.split": "A status that was part of a range is described on its own."
        "Callers were prepared for the range: compatible; what differs is listed on its own.";
    RESPONSE_STATUS_MERGED = "response.status.merged": "A status that was described on its own is part of a range."
        "Callers were prepared for it: compatible; what differs is listed on its own.";
    RESPONSE_RANGE_ADDED = "response.range.added": "A range of statuses, or the default, is described."
        "Callers don't expect these: undecided. Where callers respond, they needn't use them: compatible."
        topic Addition;
    RESPONSE_RANGE_REMOVED = "response.range.removed": "A range of statuses, or the default, is no longer described."
        "What comes instead isn't described: undecided.";
    RESPONSE_BODY_ADDED = "response.body.added": "A response has a body."
        "Callers skip what they don't expect: compatible. Where callers respond, they send none yet: breaking."
        topic Addition;
    RESPONSE_BODY_REMOVED = "response.body.removed": "A response has no body any more."
        "Callers wait for it: breaking. Where callers respond, theirs may be refused: undecided."
        by "keeping the body" decodes Always;
    RESPONSE_LINKS_CHANGED = "response.links.changed": "The links of a response are described differently."
        "They aren't sent: silent.";
    RESPONSE_HEADER_ADDED = "response.header.added": "A response has a new header."
        "Callers skip it: compatible. Where callers respond and have to send it: breaking."
        topic Addition;
    RESPONSE_HEADER_REMOVED = "response.header.removed": "A response no longer has a header."
        "Breaking when it was always there, else undecided. After its sunset date, and where callers had to send it: compatible."
        by "keeping the header";
    RESPONSE_HEADER_BECAME_REQUIRED = "response.header.became.required": "A header is always sent."
        "Responses stay within what callers know: narrows.";
    RESPONSE_HEADER_BECAME_OPTIONAL = "response.header.became.optional": "A header may be left out."
        "A response may be one that callers don't know: widens."
        by "still sending it always";
    RESPONSE_HEADER_STYLE_CHANGED = "response.header.style.changed":
        "Values of a header are serialized in another way."
        "Callers parse them differently: breaking. Where the values are serialized the same either way: silent."
        by "keeping the form";
}
