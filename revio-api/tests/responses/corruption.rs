//! Whatever happens to whichever page: all records, or an error that says where to go on, or a list that doesn't claim to
//! be complete.

use proptest::prelude::*;
use revio_api::lists::Paged;
use revio_api::prelude::*;
use revio_test_server::{Action, Server, cases, ok, reply};

use crate::client;
use crate::lists::page;

/// What happens to a page on its way.
#[derive(Debug, Clone)]
enum Corruption {
    /// The body is this instead.
    Replaced(String),
    /// It ends here, with a length that fits.
    Cut(usize),
    /// A key is called something else, or isn't there.
    Renamed(&'static str, &'static str),
    /// A value of the envelope is another one.
    Value(&'static str, &'static str),
    /// Both of these.
    Both(Box<Corruption>, Box<Corruption>),
    /// The whole in an array, a string, or another object.
    Wrapped(&'static str, &'static str),
    /// Another status in front of the body.
    Status(&'static str),
}

impl Corruption {
    fn text(&self, body: String) -> String {
        match self {
            Self::Replaced(text) => text.clone(),
            Self::Cut(at) => body[..body.len() * at / 1000].to_owned(),
            Self::Renamed(key, other) => body.replacen(&format!("\"{key}\""), other, 1),
            Self::Value(key, value) => {
                let start = body.find(&format!("\"{key}\":"));
                let Some(start) = start.map(|at| at + key.len() + 3) else {
                    return body;
                };
                let end = if *key == "records" {
                    body.len() - 1
                } else {
                    start + body[start..].find(',').unwrap_or(0)
                };
                format!("{}{value}{}", &body[..start], &body[end..])
            }
            Self::Both(one, other) => other.text(one.text(body)),
            Self::Wrapped(before, after) => format!("{before}{body}{after}"),
            Self::Status(_) => body,
        }
    }

    /// Whether the page says that none follows.
    fn says_end(&self) -> bool {
        match self {
            Self::Value(key, value) => {
                *key == "has_more" && ["false", "\"false\"", "0"].contains(value)
            }
            Self::Replaced(text) => text.contains(r#""has_more":false"#),
            Self::Both(one, other) => one.says_end() || other.says_end(),
            Self::Cut(_) | Self::Renamed(..) | Self::Wrapped(..) | Self::Status(_) => false,
        }
    }

    fn answer(&self, body: String) -> Action {
        match self {
            Self::Status(status) => reply(status, &[("Content-Type", "application/json")], body),
            _ => ok(self.text(body)),
        }
    }
}

fn corruption() -> impl Strategy<Value = Corruption> {
    let keys = prop::sample::select(vec!["ok", "has_more", "record_count", "records"]);
    let names = prop::sample::select(vec![
        "\"x\"",
        "\"Records\"",
        "\"HASMORE\"",
        "\"data\"",
        "\"items\"",
        "\"success\"",
        "\"\"",
    ]);
    let values = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "\"true\"",
        "\"false\"",
        "0",
        "1",
        "50",
        "49",
        "-1",
        "\"\"",
        "\"50\"",
        "[]",
        "{}",
        "\"perhaps\"",
        "1e9",
    ]);
    let bodies = prop::sample::select(vec![
        "",
        "null",
        "{}",
        "[]",
        "0",
        "false",
        "\"\"",
        "\"Service unavailable\"",
        "<html></html>",
        "\u{feff}{}",
        r#"{"message":"x"}"#,
        r#"{"ok":true}"#,
        r#"{"statusCode":429}"#,
        r#"{"records":{}}"#,
        r#"{"records":"[]"}"#,
        r#"[{"customer_id":1}]"#,
        r#"{"has_more":false}"#,
        r#"{"Ok":"no","Records":[]}"#,
    ]);
    let single = prop_oneof![
        bodies.prop_map(|text| Corruption::Replaced(text.to_owned())),
        (0..1000_usize).prop_map(Corruption::Cut),
        (keys.clone(), names).prop_map(|(key, name)| Corruption::Renamed(key, name)),
        (keys, values).prop_map(|(key, value)| Corruption::Value(key, value)),
        prop::sample::select(vec![
            ("[", "]"),
            ("{\"page\":", "}"),
            ("\"", "\""),
            ("\u{feff}", ""),
            ("", "x"),
            ("", "\0")
        ])
        .prop_map(|(before, after)| Corruption::Wrapped(before, after)),
        prop::sample::select(vec![
            "204 No Content",
            "206 Partial Content",
            "201 Created",
            "202 Accepted",
            "301 Moved"
        ])
        .prop_map(Corruption::Status),
    ];
    single.prop_recursive(1, 2, 2, |inner| {
        (inner.clone(), inner).prop_map(|(one, other)| Corruption::Both(one.into(), other.into()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(400)))]

    #[test]
    fn a_corrupted_page_never_loses_records_silently(corruption in corruption(), at in 1..=10_i32) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let broken = corruption.clone();
            let server = Server::start(move |asked| {
                let number = asked.target.split("page=").nth(1).and_then(|rest| rest.split('&').next());
                let number: i32 = number.expect("a page").parse().expect("a number");
                let body = page(number, str::to_owned);
                if number == at { broken.answer(body) } else { ok(body) }
            }).await;
            let list = client(&server).customers().list().page_size(50);
            match list.collect_up_to(10_000).await {
                Ok(all) if all.complete => {
                    // What the server itself says can't be seen through: that the list ends here.
                    if !corruption.says_end() {
                        prop_assert_eq!(all.len(), 500, "{:?}", corruption);
                    }
                }
                Ok(_) => {}
                Err(incomplete) => {
                    prop_assert_eq!(incomplete.error.resume().map(revio_api::lists::Cursor::page), Some(at));
                    prop_assert_eq!(incomplete.records.len(), usize::try_from((at - 1) * 50).expect("few"));
                }
            }
            Ok(())
        })?;
    }
}
