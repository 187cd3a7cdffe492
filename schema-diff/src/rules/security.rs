//! Who may call.

crate::rules! { SECURITY;
    SECURITY_ALTERNATIVE_ADDED = "security.alternative.added": "There is a new way to authenticate."
        "Callers go on with theirs: compatible."
        topic Addition;
    SECURITY_ALTERNATIVE_REMOVED = "security.alternative.removed": "A way to authenticate is gone."
        "Callers that use it are refused: breaking."
        by "keeping the old way until callers have moved";
    SECURITY_ALTERNATIVE_REDUNDANT = "security.alternative.redundant":
        "A way to authenticate is no longer listed, and another one asks for less."
        "Every caller can use the other one: silent.";
    SECURITY_REQUIREMENT_ADDED = "security.requirement.added": "Callers have to prove more."
        "Callers that don't are refused: breaking."
        by "a new way beside the old one" topic Addition;
    SECURITY_REQUIREMENT_REMOVED = "security.requirement.removed": "Callers have to prove less."
        "Everybody who was let in still is: compatible.";
    SECURITY_ANONYMOUS_REMOVED = "security.anonymous.removed":
        "Anybody might call, and now has to prove who they are."
        "Callers that don't are refused: breaking."
        by "leaving it open until callers have moved";
    SECURITY_SCOPE_ADDED = "security.scope.added": "A call needs another scope."
        "Callers without it are refused: breaking."
        by "granting the scope to everybody who has the old ones" topic Addition;
    SECURITY_SCOPE_OFFERED = "security.scope.offered": "A scheme has a new scope."
        "Callers go on with theirs: compatible.";
    SECURITY_SCOPE_REMOVED = "security.scope.removed": "A scheme no longer has a scope."
        "A token with it can't be had: breaking."
        by "still accepting the scope";
    SECURITY_FLOW_ADDED = "security.flow.added": "There is another way to get a token."
        "Callers go on with theirs: compatible."
        topic Addition;
    SECURITY_FLOW_REMOVED = "security.flow.removed": "A way to get a token is gone."
        "Callers that use it are refused: breaking."
        by "keeping the flow";
    SECURITY_FLOW_CHANGED = "security.flow.changed": "Tokens are to be had at another address."
        "Old callers ask at the old one: breaking. An address where there was none leaves them theirs: compatible."
        by "serving both addresses";
    SECURITY_SCHEME_ADDED = "security.scheme.added": "There is a new scheme."
        "It matters where operations name it: silent."
        topic Addition;
    SECURITY_SCHEME_REMOVED = "security.scheme.removed": "A scheme is gone."
        "It matters where operations named it: silent.";
    SECURITY_SCHEME_RENAMED = "security.scheme.renamed": "A scheme has another name among the components."
        "Its name isn't sent: silent.";
    SECURITY_SCHEME_CHANGED = "security.scheme.changed": "A scheme works in another way."
        "Old callers use the old way: breaking."
        by "a new scheme beside the old one";
    SECURITY_SCHEME_UNUSED_CHANGED = "security.scheme.unused.changed": "A scheme that no operation names changed."
        "Nobody uses it: silent.";
}
