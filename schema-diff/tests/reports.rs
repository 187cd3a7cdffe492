//! Reports: the same bytes every time, below their limit at any size, and nothing from a schema
//! becomes markup in them. `UPDATE_GOLDENS=1` writes `render/*.md` anew.

#[path = "render/facts.rs"]
mod facts;

use std::fs;
use std::path::Path;

use api_schema_diff::accepted;
use api_schema_diff::finding::Wire;
use api_schema_diff::render::{
    Class, Context, JSON_SCHEMA, MIN_BYTES, Summary, github, html, json, markdown, term,
};
use api_schema_diff::report::Report;
use facts::{HOSTILE, MARKER, context, report};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// What one comment may have.
const COMMENT: usize = 65_536;
/// The limit that is asked for.
const LIMIT: usize = 60_000;

fn made(n: usize) -> (Report, Context) {
    let report = report(n);
    let context = context(&report);
    (report, context)
}

#[test]
fn goldens_of_markdown() {
    for n in [0, 1, 50, 5_000] {
        let (report, context) = made(n);
        let text = markdown(&report, &context, LIMIT);
        assert!(
            text.len() <= LIMIT && LIMIT < COMMENT,
            "{n}: {} bytes",
            text.len()
        );
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/render/{n}.md"));
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            golden == text,
            "{} differs; look at it with UPDATE_GOLDENS=1",
            path.display()
        );
    }
}

#[test]
fn every_limit_is_kept_and_rows_of_breaking_are_dropped_last() {
    let (report, context) = made(800);
    for limit in [MIN_BYTES, 12_345, LIMIT, 150_000, usize::MAX] {
        let text = markdown(&report, &context, limit);
        assert!(text.len() <= limit, "{limit}: {}", text.len());
        assert!(text.contains("#### Breaking") && text.contains("#### Undecided"));
        assert!(text.ends_with(&format!("{MARKER}\n")));
        // The verdict is whole, whatever is left out.
        assert!(text.contains(&Summary::of(&report).line()));
        let rows = text
            .lines()
            .filter(|line| line.starts_with("| ") && line.contains("callers |"));
        assert!(rows.count() >= 14 || limit == MIN_BYTES, "{limit}");
        assert_eq!(
            limit < usize::MAX,
            text.contains("> Shortened: "),
            "{limit}"
        );
    }
}

#[test]
fn details_go_before_rows() {
    let (mut report, context) = made(400);
    report
        .findings
        .retain(|it| it.wire == Wire::Breaking && it.accepted.is_none());
    report.code = None;
    let whole = markdown(&report, &context, usize::MAX);
    let shorter = markdown(&report, &context, whole.len() - 1);
    let rows = |text: &str| text.matches("| [`").count();
    assert_eq!(rows(&whole), report.findings.len());
    assert_eq!(rows(&shorter), rows(&whole));
    assert!(shorter.contains("> Shortened: details of breaking changes; "));
    assert!(shorter.contains("the full report is the artifact `schema-diff` of this run"));
}

#[test]
fn repeating_gives_the_same_bytes() {
    let (report, context) = made(200);
    let all = || {
        [
            markdown(&report, &context, LIMIT),
            json(&report, &context),
            html(&report, &context),
            github(&report, &context),
            term(&report, &context, false),
        ]
    };
    assert_eq!(all(), all());
}

#[test]
fn json_fits_its_schema() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for n in [0, 1, 50] {
        let (mut report, mut context) = made(n);
        for step in 0..3 {
            let value: Value = serde_json::from_str(&json(&report, &context)).unwrap();
            let wrong: Vec<String> = validator
                .iter_errors(&value)
                .map(|it| it.to_string())
                .collect();
            assert_eq!(wrong, [""; 0], "{n} facts, step {step}");
            assert_eq!(value["findings"].as_array().unwrap().len(), n);
            match step {
                0 => context.versions = None,
                _ => report.code = None,
            }
        }
    }
    // It says no to what isn't a report.
    assert!(!validator.is_valid(&serde_json::json!({"schema_version": 1})));
}

