//! Text from a schema inside Markdown: it never becomes markup, a link, or a notification.

use crate::render::words::one_line;

/// Splits a word that a renderer would turn into a link, a mention or a reference.
const SPLIT: char = '\u{200b}';

/// Plain text on one line.
///
/// Backticks around a name are the only markup that a message may use.
pub(super) fn prose(text: &str, table: bool) -> String {
    let text = one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    // An odd one is no markup: without its partner it's a character like any other.
    if parts.len().is_multiple_of(2) {
        return plain(&text);
    }
    let part = |(at, part): (usize, &&str)| match (at % 2, part.is_empty()) {
        (1, false) => code(part, table),
        _ => plain(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text in which nothing is markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    let mut word = String::new();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', c]),
            '@' => out.extend([c, SPLIT]),
            '#' if next.is_some_and(|it| it.is_ascii_digit()) => out.extend([c, SPLIT]),
            ':' if next == Some('/') => out.extend([c, SPLIT]),
            '.' if word.eq_ignore_ascii_case("www") => out.extend([SPLIT, c]),
            '-' if word == "GH" => out.extend([c, SPLIT]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        if c.is_alphanumeric() {
            word.push(c);
        } else {
            word.clear();
        }
    }
    out
}

/// A code span. In a table a pipe would end the cell, in code as well.
pub(super) fn code(text: &str, table: bool) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    let text = if table {
        text.replace('|', "\\|")
    } else {
        text
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code block of a language.
pub(super) fn block(language: &str, lines: &[String], out: &mut String) {
    let longest = lines.iter().map(|line| longest_run(line)).max();
    let fence = "`".repeat((longest.unwrap_or(0) + 1).max(3));
    out.push_str(&fence);
    out.push_str(language);
    out.push('\n');
    for line in lines {
        out.extend(line.chars().filter(|c| !c.is_control() || *c == '\t'));
        out.push('\n');
    }
    out.push_str(&fence);
    out.push('\n');
}

/// Text inside the summary of a collapsed part, where Markdown isn't read.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '@' | '#' => out.extend([c, SPLIT]),
            c => out.push(c),
        }
    }
    out
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`');
    runs.map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{block, code, html, plain, prose};

    #[test]
    fn text_is_never_markup() {
        assert_eq!(
            plain("<b>*x*</b> [a](b) | \\ $1$ ~~s~~ a_b"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](b) \\| \\\\ \\$1\\$ \\~\\~s\\~\\~ a\\_b"
        );
        assert_eq!(plain("@ann, see #12"), "@\u{200b}ann, see #\u{200b}12");
        assert_eq!(
            plain("https://x www.y GH-3"),
            "https:\u{200b}//x www\u{200b}.y GH-\u{200b}3"
        );
        assert_eq!(html("<a @b>"), "&lt;a @\u{200b}b&gt;");
    }

    #[test]
    fn names_between_backticks_become_code() {
        assert_eq!(prose("`a|b` is *new*", true), "`a\\|b` is \\*new\\*");
        assert_eq!(prose("`a|b`", false), "`a|b`");
        assert_eq!(prose("odd ` one", true), "odd \\` one");
        assert_eq!(prose("two\nlines", true), "two lines");
    }

    #[test]
    fn backticks_cannot_leave_code() {
        assert_eq!(code("a`b", false), "``a`b``");
        assert_eq!(code("`", false), "`` ` ``");
        assert_eq!(code(" ", false), "(empty)");
        let mut out = String::new();
        block("diff", &["- ````".to_owned()], &mut out);
        assert_eq!(out, "`````diff\n- ````\n`````\n");
    }
}
