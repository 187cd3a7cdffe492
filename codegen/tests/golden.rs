//! Every lowering pass and every pass over generated code has a small schema in `tests/golden`, and
//! what becomes of it. `UPDATE_GOLDENS=1` writes the results anew.
//!
//! A lowering pass is run alone: `expected.txt` tells the lines of the description that it changes,
//! and the types that it asks for. A pass over generated code gets what progenitor makes of the
//! lowered schema: `expected.rs`, or `expected.txt` where it is no Rust, is what it leaves.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use openapiv3::OpenAPI;
use quote::{ToTokens, quote};
use revio_codegen::generate::run_progenitor;
use revio_codegen::lower::{self, Lowered, PASSES, Strictness};
use revio_codegen::model::{self, Api};
use revio_codegen::post::{self, Tally, calls, derives, paths, records, redact, split};
use syn::{Item, ItemStruct};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn names() -> Vec<&'static str> {
    let lowering = PASSES.iter().map(|pass| pass.name);
    lowering
        .chain(post::PASSES.iter().map(|pass| pass.name))
        .collect()
}

fn input(pass: &str) -> OpenAPI {
    let path = folder().join(pass).join("input.yaml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{pass}: {error}"));
    serde_json::from_str(&common::small(&text).to_json()).unwrap()
}

#[test]
fn every_pass_has_a_golden_and_every_golden_a_pass() {
    let names = names();
    let unique: BTreeSet<String> = names.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(unique.len(), names.len(), "two passes have the same name");
    let goldens: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(goldens, unique);
}

#[test]
fn passes_say_why_they_exist() {
    let reasons = PASSES.iter().map(|pass| (pass.name, pass.why));
    let reasons = reasons.chain(post::PASSES.iter().map(|pass| (pass.name, pass.why)));
    for (name, why) in reasons {
        assert!(why.len() > 20 && !why.ends_with('.'), "{name}: {why}");
    }
}

