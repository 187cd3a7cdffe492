//! The state as lines, and back.

use chrono::NaiveDateTime;
use serde_json::{Map, Value, json};

use super::Problem;
use super::line::{self, Lines};
use crate::clock::Clock;
use crate::schema::{Api, dates};
use crate::seed::Seed;
use crate::store::{Entry, Store, shaped};

/// Version of the format.
pub(super) const VERSION: u64 = 1;

const NAME: &str = "revio-sandbox";

/// What a file says.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) seed: Seed,
    pub(crate) time: NaiveDateTime,
    pub(crate) entries: Vec<Entry>,
    /// Bytes that are whole lines; the rest is what a killed process left behind.
    pub(super) length: usize,
    /// Whether there are calls behind the image.
    pub(super) has_calls: bool,
}

/// The image of a state.
pub(crate) fn write(seed: Seed, clock: &Clock, store: &Store) -> Vec<u8> {
    let lines: Vec<String> = store
        .entries()
        .iter()
        .map(|entry| line::write(&text(entry)))
        .collect();
    let head = json!({
        "file": NAME,
        "version": VERSION,
        "seed": seed.seed,
        "customers": seed.customers,
        "time": clock.text(),
        "lines": lines.len(),
    });
    let mut bytes = line::write(&head.to_string()).into_bytes();
    for line in lines {
        bytes.extend(line.as_bytes());
    }
    bytes
}

/// The line for a call.
pub(super) fn call(clock: &Clock, entries: &[Entry]) -> String {
    let changes: Vec<String> = entries.iter().map(text).collect();
    let time = Value::from(clock.text());
    line::write(&format!(
        "{{\"time\":{time},\"changes\":[{}]}}",
        changes.join(",")
    ))
}

fn text(entry: &Entry) -> String {
    match entry {
        Entry::Next { table, id } => json!({"table": table, "next": id}),
        Entry::Removed { table, id } => json!({"table": table, "id": id, "removed": true}),
        Entry::Written { table, id, fields } => {
            json!({"table": table, "id": id, "fields": fields})
        }
    }
    .to_string()
}

impl Image {
    /// The state that a sandbox starts with.
    pub(crate) fn untouched(seed: Seed, time: NaiveDateTime) -> Self {
        Self {
            seed,
            time,
            entries: Vec::new(),
            length: 0,
            has_calls: false,
        }
    }

    /// Reads a file's bytes.
    pub(crate) fn read(api: &Api, bytes: &[u8]) -> Result<Self, Problem> {
        let mut lines = Lines::new(bytes);
        let head = lines.next().ok().flatten().ok_or(Problem::Foreign)?;
        if head.get("file").and_then(Value::as_str) != Some(NAME) {
            return Err(Problem::Foreign);
        }
        let number = |name: &str| {
            let number = head.get(name).and_then(Value::as_u64);
            number.ok_or(Problem::Damaged {
                line: 1,
                reason: "a number is missing",
            })
        };
        let version = number("version")?;
        if version != VERSION {
            return Err(Problem::Newer(version));
        }
        let seed = Seed {
            seed: number("seed")?,
            customers: number("customers")?,
        };
        let mut image = Self::untouched(seed, time(&head, 1)?);
        for _ in 0..number("lines")? {
            let Some(mut line) = lines.next()? else {
                return Err(Problem::Damaged {
                    line: lines.number + 1,
                    reason: "the file ends before it is complete",
                });
            };
            image.entries.push(entry(api, &mut line, lines.number)?);
        }
        while let Some(mut line) = lines.next()? {
            image.has_calls = true;
            image.time = time(&line, lines.number)?;
            let changes = line.get_mut("changes").and_then(Value::as_array_mut);
            for change in changes.into_iter().flatten() {
                image.entries.push(entry(api, change, lines.number)?);
            }
        }
        image.length = bytes.len() - lines.remainder();
        Ok(image)
    }
}

fn time(line: &Value, number: usize) -> Result<NaiveDateTime, Problem> {
    let text = line.get("time").and_then(Value::as_str);
    text.and_then(dates::parse).ok_or(Problem::Damaged {
        line: number,
        reason: "it has no time",
    })
}

fn entry(api: &Api, line: &mut Value, number: usize) -> Result<Entry, Problem> {
    let unclear = || Problem::Damaged {
        line: number,
        reason: "it doesn't say what changed",
    };
    let schema = |what: String| Problem::Schema { line: number, what };
    let table = line
        .get("table")
        .and_then(Value::as_str)
        .ok_or_else(unclear)?
        .to_owned();
    let record = api
        .record(&table)
        .ok_or_else(|| schema(format!("a table {table}")))?;
    if let Some(id) = line.get("next").and_then(Value::as_i64) {
        return Ok(Entry::Next { table, id });
    }
    let id = line.get("id").and_then(Value::as_i64).ok_or_else(unclear)?;
    match line.get_mut("fields").map(Value::take) {
        Some(Value::Object(fields)) => {
            if let Some(stranger) = record.stranger(&fields) {
                return Err(schema(format!("a field {stranger} in {table}")));
            }
            // Fields that the schema has gained since are null.
            let fields: Map<String, Value> = shaped(record, &fields);
            Ok(Entry::Written { table, id, fields })
        }
        Some(_) => Err(unclear()),
        None => Ok(Entry::Removed { table, id }),
    }
}
