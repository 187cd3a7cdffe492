//! JSON whose shape isn't known, kept as text.

use std::fmt;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// JSON of unknown shape, kept character for character, so that no digit of an amount is lost.
///
/// `Debug` shows the length only, since the content may be personal data.
///
/// ```
/// use revio_api::types::Json;
///
/// let json: Json = r#"{"balance": 1234567890123.4567}"#.parse()?;
/// assert_eq!(json.as_str(), r#"{"balance": 1234567890123.4567}"#);
///
/// #[derive(serde::Deserialize)]
/// struct Balance {
///     balance: revio_api::types::Money,
/// }
/// let typed: Balance = json.decode()?;
/// assert_eq!(typed.balance.to_string(), "1234567890123.4567");
/// # Ok::<_, revio_api::types::JsonError>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Encodes a value.
    ///
    /// # Errors
    /// When the value has no JSON form, for instance a map whose keys aren't text.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, JsonError> {
        serde_json::value::to_raw_value(value)
            .map(Self)
            .map_err(|error| JsonError::new(&error))
    }

    /// JSON text from bytes.
    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, JsonError> {
        serde_json::from_slice(bytes)
            .map(Self)
            .map_err(|error| JsonError::new(&error))
    }

    /// Reads the text into a type of your own.
    ///
    /// # Errors
    /// When the JSON doesn't fit the type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        serde_json::from_str(self.0.get()).map_err(|error| JsonError::new(&error))
    }

    /// The JSON text.
    pub fn as_str(&self) -> &str {
        self.0.get()
    }
}

impl FromStr for Json {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
            .map(Self)
            .map_err(|error| JsonError::new(&error))
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Json {}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json(<{} bytes>)", self.as_str().len())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(Self)
    }
}

/// JSON that can't be read as, or made from, the type that was asked for.
///
/// It says what was expected and where, and never repeats the value.
///
/// ```
/// use revio_api::types::Json;
///
/// let json: Json = r#"{"name": "Ann"}"#.parse()?;
/// let error = json.decode::<Vec<i32>>().unwrap_err();
/// assert_eq!(error.to_string(), "a value does not fit: expected a sequence at line 1 column 0");
/// # Ok::<_, revio_api::types::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    problem: String,
    line: usize,
    column: usize,
}

impl JsonError {
    fn new(error: &serde_json::Error) -> Self {
        Self {
            problem: crate::runtime::describe(error),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} at line {} column {}",
            self.problem, self.line, self.column
        )
    }
}

impl std::error::Error for JsonError {}
