//! Texts that patterns, lengths and lists allow, and whether some of them are among others.
//!
//! The patterns become automata over the characters that they tell apart, and a search through all of
//! them at once finds the shortest text that one side accepts and the other doesn't, or that there is
//! none. Everything is bounded: what would take long is not decided.

mod alphabet;
#[cfg(test)]
mod cases_tests;
mod ecma;
mod search;
#[cfg(test)]
mod truth_tests;

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, Look};

use self::alphabet::Alphabet;
use self::search::{All, Lengths, Machine};

/// How much may be tried for one question, and for all questions of a comparison.
const ONE: usize = 60_000;
const TOTAL: usize = 50 * ONE;

/// What reading the patterns of a question counts as.
const READING: usize = 1_000;

/// How deep groups go.
const DEPTH: u32 = 50;

/// How many patterns are run side by side.
const MANY: usize = 8;

/// How many characters all values of a list may have.
const LISTED: usize = 4_000;

/// What restricts texts: all of it holds at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts<'a> {
    /// The only values, where they are listed.
    pub(super) listed: Option<Vec<&'a str>>,
    pub(super) patterns: Vec<&'a str>,
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

impl Texts<'_> {
    /// No text at all.
    pub(super) fn none() -> Self {
        Self {
            listed: Some(Vec::new()),
            ..Self::default()
        }
    }

    fn lengths(&self) -> Lengths {
        Lengths {
            least: self.least,
            most: self.most,
        }
    }
}

/// Whether texts are among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inclusion {
    All,
    /// This one isn't, and is as short as any.
    Not(String),
    Unknown,
}

/// How much may still be tried.
#[derive(Debug)]
pub(super) struct Fuel(usize);

impl Default for Fuel {
    fn default() -> Self {
        Self(TOTAL)
    }
}

impl Fuel {
    /// Whether everything that `small` accepts is accepted by `large`.
    pub(super) fn within(&mut self, small: &Texts<'_>, large: &Texts<'_>) -> Inclusion {
        let given = ONE.min(self.0);
        let mut left = given;
        let answer = within(small, large, &mut left);
        self.0 -= given - left;
        answer
    }
}

fn within(small: &Texts<'_>, large: &Texts<'_>, fuel: &mut usize) -> Inclusion {
    let mut lengths = large.lengths();
    if small.least >= large.least {
        lengths.least = 0;
    }
    if small
        .most
        .zip(large.most)
        .is_some_and(|(small, large)| small <= large)
    {
        lengths.most = None;
    }
    let others = large.patterns.iter().copied();
    let others: Vec<&str> = others.filter(|it| !small.patterns.contains(it)).collect();
    if others.is_empty() && large.listed.is_none() && lengths == Lengths::ALL {
        return Inclusion::All;
    }
    let Some(left) = fuel.checked_sub(READING) else {
        return Inclusion::Unknown;
    };
    *fuel = left;
    let read = |patterns: &[&str], listed: Option<&Vec<&str>>| -> (Vec<Hir>, bool) {
        let found: Vec<Hir> = patterns.iter().filter_map(|it| expression(it)).collect();
        let list = listed.and_then(|list| one_of(list));
        let whole = found.len() == patterns.len() && list.is_some() == listed.is_some();
        (found.into_iter().chain(list).collect(), whole)
    };
    let (smalls, small_is_whole) = read(&small.patterns, small.listed.as_ref());
    let (larges, large_is_whole) = read(&others, large.listed.as_ref());
    let found = search(&smalls, small.lengths(), &larges, lengths, fuel);
    match found {
        // What can't be read may refuse it, or others.
        Some(Inclusion::Not(text)) if small_is_whole => Inclusion::Not(text),
        Some(Inclusion::All) if large_is_whole => Inclusion::All,
        _ => Inclusion::Unknown,
    }
}

/// What a search says, without lengths where they don't matter.
fn search(
    small: &[Hir],
    small_lengths: Lengths,
    large: &[Hir],
    large_lengths: Lengths,
    fuel: &mut usize,
) -> Option<Inclusion> {
    if small.len() + large.len() > MANY {
        return None;
    }
    let all: Vec<Hir> = small.iter().chain(large).cloned().collect();
    let alphabet = Alphabet::of(&all)?;
    let machines = |expressions: &[Hir]| -> Option<Vec<Machine>> {
        let rewritten = expressions.iter().map(|it| alphabet.rewritten(it));
        rewritten.map(|it| Machine::new(&it?)).collect()
    };
    let mut small = All {
        machines: machines(small)?,
        lengths: Lengths::ALL,
    };
    let mut large = All {
        machines: machines(large)?,
        lengths: large_lengths,
    };
    if small_lengths != Lengths::ALL && large_lengths == Lengths::ALL {
        // Counting costs a place for each length, so first without.
        let found = search::shortest(&mut small, &mut large, &alphabet.letters, fuel)?;
        let fits = match &found {
            Inclusion::Not(text) => {
                let length = u32::try_from(text.chars().count());
                length.is_ok_and(|length| small_lengths.contains(length))
            }
            _ => true,
        };
        if fits {
            return Some(found);
        }
    }
    small.lengths = small_lengths;
    search::shortest(&mut small, &mut large, &alphabet.letters, fuel)
}

fn expression(pattern: &str) -> Option<Hir> {
    let text = ecma::translated(pattern)?;
    let mut parser = ParserBuilder::new().utf8(false).nest_limit(DEPTH).build();
    parser.parse(&text).ok()
}

fn one_of(values: &[&str]) -> Option<Hir> {
    if values.iter().map(|it| it.len()).sum::<usize>() > LISTED {
        return None;
    }
    let each = values.iter().map(|it| Hir::literal(it.as_bytes()));
    let any = Hir::alternation(each.collect());
    Some(Hir::concat(vec![
        Hir::look(Look::Start),
        any,
        Hir::look(Look::End),
    ]))
}
