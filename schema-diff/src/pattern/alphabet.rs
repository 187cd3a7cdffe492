//! The characters that some expressions tell apart.
//!
//! All characters that every one of them treats alike are one letter, and a letter is one byte in the
//! automata: without that, a class of Unicode would cost hundreds of states each time it is repeated.

use std::collections::{BTreeSet, HashMap, HashSet};

use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Repetition};

/// Characters by which letters are shown, if they can be.
const READABLE: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.:/ !\"#$%&'()*+,;<=>?@[\\]^`{|}~";

/// What `\b` looks for.
const WORD: [(u32, u32); 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];

/// The end of all characters, and the gap in them.
const END: u32 = 0x11_0000;
const GAP: [u32; 2] = [0xd800, 0xe000];

/// How many classes times ranges are looked at.
const MANY: usize = 200_000;

/// Ranges of characters, ends included.
type Ranges = Vec<(u32, u32)>;

/// One letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// A character of it.
    pub(super) shown: char,
    /// What stands for it in the automata.
    pub(super) byte: u8,
}

/// The letters of some expressions.
pub(super) struct Alphabet {
    /// Where runs of characters start, and to which letter each belongs.
    starts: Vec<u32>,
    bytes: Vec<u8>,
    /// The letters, readable ones first.
    pub(super) letters: Vec<Letter>,
}

impl Alphabet {
    /// The letters of all these expressions together, if they aren't too many.
    pub(super) fn of(expressions: &[Hir]) -> Option<Self> {
        let mut classes: HashSet<Ranges> = HashSet::from([WORD.to_vec()]);
        for expression in expressions {
            collect(expression, &mut classes)?;
        }
        let edges = classes.iter().flatten();
        let mut starts: BTreeSet<u32> = edges.flat_map(|&(low, high)| [low, high + 1]).collect();
        starts.extend([0, GAP[0], GAP[1]]);
        starts.remove(&END);
        let starts: Vec<u32> = starts.into_iter().collect();
        if classes.len() * starts.len() > MANY {
            return None;
        }
        // Which classes each run is in.
        let mut members = vec![vec![0_u64; classes.len().div_ceil(64)]; starts.len()];
        for (index, class) in classes.iter().enumerate() {
            for &(low, high) in class {
                for run in runs(&starts, low, high) {
                    members[run][index / 64] |= 1 << (index % 64);
                }
            }
        }
        let mut alphabet = Self {
            bytes: vec![0; starts.len()],
            letters: Vec::new(),
            starts,
        };
        let mut known: HashMap<&[u64], u8> = HashMap::new();
        let readable: Vec<u32> = READABLE.chars().map(u32::from).collect();
        for &code in readable.iter().chain(&alphabet.starts) {
            let run = alphabet.starts.partition_point(|start| *start <= code) - 1;
            let Some(shown) = char::from_u32(code) else {
                continue;
            };
            if !known.contains_key(members[run].as_slice()) {
                // Characters of words keep their own bytes, for `\b`.
                let byte = if shown.is_ascii() {
                    u8::try_from(code).ok()?
                } else {
                    u8::try_from(128 + known.len()).ok()?
                };
                known.insert(&members[run], byte);
                alphabet.letters.push(Letter { shown, byte });
            }
        }
        for (byte, run) in alphabet.bytes.iter_mut().zip(&members) {
            *byte = known.get(run.as_slice()).copied().unwrap_or_default();
        }
        Some(alphabet)
    }

    /// The expression over letters.
    pub(super) fn rewritten(&self, expression: &Hir) -> Option<Hir> {
        Some(match expression.kind() {
            HirKind::Empty => Hir::empty(),
            HirKind::Look(look) => Hir::look(*look),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                let bytes = text
                    .chars()
                    .map(|it| self.bytes(u32::from(it), u32::from(it)).next());
                Hir::literal(bytes.collect::<Option<Vec<u8>>>()?)
            }
            HirKind::Class(class) => {
                let ranges = ranges(class)?;
                let bytes = ranges.iter().flat_map(|&(low, high)| self.bytes(low, high));
                let letters = bytes.map(|byte| ClassBytesRange::new(byte, byte));
                Hir::class(Class::Bytes(ClassBytes::new(letters)))
            }
            HirKind::Repetition(repetition) => Hir::repetition(Repetition {
                sub: Box::new(self.rewritten(&repetition.sub)?),
                ..repetition.clone()
            }),
            HirKind::Capture(capture) => self.rewritten(&capture.sub)?,
            HirKind::Concat(parts) => Hir::concat(self.all(parts)?),
            HirKind::Alternation(parts) => Hir::alternation(self.all(parts)?),
        })
    }

    fn all(&self, parts: &[Hir]) -> Option<Vec<Hir>> {
        parts.iter().map(|part| self.rewritten(part)).collect()
    }

    /// The letters of a range of characters.
    fn bytes(&self, low: u32, high: u32) -> impl Iterator<Item = u8> {
        let runs = runs(&self.starts, low, high);
        runs.filter(|run| self.starts[*run] != GAP[0])
            .map(|run| self.bytes[run])
    }
}

/// The runs that a range of characters consists of.
fn runs(starts: &[u32], low: u32, high: u32) -> std::ops::Range<usize> {
    let first = starts.partition_point(|start| *start < low);
    first..starts.partition_point(|start| *start <= high)
}

fn collect(expression: &Hir, classes: &mut HashSet<Ranges>) -> Option<()> {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            classes.extend(text.chars().map(|it| vec![(u32::from(it), u32::from(it))]));
        }
        HirKind::Class(class) => {
            classes.insert(ranges(class)?);
        }
        HirKind::Repetition(repetition) => collect(&repetition.sub, classes)?,
        HirKind::Capture(capture) => collect(&capture.sub, classes)?,
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            for part in parts {
                collect(part, classes)?;
            }
        }
    }
    Some(())
}

fn ranges(class: &Class) -> Option<Ranges> {
    match class {
        Class::Unicode(class) => {
            let ranges = class.ranges().iter();
            Some(
                ranges
                    .map(|it| (u32::from(it.start()), u32::from(it.end())))
                    .collect(),
            )
        }
        // Only an empty class is written in bytes.
        Class::Bytes(class) => class.ranges().is_empty().then(Vec::new),
    }
}
