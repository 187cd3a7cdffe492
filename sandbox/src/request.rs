//! A request for an operation, as the operations see it.

use serde_json::Value;

use crate::failure::Failure;
use crate::list::{PageFault, Query};
use crate::schema::{Api, Operation, Record};
use crate::world::World;

/// A request that was routed and whose body was checked.
pub(crate) struct OperationRequest<'a> {
    pub(crate) operation: &'a Operation,
    /// Values of the path parameters, in order.
    pub(crate) path: Vec<String>,
    pub(crate) query: Query,
    /// The body; null where there is none.
    pub(crate) body: Value,
    /// What a fault does to the page of a list.
    pub(crate) page_fault: PageFault,
    /// Query names and body members that had no effect.
    pub(crate) ignored: Vec<String>,
}

impl OperationRequest<'_> {
    /// The id in the path; anything but a whole number is 404.
    pub(crate) fn id(&self) -> Result<i64, Failure> {
        self.path
            .first()
            .and_then(|text| text.parse().ok())
            .ok_or_else(Failure::no_path)
    }

    /// The id in the path, of a record that exists.
    pub(crate) fn existing(&self, world: &World, record: &Record) -> Result<i64, Failure> {
        let id = self.id()?;
        if world.store.contains(&record.name, id) {
            Ok(id)
        } else {
            Err(Failure::no_record(&record.name, id))
        }
    }

    /// The record schema of the operation.
    pub(crate) fn record<'w>(&self, api: &'w Api) -> Result<&'w Record, Failure> {
        api.record_for(self.operation).ok_or_else(|| {
            Failure::internal(format!("{} has no record schema", self.operation.id()))
        })
    }
}
