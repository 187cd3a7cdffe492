//! The verdict of a comparison in figures.

use super::class::Class;
use super::context::Context;
use super::words::capital;
use crate::consumer::{Bump, Decode, Labels, Level};
use crate::finding::Wire;
use crate::report::Judged;
use crate::report::Report;

/// The verdict in figures. What a maintainer has accepted is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Facts that break callers.
    pub breaking: usize,
    /// Facts nobody can decide.
    pub undecided: usize,
    /// Facts that published clients don't survive.
    pub decode: usize,
    /// The strongest change of generated code.
    pub level: Level,
    /// How many generated items, or facts where nothing is generated, change as strongly as that.
    pub items: usize,
    /// Whether the level comes from generated code, not from rules.
    pub generated: bool,
    /// Items of the generated code that no fact accounts for.
    pub unexplained: usize,
    /// Facts that a maintainer has accepted.
    pub accepted: usize,
    /// New things.
    pub additions: usize,
    /// Other facts that callers don't notice.
    pub compatible: usize,
    /// Things on their way out.
    pub deprecations: usize,
    /// Facts that change names or types of the generated code only.
    pub source: usize,
    /// Documentation.
    pub docs: usize,
    /// What consumers are called.
    pub labels: Labels,
}

impl Summary {
    /// Counts.
    pub fn of(report: &Report) -> Self {
        let open: Vec<&Judged> = report
            .findings
            .iter()
            .filter(|finding| finding.accepted.is_none())
            .collect();
        let class = |class: Class| {
            let findings = report.findings.iter();
            findings.filter(|it| Class::of(it) == class).count()
        };
        let levels: Vec<Level> = match &report.code {
            Some(code) if code.failures.is_empty() => {
                let all = code.changes.iter().chain(&code.unexplained);
                all.map(|change| change.level).collect()
            }
            _ => report.findings.iter().map(|it| it.impact.level).collect(),
        };
        let level = levels.iter().copied().max().unwrap_or_default();
        Self {
            breaking: open.iter().filter(|it| it.wire == Wire::Breaking).count(),
            undecided: open.iter().filter(|it| it.wire == Wire::Undecided).count(),
            decode: open
                .iter()
                .filter(|it| it.impact.decode == Decode::Breaks)
                .count(),
            level,
            items: levels.iter().filter(|it| **it == level).count(),
            generated: report
                .code
                .as_ref()
                .is_some_and(|it| it.failures.is_empty()),
            unexplained: report.code.as_ref().map_or(0, |it| it.unexplained.len()),
            accepted: class(Class::Accepted),
            additions: class(Class::Addition),
            compatible: class(Class::Compatible),
            deprecations: class(Class::Deprecation),
            source: class(Class::Source),
            docs: class(Class::Docs),
            labels: report.labels,
        }
    }

    /// Whether nothing differs at all.
    pub fn is_empty(&self, report: &Report) -> bool {
        report.findings.is_empty() && self.level == Level::None && self.unexplained == 0
    }

    /// The verdict in one line: wire, published clients, generated code, the others.
    pub fn line(&self) -> String {
        let mut wire = vec![format!("{} breaking", self.breaking)];
        if self.undecided > 0 {
            wire.push(format!("{} undecided", self.undecided));
        }
        if self.accepted > 0 {
            wire.push(format!("{} accepted", self.accepted));
        }
        let clients = match self.decode {
            0 => "all decode".to_owned(),
            n => count(n, "decode risk"),
        };
        let source = if self.generated {
            "item"
        } else {
            "fact, by rule"
        };
        let level = match self.level {
            Level::None => "no change".to_owned(),
            Level::Minor => format!("minor ({})", count(self.items, source)),
            Level::Major => format!("MAJOR ({})", count(self.items, source)),
        };
        let mut others = Vec::new();
        for (n, what) in [
            (self.additions, "addition"),
            (self.compatible, "compatible change"),
            (self.deprecations, "deprecation"),
        ] {
            if n > 0 {
                others.push(count(n, what));
            }
        }
        if self.docs > 0 {
            others.push(format!("{} docs", self.docs));
        }
        let mut parts = vec![
            format!("Wire: {}", wire.join(" · ")),
            format!("{}: {clients}", capital(self.labels.clients)),
            format!("{}: {level}", self.labels.language),
        ];
        if !others.is_empty() {
            parts.push(others.join(" · "));
        }
        parts.join(" | ")
    }
}

/// `3 additions`; a comma in `what` ends the word that is counted.
pub(super) fn count(n: usize, what: &str) -> String {
    let (word, others) = what.split_at(what.find(',').unwrap_or(what.len()));
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {word}{plural}{others}")
}

/// Which version the change needs, and whether it is declared.
pub(super) fn version_line(report: &Report, context: &Context) -> Option<String> {
    let versions = context.versions.as_ref()?;
    let (released, needed, declared) = (&versions.base, &versions.needed, &versions.declared);
    let bump = match &report.code {
        Some(code) if code.required != Bump::None => code.required.word(),
        _ => {
            return Some(format!(
                "{released} stays enough, Cargo.toml says {declared}"
            ));
        }
    };
    Some(if versions.enough {
        format!("{released} → {needed} needed ({bump}), Cargo.toml says {declared}: enough")
    } else {
        format!("{released} → {needed} needed ({bump}), Cargo.toml says {declared}: TOO SMALL")
    })
}
