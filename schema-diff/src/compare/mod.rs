//! Walks both sides at once and collects facts.
//!
//! [`Comparison`] is a visitor of pairs: an old and a new part that stand at the same place. Each file
//! of this folder adds the visits of one kind of part. A visit follows one protocol:
//!
//! 1. *Enter the pair*: [`Comparison::enter`] for parts at an address (parameters, bodies, responses),
//!    [`Comparison::schemas`] for schemas, which are known by all nodes that hold together. Both connect
//!    the pair to the one that led there, so that [`Graph`] knows which operations reach it, and both
//!    end the visit of a pair that is known: each is compared once, however many operations lead there,
//!    and circles end.
//! 2. *Compare its own keywords*: every difference is a [`Fact`] that [`Comparison::found`] records for
//!    the pair. No operation is looked at here; who is concerned is worked out when all is known.
//! 3. *Lead on to children*: those that aren't schemas are visited at once, schemas are queued as
//!    [`Work`], so that depth never costs stack. [`Comparison::finish`] empties the queue.
//! 4. *Notes last*: [`Comparison::notes`] reports whatever keyword no visit has claimed.
//!
//! Parts that are written the same are not compared, only what they refer to: [`Comparison::references`].

mod annotations;
mod bodies;
pub(super) mod calls;
#[cfg(test)]
mod circles_tests;
mod components;
mod conditions;
mod dependents;
mod discriminators;
mod documents;
mod elements;
mod encoding;
mod enveloped;
mod extensions;
pub(super) mod formats;
mod headers;
pub(super) mod lifecycle;
mod limits;
mod media;
mod obligation;
mod operations;
mod parameters;
mod properties;
mod responses;
mod schemas;
mod schemes;
mod security;
mod servers;
mod spelling;
mod texts;
mod unions;
mod values;

use std::collections::{HashMap, HashSet, VecDeque};

use self::calls::Call;
use self::lifecycle::Calendar;
use super::canonical::view::View;
use super::canonical::{At, Schema, Tree, equal};
use super::fact::{Fact, Guard, Pair};
use super::finding::Wire;
use super::reach::{Graph, Root};
use super::side::Side;
use super::subset::Subset;
use super::vocabulary::Vocabulary;
use crate::rules;

/// What two parts are, and by what they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Parts {
    /// Schemas as they are used.
    Use(Schema, Schema),
    /// Schemas without their wrappers.
    Core(Schema, Schema),
    /// Anything else, by address.
    Other(usize, usize),
}

/// Work that is left.
enum Work {
    Use(Pair, Schema, Schema),
    Core(Pair, Schema, Schema),
}

/// A pair of unions, their schemas, whether they changed themselves, and the pairs of variants.
type Exclusive<'a> = (Pair, (Schema, Schema), bool, Vec<(At<'a>, At<'a>)>);

/// A comparison while it runs, and what it found when it is done.
pub(super) struct Comparison<'a> {
    pub(super) old: Tree<'a>,
    pub(super) new: Tree<'a>,
    pub(super) graph: Graph,
    pub(super) facts: Vec<Fact<'a>>,
    calendar: Calendar,
    vocabulary: &'a dyn Vocabulary,
    /// The operations, in order of document and path.
    pub(super) calls: Vec<Call<'a>>,
    pub(super) subset: Subset,
    /// How many pairs of schemas were compared keyword by keyword.
    pub(super) compared: usize,
    known: HashMap<Parts, Pair>,
    keys: HashMap<(&'static str, usize, usize, String), usize>,
    work: VecDeque<Work>,
    /// Names of components that exist on one side only: `(document, name)`.
    only_old: HashSet<(usize, &'a str)>,
    only_new: HashSet<(usize, &'a str)>,
    /// Pairs of `oneOf`, to be looked at again when all facts are known.
    exclusive: Vec<Exclusive<'a>>,
}

/// Compares two sides, as callers meet the new one on some day.
pub(super) fn run<'a>(
    old: &'a Side,
    new: &'a Side,
    calendar: Calendar,
    vocabulary: &'a dyn Vocabulary,
) -> Comparison<'a> {
    let mut comparison = Comparison {
        old: Tree::new(old),
        new: Tree::new(new),
        graph: Graph::default(),
        facts: Vec::new(),
        calendar,
        vocabulary,
        calls: Vec::new(),
        subset: Subset::default(),
        compared: 0,
        known: HashMap::new(),
        keys: HashMap::new(),
        work: VecDeque::new(),
        only_old: HashSet::new(),
        only_new: HashSet::new(),
        exclusive: Vec::new(),
    };
    comparison.documents();
    comparison
}

impl<'a> Comparison<'a> {
    /// Does what is left.
    fn finish(&mut self) {
        while let Some(work) = self.work.pop_front() {
            match work {
                Work::Use(pair, old, new) => self.uses(pair, old, new),
                Work::Core(pair, old, new) => self.core(pair, old, new),
            }
        }
    }