#[test]
fn a_renderer_sees_no_markup_of_a_schema() {
    let (report, context) = made(60);
    let text = markdown(&report, &context, usize::MAX);
    assert!(
        report
            .findings
            .iter()
            .any(|it| it.subject.part.contains(HOSTILE))
    );
    let mut plain = String::new();
    let mut code = false;
    let mut open = 0;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) if !code => plain.push_str(&text),
            Event::Start(Tag::Image { .. }) => panic!("an image"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    dest_url.starts_with("https://example.com/revio-api/blob/"),
                    "{dest_url}"
                );
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let text = html
                    .replace(MARKER, "")
                    .replace("<sub>", "")
                    .replace("</sub>", "");
                open += text.matches("<details>").count();
                let text = text
                    .replace("<details><summary>", "")
                    .replace("</summary>", "");
                let text = text
                    .replace("</details>", "")
                    .replace("<code>", "")
                    .replace("</code>", "");
                assert!(!text.contains('<'), "{html}");
            }
            _ => {}
        }
    }
    assert!(open > 10);
    assert!(
        !plain.contains("@ann") && !plain.contains("#12"),
        "somebody is notified"
    );
    // Every row of a table has its five cells, whatever stands in them.
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 6, "{line}");
    }
}

#[test]
fn a_page_holds_no_markup_of_a_schema_and_fetches_nothing() {
    let (report, context) = made(60);
    let page = html(&report, &context);
    assert!(!page.contains("<script>alert"));
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<details class=\"fact").count(), 60);
    for fetched in [
        "<img",
        "<iframe",
        "@import",
        "url(",
        "src=",
        "<link rel=\"stylesheet",
    ] {
        assert!(!page.contains(fetched), "{fetched}");
    }
}

#[test]
fn annotations_are_few_and_stay_on_their_line() {
    let (report, context) = made(500);
    let text = github(&report, &context);
    let lines: Vec<&str> = text.lines().collect();
    let of = |command: &str| lines.iter().filter(|it| it.starts_with(command)).count();
    assert_eq!(
        (of("::error file="), of("::warning file="), of("::notice ")),
        (10, 10, 1)
    );
    assert_eq!(lines.len(), 21);
    assert!(
        lines[0].starts_with("::error file=schema/rest/resources/"),
        "{}",
        lines[0]
    );
    assert!(lines[20].contains("more are in the job summary"));
    let (report, context) = made(2);
    let text = github(&report, &context);
    assert!(!text.contains("job summary"), "{text}");
}

#[test]
fn a_terminal_gets_no_control_sequences_but_ours() {
    let (report, context) = made(60);
    let plain = term(&report, &context, false);
    assert!(!plain.contains('\u{1b}'));
    let colour = term(&report, &context, true);
    assert!(colour.contains("\u{1b}[1;31mBreaking"));
    assert!(!colour.contains("\u{1b}[31m\n"));
    let (report, context) = made(0);
    assert!(term(&report, &context, false).contains("Nothing changed."));
}

#[test]
fn every_fact_is_in_one_part() {
    let (report, _) = made(200);
    let summary = Summary::of(&report);
    let of = |class| {
        report
            .findings
            .iter()
            .filter(|it| Class::of(it) == class)
            .count()
    };
    assert_eq!(
        Class::ALL.iter().map(|class| of(*class)).sum::<usize>(),
        200
    );
    assert_eq!(summary.accepted, of(Class::Accepted));
    assert_eq!(
        summary.additions + summary.docs,
        of(Class::Addition) + of(Class::Docs)
    );
    assert!(Class::ALL.iter().all(|class| of(*class) > 0));
}

#[test]
fn the_snippet_of_a_report_is_an_entry() {
    let (report, context) = made(1);
    let text = markdown(&report, &context, LIMIT);
    let (_, entry) = text.split_once("```toml\n").unwrap();
    let (entry, _) = entry.split_once("```").unwrap();
    let source = api_schema_text::Source {
        path: context.accepted.path.clone(),
        text: entry.to_owned(),
    };
    let entries = accepted::read(&source, "--accept").unwrap();
    assert_eq!(entries[0].fingerprint, report.findings[0].fingerprint);
}
