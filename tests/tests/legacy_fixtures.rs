//! The messages of the legacy operations as Rust types: full fixtures made from `schema/legacy/` come through digit for
//! digit, survive what may be missing or unknown, and print no personal data.

use std::collections::BTreeSet;

use revio_api::legacy::{
    BillProfileItem, CustomerProductItem, CustomerProductsQueryRequest,
    CustomerProductsQueryResponse, CustomerProductsUpdateRequest, CustomerProductsUpdateResponse,
    DebugEcho, Header, LineTypeItem, ProductCustomField, ProductItem, ProductProvisioning,
    ProductWireless, ProductsCreateRequest, ProductsCreateResponse, ProductsQueryRequest,
    ProductsQueryResponse, ProductsUpdateRequest, ProductsUpdateResponse, WirelessProductAllowance,
};
use revio_tests::fixtures::{Roundtrip, survives, through, unchanged, unprinted};
use revio_tests::spec::Spec;

/// Each type under its own name, which is the definition's.
macro_rules! types {
    ($($name:ident),* $(,)?) => {
        &[$((stringify!($name), through::<$name>)),*]
    };
}

const TYPES: &[(&str, Roundtrip)] = types![
    BillProfileItem,
    CustomerProductItem,
    CustomerProductsQueryRequest,
    CustomerProductsQueryResponse,
    CustomerProductsUpdateRequest,
    CustomerProductsUpdateResponse,
    DebugEcho,
    Header,
    LineTypeItem,
    ProductCustomField,
    ProductItem,
    ProductProvisioning,
    ProductWireless,
    ProductsCreateRequest,
    ProductsCreateResponse,
    ProductsQueryRequest,
    ProductsQueryResponse,
    ProductsUpdateRequest,
    ProductsUpdateResponse,
    WirelessProductAllowance,
];

/// What stands in front of every request belongs to the transport, not to the messages.
const NO_TYPE: [&str; 3] = ["RequestPreamble", "Credentials", "Session"];

#[test]
fn every_message_and_its_parts_have_a_type() {
    let spec = Spec::legacy();
    let objects: BTreeSet<&str> = spec
        .schemas()
        .filter(|(_, schema)| spec.is_object(schema))
        .map(|(name, _)| name)
        .collect();
    let types = TYPES.iter().map(|(name, _)| *name);
    let accounted: BTreeSet<&str> = types.chain(NO_TYPE).collect();
    assert_eq!(objects, accounted);
    assert_eq!(accounted.len(), TYPES.len() + NO_TYPE.len());
}

#[test]
fn fixtures_come_through_and_survive() {
    let spec = Spec::legacy();
    let mut failed = Vec::new();
    for (name, roundtrip) in TYPES {
        let mut complaints = unchanged(&spec, name, *roundtrip);
        complaints.extend(survives(&spec, name, *roundtrip));
        complaints.extend(unprinted(&spec, name, *roundtrip));
        failed.extend(
            complaints
                .into_iter()
                .map(|complaint| format!("{name}{complaint}")),
        );
    }
    assert!(
        failed.is_empty(),
        "{} problems:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
