//! What `cargo xtask` starts.
#![cfg(unix)]

use std::process::Command;

/// What a command gives to cargo.
fn given_to_cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        // Says what it was given.
        .env("CARGO", "/bin/echo")
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, given) = text.split_once("Cargo.toml ").expect("a manifest");
    given.trim().to_owned()
}

#[test]
fn demo_builds_no_generator() {
    assert_eq!(
        given_to_cargo(&["demo"]),
        "--package revio-demo --bin revio-demo"
    );
}

#[test]
fn other_commands_go_to_the_program_that_has_them() {
    let schema = "--package xtask --bin xtask-schema --";
    for arguments in [
        &["regen", "--check"][..],
        &["diff", "a b"],
        &["--help"],
        &[],
    ] {
        let expected = format!("{schema} {}", arguments.join(" "));
        assert_eq!(given_to_cargo(arguments), expected.trim());
    }
}

#[test]
fn the_exit_code_is_that_of_the_command() {
    // It takes `run` for a command, which it hasn't.
    let schema = env!("CARGO_BIN_EXE_xtask-schema");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let status = command.arg("diff").env("CARGO", schema).status().unwrap();
    assert_eq!(status.code(), Some(2));
}
