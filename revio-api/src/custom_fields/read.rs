//! Custom fields of a record that was read.

use crate::record::Record;
use crate::shared::CustomField;

/// Id of a custom field's definition, as configured in the account.
///
/// It isn't the field's position in a record, which is what a patch takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub i32);
crate::types::macros::id_type!(FieldId);

/// A record with custom fields.
///
/// ```
/// use revio_api::custom_fields::{FieldId, HasFields};
/// use revio_api::resources::tickets::Ticket;
///
/// let ticket: Ticket = serde_json::from_str(
///     r#"{"ticket_id": 5, "fields": [{"field_id": 7, "label": "Tier", "value": "gold"},
///                                    {"field_id": 8, "label": "Region", "value": null}]}"#,
/// )?;
/// let tier = ticket.custom_field(FieldId(7)).and_then(|field| field.value.as_deref());
/// assert_eq!(tier, Some("gold"));
/// assert_eq!(ticket.custom_field_labelled("Region").and_then(|field| field.field_id), Some(8));
/// assert!(ticket.custom_field(FieldId(9)).is_none());
/// # Ok::<_, serde_json::Error>(())
/// ```
pub trait HasFields: Record {
    /// The custom fields in the server's order; empty when the server sent none.
    fn custom_fields(&self) -> &[CustomField];

    /// The field with this id; if a record ever holds it twice, the first.
    fn custom_field(&self, id: FieldId) -> Option<&CustomField> {
        self.custom_fields()
            .iter()
            .find(|field| field.field_id == Some(id.get()))
    }

    /// The field with this caption, letter for letter; `None` also when several fields have it, since nothing says
    /// which one is meant.
    fn custom_field_labelled(&self, label: &str) -> Option<&CustomField> {
        let mut found = self
            .custom_fields()
            .iter()
            .filter(|field| field.label.as_deref() == Some(label));
        let only = found.next();
        if found.next().is_some() {
            return None;
        }
        only
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldId, HasFields};
    use crate::record::Record;
    use crate::shared::CustomField;

    #[derive(serde::Serialize)]
    struct Fields(Vec<CustomField>);

    impl Record for Fields {}

    impl HasFields for Fields {
        fn custom_fields(&self) -> &[CustomField] {
            &self.0
        }
    }

    #[test]
    fn a_caption_that_two_fields_share_names_none() {
        let field = |id, label| CustomField::new().field_id(id).label(label);
        let fields = Fields(vec![field(1, "Tier"), field(2, "Region"), field(3, "Tier")]);
        let found = |label| {
            fields
                .custom_field_labelled(label)
                .and_then(|it| it.field_id)
        };
        assert_eq!(found("Region"), Some(2));
        assert_eq!(found("Tier"), None);
        assert_eq!(found("tier"), None);
        assert_eq!(
            fields
                .custom_field(FieldId(3))
                .and_then(|it| it.label.as_deref()),
            Some("Tier")
        );
    }
}
