//! The HTML report in a real browser, headless: it renders, its filters work, nothing is wrong on the
//! console, and it fits a phone.
//!
//! Needs Chromium or Chrome. Without one the test says so and checks nothing, unless `REVIO_BROWSER`
//! is set, as CI does: then a browser has to be there.

#[path = "diff_render/facts.rs"]
mod facts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use facts::{context, report};
use revio_codegen::diff::render::html;
use serde_json::{Value, json};

const PROBE: &str = include_str!("diff_render/probe.js");
const NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let files = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |it| it.join(name)));
    let found = files.into_iter().find(|file| file.is_file());
    assert!(
        found.is_some() || std::env::var_os("REVIO_BROWSER").is_none(),
        "no browser: apt-get install chromium"
    );
    found
}

/// Puts the page into a frame of this width, works its filters, and returns what was seen.
fn look(browser: &Path, page: &str, width: u32) -> Value {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("page-{width}"));
    fs::create_dir_all(&folder).unwrap();
    let probe = format!("<script data-own>\n{PROBE}</script>\n</head>");
    let page = page
        .replacen("</head>", &probe, 1)
        .replace("<script>\n'use strict'", "<script data-own>\n'use strict'");
    let page = page.replace('&', "&amp;").replace('"', "&quot;");
    let frame = format!(
        "<!doctype html><body style=\"margin:0\"><iframe style=\"border:0\" width=\"{width}\" \
         height=\"800\" srcdoc=\"{page}\"></iframe><script>addEventListener('message', (event) => {{ \
         const seen = document.createElement('pre'); seen.id = 'seen'; seen.textContent = event.data; \
         document.querySelector('iframe').remove(); document.body.append(seen); }});</script>"
    );
    let file = folder.join("frame.html");
    fs::write(&file, frame).unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ])
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=20000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let console = String::from_utf8_lossy(&output.stderr).into_owned();
    let complaints: Vec<&str> = console
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect();
    assert!(complaints.is_empty(), "{complaints:?}");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let seen = dom
        .split_once("<pre id=\"seen\">")
        .and_then(|(_, after)| after.split_once("</pre>"));
    let (seen, _) = seen.unwrap_or_else(|| {
        panic!(
            "the page said nothing: {console}\n{}",
            &dom[..dom.len().min(500)]
        )
    });
    serde_json::from_str(
        &seen
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
    .unwrap()
}

#[test]
fn filters_work_and_the_page_fits_a_phone() {
    let Some(browser) = browser() else {
        eprintln!("no Chromium or Chrome here; the page isn't looked at");
        return;
    };
    let report = report(60);
    let page = html(&report, &context(&report));
    for width in [390, 1280] {
        let seen = look(&browser, &page, width);
        assert_eq!(seen["errors"], json!([]));
        assert_eq!(seen["all"], json!([60, 60, "60 of 60 shown"]));
        assert_eq!(seen["text"], json!(["Record3.field_21"]));
        assert_eq!(seen["nothing"], json!([0, true]));
        assert_eq!(seen["classes"], json!(["breaking"]));
        assert_eq!(seen["sections"], json!(1));
        assert_eq!(seen["directions"], json!(["both", "request"]));
        assert_eq!(seen["groups"], json!(["bills"]));
        assert_eq!(seen["who"], json!(true));
        assert_eq!((&seen["again"], &seen["open"]), (&json!(60), &json!(60)));
        // Nothing sticks out sideways, whatever is unfolded.
        assert_eq!(seen["width"][1], seen["width"][0], "{width}");
        assert!(seen["width"][0].as_u64().unwrap() > u64::from(width) - 30);
        assert_eq!((&seen["low"], &seen["unnamed"]), (&json!(0), &json!(0)));
        assert_eq!(seen["hostile"], json!(0), "a script of the schema's");
    }
}
