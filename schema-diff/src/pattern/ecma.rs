//! Reads a pattern of ECMA-262 and writes it in the syntax of `regex-syntax`.
//!
//! What the two mean differently is written out: classes and white space, `.`, `$`, escapes, and
//! everything inside brackets. Groups don't capture. There is no translation for what isn't regular
//! (looking around, going back to a group), or isn't understood.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex_syntax::escape_into;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// Longest pattern that is read.
const LONG: usize = 2_000;

/// `\d`.
const DIGITS: &[(char, char)] = &[('0', '9')];

/// `\w`.
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// `\s`.
const SPACE: &[(char, char)] = &[
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

/// What `.` leaves out.
const LINE_ENDS: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// The pattern in the other syntax.
pub(super) fn translated(pattern: &str) -> Option<String> {
    if pattern.len() > LONG {
        return None;
    }
    let mut reader = Reader {
        rest: pattern.chars().peekable(),
        out: String::new(),
        repeatable: false,
    };
    while let Some(next) = reader.rest.next() {
        reader.one(next)?;
    }
    Some(reader.out)
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
    /// Whether what was read last may be repeated.
    repeatable: bool,
}

/// One element of a class.
enum Element {
    One(char),
    Set(ClassUnicode),
}

impl Reader<'_> {
    fn one(&mut self, next: char) -> Option<()> {
        let repeatable = std::mem::replace(&mut self.repeatable, true);
        match next {
            '^' => self.assertion(r"\A"),
            '$' => self.assertion(r"\z"),
            '|' => self.assertion("|"),
            '(' => self.group()?,
            ')' => self.out.push(')'),
            '.' => self.class(&negated(LINE_ENDS)),
            '[' => {
                let class = self.brackets()?;
                self.class(&class);
            }
            '*' | '+' | '?' => self.repetition(repeatable, &next.to_string())?,
            '{' => match self.count() {
                Some(count) => self.repetition(repeatable, &count)?,
                None => self.literal('{'),
            },
            '\\' => self.escape()?,
            other => self.literal(other),
        }
        Some(())
    }

    /// Something that can't be repeated.
    fn assertion(&mut self, text: &str) {
        self.out.push_str(text);
        self.repeatable = false;
    }

    fn literal(&mut self, one: char) {
        escape_into(one.encode_utf8(&mut [0; 4]), &mut self.out);
    }

    fn class(&mut self, class: &ClassUnicode) {
        let mut text = String::from("[");
        for range in class.ranges() {
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            // Writing to a text can't fail.
            let _ = write!(text, r"\x{{{start:x}}}-\x{{{end:x}}}");
        }
        if class.ranges().is_empty() {
            text.push_str(r"^\x{0}-\x{10ffff}");
        }
        self.out.push_str(&text);
        self.out.push(']');
    }

    fn repetition(&mut self, repeatable: bool, text: &str) -> Option<()> {
        if !repeatable {
            return None;
        }
        self.out.push_str(text);
        // Whether it is lazy matters to what is captured only.
        self.rest.next_if_eq(&'?');
        self.repeatable = false;
        Some(())
    }

    /// `2,3}` after a brace. Anything else is no repetition, and nothing is taken.
    fn count(&mut self) -> Option<String> {
        let mut ahead = self.rest.clone();
        let mut text = String::from("{");
        loop {
            let next = ahead.next()?;
            text.push(next);
            match next {
                '0'..='9' => {}
                ',' if text.len() > 2 && text.matches(',').count() == 1 => {}
                '}' if text.len() > 2 => break,
                _ => return None,
            }
        }
        self.rest = ahead;
        Some(text)
    }

    fn group(&mut self) -> Option<()> {
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                '<' if !matches!(self.rest.peek(), Some('=' | '!')) => {
                    while self.rest.next()? != '>' {}
                }
                _ => return None,
            }
        }
        self.assertion("(?:");
        Some(())
    }

    fn escape(&mut self) -> Option<()> {
        match self.rest.next()? {
            'b' => self.assertion(r"(?-u:\b)"),
            'B' => self.assertion(r"(?-u:\B)"),
            next => match self.named(next)? {
                Element::Set(class) => self.class(&class),
                Element::One(one) => self.literal(one),
            },
        }
        Some(())
    }

    /// What an escape stands for, inside brackets and outside.
    fn named(&mut self, next: char) -> Option<Element> {
        let set = match next {
            'd' => class(DIGITS),
            'D' => negated(DIGITS),
            'w' => class(WORD),
            'W' => negated(WORD),
            's' => class(SPACE),
            'S' => negated(SPACE),
            'p' | 'P' => self.property(next)?,
            _ => return self.character(next).map(Element::One),
        };
        Some(Element::Set(set))
    }

    /// `\p{L}`.
    fn property(&mut self, key: char) -> Option<ClassUnicode> {
        let mut text = format!(r"\{key}");
        loop {
            let next = self.rest.next()?;
            text.push(next);
            match next {
                '{' if text.len() == 3 => {}
                '}' if text.len() > 4 => break,
                'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '=' if text.len() > 3 => {}
                _ => return None,
            }
        }
        match regex_syntax::parse(&text).ok()?.into_kind() {
            HirKind::Class(Class::Unicode(class)) => Some(class),
            _ => None,
        }
    }

    fn character(&mut self, next: char) -> Option<char> {
        Some(match next {
            't' => '\t',
            'n' => '\n',
            'v' => '\u{b}',
            'f' => '\u{c}',
            'r' => '\r',
            '0' if !matches!(self.rest.peek(), Some('0'..='9')) => '\0',
            'c' => {
                let letter = self.rest.next().filter(char::is_ascii_alphabetic)?;
                char::from_u32(u32::from(letter) % 32)?
            }
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' => self.unicode()?,
            other if !other.is_alphanumeric() => other,
            _ => return None,
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let mut value = 0;
        for _ in 0..digits {
            value = value * 16 + self.rest.next()?.to_digit(16)?;
        }
        Some(value)
    }

    /// `\u0041`, `\u{1F600}`, or two halves of a character.
    fn unicode(&mut self) -> Option<char> {
        if self.rest.next_if_eq(&'{').is_some() {
            let mut value = 0_u32;
            loop {
                match self.rest.next()? {
                    '}' => return char::from_u32(value),
                    digit => value = value.checked_mul(16)? + digit.to_digit(16)?,
                }
            }
        }
        let first = self.hexadecimal(4)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        let escaped = self.rest.next()? == '\\' && self.rest.next()? == 'u';
        let second = escaped.then(|| self.hexadecimal(4)).flatten()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
    }

    /// A class up to its closing bracket.
    fn brackets(&mut self) -> Option<ClassUnicode> {
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        let mut all = ClassUnicode::empty();
        loop {
            let next = self.rest.next()?;
            if next == ']' {
                break;
            }
            let start = self.element(next)?;
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next() != Some(']');
            if !is_range {
                add(&mut all, start);
                continue;
            }
            self.rest.next();
            let next = self.rest.next()?;
            match (start, self.element(next)?) {
                (Element::One(start), Element::One(end)) if start <= end => {
                    all.push(ClassUnicodeRange::new(start, end));
                }
                (Element::One(_), Element::One(_)) => return None,
                // Not between two characters it is a character itself.
                (start, end) => {
                    for element in [start, Element::One('-'), end] {
                        add(&mut all, element);
                    }
                }
            }
        }
        if is_negated {
            all.negate();
        }
        Some(all)
    }

    fn element(&mut self, next: char) -> Option<Element> {
        if next != '\\' {
            return Some(Element::One(next));
        }
        match self.rest.next()? {
            'b' => Some(Element::One('\u{8}')),
            next => self.named(next),
        }
    }
}

fn add(all: &mut ClassUnicode, element: Element) {
    match element {
        Element::One(one) => all.push(ClassUnicodeRange::new(one, one)),
        Element::Set(set) => all.union(&set),
    }
}

fn class(ranges: &[(char, char)]) -> ClassUnicode {
    let ranges = ranges.iter();
    ClassUnicode::new(ranges.map(|&(start, end)| ClassUnicodeRange::new(start, end)))
}

fn negated(ranges: &[(char, char)]) -> ClassUnicode {
    let mut class = class(ranges);
    class.negate();
    class
}
