//! The format of the file: writes the state as lines with checksums, and reads them.

use chrono::NaiveDateTime;
use serde_json::{Map, Value, json};

use super::error::Problem;
use crate::clock::Clock;
use crate::schema::{Api, dates};
use crate::seed::Seed;
use crate::store::{Entry, Store, shaped};

/// Version of the format.
const VERSION: u64 = 1;

const NAME: &str = "revio-sandbox";

/// The content of a file.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) seed: Seed,
    pub(crate) time: NaiveDateTime,
    pub(crate) entries: Vec<Entry>,
    /// Bytes of whole lines; the rest is the unfinished line of a killed process.
    pub(super) length: usize,
    /// Whether calls follow the snapshot.
    pub(super) has_calls: bool,
}

/// The snapshot of a state.
pub(crate) fn write(seed: Seed, clock: &Clock, store: &Store) -> Vec<u8> {
    let lines: Vec<String> = store
        .entries()
        .iter()
        .map(|entry| line(&text(entry)))
        .collect();
    let head = json!({
        "file": NAME,
        "version": VERSION,
        "seed": seed.seed,
        "customers": seed.customers,
        "time": clock.text(),
        "lines": lines.len(),
    });
    let mut bytes = line(&head.to_string()).into_bytes();
    for line in lines {
        bytes.extend(line.as_bytes());
    }
    bytes
}

/// The line of a call.
pub(super) fn call(clock: &Clock, entries: &[Entry]) -> String {
    let changes: Vec<String> = entries.iter().map(text).collect();
    let time = Value::from(clock.text());
    line(&format!(
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

impl Snapshot {
    /// The state of a new sandbox.
    pub(crate) fn initial(seed: Seed, time: NaiveDateTime) -> Self {
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
            return Err(Problem::Newer {
                version,
                supported: VERSION,
            });
        }
        let seed = Seed {
            seed: number("seed")?,
            customers: number("customers")?,
        };
        let mut snapshot = Self::initial(seed, time(&head, 1)?);
        for _ in 0..number("lines")? {
            let Some(mut line) = lines.next()? else {
                return Err(Problem::Damaged {
                    line: lines.number + 1,
                    reason: "the file ends before it is complete",
                });
            };
            snapshot.entries.push(entry(api, &mut line, lines.number)?);
        }
        while let Some(mut line) = lines.next()? {
            snapshot.has_calls = true;
            snapshot.time = time(&line, lines.number)?;
            let changes = line.get_mut("changes").and_then(Value::as_array_mut);
            for change in changes.into_iter().flatten() {
                snapshot.entries.push(entry(api, change, lines.number)?);
            }
        }
        snapshot.length = bytes.len() - lines.remainder();
        Ok(snapshot)
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
    let incomplete = || Problem::Damaged {
        line: number,
        reason: "it doesn't say what changed",
    };
    let schema = |what: String| Problem::Schema { line: number, what };
    let table = line
        .get("table")
        .and_then(Value::as_str)
        .ok_or_else(incomplete)?
        .to_owned();
    let record = api
        .record(&table)
        .ok_or_else(|| schema(format!("a table {table}")))?;
    if let Some(id) = line.get("next").and_then(Value::as_i64) {
        return Ok(Entry::Next { table, id });
    }
    let id = line
        .get("id")
        .and_then(Value::as_i64)
        .ok_or_else(incomplete)?;
    match line.get_mut("fields").map(Value::take) {
        Some(Value::Object(fields)) => {
            if let Some(unknown) = record.unknown_field(&fields) {
                return Err(schema(format!("a field {unknown} in {table}")));
            }
            // Fields that were added to the schema later are null.
            let fields: Map<String, Value> = shaped(record, &fields);
            Ok(Entry::Written { table, id, fields })
        }
        Some(_) => Err(incomplete()),
        None => Ok(Entry::Removed { table, id }),
    }
}

/// Length of a checksum and the space behind it.
const HEAD: usize = 9;

/// A line: the checksum of a JSON text, and the text.
fn line(json: &str) -> String {
    format!("{}{json}\n", checksum(json.as_bytes()))
}

/// Reads one line after another and checks each.
struct Lines<'a> {
    rest: &'a [u8],
    /// Number of the line that was read last, from 1.
    number: usize,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            number: 0,
        }
    }

    /// Bytes of an unfinished last line.
    fn remainder(&self) -> usize {
        self.rest.len()
    }

    /// The next line; none when no whole line is left.
    fn next(&mut self) -> Result<Option<Value>, Problem> {
        let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') else {
            return Ok(None);
        };
        self.number += 1;
        let line = &self.rest[..end];
        let damaged = |reason| Problem::Damaged {
            line: self.number,
            reason,
        };
        let (head, json) = line
            .split_at_checked(HEAD)
            .ok_or_else(|| damaged("it is too short"))?;
        let expected = checksum(json);
        if head != expected.as_bytes() {
            return Err(damaged("its checksum is wrong"));
        }
        let value = serde_json::from_slice(json).map_err(|_| damaged("it is no JSON"))?;
        self.rest = &self.rest[end + 1..];
        Ok(Some(value))
    }
}

fn checksum(json: &[u8]) -> String {
    format!("{:08x} ", crc32fast::hash(json))
}
