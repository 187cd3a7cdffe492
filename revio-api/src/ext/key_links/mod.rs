//! Key links: which record here is which thing in another system, typed by kind of record.

use crate::ext::identified::Identified;

/// A kind of record that can be linked; the vendor has twelve.
///
/// ```
/// use revio_api::key_links::Linkable;
/// use revio_api::resources::service_products::ServiceProduct;
///
/// assert_eq!(ServiceProduct::ENTITY, "Service_Product");
/// ```
pub trait Linkable: Identified {
    /// The name of the kind among the integration entity types. The vendor writes it in title case and in capitals;
    /// case, spaces and underscores don't count.
    const ENTITY: &'static str;
}
