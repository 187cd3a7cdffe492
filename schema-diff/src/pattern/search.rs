//! The shortest text that some automata accept and one of others doesn't, found by running all of them
//! side by side, letter by letter.

use std::collections::HashSet;

use regex_automata::MatchKind;
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, Compiler, WhichCaptures};
use regex_automata::util::start;
use regex_syntax::hir::Hir;

use super::Inclusion;
use super::alphabet::Letter;

/// How large an automaton may get before it runs, in bytes.
const DESCRIPTION: usize = 256 * 1024;

/// How large the states may get that it is met in, in bytes.
const STATES: usize = 512 * 1024;

/// Lengths that count, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lengths {
    pub(super) least: u32,
    pub(super) most: Option<u32>,
}

impl Lengths {
    pub(super) const ALL: Self = Self {
        least: 0,
        most: None,
    };

    pub(super) fn contains(self, length: u32) -> bool {
        length >= self.least && self.most.is_none_or(|most| length <= most)
    }

    /// The last length that these tell from the next one.
    fn last(self) -> u32 {
        self.most.map_or(0, |most| most + 1).max(self.least)
    }
}

/// An automaton whose states are made when a search gets there.
pub(super) struct Machine {
    dfa: DFA,
    cache: Cache,
}

impl Machine {
    /// The automaton of an expression over letters, if it isn't too large.
    pub(super) fn new(expression: &Hir) -> Option<Self> {
        let limits = thompson::Config::new()
            .utf8(false)
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(DESCRIPTION));
        let nfa = Compiler::new()
            .configure(limits)
            .build_from_hir(expression)
            .ok()?;
        // Never cleared: a state that was met has to stay what it is.
        let limits = DFA::config()
            .match_kind(MatchKind::All)
            .cache_capacity(STATES)
            .minimum_cache_clear_count(Some(0));
        let dfa = DFA::builder().configure(limits).build_from_nfa(nfa).ok()?;
        let cache = dfa.create_cache();
        Some(Self { dfa, cache })
    }

    fn start(&mut self) -> Option<State> {
        let start = self.dfa.start_state(&mut self.cache, &start::Config::new());
        Some(State::At(start.ok()?))
    }

    fn step(&mut self, state: State, byte: u8) -> Option<State> {
        let State::At(id) = state else {
            return Some(state);
        };
        let next = self.dfa.next_state(&mut self.cache, id, byte).ok()?;
        Some(if next.is_match() {
            State::Found
        } else if next.is_dead() {
            State::Lost
        } else {
            State::At(next)
        })
    }

    /// Whether a text that ends here is accepted.
    fn accepts(&mut self, state: State) -> Option<bool> {
        let State::At(id) = state else {
            return Some(state == State::Found);
        };
        let end = self.dfa.next_eoi_state(&mut self.cache, id).ok()?;
        Some(end.is_match())
    }
}

/// Where an automaton stands. A match may start anywhere and is one whatever follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum State {
    At(LazyStateID),
    Found,
    Lost,
}

/// Automata that all have to accept a text, and its lengths.
pub(super) struct All {
    pub(super) machines: Vec<Machine>,
    pub(super) lengths: Lengths,
}

impl All {
    fn start(&mut self) -> Option<Vec<State>> {
        self.machines.iter_mut().map(Machine::start).collect()
    }

    fn step(&mut self, states: &[State], byte: u8) -> Option<Vec<State>> {
        let both = self.machines.iter_mut().zip(states);
        both.map(|(machine, &state)| machine.step(state, byte))
            .collect()
    }

    fn accepts(&mut self, states: &[State], length: u32) -> Option<bool> {
        let mut all = self.lengths.contains(length);
        for (machine, &state) in self.machines.iter_mut().zip(states) {
            all = all && machine.accepts(state)?;
        }
        Some(all)
    }
}

/// A place that a search gets to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    small: Vec<State>,
    large: Vec<State>,
    length: u32,
}

/// The shortest text that is accepted by the first and not by the second, or that there is none. Nothing
/// when the search gets too long: every letter that is tried takes something from `fuel`.
pub(super) fn shortest(
    small: &mut All,
    large: &mut All,
    letters: &[Letter],
    fuel: &mut usize,
) -> Option<Inclusion> {
    let last = small.lengths.last().max(large.lengths.last());
    let cost = small.machines.len() + large.machines.len() + 1;
    let first = Place {
        small: small.start()?,
        large: large.start()?,
        length: 0,
    };
    // Each place with the one before it and the letter between them.
    let mut places = vec![(first.clone(), 0, ' ')];
    let mut known = HashSet::from([first]);
    let mut next = 0;
    while let Some((place, _, _)) = places.get(next) {
        let place = place.clone();
        if small.accepts(&place.small, place.length)?
            && !large.accepts(&place.large, place.length)?
        {
            return Some(Inclusion::Not(text(&places, next)));
        }
        let hopeless = place.small.contains(&State::Lost)
            || small.lengths.most.is_some_and(|most| place.length >= most)
            || large.lengths == Lengths::ALL && place.large.iter().all(|it| *it == State::Found);
        if !hopeless {
            *fuel = fuel.checked_sub(cost * letters.len())?;
            for letter in letters {
                let reached = Place {
                    small: small.step(&place.small, letter.byte)?,
                    large: large.step(&place.large, letter.byte)?,
                    length: last.min(place.length + 1),
                };
                if !known.contains(&reached) {
                    known.insert(reached.clone());
                    places.push((reached, next, letter.shown));
                }
            }
        }
        next += 1;
    }
    Some(Inclusion::All)
}

/// The letters on the way to a place.
fn text(places: &[(Place, usize, char)], mut at: usize) -> String {
    let mut letters = Vec::new();
    while at > 0 {
        let (_, before, letter) = &places[at];
        letters.push(*letter);
        at = *before;
    }
    letters.into_iter().rev().collect()
}
