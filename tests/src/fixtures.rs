//! x
use serde::{de::DeserializeOwned, Serialize};
pub type Roundtrip = fn(&str) -> Result<String, String>;
pub fn through<T: DeserializeOwned + Serialize>(_json: &str) -> Result<String, String> { Err(String::new()) }
