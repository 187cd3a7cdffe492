//! How long something works, and how much of it may change.

crate::rules! { LIFECYCLE;
    LIFECYCLE_SUNSET_ADDED = "lifecycle.sunset.added": "It is said until when something works."
        "It still works, and callers have time: compatible."
        topic Lifecycle;
    LIFECYCLE_SUNSET_SHORT = "lifecycle.sunset.short":
        "Something ends on a day that has come, or sooner than callers are owed (--grace)."
        "Requests after that day get no response: breaking when it has come. Else whether callers can move on in time isn't known: undecided."
        by "a later date" topic Lifecycle;
    LIFECYCLE_SUNSET_MISSING = "lifecycle.sunset.missing":
        "Something is deprecated without a date, and callers are owed some time (--grace)."
        "How much time they have isn't said: undecided."
        by "a sunset date" topic Lifecycle;
    LIFECYCLE_SUNSET_LATER = "lifecycle.sunset.later": "Something works longer than was said."
        "Every request that was to get a response still does: compatible."
        topic Lifecycle;
    LIFECYCLE_SUNSET_EARLIER = "lifecycle.sunset.earlier": "Something works less long than was said."
        "Requests between the two days get no response: breaking when the new day has come, else undecided, as callers may still move on."
        by "keeping the date" topic Lifecycle;
    LIFECYCLE_SUNSET_REMOVED = "lifecycle.sunset.removed": "Until when something works is no longer said."
        "It may end on any day: undecided. When it is no longer deprecated it doesn't end: compatible."
        by "keeping the date" topic Lifecycle;
    LIFECYCLE_SUNSET_UNREADABLE = "lifecycle.sunset.unreadable": "The date until which something works can't be read."
        "It may be any day: undecided."
        by "a date such as 2030-01-31" topic Lifecycle;
    LIFECYCLE_STABILITY_RAISED = "lifecycle.stability.raised": "More is promised about later changes."
        "Nothing that is sent changes: compatible."
        topic Lifecycle;
    LIFECYCLE_STABILITY_LOWERED = "lifecycle.stability.lowered": "Less is promised about later changes."
        "Callers relied on what was promised, and whether it stays isn't known: undecided."
        by "keeping the level" topic Lifecycle;
    LIFECYCLE_STABILITY_UNREADABLE = "lifecycle.stability.unreadable":
        "What is promised about later changes isn't one of draft, alpha, beta and stable."
        "It may be anything: undecided."
        by "one of the four levels" topic Lifecycle;
}
