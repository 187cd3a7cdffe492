//! Setting custom fields by their ids.

use super::problem::CustomFieldProblem;
use super::read::{FieldId, HasFields};
use crate::error::{Error, ErrorKind, Outcome};
use crate::operation::Operation;
use crate::request::Request;
use crate::shared::CustomField;
use crate::types::Patch;

/// The handle of a resource whose records are read by id and changed by a JSON Patch.
///
/// Generated code implements it; where one of the two calls isn't verified, it needs the feature `unverified`.
pub trait Patchable: Clone + Send + Sync {
    /// The record.
    type Record: Send;
    /// The id that its calls take.
    type Id: Copy + Send + Sync;

    /// Reads the record.
    fn read_record(&self, id: Self::Id) -> impl Request<Output = Self::Record> + Send;

    /// Patches the record.
    fn patch_record(
        &self,
        id: Self::Id,
        patch: Patch<Self::Record>,
    ) -> impl Request<Output = ()> + Send;

    /// The custom fields of one record, to set them. Nothing is sent yet.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::custom_fields::FieldId;
    /// use revio_api::prelude::*;
    ///
    /// client.contacts().custom_fields(ContactId(20)).set(FieldId(7), "gold").await?;
    /// # Ok(())
    /// # }
    /// ```
    fn custom_fields(&self, id: Self::Id) -> CustomFields<Self>
    where
        Self::Record: HasFields,
    {
        CustomFields {
            handle: self.clone(),
            id,
        }
    }
}

/// The custom fields of one record; made by [`Patchable::custom_fields`].
#[derive(Debug, Clone)]
#[must_use = "nothing is sent before a field is set"]
pub struct CustomFields<H: Patchable> {
    handle: H,
    id: H::Id,
}

impl<H: Patchable> CustomFields<H>
where
    H::Record: HasFields,
{
    /// Sets one custom field; see [`set_all`](Self::set_all).
    ///
    /// # Errors
    /// As for [`set_all`](Self::set_all).
    pub async fn set(&self, field: FieldId, value: impl Into<String>) -> Result<(), Error> {
        self.set_all([(field, value)]).await
    }

    /// Sets several custom fields of the record in one patch.
    ///
    /// The record is read to find the fields' positions, patched at these positions, and read again: three calls. What
    /// has its value already isn't sent, so that a second run is one call. An empty text and no value count as the same,
    /// since the vendor sends both for fields that aren't set. Where a field is given twice, the later value counts.
    ///
    /// Between reading and patching somebody else may change the list of fields; the API has no way to rule that out. It
    /// is noticed afterwards and reported.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::custom_fields::FieldId;
    /// use revio_api::prelude::*;
    ///
    /// let fields = client.customers().custom_fields(CustomerId(1015));
    /// fields.set_all([(FieldId(7), "gold"), (FieldId(8), "north")]).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a call fails; or with [`Error::custom_field_problem`] when the record lacks a field or has it twice
    /// ([`Outcome::NotSent`]), and when the fields don't have the values afterwards ([`Outcome::Unknown`]: look at the
    /// record).
    pub async fn set_all<V: Into<String>>(
        &self,
        values: impl IntoIterator<Item = (FieldId, V)>,
    ) -> Result<(), Error> {
        let mut wanted: Vec<(FieldId, String)> = Vec::new();
        for (field, value) in values {
            wanted.retain(|(other, _)| *other != field);
            wanted.push((field, value.into()));
        }
        self.apply(wanted).await
    }

    async fn apply(&self, wanted: Vec<(FieldId, String)>) -> Result<(), Error> {
        if wanted.is_empty() {
            return Ok(());
        }
        let read = self.handle.read_record(self.id);
        let reading = operation(&read);
        let before = read.send().await?.value;
        let changes = plan(before.custom_fields(), wanted)
            .map_err(|problem| failure(reading, Outcome::NotSent, problem))?;
        drop(before);
        if changes.is_empty() {
            return Ok(());
        }
        let patch = changes.iter().fold(Patch::new(), |patch, change| {
            patch.replace_custom_field(change.position, &change.value)
        });
        let patch = self.handle.patch_record(self.id, patch);
        let patching = operation(&patch);
        patch.send().await?;
        let unsure = |problem| failure(patching, Outcome::Unknown, problem);
        let after = self.handle.read_record(self.id).send().await;
        let after =
            after.map_err(|cause| unsure(CustomFieldProblem::NotVerified).because(cause))?;
        verify(after.value.custom_fields(), &changes).map_err(unsure)
    }
}

/// One value to send.
struct Change {
    field: FieldId,
    position: usize,
    value: String,
}

/// Finds today's positions of what isn't as wanted yet.
fn plan(
    fields: &[CustomField],
    wanted: Vec<(FieldId, String)>,
) -> Result<Vec<Change>, CustomFieldProblem> {
    let mut changes = Vec::new();
    for (field, value) in wanted {
        let mut places = fields
            .iter()
            .enumerate()
            .filter(|(_, held)| is(held, field));
        let (position, held) = places.next().ok_or_else(|| CustomFieldProblem::Absent {
            field,
            present: present(fields),
        })?;
        if places.next().is_some() {
            return Err(CustomFieldProblem::Repeated { field });
        }
        if !holds(held, &value) {
            changes.push(Change {
                field,
                position,
                value,
            });
        }
    }
    Ok(changes)
}

/// Checks that every field has its value, wherever it is by now.
fn verify(fields: &[CustomField], changes: &[Change]) -> Result<(), CustomFieldProblem> {
    for change in changes {
        let field = change.field;
        let mut places = fields.iter().filter(|held| is(held, field));
        if places.any(|held| holds(held, &change.value)) {
            continue;
        }
        let now = fields.get(change.position);
        if now.is_some_and(|held| is(held, field)) {
            return Err(CustomFieldProblem::NotKept { field });
        }
        return Err(CustomFieldProblem::Moved {
            field,
            position: change.position,
            now: now.and_then(|held| held.field_id).map(FieldId),
            overwritten: now.is_some_and(|held| holds(held, &change.value)),
        });
    }
    Ok(())
}

fn is(held: &CustomField, field: FieldId) -> bool {
    held.field_id == Some(field.get())
}

fn holds(held: &CustomField, value: &str) -> bool {
    held.value.as_deref().unwrap_or_default() == value
}

fn present(fields: &[CustomField]) -> Vec<(FieldId, Option<String>)> {
    fields
        .iter()
        .filter_map(|held| Some((FieldId(held.field_id?), held.label.clone())))
        .collect()
}

fn operation<R: Request>(_: &R) -> &'static Operation {
    R::OPERATION
}

fn failure(operation: &'static Operation, outcome: Outcome, problem: CustomFieldProblem) -> Error {
    Error::problem(ErrorKind::CustomField, outcome, operation, problem)
}
