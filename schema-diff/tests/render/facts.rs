//! Made-up comparisons of any size: every verdict, every part of a report, and names that try to
//! leave the markup they stand in.

use std::collections::BTreeMap;

use api_schema_diff::accepted::AcceptedFile;
use api_schema_diff::consumer::{Bump, CodeReport, Decode, Impact, ItemChange, Labels, Level};
use api_schema_diff::finding::{Direction, Effect, Finding, Place, Reach, Subject, Wire, Witness};
use api_schema_diff::render::{Context, Revision, Text};
use api_schema_diff::report::{Accepted, Judged, Profile, Report};
use api_schema_diff::rules::{self, Rule};
use api_schema_diff::threshold::FailOn;
use api_schema_diff::version;
use serde_json::json;

/// Text that means something in Markdown, HTML, a workflow command or a terminal.
pub(crate) const HOSTILE: &str =
    "</details><script>alert(1)</script>|`|@ann #12 \u{1b}[31m\n::error::x";

const TAGS: [&str; 5] = ["bills", "customers", "payments", "services", "tickets"];

/// What a comment is found by.
pub(crate) const MARKER: &str = "<!-- schema-diff -->";

const LABELS: Labels = Labels {
    language: "Rust",
    clients: "published crates",
};

/// Where the definition of a record stands in the made-up schema.
const LINE: u32 = 3;

fn place(tag: &str, record: &str, field: &str) -> Place {
    Place {
        document: "rest".to_owned(),
        pointer: format!("/components/schemas/{record}/properties/{field}"),
        file: format!("schema/rest/resources/{tag}.yaml"),
        line: LINE,
    }
}

fn text(values: &str) -> String {
    format!("properties:\n  status:\n    type: string\n    enum: [{values}]\n    nullable: true\n")
}

fn reach(tag: &str, n: usize) -> Vec<Reach> {
    let verbs = ["list", "get", "create", "replace", "patch"];
    let verbs = verbs.iter().take(n % 6);
    let reach = |verb: &&str| Reach {
        operation: format!("{tag}_{verb}"),
        method: "GET".to_owned(),
        path: format!("/{tag}"),
        direction: Direction::Response,
        status: Some("200".to_owned()),
    };
    verbs.map(reach).collect()
}

/// The verdicts and rules that the findings go through in turn.
const KINDS: [(&Rule, Wire, Decode, Level); 10] = [
    (
        rules::SCHEMA_ENUM_VALUE_REMOVED,
        Wire::Breaking,
        Decode::Safe,
        Level::Major,
    ),
    (
        rules::PARAM_REQUIRED_ADDED,
        Wire::Breaking,
        Decode::Safe,
        Level::None,
    ),
    (
        rules::SCHEMA_PROPERTY_ADDED,
        Wire::Compatible,
        Decode::Safe,
        Level::Minor,
    ),
    (
        rules::SCHEMA_PATTERN_CHANGED,
        Wire::Undecided,
        Decode::Safe,
        Level::None,
    ),
    (
        rules::OP_ADDED,
        Wire::Compatible,
        Decode::Safe,
        Level::Minor,
    ),
    (
        rules::DOC_TEXT_CHANGED,
        Wire::Silent,
        Decode::Safe,
        Level::None,
    ),
    (
        rules::SCHEMA_ENUM_VALUE_ADDED,
        Wire::Compatible,
        Decode::Breaks,
        Level::Minor,
    ),
    (
        rules::SCHEMA_CONSTRAINT_RELAXED,
        Wire::Compatible,
        Decode::Safe,
        Level::None,
    ),
    (
        rules::SCHEMA_REF_CHANGED,
        Wire::Silent,
        Decode::Safe,
        Level::Major,
    ),
    (
        rules::OP_DEPRECATED,
        Wire::Silent,
        Decode::Safe,
        Level::None,
    ),
];