#[test]
fn every_pass_gives_its_golden() {
    let update = std::env::var_os("UPDATE_GOLDENS").is_some();
    let mut differences = String::new();
    for name in names() {
        let lowering = PASSES.iter().find(|pass| pass.name == name);
        let (file, found) = match lowering {
            Some(pass) => ("expected.txt", lowered_by(pass, input(name))),
            None => left_by(name, input(name)),
        };
        let golden = folder().join(name).join(file);
        if update {
            fs::write(&golden, &found).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        if found != expected {
            let _ = writeln!(differences, "{name}:\n{}", changes(&expected, &found));
        }
    }
    assert!(
        differences.is_empty(),
        "{differences}set UPDATE_GOLDENS=1 to accept"
    );
}

/// What one lowering pass does to a description.
fn lowered_by(pass: &lower::Pass, api: OpenAPI) -> String {
    let before = serde_json::to_string_pretty(&api).unwrap();
    let mut lowered = Lowered {
        api,
        replacements: BTreeMap::new(),
    };
    let changed = pass.apply(&mut lowered);
    assert!(changed > 0, "{} changes nothing", pass.name);
    let after = serde_json::to_string_pretty(&lowered.api).unwrap();
    let mut text = changes(&before, &after);
    for (name, rust) in &lowered.replacements {
        let _ = writeln!(text, "{name} is {rust}");
    }
    text
}

/// The lines that differ, with the keys above them.
fn changes(before: &str, after: &str) -> String {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    // longest[i][j]: length of the longest common subsequence of before[i..] and after[j..].
    let mut longest = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            longest[i][j] = if before[i] == after[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut text = String::new();
    let mut above: Vec<&str> = Vec::new();
    let indent = |line: &str| line.len() - line.trim_start().len();
    while i < before.len() || j < after.len() {
        if i < before.len() && j < after.len() && before[i] == after[j] {
            above.retain(|line| indent(line) < indent(before[i]));
            above.push(before[i]);
            i += 1;
            j += 1;
            continue;
        }
        let gone = j == after.len() || i < before.len() && longest[i + 1][j] >= longest[i][j + 1];
        let (mark, line) = if gone {
            i += 1;
            ('-', before[i - 1])
        } else {
            j += 1;
            ('+', after[j - 1])
        };
        above.retain(|line_above| indent(line_above) < indent(line));
        for line in above.drain(..) {
            let _ = writeln!(text, "  {line}");
        }
        let _ = writeln!(text, "{mark} {line}");
    }
    text
}

/// What is there before a pass over generated code.
struct Emitted {
    api: Api,
    file: syn::File,
}

fn emitted(api: OpenAPI) -> Emitted {
    let model = model::read(&api, &BTreeMap::new()).unwrap();
    let lowered = lower::lower(api, Strictness::Lenient).unwrap();
    Emitted {
        api: model,
        file: run_progenitor(&lowered).unwrap(),
    }
}

/// What a pass over generated code leaves, and the file for it.
fn left_by(pass: &str, api: OpenAPI) -> (&'static str, String) {
    let Emitted { api, file } = emitted(api);
    let mut tally = Tally::default();
    let parts = split::split(file, &mut tally).unwrap();
    let operations = || api.resources.iter().flat_map(|all| &all.operations);
    let text = match pass {
        "split" => {
            let types = parts.types.values();
            let signatures = parts.methods.values().map(|method| &method.sig);
            let signatures: String = signatures.fold(String::new(), |mut text, signature| {
                let body = quote!(#signature {});
                let _ = write!(text, "{}", pretty([body]));
                text
            });
            pretty(types.map(bare)) + &signatures
        }
        "calls" => operations().fold(String::new(), |mut text, operation| {
            let method = parts.methods[&operation.id].clone();
            let call = calls::rewrite(operation, method, &mut tally).unwrap();
            let _ = writeln!(text, "// {}", operation.id);
            for calls::Argument { name, ty, role } in &call.arguments {
                let _ = writeln!(text, "{name}: {}, // {role:?}", one_line(ty));
            }
            let _ = writeln!(text, "-> {}", one_line(&call.output));
            text
        }),
        "paths" => parts.types.values().flat_map(|record| &record.fields).fold(
            String::new(),
            |mut text, field| {
                let mut ty = field.ty.clone();
                paths::shorten(&mut ty, &mut tally);
                let _ = writeln!(text, "{} // {}", one_line(&ty), one_line(&field.ty));
                text
            },
        ),
        "records" => {
            let mended = parts.types.into_iter().map(|(name, mut record)| {
                let facts = &api.records[&name];
                let is_sent = name.ends_with("Replace");
                records::mend(&mut record, facts, is_sent, is_sent, &mut tally).unwrap();
                record.attrs.clear();
                record.into_token_stream()
            });
            pretty(mended)
        }
        "derives" => {
            let derived = parts.types.into_values().map(|mut record| {
                let hides = record.ident == "Secret";
                derives::replace(&mut record, hides, &mut tally);
                for field in &mut record.fields {
                    paths::shorten(&mut field.ty, &mut Tally::default());
                    field.attrs.clear();
                }
                record.into_token_stream()
            });
            pretty(derived)
        }
        "redact" => {
            let facts = |name: &str| &api.records[name];
            let secret = parts
                .types
                .iter()
                .filter(|(name, _)| redact::is_needed(facts(name)));
            pretty(secret.map(|(name, record)| redact::implement(record, facts(name), &mut tally)))
        }
        other => panic!("no golden knows how to show what {other} does"),
    };
    assert!(tally.count(pass) > 0, "{pass} mended nothing");
    let is_rust = syn::parse_file(&text).is_ok();
    (
        if is_rust {
            "expected.rs"
        } else {
            "expected.txt"
        },
        text,
    )
}

/// A record with nothing but the names and types of its fields.
fn bare(record: &ItemStruct) -> proc_macro2::TokenStream {
    let mut record = record.clone();
    record.attrs.clear();
    for field in &mut record.fields {
        field.attrs.clear();
    }
    record.into_token_stream()
}

fn pretty(items: impl IntoIterator<Item = proc_macro2::TokenStream>) -> String {
    let items = items.into_iter();
    let items: Vec<Item> = items.map(|tokens| syn::parse2(tokens).unwrap()).collect();
    prettyplease::unparse(&syn::parse_quote!(#(#items)*))
}

fn one_line(ty: &syn::Type) -> String {
    ty.to_token_stream().to_string().replace(' ', "")
}
