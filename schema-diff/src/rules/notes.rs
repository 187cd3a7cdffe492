//! Words, evidence, and what legacy documents say besides.

crate::rules! { NOTES;
    DOC_TEXT_CHANGED = "doc.text.changed": "A description, title or summary changed."
        "Nothing of it is sent: silent.";
    DOC_EXAMPLE_CHANGED = "doc.example.changed": "An example changed."
        "Nothing of it is sent: silent.";
    DOC_LINK_CHANGED = "doc.link.changed": "A link to documentation changed."
        "Nothing of it is sent: silent.";
    DOC_TAG_ADDED = "doc.tag.added": "A tag is described."
        "Tags aren't sent: silent."
        topic Addition;
    DOC_TAG_REMOVED = "doc.tag.removed": "A tag is no longer described."
        "Tags aren't sent: silent.";
    DOC_KEYWORD_CHANGED = "doc.keyword.changed": "A keyword that says nothing about values changed."
        "Nothing of it is sent: silent.";
    DOC_DEPRECATED = "doc.deprecated": "A value is deprecated."
        "It still works: compatible."
        topic Lifecycle;
    DOC_UNDEPRECATED = "doc.undeprecated": "A value is no longer deprecated."
        "It works as before: compatible."
        topic Lifecycle;
    EXTENSION_CHANGED = "extension.changed": "A vendor keyword changed."
        "It isn't sent: silent.";
}
