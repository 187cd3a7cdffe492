//! A documented rule for services: the dates of activation and disconnection can be changed only
//! when all service products of the service have the same date already. It is inferred that the
//! `canceled_date` of a product is its date of disconnection.

use serde_json::Value;

use crate::failure::Failure;
use crate::schema::dates;
use crate::store::Fields;
use crate::world::World;

/// Dates of a service, and the matching dates of its products.
const DATES: [(&str, &str); 2] = [
    ("activated_date", "activated_date"),
    ("disconnected_date", "canceled_date"),
];

/// Checks a patch.
pub(super) fn check(world: &World, before: Option<&Fields>, after: &Fields) -> Result<(), Failure> {
    let (Some(before), Some(product)) = (before, world.api.record("ServiceProduct")) else {
        return Ok(());
    };
    let changed = DATES
        .iter()
        .filter(|(own, _)| moment(before, own) != moment(after, own));
    for (own, of_product) in changed {
        let service = after.get("service_id").and_then(Value::as_i64);
        let products = service.map(|id| world.store.with_id(product, "service_id", id));
        for id in products.into_iter().flatten() {
            let fields = world.store.get(product, id).unwrap_or_default();
            if moment(&fields, of_product) != moment(after, own) {
                let reason = format!(
                    "can't be changed: service product {id} has a different {of_product}; change that first"
                );
                return Err(Failure::field(&format!("/{own}"), &reason));
            }
        }
    }
    Ok(())
}

/// The date in a field, none for null and the year 1.
fn moment(fields: &Fields, name: &str) -> Option<chrono::NaiveDateTime> {
    let text = fields.get(name)?.as_str()?;
    dates::parse(text).filter(|_| !text.starts_with("0001-01-01"))
}
