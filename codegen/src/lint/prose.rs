//! Finds in a text what Markdown and rustdoc would trip over.

/// Something wrong with a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Defect {
    /// Continues "the description".
    pub(super) what: String,
    pub(super) help: &'static str,
}

/// Every kind of defect that the text has, each once.
pub(super) fn defects(text: &str) -> Vec<Defect> {
    let mut found = Vec::new();
    let mut add = |what: String, help: &'static str| found.push(Defect { what, help });
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        add(
            format!("has the hidden character U+{:04X}", u32::from(hidden)),
            "remove it: readers can't see it, and it may turn the text around",
        );
    }
    for line in text.lines() {
        if line.starts_with("    ") || line.starts_with('\t') {
            add(
                "has an indented line, which becomes a code example".to_owned(),
                "indent all lines of the text alike",
            );
            break;
        }
    }
    if text.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("```") || line.starts_with("~~~")
    }) {
        add(
            "has a fenced block, which becomes a code example".to_owned(),
            "say it in words, or with `code` in the line",
        );
        return found;
    }
    let Some(plain) = without_code(text) else {
        add(
            "has a backtick without its partner".to_owned(),
            "close the code span",
        );
        return found;
    };
    if let Some(tag) = html(&plain) {
        add(
            format!("has {tag:?}, which Markdown takes for HTML"),
            "put it in backticks, or say it in words",
        );
    }
    if has_bare_address(&plain) {
        add(
            "has a bare address".to_owned(),
            "write <https://...>, or put pages about an operation into externalDocs",
        );
    }
    if let Some(bracket) = bad_bracket(&plain) {
        add(
            format!("has {bracket:?}, which Markdown takes for a link"),
            "put it in backticks, or write [text](https://...)",
        );
    }
    found
}

/// Characters that are not seen but change what is: controls, zero-width characters and those that
/// turn the direction of writing.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The text with its code spans cut out, each leaving a space; `None` when one isn't closed.
fn without_code(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        plain.push(' ');
        let inside = from.trim_start_matches('`');
        let fence = from.len() - inside.len();
        rest = after_fence(inside, fence)?;
    }
    plain.push_str(rest);
    Some(plain)
}

/// What follows the next run of exactly `fence` backticks.
fn after_fence(text: &str, fence: usize) -> Option<&str> {
    let mut rest = text;
    loop {
        let (_, from) = rest.split_at(rest.find('`')?);
        rest = from.trim_start_matches('`');
        if from.len() - rest.len() == fence {
            return Some(rest);
        }
    }
}

/// The start of something that looks like an HTML tag or comment.
fn html(plain: &str) -> Option<&str> {
    let tags = plain.match_indices('<').map(|(at, _)| &plain[at..]);
    tags.filter(|tag| !tag.starts_with("<https://"))
        .find(|tag| {
            let next = tag.chars().nth(1);
            next.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c))
        })
        .map(|tag| {
            let end = tag.find(['>', ' ', '\n']).unwrap_or(tag.len());
            &tag[..end]
        })
}

/// An address that is neither `<https://...>` nor the target of a link.
fn has_bare_address(plain: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        plain
            .match_indices(scheme)
            .any(|(at, _)| !plain[..at].ends_with('<') && !plain[..at].ends_with("]("))
    })
}

/// A bracket that opens no link to an https page.
fn bad_bracket(plain: &str) -> Option<&str> {
    let mut rest = plain;
    while let Some(open) = rest.find('[') {
        let from = &rest[open..];
        let link = from
            .find("](https://")
            .filter(|end| !from[1..*end].contains('['));
        let target = link.and_then(|end| from[end..].find(')').map(|close| end + close));
        let Some(close) = target else {
            let end = from.find([']', '\n']).unwrap_or(from.len());
            return Some(from.get(..=end).unwrap_or(from));
        };
        rest = &from[close..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(text: &str) -> Vec<String> {
        defects(text).into_iter().map(|it| it.what).collect()
    }

    #[test]
    fn plain_words_pass() {
        for text in [
            "Balance in the account's currency; 1 < 2, a > b, 3 * 4, _x_.",
            "See `Vec<T>` and `[0]`, and `` a ` b ``.",
            "See <https://example.com/a> or [the page](https://example.com/b).",
            "First line.\n\nSecond paragraph.\n- a list\n  with two lines",
            "Größe, 日本語, emoji 🙂.",
        ] {
            assert_eq!(whats(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn each_trap_is_named() {
        for (text, part) in [
            ("a <b>bold</b> word", "<b"),
            ("a <!-- comment", "<!--"),
            ("a Vec<String>", "<String"),
            ("see https://example.com", "bare address"),
            ("see <http://example.com>", "HTML"),
            ("the [0] entry", "[0]"),
            ("a [link]() to nowhere", "[link]"),
            ("a [link](other.md)", "[link]"),
            ("open [ended", "[ended"),
            ("a ` alone", "backtick"),
            ("`` a ` b", "backtick"),
            ("text\n    let x = 1;", "indented"),
            ("text\n```\ncode\n```", "fenced"),
            ("a\u{202e}b", "U+202E"),
            ("a\u{0}b", "U+0000"),
            ("a\tb", "U+0009"),
        ] {
            let found = whats(text);
            assert!(
                found.iter().any(|what| what.contains(part)),
                "{text:?}: {found:?}"
            );
        }
    }
}
