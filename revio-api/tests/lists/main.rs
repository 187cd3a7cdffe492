//! Whole lists over a fake one, with time that is simulated: what is asked, when, and what is handed out.

mod collect;
mod duplicates;
mod fake;
mod guards;
mod order;
mod prefetch;
mod resume;
mod walk;
mod wire;

use revio_api::lists::Records;
use revio_api::{Error, ListRequest};

use self::fake::Made;

/// Reads to the end: the numbers handed out, and the error that ended it.
pub(crate) async fn drain<R>(list: &mut Records<R>) -> (Vec<i64>, Option<Error>)
where
    R: ListRequest<Item: Made>,
{
    let mut numbers = Vec::new();
    loop {
        match list.try_next().await {
            Ok(Some(record)) => numbers.push(record.number()),
            Ok(None) => return (numbers, None),
            Err(error) => return (numbers, Some(error)),
        }
    }
}
