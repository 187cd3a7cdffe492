//! Ties every change of the surface to the facts that caused it.
//!
//! An item knows what part of the schema it is made of, so the facts about that part are looked up.
//! Some changes have their cause elsewhere: a type comes and goes with the last mention of it, and a
//! type gains setters with the first body that needs it. Then whatever mentions the type is looked at.

use std::collections::BTreeSet;

use super::Reader;
use super::classify::Change;
use super::places::{Places, Spot};
use super::reads;
use super::surface::{Item, Origin, Shape, Surface};
use api_schema_diff::consumer::Level;
use api_schema_diff::finding::{Finding, Place, Wire};
use api_schema_diff::side::Side;

/// Both sides, looked up in together.
pub(super) struct Linker<'s> {
    old: Places<'s>,
    new: Places<'s>,
    before: &'s Surface,
    after: &'s Surface,
}

impl<'s> Linker<'s> {
    pub(super) fn new(
        (old, before): (&'s Side, &'s Surface),
        (new, after): (&'s Side, &'s Surface),
    ) -> Self {
        Self {
            old: Places::of(old),
            new: Places::of(new),
            before,
            after,
        }
    }

    /// Positions of the findings that caused `change`.
    pub(super) fn causes(&self, change: &Change<'_>, findings: &[Finding]) -> BTreeSet<usize> {
        let direct = Self::narrowest(change);
        for origins in [direct, Self::mentioned(change), self.whole(change)] {
            let found = self.about(&origins, findings);
            if !found.is_empty() {
                return found;
            }
        }
        let found = self.through_mentions(change, findings);
        if !found.is_empty() {
            return found;
        }
        self.about(&self.answers(change), findings)
    }

    /// The types of the answers on both sides: what a request offers follows from them.
    fn answers(&self, change: &Change<'_>) -> Vec<Origin> {
        let item = change.after.or(change.before);
        let Some(owner) = item.and_then(|item| item.owner.as_deref()) else {
            return Vec::new();
        };
        let request = format!("{owner}: Request");
        let output = |side: &Surface| {
            let output = side.get(&request).and_then(reads::output);
            names(output.unwrap_or_default())
        };
        origins(output(self.before).symmetric_difference(&output(self.after)))
    }

    /// What exactly differs: of a function the parameters that do, of everything else itself.
    fn narrowest(change: &Change<'_>) -> Vec<Origin> {
        if let (Some(before), Some(after)) = (change.before, change.after)
            && let (Shape::Function { parameters: a, .. }, Shape::Function { parameters: b, .. }) =
                (&before.shape, &after.shape)
        {
            let mut origins = differing(before, a, b);
            origins.extend(differing(after, b, a));
            if !origins.is_empty() {
                return origins;
            }
        }
        own(change)
    }

    /// The types that one side of the signature names and the other doesn't.
    fn mentioned(change: &Change<'_>) -> Vec<Origin> {
        let (Some(before), Some(after)) = (change.before, change.after) else {
            return Vec::new();
        };
        let (before, after) = (
            names(&before.signature(change.path)),
            names(&after.signature(change.path)),
        );
        origins(before.symmetric_difference(&after))
    }

    /// What the item belongs to, with all its other parts: a derive is lost when a field changes.
    fn whole(&self, change: &Change<'_>) -> Vec<Origin> {
        let owner = change
            .after
            .or(change.before)
            .and_then(|item| item.owner.as_deref());
        let Some(owner) = owner else {
            return Vec::new();
        };
        [self.before, self.after]
            .into_iter()
            .flat_map(Surface::items)
            .filter(|(path, item)| *path == owner || item.owner.as_deref() == Some(owner))
            .map(|(_, item)| item.origin.clone())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The findings about any of these, the most telling ones only.
    fn about(&self, origins: &[Origin], findings: &[Finding]) -> BTreeSet<usize> {
        let spots = |places: &Places<'_>| -> Vec<Spot> {
            origins
                .iter()
                .flat_map(|origin| places.spots(origin))
                .collect()
        };
        Self::matching(&spots(&self.old), &spots(&self.new), false, findings)
    }

