//! Takes a text of the schema apart so that Markdown can't read more into it than its author wrote.
//!
//! Understood are paragraphs, lists with `-`, code spans, and links to https pages; all other markup
//! is escaped. A code span or a link is never broken over two lines: at the start of a line, half of
//! one could open a block of code or HTML.

/// A paragraph or an item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Whether it is an item of a list.
    pub(crate) is_item: bool,
    /// Escaped; code spans and links may hold spaces.
    pub(crate) words: Vec<String>,
}

/// The blocks of `text`. None of them is empty.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut raw: Vec<(bool, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        let item = line.strip_prefix("- ");
        match raw.last_mut() {
            _ if line.is_empty() => open = false,
            Some((_, block)) if open && item.is_none() => {
                block.push(' ');
                block.push_str(line);
            }
            _ => {
                raw.push((item.is_some(), item.unwrap_or(line).to_owned()));
                open = true;
            }
        }
    }
    let blocks = raw.into_iter().map(|(is_item, text)| Block {
        is_item,
        words: words(&text),
    });
    blocks.filter(|block| !block.words.is_empty()).collect()
}

/// Characters that can't be seen but change what is seen: controls, zero-width characters, and those
/// that turn the direction of writing.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Whether a line that starts with `word` could be read as a heading, list, rule, table or fence.
pub(crate) fn starts_block(word: &str) -> bool {
    let is_marker = |c| "-+*=_#|:~`".contains(c);
    let digits = word.trim_end_matches(['.', ')']);
    let is_number = !digits.is_empty()
        && digits.len() < word.len()
        && digits.chars().all(|c| c.is_ascii_digit());
    word.chars().all(is_marker) || is_number || word.starts_with("```") || word.starts_with("~~~")
}

/// Whether nothing in `url` could end a link early.
pub(crate) fn is_plain_url(url: &str) -> bool {
    url.starts_with("https://")
        && url
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#%&=+".contains(c))
}

fn words(text: &str) -> Vec<String> {
    let text: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !is_hidden(*c))
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        if let Some(length) = unbroken(rest) {
            let (whole, after) = rest.split_at(length);
            let spaced: Vec<&str> = whole.split(' ').filter(|part| !part.is_empty()).collect();
            word.push_str(&spaced.join(" "));
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c == ' ' {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let means_something = match c {
            '\\' | '[' | ']' | '<' | '>' | '`' => true,
            '~' => rest.starts_with('~') || word.ends_with('~'),
            '&' => is_entity(rest),
            // A link behind it would be a picture.
            '!' => rest.starts_with('['),
            _ => false,
        };
        if means_something {
            word.push('\\');
        }
        word.push(c);
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    if let Some(first) = words.first_mut().filter(|first| starts_block(first)) {
        let at = first.len() - 1;
        first.insert(
            if first.starts_with(|c: char| c.is_ascii_digit()) {
                at
            } else {
                0
            },
            '\\',
        );
    }
    words
}

/// The length of a code span or link at the start of `text`.
fn unbroken(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'`' => code_span(text),
        b'<' => {
            let end = text.find('>')?;
            is_plain_url(&text[1..end]).then_some(end + 1)
        }
        b'[' => {
            let middle = text.find("](")?;
            let label = &text[1..middle];
            let end = middle + text[middle..].find(')')?;
            let plain = !label.is_empty() && !label.contains(['[', ']', '<', '>', '`', '\\']);
            (plain && is_plain_url(&text[middle + 2..end])).then_some(end + 1)
        }
        _ => None,
    }
}

/// A code span of one or two backticks that ends.
fn code_span(text: &str) -> Option<usize> {
    let fence = run(text);
    if fence > 2 {
        return None;
    }
    let mut at = fence;
    loop {
        at += text[at..].find('`')?;
        let length = run(&text[at..]);
        at += length;
        if length == fence {
            return Some(at);
        }
    }
}

/// How many backticks `text` starts with.
fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Whether what follows an `&` makes it a character of its own.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        let blocks = blocks(source).into_iter().map(|block| {
            let mark = if block.is_item { "- " } else { "" };
            format!("{mark}{}", block.words.join("|"))
        });
        blocks.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn prose_stays_prose() {
        assert_eq!(text("Plain  words,\n3 * 4 & 5."), "Plain|words,|3|*|4|&|5.");
        assert_eq!(text("One.\n\nTwo.\n"), "One.\nTwo.");
        assert_eq!(text("Größe 日本"), "Größe|日本");
        assert_eq!(text(" \n "), "");
    }

    #[test]
    fn code_spans_and_links_are_kept_whole() {
        assert_eq!(text("See `Vec<T>  x`."), "See|`Vec<T> x`.");
        assert_eq!(text("`` a ` b `` c"), "`` a ` b ``|c");
        assert_eq!(text("<https://a.example/b>"), "<https://a.example/b>");
        assert_eq!(
            text("[the page](https://a.example) x"),
            "[the page](https://a.example)|x"
        );
    }

    #[test]
    fn other_markup_is_escaped() {
        for (source, escaped) in [
            ("a <b>c</b>", r"a|\<b\>c\</b\>"),
            ("[a](javascript:b)", r"\[a\](javascript:b)"),
            ("![a](https://a.example)", r"\![a](https://a.example)"),
            ("[a][b]", r"\[a\]\[b\]"),
            (r"\[a\](c)", r"\\\[a\\\](c)"),
            (r"\`<b>", r"\\\`\<b\>"),
            ("one ` only", r"one|\`|only"),
            ("```rust evil() ```", r"\`\`\`rust|evil()|\`\`\`"),
            ("~~~ x ~", r"\~\~\~|x|~"),
            ("&#x202e;a &amp; b", r"\&#x202e;a|\&amp;|b"),
            ("<https://a.example/\"x>", "\\<https://a.example/\"x\\>"),
        ] {
            assert_eq!(text(source), escaped, "{source}");
        }
    }

    #[test]
    fn markers_at_the_start_are_words() {
        for (source, escaped) in [
            ("# a", r"\#|a"),
            ("-- a", r"\--|a"),
            ("1. a", r"1\.|a"),
            ("12) a", r"12\)|a"),
            ("* a", r"\*|a"),
            ("=== a", r"\===|a"),
            ("- a\n- b\n  c\n\nd", "- a\n- b|c\nd"),
        ] {
            assert_eq!(text(source), escaped, "{source}");
        }
    }

    #[test]
    fn hidden_characters_are_gone_before_anything_is_read() {
        assert_eq!(text("a\u{202e}b\u{0}c\u{feff}"), "abc");
        assert_eq!(text("`\u{200b}`\u{200b}`js"), r"\`\`\`js");
    }

    #[test]
    fn lines_do_not_start_with_markers() {
        for word in [
            "-", "+", "*", "#", "###", "---", "===", "|", "|--|:-:|", "1.", "9)", "```x",
        ] {
            assert!(starts_block(word), "{word}");
        }
        for word in [
            "-1",
            "a.",
            "1.5",
            "#1",
            "*(observed)*",
            "`code`",
            "1",
            "(1)",
        ] {
            assert!(!starts_block(word), "{word}");
        }
    }
}
