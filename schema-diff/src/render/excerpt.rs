//! The lines of a schema around a fact, before and after, as a small diff.

use std::collections::BTreeMap;

use api_schema_text::pointer;

use super::context::{Context, Text};
use super::words::{cut, one_line};
use crate::finding::Place;
use crate::report::Judged;

/// Most lines an excerpt has.
const LINES: usize = 8;
/// How far down the block of a fact is read.
const BLOCK: usize = 40;
/// A line that is longer says nothing to a reader; it's a whole document, perhaps.
const WIDTH: usize = 160;

/// What changed, as lines that start with `-`, `+` or a space; empty when nothing is known.
pub(super) fn excerpt(finding: &Judged, context: &Context) -> Vec<String> {
    let old = block(&context.base.texts, finding.old.as_ref());
    let new = block(&context.head.texts, finding.new.as_ref());
    let lines = match (old, new) {
        (Some(old), Some(new)) => changed(&old, &new),
        (Some(old), None) if finding.new.is_none() => one_side('-', &old),
        (None, Some(new)) if finding.old.is_none() => one_side('+', &new),
        _ => Vec::new(),
    };
    if !lines.is_empty() {
        return lines;
    }
    let value = |sign: char, value: &Option<String>| {
        let value = value.as_ref()?;
        Some(format!("{sign} {}", cut(&one_line(value), WIDTH)))
    };
    let values = [value('-', &finding.before), value('+', &finding.after)];
    values.into_iter().flatten().collect()
}

/// The lines of the value at a place: from the line that names it to the end of its indentation.
fn block<'t>(texts: &'t BTreeMap<String, Text>, place: Option<&Place>) -> Option<Vec<&'t str>> {
    let place = place?;
    let text = texts.get(&place.file)?;
    let line = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let key = pointer::last(&place.pointer).unwrap_or_default();
    let names = |line: &str| {
        let text = line.trim_start().trim_start_matches("- ");
        let text = text.trim_start_matches(['"', '\'']);
        let after = text.strip_prefix(&*key);
        after.is_some_and(|after| after.trim_start_matches(['"', '\'']).starts_with(':'))
    };
    // The value of a block starts on the line after its key.
    let above = line.checked_sub(1);
    let above = above.filter(|above| text.line(*above).is_some_and(names));
    let start = match above {
        Some(above) if !text.line(line).is_some_and(names) => above,
        _ => line,
    };
    let first = text.line(start)?;
    let below = (start + 1..=start + BLOCK).map_while(|at| text.line(at));
    let within = |line: &&str| line.trim().is_empty() || indent(line) > indent(first);
    let mut block: Vec<&str> = std::iter::once(first)
        .chain(below.take_while(within))
        .collect();
    while block.last().is_some_and(|line| line.trim().is_empty()) {
        block.pop();
    }
    let margin = indent(first);
    for line in &mut block {
        *line = line.get(margin..).unwrap_or(line.trim_start());
    }
    (block.iter().all(|line| line.len() <= 4 * WIDTH)).then_some(block)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn one_side(sign: char, block: &[&str]) -> Vec<String> {
    let shown = block.iter().take(LINES);
    let mut lines: Vec<String> = shown.map(|line| signed(sign, line)).collect();
    if block.len() > LINES {
        lines.push(format!("{sign} …"));
    }
    lines
}

fn signed(sign: char, line: &str) -> String {
    let mut text = cut(line, WIDTH);
    text.retain(|c| !c.is_control());
    format!("{sign} {text}")
}

/// The lines that differ, with the line that names the value and one line around each.
fn changed(old: &[&str], new: &[&str]) -> Vec<String> {
    let script = script(old, new);
    let differs: Vec<usize> = (0..script.len())
        .filter(|at| script[*at].0 != ' ')
        .collect();
    if differs.is_empty() {
        return Vec::new();
    }
    let near = |at: usize| at == 0 || differs.iter().any(|differ| differ.abs_diff(at) <= 1);
    let mut lines = Vec::new();
    let mut gap = false;
    for (at, (sign, line)) in script.iter().enumerate() {
        if !near(at) {
            gap = true;
            continue;
        }
        if lines.len() >= LINES {
            lines.push("  …".to_owned());
            break;
        }
        if gap {
            lines.push("  …".to_owned());
            gap = false;
        }
        lines.push(signed(*sign, line));
    }
    lines
}

/// The shortest way from one list of lines to the other: the longest common subsequence.
fn script<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(char, &'t str)> {
    let width = new.len() + 1;
    let mut common = vec![0usize; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut script = Vec::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            script.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            script.push(('-', old[i]));
            i += 1;
        } else {
            script.push(('+', new[j]));
            j += 1;
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Place, Text, block, changed};

    fn texts(text: &str) -> BTreeMap<String, Text> {
        BTreeMap::from([("a.yaml".to_owned(), Text::new(text.to_owned()))])
    }

    fn place(pointer: &str, line: u32) -> Place {
        Place {
            document: "rest".to_owned(),
            pointer: pointer.to_owned(),
            file: "a.yaml".to_owned(),
            line,
        }
    }

    #[test]
    fn a_block_starts_at_its_key_and_ends_with_its_indentation() {
        let texts =
            texts("a:\n  status:\n    type: string\n    enum: [x]\n  other: {type: integer}\n");
        let status = block(&texts, Some(&place("/a/status", 3))).unwrap();
        assert_eq!(status, ["status:", "  type: string", "  enum: [x]"]);
        let other = block(&texts, Some(&place("/a/other", 5))).unwrap();
        assert_eq!(other, ["other: {type: integer}"]);
        assert!(block(&texts, Some(&place("/a/none", 99))).is_none());
    }

    #[test]
    fn only_what_differs_is_shown() {
        let values: Vec<String> = (0..20).map(|n| format!("- {n}")).collect();
        let mut old: Vec<&str> = vec!["enum:"];
        old.extend(values.iter().map(String::as_str));
        let new = &old[..20];
        let lines = changed(&old, new);
        assert_eq!(lines, ["  enum:", "  …", "  - 18", "- - 19"]);
        assert!(changed(&old, &old).is_empty());
    }
}