fn finding(n: usize) -> Judged {
    let (rule, wire, decode, level) = KINDS[n % KINDS.len()];
    let tag = TAGS[n % TAGS.len()];
    let record = format!("Record{}", n / 7);
    let field = if n % 13 == 12 {
        HOSTILE.to_owned()
    } else {
        format!("field_{n}")
    };
    let gone = rule.id.ends_with("removed");
    let new = rule.id.ends_with("added");
    let at = place(tag, &record, "status");
    let finding = Finding {
        rule,
        subject: Subject::new(record, format!(".{field}")),
        message: format!(
            "`{field}` no longer takes `\"closed{n}\"`, only `\"open\"` and `\"held\"`"
        ),
        direction: [Direction::Request, Direction::Response, Direction::Both][n % 3],
        effect: Effect::Narrows,
        wire,
        strict: wire,
        decodes: rule.decodes,
        reason: format!(
            "{} narrows what is accepted, and callers may send what is gone",
            rule.id
        ),
        old: (!new).then(|| at.clone()),
        new: (!gone).then(|| at.clone()),
        before: Some("[\"open\",\"closed\"]".to_owned()),
        after: Some("[\"open\",\"held\"]".to_owned()),
        reach: reach(tag, n),
        witness: (wire == Wire::Breaking).then(|| Witness {
            value: json!(format!("closed{n}")),
            old_accepts: true,
            new_accepts: false,
            verified: n.is_multiple_of(4),
        }),
        fingerprint: format!("{n:016x}"),
    };
    Judged {
        impact: Impact {
            decode,
            level,
            signature: level != Level::None,
            items: Vec::new(),
        },
        group: tag.to_owned(),
        pointer: at.pointer.clone(),
        finding,
        accepted: (n % 20 == 11).then(|| Accepted {
            reason: "nobody sends it, see @ops".to_owned(),
            by: "Ann".to_owned(),
            kind: "accepted".to_owned(),
            until_version: Some("0.7.0".to_owned()),
        }),
    }
}

/// A comparison with `n` facts, in the order of a report.
pub(crate) fn report(n: usize) -> Report {
    let findings: Vec<Judged> = (0..n).map(finding).collect();
    let touched = findings.iter().filter(|it| it.impact.level != Level::None);
    let changes: Vec<ItemChange> = touched
        .map(|it| ItemChange {
            item: format!(
                "revio_api::resources::bills::{}",
                it.subject.to_string().replace('.', "::")
            ),
            before: Some("pub status: Option<String>".to_owned()),
            after: (it.impact.level == Level::Major)
                .then(|| "pub status: Option<Status>".to_owned()),
            level: it.impact.level,
            explained_by: vec![it.fingerprint.clone()],
            note: "",
        })
        .collect();
    let level = changes.iter().map(|it| it.level).max();
    let mut report = Report {
        base: "main".to_owned(),
        head: "the work tree".to_owned(),
        profile: Profile::Strict,
        findings,
        code: Some(CodeReport {
            changes,
            unexplained: Vec::new(),
            failures: Vec::new(),
            required: match level {
                Some(Level::Major) => Bump::Major,
                Some(Level::Minor) => Bump::Minor,
                _ => Bump::None,
            },
        }),
        labels: LABELS,
    };
    report.sort();
    report
}

/// What goes with it.
pub(crate) fn context(report: &Report) -> Context {
    let texts = |values: &str| -> BTreeMap<String, Text> {
        let file = |tag: &str| {
            (
                format!("schema/rest/resources/{tag}.yaml"),
                Text::new(text(values)),
            )
        };
        TAGS.iter().map(|tag| file(tag)).collect()
    };
    let revision = |commit: &str, values: &str| Revision {
        commit: Some(commit.repeat(40)),
        link: Some(format!(
            "https://example.com/revio-api/blob/{}",
            commit.repeat(40)
        )),
        texts: texts(values),
    };
    let required = report.code.as_ref().map_or(Bump::None, |it| it.required);
    Context {
        base: revision("a", "open, closed"),
        head: revision("b", "open, held"),
        versions: version::check("0.6.3", "0.6.4", required).ok(),
        rules: 95,
        fail_on: FailOn::Wire,
        stale: Vec::new(),
        accepted: AcceptedFile::default(),
        marker: MARKER.to_owned(),
        command: "cargo xtask diff main".to_owned(),
        full_report: "the artifact `schema-diff` of this run".to_owned(),
    }
}
