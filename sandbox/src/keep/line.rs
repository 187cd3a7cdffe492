//! Lines that show when they were damaged.

use serde_json::Value;

use super::Problem;

/// Characters of a checksum, and the space behind it.
const HEAD: usize = 9;

/// A line for a JSON text.
pub(super) fn write(json: &str) -> String {
    format!("{:08x} {json}\n", crc32fast::hash(json.as_bytes()))
}

/// Reads line after line.
pub(super) struct Lines<'a> {
    rest: &'a [u8],
    /// Number of the line that was read last.
    pub(super) number: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            number: 0,
        }
    }

    /// What is left, when it is no whole line any more.
    pub(super) fn remainder(&self) -> usize {
        self.rest.len()
    }

    /// The next line; none when no whole one is left.
    pub(super) fn next(&mut self) -> Result<Option<Value>, Problem> {
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
        let expected = write_head(json);
        if head != expected.as_bytes() {
            return Err(damaged("its checksum is wrong"));
        }
        let value = serde_json::from_slice(json).map_err(|_| damaged("it is no JSON"))?;
        self.rest = &self.rest[end + 1..];
        Ok(Some(value))
    }
}

fn write_head(json: &[u8]) -> String {
    format!("{:08x} ", crc32fast::hash(json))
}
