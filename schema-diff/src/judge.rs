//! Makes findings of facts: where, who is concerned, how bad.

use std::collections::{HashMap, HashSet};

use api_schema_text::Node;

use super::compare::Comparison;
use super::fact::{Fact, Part};
use super::finding::{Direction, Effect, Finding, Place, Reach, Subject, Wire};
use super::fingerprint::fingerprint;
use super::place::{self, Places};
use super::reach::{Reached, Root};
use super::report::{Options, Profile};
use super::side::Named;
use super::variance;
use super::witness::Witnesses;

/// Judges every fact of a comparison.
pub(super) fn judge(comparison: &Comparison<'_>, options: Options<'_>) -> Vec<Finding> {
    let reached = comparison.graph.solve();
    let facts = &comparison.facts;
    let addresses = |old: bool| {
        facts.iter().filter_map(move |fact| {
            let at = if old { fact.old } else { fact.new };
            at.map(super::canonical::At::address)
        })
    };
    let judge = Judge {
        comparison,
        profile: options.profile,
        reached,
        old: Places::find(comparison.old.documents, addresses(true)),
        new: Places::find(comparison.new.documents, addresses(false)),
        old_ids: ids(comparison.old.documents),
        new_ids: ids(comparison.new.documents),
    };
    let mut seen = HashSet::new();
    let mut findings: Vec<(Finding, &Fact<'_>)> = Vec::with_capacity(facts.len());
    for fact in facts {
        let finding = judge.finding(fact);
        // Two ways to state the same fact, such as two lists that name the same field.
        if seen.insert((finding.fingerprint.clone(), finding.subject.clone())) {
            findings.push((finding, fact));
        }
    }
    let mut witnesses = Witnesses::new(comparison);
    for wire in [Wire::Breaking, Wire::Undecided] {
        let these = findings
            .iter_mut()
            .filter(|(finding, _)| finding.wire == wire);
        for (finding, fact) in these {
            finding.witness = witnesses.of(fact, finding.direction);
        }
    }
    findings.into_iter().map(|(finding, _)| finding).collect()
}

/// Names of operations, by method and path.
fn ids(documents: &[Named]) -> HashMap<(String, String), String> {
    let mut found = HashMap::new();
    for named in documents {
        let paths = named.document.root().get("paths");
        for (path, item) in paths.into_iter().flat_map(Node::entries) {
            for (method, operation) in item.entries() {
                let id = operation.get("operationId").and_then(Node::as_str);
                if let Some(id) = id {
                    let key = (method.name.to_uppercase(), path.name.clone());
                    found.insert(key, id.to_owned());
                }
            }
        }
    }
    found
}

struct Judge<'c, 'a> {
    comparison: &'c Comparison<'a>,
    profile: Profile,
    reached: Reached<'c>,
    old: Places,
    new: Places,
    old_ids: HashMap<(String, String), String>,
    new_ids: HashMap<(String, String), String>,
}

impl Judge<'_, '_> {
    fn finding(&self, fact: &Fact<'_>) -> Finding {
        let (roots, direction) = self.reached.by(&fact.owners);
        let (olds, news) = (self.comparison.old.documents, self.comparison.new.documents);
        let old = fact.old.and_then(|at| self.old.of(olds, at));
        let new = fact.new.and_then(|at| self.new.of(news, at));
        let (place, stable) = self.names(fact, old.as_ref(), new.as_ref());
        // The place is that of the whole, or that of the part already.
        let part = part(fact);
        let kept = place.part.len()
            - if place.part.ends_with(&part) {
                part.len()
            } else {
                0
            };
        let whole = Subject::new(place.owner, &place.part[..kept]);
        let rule = fact.rule;
        let effect = effect(fact, direction);
        let (stated, guarded) = self.stated(fact, &roots, direction);
        let wire = variance::under(self.profile, rule, stated, direction);
        let reason = match (fact.reason, direction) {
            _ if guarded => variance::UNPROMISED,
            (Some(_), Direction::Unreachable) if wire == Wire::Silent && stated == wire => {
                variance::reason(effect, direction)
            }
            (Some(reason), _) => reason,
            (None, _) => variance::reason(effect, direction),
        };
        let (before, after) = (fact.before.clone(), fact.after.clone());
        Finding {
            rule,
            message: fact.message.replace("{}", &whole.to_string()),
            fingerprint: fingerprint(
                rule.id,
                &format!("{stable} {}", fact.name),
                direction,
                before.as_deref().unwrap_or_default(),
                after.as_deref().unwrap_or_default(),
            ),
            subject: Subject::new(whole.owner, whole.part + &part),
            direction,
            effect,
            wire,
            strict: stated,
            decodes: fact.decodes.unwrap_or(rule.decodes),
            reason: reason.to_owned(),
            old,
            new,
            before,
            after,
            reach: self.reach(&roots),
            witness: None,
        }
    }

    /// The verdict, and whether it is milder because nothing was promised. Drafts and trials may
    /// change at any time, so that what only they lead to is compatible.
    fn stated(&self, fact: &Fact<'_>, roots: &[&Root], direction: Direction) -> (Wire, bool) {
        let calls = &self.comparison.calls;
        let promised = |is_request: bool| {
            let mut sides = roots.iter().filter(|root| root.is_request == is_request);
            sides.any(|root| calls[root.call].is_promised)
        };
        let plain = fact.verdict.on(direction);
        let kept = Direction::of(promised(true), promised(false));
        let wire = plain.min(fact.verdict.on(kept).max(Wire::Compatible));
        (wire, wire != plain)
    }

    /// What people call the place of a fact, and what its fingerprint calls it.
    fn names(
        &self,
        fact: &Fact<'_>,
        old: Option<&Place>,
        new: Option<&Place>,
    ) -> (Subject, String) {
        let known = match (old, fact.old, new, fact.new) {
            (Some(place), Some(at), _, _) => {
                let root = self.comparison.old.root(at.document).node;
                Some((place, root, &self.old_ids))
            }
            (_, _, Some(place), Some(at)) => {
                let root = self.comparison.new.root(at.document).node;
                Some((place, root, &self.new_ids))
            }
            _ => None,
        };
        let Some((place, root, ids)) = known else {
            return (fact.name.as_str().into(), String::new());
        };
        let subject = place::subject(&place.pointer, root, ids);
        let stable = place::stable(&place.pointer, root);
        // Where a part is on the new side only, that is where it is stated.
        let other = match (fact.new, new) {
            (Some(at), Some(place)) => {
                place::stable(&place.pointer, self.comparison.new.root(at.document).node)
            }
            _ => String::new(),
        };
        (subject, format!("{} {stable} {other}", place.document))
    }

    /// The operations behind some roots, each once for a direction and status.
    fn reach(&self, roots: &[&Root]) -> Vec<Reach> {
        let mut whole: HashMap<usize, (bool, bool)> = HashMap::new();
        for root in roots.iter().filter(|root| root.status.is_none()) {
            let sides = whole.entry(root.call).or_default();
            sides.0 |= root.is_request;
            sides.1 |= !root.is_request;
        }
        let mut found: Vec<Reach> = Vec::new();
        for root in roots {
            let call = &self.comparison.calls[root.call];
            let direction = match (&root.status, whole.get(&root.call)) {
                (None, Some(&(request, response))) => Direction::of(request, response),
                _ => Direction::of(root.is_request, !root.is_request),
            };
            found.push(Reach {
                operation: call.name(),
                method: call.method.clone(),
                path: call.path.clone(),
                direction,
                status: root.status.clone(),
            });
        }
        found.sort_by(|a, b| {
            let key = |reach: &Reach| {
                (
                    reach.path.clone(),
                    reach.method.clone(),
                    reach.direction,
                    reach.status.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        found.dedup();
        found
    }
}

/// The effect to show: parts that differ by direction have the one that counts there.
fn effect(fact: &Fact<'_>, direction: Direction) -> Effect {
    if fact.verdict.on(direction) == Wire::Undecided && fact.reason.is_some() {
        Effect::Unknown
    } else {
        fact.effect
    }
}

/// The part of a place that a fact is about: `.name` of a field, `?name` of a parameter.
fn part(fact: &Fact<'_>) -> String {
    match fact.part {
        Part::Field if !fact.name.is_empty() => format!(".{}", fact.name),
        Part::Status => format!(" {}", fact.name),
        Part::Detail => fact.name.clone(),
        Part::Whole | Part::Field => String::new(),
    }
}
