//! Which custom fields there are, as far as records show it.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use super::read::{FieldId, HasFields};
use crate::error::Error;
use crate::lists::Paged;

/// A custom field as records show it.
///
/// ```
/// use revio_api::custom_fields::{FieldDefinitions, FieldId};
/// use revio_api::resources::tickets::Ticket;
///
/// let tickets: Vec<Ticket> = serde_json::from_str(
///     r#"[{"ticket_id": 5, "fields": [{"field_id": 7, "label": "Tier", "value": "gold"}]},
///         {"ticket_id": 6, "fields": [{"field_id": 7, "label": "Tier", "value": null}]}]"#,
/// )?;
/// let seen = FieldDefinitions::seen_on(&tickets);
/// assert_eq!(seen.definitions[0].id, FieldId(7));
/// assert_eq!(seen.definitions[0].label.as_deref(), Some("Tier"));
/// assert_eq!((seen.definitions[0].records, seen.records), (2, 2));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldDefinition {
    /// Its id.
    pub id: FieldId,
    /// Its caption, as the first record that has one shows it.
    pub label: Option<String>,
    /// How many of the records have the field, with or without a value.
    pub records: usize,
}

/// The custom fields that were seen on some records; made by [`SampleFields::sample_fields`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldDefinitions {
    /// What was seen, in the order of the ids.
    pub definitions: Vec<FieldDefinition>,
    /// How many records were looked at.
    pub records: usize,
    /// Whether these were all records of the list. Even then a field that no record has isn't seen.
    pub complete: bool,
}

impl FieldDefinitions {
    /// What these records show.
    pub fn seen_on<R: HasFields>(records: &[R]) -> Self {
        let mut seen: BTreeMap<FieldId, FieldDefinition> = BTreeMap::new();
        for record in records {
            let mut counted = BTreeSet::new();
            for field in record.custom_fields() {
                let Some(id) = field.field_id.map(FieldId) else {
                    continue;
                };
                let definition = seen.entry(id).or_insert(FieldDefinition {
                    id,
                    label: None,
                    records: 0,
                });
                if definition.label.is_none() {
                    definition.label.clone_from(&field.label);
                }
                definition.records += usize::from(counted.insert(id));
            }
        }
        Self {
            definitions: seen.into_values().collect(),
            records: records.len(),
            complete: false,
        }
    }
}

/// Adds to every list whose records have custom fields a way to find out which.
pub trait SampleFields: Paged
where
    Self::Item: HasFields,
{
    /// The custom fields that the first `records` records show.
    ///
    /// No call is known that lists the definitions of custom fields, so this reads records and gathers what is on them.
    /// It is a sample: a field that none of these records has is missing, and whether the vendor shows a field on
    /// records where it has no value isn't known. Filters of the list narrow down the sample.
    ///
    /// ```no_run
    /// # async fn example(client: revio_api::Client) -> Result<(), revio_api::Error> {
    /// use revio_api::prelude::*;
    ///
    /// let seen = client.customers().list().sample_fields(500).await?;
    /// for field in &seen.definitions {
    ///     println!("{} {}: on {} of {}", field.id, field.label.as_deref().unwrap_or(""), field.records, seen.records);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// When a page can't be read.
    fn sample_fields(
        self,
        records: usize,
    ) -> impl Future<Output = Result<FieldDefinitions, Error>> + Send {
        let sample = self.collect_up_to(records);
        async move {
            let sample = sample.await?;
            Ok(FieldDefinitions {
                complete: sample.complete,
                ..FieldDefinitions::seen_on(&sample.records)
            })
        }
    }
}

impl<R> SampleFields for R
where
    R: Paged,
    R::Item: HasFields,
{
}
