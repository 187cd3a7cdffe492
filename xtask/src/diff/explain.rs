//! `cargo xtask diff explain <id>`.

use std::cmp::Reverse;

use api_schema_diff::rules::Rule;
use revio_codegen::rust_api::rules;

use super::failure::Failure;

/// What is known about a rule, or the list of all.
pub(crate) fn explain(id: Option<&str>) -> Result<String, Failure> {
    let Some(id) = id else {
        let lines = rules::all().map(|rule| format!("{:<40} {}\n", rule.id, rule.meaning));
        return Ok(lines.collect());
    };
    match rules::all().find(|rule| rule.id == id) {
        Some(rule) => Ok(whole(rule)),
        None => Err(Failure::usage(unknown(id))),
    }
}

fn whole(rule: &Rule) -> String {
    let mut lines = vec![
        rule.id.to_owned(),
        format!("  meaning       {}", rule.meaning),
        format!("  verdict       {}", rule.verdict),
    ];
    let rust = rules::effect(rule).map(|effect| format!("  Rust          {}", effect.text));
    lines.extend(rust);
    if let Some(way) = rule.compatible_by {
        lines.push(format!("  compatible by {way}"));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The rules that share most with what was asked for: words, then the start.
fn unknown(id: &str) -> String {
    let words: Vec<&str> = id.split(['.', '-', '_', ' ']).collect();
    let shared = |rule: &Rule| {
        let own = rule.id.split('.');
        own.filter(|word| words.contains(word)).count()
    };
    let prefix = |rule: &Rule| {
        let pairs = rule.id.chars().zip(id.chars());
        pairs.take_while(|(own, asked)| own == asked).count()
    };
    let mut near: Vec<&Rule> = rules::all().filter(|rule| shared(rule) > 0).collect();
    near.sort_by_key(|rule| (Reverse(shared(rule)), Reverse(prefix(rule)), rule.id));
    near.truncate(5);
    let near: Vec<&str> = near.iter().map(|rule| rule.id).collect();
    if near.is_empty() {
        format!("no rule is called {id}; `cargo xtask diff explain` lists them")
    } else {
        format!("no rule is called {id}; near it: {}", near.join(", "))
    }
}