    fn through_mentions(&self, change: &Change<'_>, findings: &[Finding]) -> BTreeSet<usize> {
        let names = own(change).into_iter().filter_map(|origin| match origin {
            Origin::Schema(name)
            | Origin::Property(name, _)
            | Origin::Mark(name)
            | Origin::Value(name, _)
            | Origin::PatchPath(name, _) => Some(name),
            _ => None,
        });
        let names: BTreeSet<String> = names.collect();
        let mentions = |places: &Places<'_>| -> BTreeSet<Spot> {
            names
                .iter()
                .flat_map(|name| places.mentions(name))
                .collect()
        };
        let (old, new) = (mentions(&self.old), mentions(&self.new));
        // A mention that came or went says more than those that are still there.
        let lost: Vec<Spot> = old.difference(&new).cloned().collect();
        let gained: Vec<Spot> = new.difference(&old).cloned().collect();
        let found = Self::matching(&lost, &gained, true, findings);
        if !found.is_empty() {
            return found;
        }
        let all = |spots: BTreeSet<Spot>| spots.into_iter().collect::<Vec<_>>();
        Self::matching(&all(old), &all(new), false, findings)
    }

    /// Findings at, below or around these places; `one_sided` when each is on its side alone.
    fn matching(
        old: &[Spot],
        new: &[Spot],
        one_sided: bool,
        findings: &[Finding],
    ) -> BTreeSet<usize> {
        let mut best: Option<(Rank, BTreeSet<usize>)> = None;
        for (at, finding) in findings.iter().enumerate() {
            let came_or_went = one_sided || finding.old.is_none() || finding.new.is_none();
            let touches = |place: &Option<Place>, spots: &[Spot]| {
                place.as_ref().and_then(|place| {
                    let near = spots.iter().filter(|spot| spot.document == place.document);
                    near.filter_map(|spot| near_by(&place.pointer, &spot.pointer, came_or_went))
                        .min()
                })
            };
            let near = [touches(&finding.old, old), touches(&finding.new, new)];
            let Some(near) = near.into_iter().flatten().min() else {
                continue;
            };
            let rank = Rank {
                unlikely: unlikely(finding),
                near,
            };
            match &mut best {
                Some((known, all)) if *known == rank => {
                    all.insert(at);
                }
                Some((known, _)) if *known < rank => {}
                _ => best = Some((rank, BTreeSet::from([at]))),
            }
        }
        best.map(|(_, found)| found).unwrap_or_default()
    }
}

/// The names of types in a text.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}

/// What types of these names may be made of.
fn origins<'n>(names: impl Iterator<Item = &'n String>) -> Vec<Origin> {
    names
        .flat_map(|name| [Origin::Schema(name.clone()), Origin::Mark(name.clone())])
        .collect()
}

/// How well a finding explains a change; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    unlikely: u8,
    near: Near,
}

/// Where a finding is, seen from a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// There or inside.
    Inside,
    /// Around it, and the whole of that came or went.
    Around,
}

fn near_by(finding: &str, spot: &str, came_or_went: bool) -> Option<Near> {
    let inside = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if inside(spot, finding) {
        Some(Near::Inside)
    } else if came_or_went && inside(finding.strip_suffix("/type").unwrap_or(finding), spot) {
        Some(Near::Around)
    } else {
        None
    }
}

/// Documentation changes no signature; a rule that foresees a change is the likelier cause.
fn unlikely(finding: &Finding) -> u8 {
    match (Reader::Tolerant.level(finding.rule), finding.wire) {
        (Level::Major | Level::Minor, _) => 0,
        (Level::None, Wire::Silent) if finding.rule.is_about_words() => 2,
        (Level::None, _) => 1,
    }
}

/// What the changed item is made of, on each side.
fn own(change: &Change<'_>) -> Vec<Origin> {
    let items = [change.before, change.after].into_iter().flatten();
    let origins: BTreeSet<Origin> = items.map(|item| item.origin.clone()).collect();
    origins.into_iter().collect()
}

/// What those parameters of `item` are made of that the other side lacks, or has elsewhere or with
/// another type.
fn differing(item: &Item, own: &[(String, String)], other: &[(String, String)]) -> Vec<Origin> {
    let parameters = own.iter().enumerate();
    let changed = parameters.filter(|(at, parameter)| {
        let same_place = other.get(*at).is_some_and(|it| it == *parameter);
        let shifted = other.iter().any(|it| it == *parameter) && own.len() != other.len();
        !same_place && !shifted
    });
    changed
        .filter_map(|(at, _)| item.arguments.get(at).cloned())
        .collect()
}
