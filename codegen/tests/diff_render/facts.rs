//! Made-up comparisons of any size: every verdict, every part of a report, and names that try to
//! leave the markup they stand in.

use std::collections::BTreeMap;

use revio_codegen::diff::finding::{
    Accepted, Decode, Direction, Effect, Finding, Place, Reach, Rust, Wire, Witness,
};
use revio_codegen::diff::render::{Context, Revision, Text};
use revio_codegen::diff::report::{Bump, Profile, Report, RustChange, RustReport};
use revio_codegen::diff::rust::bump;
use revio_codegen::diff::threshold::FailOn;
use serde_json::json;

/// Text that means something in Markdown, HTML, a workflow command or a terminal.
pub(crate) const HOSTILE: &str =
    "</details><script>alert(1)</script>|`|@ann #12 \u{1b}[31m\n::error::x";

const TAGS: [&str; 5] = ["bills", "customers", "payments", "services", "tickets"];

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
const KINDS: [(&str, Wire, Decode, Rust); 10] = [
    (
        "schema.enum.value.removed",
        Wire::Breaking,
        Decode::Safe,
        Rust::Major,
    ),
    (
        "param.required.added",
        Wire::Breaking,
        Decode::Safe,
        Rust::None,
    ),
    (
        "schema.property.added",
        Wire::Compatible,
        Decode::Safe,
        Rust::Minor,
    ),
    (
        "schema.pattern.changed",
        Wire::Undecided,
        Decode::Safe,
        Rust::None,
    ),
    ("op.added", Wire::Compatible, Decode::Safe, Rust::Minor),
    (
        "docs.description.changed",
        Wire::Silent,
        Decode::Safe,
        Rust::None,
    ),
    (
        "schema.enum.value.added",
        Wire::Compatible,
        Decode::Breaks,
        Rust::Minor,
    ),
    (
        "schema.constraint.relaxed",
        Wire::Compatible,
        Decode::Safe,
        Rust::None,
    ),
    ("schema.renamed", Wire::Silent, Decode::Safe, Rust::Major),
    ("op.deprecated.set", Wire::Silent, Decode::Safe, Rust::None),
];

fn finding(n: usize) -> Finding {
    let (id, wire, decode, rust) = KINDS[n % KINDS.len()];
    let tag = TAGS[n % TAGS.len()];
    let record = format!("Record{}", n / 7);
    let field = if n % 13 == 12 {
        HOSTILE.to_owned()
    } else {
        format!("field_{n}")
    };
    let gone = id.ends_with("removed");
    let new = id.ends_with("added");
    let at = place(tag, &record, "status");
    Finding {
        id,
        subject: format!("{record}.{field}"),
        message: format!(
            "`{field}` no longer takes `\"closed{n}\"`, only `\"open\"` and `\"held\"`"
        ),
        direction: [Direction::Request, Direction::Response, Direction::Both][n % 3],
        effect: Effect::Narrows,
        wire,
        decode,
        rust,
        signature: rust != Rust::None,
        reason: format!("{id} narrows what is accepted, and callers may send what is gone"),
        compatible_by: (n.is_multiple_of(2)).then_some("keeping it, marked as deprecated"),
        old: (!new).then(|| at.clone()),
        new: (!gone).then_some(at),
        before: Some("[\"open\",\"closed\"]".to_owned()),
        after: Some("[\"open\",\"held\"]".to_owned()),
        reach: reach(tag, n),
        witness: (wire == Wire::Breaking).then(|| Witness {
            value: json!(format!("closed{n}")),
            old_accepts: true,
            new_accepts: false,
            verified: n.is_multiple_of(4),
        }),
        rust_items: Vec::new(),
        fingerprint: format!("{n:016x}"),
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
    let findings: Vec<Finding> = (0..n).map(finding).collect();
    let touched = findings.iter().filter(|it| it.rust != Rust::None);
    let changes: Vec<RustChange> = touched
        .map(|it| RustChange {
            item: format!(
                "revio_api::resources::bills::{}",
                it.subject.replace('.', "::")
            ),
            before: Some("pub status: Option<String>".to_owned()),
            after: (it.rust == Rust::Major).then(|| "pub status: Option<Status>".to_owned()),
            level: it.rust,
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
        rust: Some(RustReport {
            changes,
            unexplained: Vec::new(),
            failures: Vec::new(),
            required: match level {
                Some(Rust::Major) => Bump::Major,
                Some(Rust::Minor) => Bump::Minor,
                _ => Bump::None,
            },
        }),
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
    let required = report.rust.as_ref().map_or(Bump::None, |it| it.required);
    Context {
        base: revision("a", "open, closed"),
        head: revision("b", "open, held"),
        versions: bump::check("0.6.3", "0.6.4", required).ok(),
        rules: 95,
        fail_on: FailOn::Wire,
        stale: Vec::new(),
        command: "cargo xtask diff main".to_owned(),
        full_report: "the artifact `schema-diff` of this run".to_owned(),
    }
}
