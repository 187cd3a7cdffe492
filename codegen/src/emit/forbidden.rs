//! What must never be in generated code, however it came there.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Names that no file may mention, and why.
const NAMES: &[(&str, &str)] = &[
    ("f64", "a float would lose digits"),
    ("f32", "a float would lose digits"),
    ("progenitor_client", "the runtime is our own"),
    ("serde_json", "a generic value would round numbers"),
    ("unsafe", "unsafe code is forbidden"),
];

/// Macros that no file may call, and why.
const MACROS: &[(&str, &str)] = &[
    ("todo", "unfinished code"),
    ("unimplemented", "unfinished code"),
    ("panic", "generated code must not panic"),
];

/// Methods that no file may call, and why.
const METHODS: &[(&str, &str)] = &[
    ("unwrap", "generated code must not panic"),
    ("expect", "generated code must not panic"),
];

/// The first thing in `tokens` that is forbidden, and the reason. Texts and comments may say anything.
pub(crate) fn find(tokens: &TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                if let Some(found) = find(&group.stream()) {
                    return Some(found);
                }
            }
            TokenTree::Ident(ident) => {
                let before = at.checked_sub(1).and_then(|at| tokens.get(at));
                if let Some(found) = word(&ident.to_string(), before, tokens.get(at + 1)) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

fn word(name: &str, before: Option<&TokenTree>, after: Option<&TokenTree>) -> Option<String> {
    let listed = |list: &[(&str, &str)], written: String| {
        let (_, why) = list.iter().find(|(forbidden, _)| *forbidden == name)?;
        Some(format!("`{written}`: {why}"))
    };
    if is_punct(after, '!') {
        return listed(MACROS, format!("{name}!"));
    }
    // A setter of this name has an argument.
    let called = match after {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            name != "unwrap" || group.stream().is_empty()
        }
        _ => false,
    };
    if is_punct(before, '.') && called {
        return listed(METHODS, format!(".{name}()"));
    }
    listed(NAMES, name.to_owned())
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> Option<String> {
        find(&code.parse().unwrap())
    }

    #[test]
    fn floats_are_found_wherever_they_are() {
        for code in [
            "struct Bill { total: f64 }",
            "struct Bill { total: Option<f64> }",
            "type Total = ::std::primitive::f32;",
            "setter!(total, f64);",
        ] {
            let found = found(code).unwrap();
            assert!(found.contains("lose digits"), "{code}: {found}");
        }
    }

    #[test]
    fn other_runtimes_and_other_json_are_found() {
        let foreign = found("fn a() -> progenitor_client::Error { b() }").unwrap();
        assert_eq!(foreign, "`progenitor_client`: the runtime is our own");
        assert!(found("struct Bill { extra: ::serde_json::Value }").is_some());
    }

    #[test]
    fn panics_and_unsafe_code_are_found() {
        for (code, part) in [
            ("fn a() { todo!() }", "`todo!`"),
            ("fn a() { unimplemented!(\"later\") }", "`unimplemented!`"),
            ("fn a() { panic!() }", "`panic!`"),
            ("fn a() { b().unwrap() }", "`.unwrap()`"),
            ("fn a() { b().expect(\"c\") }", "`.expect()`"),
            ("unsafe fn a() {}", "`unsafe`"),
        ] {
            let found = found(code).unwrap();
            assert!(found.starts_with(part), "{code}: {found}");
        }
    }

    #[test]
    fn texts_comments_and_names_alike_are_not() {
        for code in [
            "/// unsafe f64 todo!() .unwrap()\nstruct Bill { note: String }",
            "const NOTE: &str = \"unsafe { x: f64 }\";",
            "struct Buf32 { todo: i32, unwrap: i32, f64_total: Money, r#unsafe: bool }",
            "impl Buf32 { setter!(unwrap, i32); }",
            "fn a(b: B) -> B { b.unwrap(1).todo(2) }",
        ] {
            assert_eq!(found(code), None, "{code}");
        }
    }
}
