//! `cargo xtask wsdl-check` as a person runs it: what it prints, and the codes that scripts go by.

use std::fs;
use std::path::Path;
use std::process::Command;

const MATCHING: &str = include_str!("../../codegen/tests/wsdl/service.wsdl");

/// The exit code and what was printed, of a check of a file with this text; no text for no file.
fn check(name: &str, text: Option<&str>) -> (Option<i32>, String, String) {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    match text {
        Some(text) => fs::write(&file, text).expect("a file"),
        None => assert!(!file.exists()),
    }
    let output = Command::new(env!("CARGO_BIN_EXE_xtask-schema"))
        .arg("wsdl-check")
        .arg(&file)
        .output()
        .expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[test]
fn codes_and_texts() {
    let (code, out, err) = check("same.wsdl", Some(MATCHING));
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.contains("no difference in 5 operations"), "{out}");

    let other = MATCHING.replace("http://api.myh2o.com/v20", "urn:other");
    let (code, out, err) = check("other.wsdl", Some(&other));
    assert_eq!((code, err.as_str()), (Some(1), ""));
    assert!(out.starts_with(".namespace(\"urn:other\") // "), "{out}");
    assert!(out.contains("1 difference in 5 operations"), "{out}");

    let (code, out, err) = check("missing.wsdl", None);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("missing.wsdl"), "{err}");

    let (code, out, err) = check("page.wsdl", Some("<!DOCTYPE html><html></html>"));
    assert_eq!((code, out.as_str()), (Some(3), ""));
    assert!(
        err.contains("DOCTYPE") && err.contains("page.wsdl"),
        "{err}"
    );
}
