//! Typed ids and lists of known values.

use std::collections::HashSet;

use revio_api::enums::ServiceProductStatus;
use revio_api::ids::CustomerId;

#[test]
fn an_id_reads_from_a_number_or_its_text_and_is_written_as_a_number() {
    for text in ["1015", r#""1015""#, r#"" 1015 ""#] {
        let id: CustomerId = serde_json::from_str(text).expect(text);
        assert_eq!(id, CustomerId(1015));
        assert_eq!(serde_json::to_string(&id).unwrap(), "1015");
    }
    for text in ["-1", "0", "2147483647", "-2147483648"] {
        let id: CustomerId = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&id).unwrap(), text);
    }
    for text in [
        "2147483648",
        "-2147483649",
        "1.5",
        "1e2",
        "true",
        "[]",
        "{}",
        "null",
        r#""""#,
        r#""A1""#,
        r#"{"a":1}"#,
    ] {
        let error = serde_json::from_str::<CustomerId>(text)
            .expect_err(text)
            .to_string();
        assert!(
            error.contains("expected a whole number of 32 bits"),
            "{text}: {error}"
        );
    }
    assert_eq!(
        serde_json::from_str::<Option<CustomerId>>("null").unwrap(),
        None
    );
}

#[test]
fn an_id_is_a_small_ordered_value() {
    assert_eq!(
        (
            CustomerId::from(7).get(),
            i32::from(CustomerId(7)),
            size_of::<CustomerId>()
        ),
        (7, 7, 4)
    );
    assert_eq!(
        format!("{0} {0:?} {0:>5}", CustomerId(42)),
        "42 CustomerId(42)    42"
    );
    assert!(CustomerId(1) < CustomerId(2));
    assert_eq!("42".parse(), Ok(CustomerId(42)));
    assert!("42x".parse::<CustomerId>().is_err());
}

#[test]
fn a_known_value_is_a_variant_and_any_other_is_kept() {
    let values: Vec<ServiceProductStatus> =
        serde_json::from_str(r#"["ACTIVE", "ARCHIVED", "active", ""]"#).unwrap();
    assert_eq!(values[0], ServiceProductStatus::Active);
    for (value, text) in values[1..].iter().zip(["ARCHIVED", "active", ""]) {
        assert!(
            matches!(value, ServiceProductStatus::Unknown(unknown) if unknown == text),
            "{value:?}"
        );
    }
    assert_eq!(
        serde_json::to_string(&values).unwrap(),
        r#"["ACTIVE","ARCHIVED","active",""]"#
    );
}

#[test]
fn values_are_equal_when_their_texts_are() {
    let made = ServiceProductStatus::Unknown("ACTIVE".to_owned());
    assert_eq!(made, ServiceProductStatus::Active);
    assert_eq!(
        HashSet::from([made, ServiceProductStatus::from("ACTIVE")]).len(),
        1
    );
    assert_eq!(
        ServiceProductStatus::from("DENIED".to_owned()).to_string(),
        "DENIED"
    );
    assert_ne!(
        ServiceProductStatus::from("denied"),
        ServiceProductStatus::from("DENIED")
    );
}
