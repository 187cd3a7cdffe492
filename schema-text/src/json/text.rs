//! The strings of JSON with their escapes.

use super::{Read, Reader};

impl Reader<'_> {
    /// The string that starts here.
    pub(super) fn string(&mut self) -> Read<String> {
        self.at += 1;
        let start = self.at;
        self.plain();
        if self.peek() == Some(b'"') {
            let text = self.text[start..self.at].to_owned();
            self.at += 1;
            return Ok(text);
        }
        let mut text = self.text[start..self.at].to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                Some(_) => {
                    return Err(self.defect(
                        "a control character in a string",
                        "write it as an escape, such as \\n",
                    ));
                }
                None => return Err(self.unexpected("'\"'", "close the string")),
            }
            let part = self.at;
            self.plain();
            text.push_str(&self.text[part..self.at]);
        }
    }

    /// Skips the characters of a string that stand for themselves.
    fn plain(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' | b'\\' | 0..=0x1f => return,
                0x80..=0xbf => self.continuation += 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    fn escape(&mut self) -> Read<char> {
        let Some(byte) = self.peek() else {
            return Err(self.unexpected("an escape", "close the string"));
        };
        let character = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => {
                let help =
                    "the escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four digits";
                return Err(self.unexpected("an escape", help));
            }
        };
        self.at += 1;
        Ok(character)
    }

    /// The character of `\uXXXX`, or of a surrogate pair of two of them.
    fn unicode(&mut self) -> Read<char> {
        const LONE: &str = "write both halves of the surrogate pair, or the character itself";
        let first = self.hex()?;
        let code = match first {
            0xd800..=0xdbff => {
                if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
                    return Err(self.defect("half of a surrogate pair", LONE));
                }
                self.at += 1;
                let second = self.hex()?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    return Err(self.defect("half of a surrogate pair", LONE));
                }
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            other => other,
        };
        char::from_u32(code).ok_or_else(|| self.defect("half of a surrogate pair", LONE))
    }

    /// The four digits after `\u`; starts at the `u`.
    fn hex(&mut self) -> Read<u32> {
        self.at += 1;
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.unexpected("a hexadecimal digit", "\\u takes four of them"));
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}
