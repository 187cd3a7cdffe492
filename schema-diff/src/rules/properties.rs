//! Fields of objects.

crate::rules! { PROPERTIES;
    SCHEMA_PROPERTY_ADDED = "schema.property.added": "An object has a new field that may be left out."
        "Old callers don't send it and skip it in responses: compatible. Where the old description allowed no other fields, responses break it."
        decodes Strictly topic Addition;
    SCHEMA_PROPERTY_REQUIRED_ADDED = "schema.property.required.added":
        "An object has a new field that has to be there."
        "Requests of old callers lack it: breaking. In answers it is skipped: compatible."
        by "making it optional" decodes Strictly topic Addition;
    SCHEMA_PROPERTY_REMOVED = "schema.property.removed": "A field that might be left out is gone."
        "Whether requests with it are refused, and whether callers rely on it, isn't said: undecided. Where the new description allows no other fields, requests break. GitHub and Stripe call it breaking."
        by "deprecating it first, and still accepting it";
    SCHEMA_PROPERTY_REQUIRED_REMOVED = "schema.property.required.removed": "A field that had to be there is gone."
        "Callers rely on it in responses: breaking. In requests it is as for an optional one."
        by "still sending it" decodes Strictly;
    SCHEMA_PROPERTY_BECAME_REQUIRED = "schema.property.became.required":
        "A field that might be left out has to be there."
        "Narrows."
        by "a default for callers that leave it out";
    SCHEMA_PROPERTY_BECAME_OPTIONAL = "schema.property.became.optional":
        "A field that had to be there may be left out."
        "Widens."
        by "still sending it always" decodes Strictly;
    SCHEMA_ADDITIONAL_CLOSED = "schema.additional.closed": "An object allows no other fields any more."
        "Narrows."
        by "still ignoring other fields";
    SCHEMA_ADDITIONAL_OPENED = "schema.additional.opened": "An object allows other fields."
        "Widens."
        decodes Strictly;
    SCHEMA_ADDITIONAL_TYPED = "schema.additional.typed": "An object says what other fields are like."
        "Narrows.";
    SCHEMA_ADDITIONAL_UNTYPED = "schema.additional.untyped": "An object no longer says what other fields are like."
        "Widens."
        decodes Always;
    SCHEMA_READ_ONLY_SET = "schema.read-only.set": "Only the service sends a field now."
        "Whether requests with it are refused isn't said: undecided.";
    SCHEMA_READ_ONLY_UNSET = "schema.read-only.unset": "Callers may send a field that only the service sent."
        "Whether they have to follows from `required`: undecided.";
    SCHEMA_WRITE_ONLY_SET = "schema.write-only.set": "The service no longer sends a field."
        "Callers may rely on it: undecided.";
    SCHEMA_WRITE_ONLY_UNSET = "schema.write-only.unset": "The service sends a field that only callers sent."
        "Callers skip it: compatible.";
}
