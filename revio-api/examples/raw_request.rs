//! Calls any path, for what this crate doesn't have: the same credentials, quota, retries and errors as every other
//! call.
//!
//! ```sh
//! cargo run --package revio-api --example raw_request -- GET Customers page_size=2
//! cargo run --package revio-api --example raw_request -- POST Notes '{"body": "called back"}'
//! ```
//!
//! The arguments are the method, the path below the base URL, and then query parameters as `name=value` and at most one
//! body in JSON, told by its first character, `{` or `[`. The response goes to standard output as it came, what there is
//! to say about it to standard error. The account is that of the environment; see `Client::from_env`.

use std::error::Error;
use std::process::ExitCode;

use revio_api::prelude::*;
use revio_api::types::Json;
use revio_api::{Method, Outcome};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [method, path, rest @ ..] = arguments.as_slice() else {
        eprintln!("usage: raw_request METHOD PATH [NAME=VALUE]... [JSON]");
        return ExitCode::from(2);
    };
    match call(method, path, rest).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn call(method: &str, path: &str, rest: &[String]) -> Result<(), Box<dyn Error>> {
    let method = match method {
        "GET" => Method::Get,
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "PATCH" => Method::Patch,
        "DELETE" => Method::Delete,
        other => {
            return Err(
                format!("{other} is no method; write GET, POST, PUT, PATCH or DELETE").into(),
            );
        }
    };
    let client = Client::from_env()?;
    let mut request = client.raw(method, path);
    for argument in rest {
        if argument.starts_with(['{', '[']) {
            // Kept as text, so that every digit goes out as it was written.
            request = request.json(&argument.parse::<Json>()?);
        } else if let Some((name, value)) = argument.split_once('=') {
            request = request.query(name, value);
        } else {
            return Err(format!("{argument} is neither NAME=VALUE nor JSON").into());
        }
    }
    if method == Method::Patch {
        request = request.content_type("application/json-patch+json");
    }

    // A GET may be sent again. Nothing is known of the others, so that they are sent once; a program that knows better
    // says so with `effect`.
    let response = match request.json_response::<Json>().await {
        Ok(response) => response,
        Err(error) => {
            if let Some(message) = error.api_message() {
                eprintln!("the server says: {message}");
            }
            if error.outcome() == Outcome::Unknown {
                eprintln!("it may have been carried out all the same");
            }
            return Err(error.into());
        }
    };
    println!("{}", response.value.as_str());
    eprintln!(
        "status {} after {} attempt(s)",
        response.status(),
        response.attempts()
    );
    eprintln!("{}", client.quota().remaining());
    Ok(())
}
