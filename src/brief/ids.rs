//! Ids that requirements and tickets stand under, and what ticket systems write around titles.

use super::lexicon::lexicon;
use super::lines::{Line, Shape};
use crate::base::{Clip, lower, singular};

/// Words of ticket systems between an id and a title.
pub const TICKET_WORDS: &[&str] = &[
    "story",
    "task",
    "sub",
    "sub-task",
    "subtask",
    "bug",
    "feature",
    "issue",
    "requirement",
    "user story",
    "us",
];

/// "JB-3 Let a berth" between an empty line and words of its own: the title of a ticket.
pub fn title_of_ticket(text: &str, lines: &mut [Line], at: usize) {
    let opens = at.checked_sub(1).and_then(|it| lines.get(it)).is_none_or(|it| it.shape == Shape::Blank);
    let told = lines.get(at + 1).is_some_and(|it| it.shape == Shape::Plain && !it.has_label);
    let Some(line) = lines.get_mut(at) else { return };
    let said = line.span.of(text);
    let short = said.split_whitespace().count() <= 6
        && !said.ends_with(['.', ':', ';', ',', '?'])
        && !said.contains([':', ',', '(', '=']);
    if line.has_id && line.depth == 0 && opens && told && short && line.shape == Shape::Item {
        line.shape = Shape::Heading(4);
    }
}

/// Takes an id such as `REQ-3.1`, `[B-4.2]`, `FC-01 |`, `A1` off the line.
pub fn without_id(rest: &str) -> (&str, bool) {
    // "#412 [feature] Berths"
    if let Some(after) = rest.strip_prefix('#')
        && let digits = after.bytes().take_while(u8::is_ascii_digit).count()
        && digits > 0
        && after.clip(digits..).starts_with([' ', ':'])
    {
        let title = after.clip(digits..).trim_start_matches([' ', ':']);
        return (without_kind(title), true);
    }
    let bracket = rest.strip_prefix('[');
    let body = bracket.unwrap_or(rest).trim_start_matches('*');
    let bold = !rest.starts_with('[') && body.len() < rest.len();
    let end =
        body.find(|it: char| !(it.is_ascii_alphanumeric() || ".-_/".contains(it))).unwrap_or(body.len());
    let (id, after) = body.split_at(end);
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = id.bytes().any(|it| it.is_ascii_digit());
    let shaped = (1..=8).contains(&letters)
        && digits
        && id.clip(..letters).bytes().all(|it| it.is_ascii_uppercase())
        && id.clip(letters..).bytes().all(|it| it.is_ascii_digit() || b".-_/abcdefgh".contains(&it));
    if !shaped || after.is_empty() {
        return (rest, false);
    }
    let after = if bracket.is_some() { after.strip_prefix(']').unwrap_or(after) } else { after };
    // "**US-4 (*)** As a skipper": a mark in parentheses belongs to the id.
    let marked = after.trim_start().strip_prefix('(').and_then(|it| it.split_once(')'));
    let after = marked.filter(|(mark, _)| bold && mark.len() <= 3).map_or(after, |(_, rest)| rest);
    let after = after.trim_start().trim_start_matches(['|', ':', '–', '—', '*']).trim_start();
    if after.is_empty() { (rest, false) } else { (without_kind(after), true) }
}

/// "[feature] Berths" is about berths.
fn without_kind(title: &str) -> &str {
    let parts = title.strip_prefix('[').and_then(|it| it.split_once(']'));
    match parts {
        Some((kind, title)) if kind.split_whitespace().count() <= 2 && !title.trim().is_empty() => {
            title.trim_start()
        }
        _ => title,
    }
}

/// Cuts what ticket systems put behind a title: `{tags}`, `labels: x`, `prio: High`.
pub fn without_labels(rest: &str) -> &str {
    let mut rest = rest.trim_end();
    while let Some(at) = rest.as_bytes().windows(2).rposition(|it| it == b"  ") {
        let tail = rest.clip(at..).trim();
        let is_label = tail.starts_with('{') && tail.ends_with('}')
            || ["labels:", "label:", "prio:", "priority:", "tags:", "points:", "sp:"]
                .iter()
                .any(|it| lower(tail).starts_with(it));
        if !is_label {
            break;
        }
        rest = rest.clip(..at).trim_end();
    }
    if rest.ends_with('}')
        && let Some(at) = rest.rfind('{')
        && rest.clip(..at).ends_with(' ')
        && !rest.clip(at..).contains([',', '|'])
        && !rest.clip(..at).trim_end().ends_with([':', '=', ','])
    {
        rest = rest.clip(..at).trim_end();
    }
    rest
}

/// What the parts of a use case are called. Source: the usual templates of use cases.
const PARTS: &[&str] = &[
    "precondition",
    "preconditions",
    "postcondition",
    "postconditions",
    "main flow",
    "basic flow",
    "normal flow",
    "main success scenario",
    "alternative",
    "alternatives",
    "alternative flow",
    "extension",
    "extensions",
    "exception",
    "exceptions",
    "trigger",
];

/// "Main flow: a skipper books a berth" says what a skipper does, "Actor: skipper" who does it.
pub fn without_part(rest: &str) -> &str {
    let Some((label, after)) = rest.split_once(':') else { return rest };
    let small = lower(label.trim_matches(['*', '_', ' ']));
    // "Alternative 2a"
    let numbered = small.rsplit_once(' ').filter(|it| it.1.starts_with(|it: char| it.is_ascii_digit()));
    let name = numbered.map_or(small.as_str(), |it| it.0);
    let first = after.split([',', ' ', ';', '.']).find(|it| !it.is_empty()).unwrap_or("");
    let people = matches!(name, "actor" | "actors" | "primary actor" | "secondary actor")
        && lexicon().is_person(&singular(&lower(first)));
    let prose = after.trim().is_empty() || after.split_whitespace().count() >= 4;
    if people || prose && PARTS.contains(&name) { after.trim_start_matches(['*', '_', ' ']) } else { rest }
}
