//! Events that webhook receivers are notified of. Their own file, since the state queues them and
//! the webhooks read the state.

/// Something to notify webhook receivers of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    /// A new receiver, which has to confirm itself.
    Registered { receiver: i64 },
    /// An event of a type that receivers subscribe to.
    Happened {
        event_type: String,
        object_id: Option<i64>,
    },
}