    /// Enters a pair of parts that aren't schemas, on the way from another pair: both are followed to
    /// where they are defined. Returns nothing where there is no more to do, because the pair is known
    /// or because both are written the same; then only what they refer to is compared.
    fn enter(&mut self, from: Pair, old: At<'a>, new: At<'a>) -> Option<(Pair, At<'a>, At<'a>)> {
        let (old, new) = (self.old.follow(old), self.new.follow(new));
        let (pair, first) = self.pair(old, new);
        self.graph.connect(from, pair, Guard::OPEN);
        if first && equal::same(old.node, new.node) {
            self.references(pair, old, new);
            return None;
        }
        first.then_some((pair, old, new))
    }

    /// The pair of two parts that aren't schemas, and whether it is new.
    fn pair(&mut self, old: At<'a>, new: At<'a>) -> (Pair, bool) {
        self.known_pair(Parts::Other(old.address(), new.address()))
    }

    fn known_pair(&mut self, parts: Parts) -> (Pair, bool) {
        if let Some(&pair) = self.known.get(&parts) {
            return (pair, false);
        }
        let pair = self.graph.add();
        self.known.insert(parts, pair);
        (pair, true)
    }

    /// Compares two schemas as they are used at some place; several nodes hold together.
    fn schemas(&mut self, from: Pair, guard: Guard, old: &[At<'a>], new: &[At<'a>]) {
        let (old, new) = (self.old.schema(old), self.new.schema(new));
        let (pair, first) = self.known_pair(Parts::Use(old, new));
        self.graph.connect(from, pair, guard);
        if first {
            self.work.push_back(Work::Use(pair, old, new));
        }
    }

    fn uses(&mut self, pair: Pair, old: Schema, new: Schema) {
        let (old, new) = (self.old.parts(old), self.new.parts(new));
        if let ([old], [new]) = (&*old, &*new)
            && equal::same(old.node, new.node)
        {
            self.references(pair, *old, *new);
            return;
        }
        let places = (old.first().copied(), new.first().copied());
        let alone = old.len() == 1 && new.len() == 1;
        let (old, new) = (View::of(&self.old, &old), View::of(&self.new, &new));
        if let (Some(was), Some(is)) = places
            && alone
            && self.enveloped(pair, (was, &old), (is, &new))
        {
            self.wrappers(pair, &old, &new);
            return;
        }
        let (core, first) = self.known_pair(Parts::Core(old.core, new.core));
        self.graph.connect(pair, core, Guard::OPEN);
        if first {
            self.work.push_back(Work::Core(core, old.core, new.core));
        }
        self.wrappers(pair, &old, &new);
    }

    /// Goes on where equal parts refer to.
    fn references(&mut self, pair: Pair, old: At<'a>, new: At<'a>) {
        // Written the same, so that both have the same references, in order of their text.
        let before = equal::references(old, self.vocabulary);
        let after = equal::references(new, self.vocabulary);
        if before.is_empty() {
            return;
        }
        self.unchanged_unions(pair, old, new);
        for (before, after) in before.into_iter().zip(after) {
            let is_schema = !before.text.contains("#/components/")
                || before.text.contains("#/components/schemas/");
            let old = self.old.resolve(before.at, before.text);
            let new = self.new.resolve(after.at, after.text);
            let guard = Guard {
                request: !before.read_only,
                response: !before.write_only,
            };
            if let (None, Some(_)) = (old, new) {
                let why = "what it led to wasn't described, so nobody knows what was valid";
                let message = format!("{} of `{{}}` leads somewhere now", before.text);
                let fact = Fact::judged(rules::REFERENCE_MENDED, Wire::Undecided, why, message)
                    .places(Some(before.at), Some(after.at));
                self.found(pair, guard, fact);
            }
            if let (Some(old), Some(new)) = (old, new) {
                if is_schema {
                    self.schemas(pair, guard, &[old], &[new]);
                } else {
                    let (inner, first) = self.pair(old, new);
                    self.graph.connect(pair, inner, guard);
                    if first {
                        self.component(inner, before.text, old, new);
                    }
                }
            }
        }
    }

    /// Compares components that an equal part refers to.
    fn component(&mut self, pair: Pair, reference: &str, old: At<'a>, new: At<'a>) {
        if reference.contains("/headers/") {
            self.header_pair(pair, old, new);
        } else if equal::same(old.node, new.node) {
            self.references(pair, old, new);
        }
    }

    /// Records a fact about a pair. The same fact found on another way only gets another owner.
    fn found(&mut self, pair: Pair, guard: Guard, mut fact: Fact<'a>) {
        let address = |at: Option<At<'a>>| at.map_or(0, At::address);
        let key = (
            fact.rule.id,
            address(fact.old),
            address(fact.new),
            fact.name.clone(),
        );
        if let Some(&index) = self.keys.get(&key) {
            let owners = &mut self.facts[index].owners;
            if !owners.contains(&(pair, guard)) {
                owners.push((pair, guard));
            }
        } else {
            fact.owners.push((pair, guard));
            self.keys.insert(key, self.facts.len());
            self.facts.push(fact);
        }
    }

    fn root(&mut self, call: usize, is_request: bool, status: Option<&str>, pair: Pair) {
        self.graph.root(Root {
            call,
            is_request,
            status: status.map(str::to_owned),
            pair,
        });
    }
}
