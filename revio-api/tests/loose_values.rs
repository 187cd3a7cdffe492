//! Values that the server writes in more than one way.

use revio_api::types::{Json, Nullable, TextOrNumber};

#[test]
fn text_or_number_goes_out_as_it_came_in() {
    for text in [
        r#""CRI""#,
        "235",
        "-1",
        "1.50",
        "1e2",
        r#""235""#,
        r#""""#,
        "123456789012345678901234567890",
        r#""\"\\é\u0007""#,
    ] {
        let value: TextOrNumber = serde_json::from_str(text).expect(text);
        assert_eq!(serde_json::to_string(&value).unwrap(), text);
        assert_eq!(value.is_number(), !text.starts_with('"'), "{text}");
    }
    for text in ["null", "true", "[]", "{}"] {
        assert!(
            serde_json::from_str::<TextOrNumber>(text).is_err(),
            "{text}"
        );
    }
    assert_eq!(
        serde_json::from_str::<Option<TextOrNumber>>("null").unwrap(),
        None
    );
}

#[test]
fn text_or_number_can_be_asked_either_way() {
    assert_eq!(TextOrNumber::from(235).as_str(), "235");
    assert_eq!(TextOrNumber::from("235").as_i64(), Some(235));
    assert_eq!(TextOrNumber::from("CRI".to_owned()).as_i64(), None);
    assert_ne!(TextOrNumber::from(235), TextOrNumber::from("235"));
}

#[test]
fn nullable_converts_from_what_callers_have() {
    assert_eq!(Nullable::from(5).into_option(), Some(5));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(
        Nullable::from(Some("x".to_owned())),
        Nullable::<String>::from("x")
    );
    assert!(Nullable::<i32>::default().is_null());
    assert_eq!(Option::from(Nullable::Value(1)), Some(1));
    let read: Vec<Nullable<i32>> = serde_json::from_str("[1, null]").unwrap();
    assert_eq!(read, [Nullable::Value(1), Nullable::Null]);
    assert_eq!(read[0].as_option(), Some(&1));
}

#[test]
fn json_is_kept_character_for_character() {
    let text = r#"{ "b": 1.50, "a": [1e2, 12345678901234567890.10], "b": null }"#;
    let json: Json = text.parse().unwrap();
    assert_eq!(
        (
            json.as_str(),
            serde_json::to_string(&json).unwrap().as_str()
        ),
        (text, text)
    );
    assert_eq!(json, Json::encode(&json).unwrap());
    assert!("{".parse::<Json>().is_err());
    assert!(Json::encode(&std::collections::HashMap::from([((1, 2), 3)])).is_err());
}

#[test]
fn json_errors_say_what_was_expected_and_where() {
    let json: Json = r#"{"name": "secret"}"#.parse().unwrap();
    let error = json
        .decode::<std::collections::HashMap<String, i32>>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "a value does not fit: expected i32 at line 1 column 17"
    );
}
