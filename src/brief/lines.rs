//! What a single line of a brief is, by its marker, its punctuation and its capitals.

use super::ids::{TICKET_WORDS, title_of_ticket, without_id, without_labels, without_part};
use super::markup::Markup;
use super::rows;
use crate::base::{Clip, SortedSet, Span, lower};

/// The shape of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Nothing in it.
    Blank,
    /// A heading with its level, 1 the highest.
    Heading(usize),
    /// Begins with a bullet, a number or an id.
    Item,
    /// A table row with its cells.
    Row(Vec<Span>),
    /// The line between a table's header and its rows, or a line of dashes.
    Rule,
    /// Part of a JSON or SQL sample.
    Code,
    /// Anything else.
    Plain,
}

/// A line without its marker.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub shape: Shape,
    /// Column at which it begins; a tab counts four.
    pub depth: usize,
    /// Its words, without indentation, marker, id and closing marks.
    pub span: Span,
    /// Characters of the whole line, to tell wrapped lines.
    pub length: usize,
    /// Whether it began with the id of a requirement or ticket.
    pub has_id: bool,
    /// Whether its words say that it is not to be built.
    pub is_out: bool,
    /// Whether it begins with a short label and a colon.
    pub has_label: bool,
    /// Whether it has a column gap after its first words.
    pub has_gap: bool,
    /// Whether it is the first row of a table without a line under its header.
    pub is_header: bool,
}

/// Splits a text into lines. Linear.
pub fn lines(text: &str, markup: &Markup) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut braces = 0_i32;
    let code = super::fences::of_code(text, &markup.fences);
    for raw in text.split_inclusive('\n') {
        let body = raw.trim_end();
        let span = Span::new(start, start + body.len());
        out.push(line(text, markup, &code, span, &mut braces));
        start += raw.len();
    }
    for at in 0..out.len().saturating_sub(1) {
        // A line of dashes or equals signs under words makes them a heading; under a row, its table's header.
        let under = out[at + 1].span.of(text);
        let is_underline = out[at + 1].shape == Shape::Rule
            && under.len() >= 3
            && under.chars().all(|it| it == '=' || it == '-');
        if is_underline
            && out[at].shape == Shape::Plain
            && out[at].length <= 60
            && !out[at].span.of(text).ends_with('.')
        {
            out[at].shape = Shape::Heading(2);
        }
        if out[at + 1].shape == Shape::Rule && under.contains('|') && out[at].shape == Shape::Plain {
            out[at].shape = Shape::Row(rows::cells(text, out[at].span));
        }
    }
    for at in 0..out.len() {
        let next = out.iter().skip(at + 1).find(|it| it.shape != Shape::Blank).cloned();
        if let (Some(line), Some(next)) = (out.get_mut(at), next) {
            title_of_numbers(text, line, &next);
        }
    }
    for at in 0..out.len() {
        title_of_ticket(text, &mut out, at);
    }
    super::speakers::silence(text, &mut out);
    rows::without_rule(text, &mut out);
    rows::of_tabs(text, &mut out);
    let mut in_table = false;
    for line in &mut out {
        match line.shape {
            Shape::Rule if line.span.of(text).contains('|') => in_table = true,
            Shape::Row(_) => {}
            Shape::Plain if in_table && line.span.of(text).contains('|') => {
                line.shape = Shape::Row(rows::cells(text, line.span));
            }
            _ => in_table = false,
        }
    }
    out
}

/// "3.1 Berths, piers and boats" above "3.1.1 A berth shall …": few words under whose number others stand are a title.
fn title_of_numbers(text: &str, line: &mut Line, next: &Line) {
    let number = |it: &Line| {
        let before = text.get(..it.span.start as usize).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |it| it + 1);
        before.get(start..).unwrap_or("").trim().trim_end_matches('.').to_owned()
    };
    let said = line.span.of(text);
    let short = said.split_whitespace().count() <= 8
        && !said.ends_with(['.', ':', ';', ','])
        && said.starts_with(char::is_uppercase);
    if line.shape != Shape::Item || next.shape != Shape::Item || !short {
        return;
    }
    let (above, below) = (number(line), number(next));
    let digits = above.starts_with(|it: char| it.is_ascii_digit());
    if digits && below.strip_prefix(&above).is_some_and(|it| it.starts_with('.')) {
        line.shape = Shape::Heading(above.split('.').count() + 1);
    }
}

fn line(text: &str, markup: &Markup, code: &SortedSet<Span>, whole: Span, braces: &mut i32) -> Line {
    let said = whole.of(text);
    let indent: usize =
        said.chars().take_while(|it| it.is_whitespace()).map(|it| if it == '\t' { 4 } else { 1 }).sum();
    let body = said.trim();
    let at = whole.start as usize + (said.len() - said.trim_start().len());
    let mut out = Line {
        shape: Shape::Plain,
        depth: indent,
        span: Span::new(at, at + body.len()),
        length: said.chars().count(),
        has_id: false,
        is_out: false,
        has_label: false,
        has_gap: false,
        is_header: false,
    };
    let fence = markup.fences.iter().find(|it| it.contains(at as u32));
    if body.is_empty() {
        // An unbalanced sample must not swallow what comes behind it.
        *braces = 0;
        out.shape = Shape::Blank;
        return out;
    }
    if body.starts_with("```") || body.starts_with("~~~") {
        out.shape = Shape::Blank;
        return out;
    }
    if *braces > 0 || is_sample(body) || super::samples::is_sql(body) {
        let depth = |signs: [char; 3]| body.matches(signs).count() as i32;
        *braces = (*braces + depth(['{', '[', '(']) - depth(['}', ']', ')'])).max(0);
        out.shape = Shape::Code;
        return out;
    }
    if fence.is_some_and(|it| code.contains(it)) {
        out.shape = Shape::Code;
        return out;
    }
    if fence.is_some() {
        out.depth += 2;
    }
    if body.chars().all(|it| "-=_*|:+ ~".contains(it)) && body.len() >= 3 {
        out.shape = Shape::Rule;
        return out;
    }
    if body.starts_with('|') && body.clip(1..).contains('|') {
        out.shape = Shape::Row(rows::cells(text, out.span));
        return out;
    }
    strip(text, &mut out);
    let rest = out.span.of(text);
    // A sentence that leaves one thing out says nothing of those beside it.
    out.is_out = is_refusal(rest) && !super::scope::is_sentence(rest);
    out.has_label |= has_label(rest);
    out.has_gap =
        rest.split_once("   ").is_some_and(|(head, tail)| head.len() < 40 && !tail.trim().is_empty());
    out
}

/// A JSON object, or a statement of SQL that makes a table.
fn is_sample(body: &str) -> bool {
    body.starts_with("{\"")
        || body == "{"
        || body == "["
        || body.starts_with("{ \"")
        || body.starts_with("[{")
}

/// Takes marker, id and ticket word off the line and settles its shape.
fn strip(text: &str, line: &mut Line) {
    let mut rest = line.span.of(text);
    let mut item = false;
    if let Some(quoted) = rest.strip_prefix("> ") {
        rest = quoted;
    }
    let hashes = rest.bytes().take_while(|it| *it == b'#').count();
    if (1..=6).contains(&hashes) && rest.clip(hashes..).starts_with(' ') {
        finish(line, text, rest.clip(hashes..).trim_matches([' ', '#']));
        let (title, _) = without_number(line.span.of(text));
        let (title, _) = without_id(title);
        finish(line, text, title);
        line.shape = Shape::Heading(hashes);
        return;
    }
    let equals = rest.bytes().take_while(|it| *it == b'=').count();
    if equals > 0 && rest.len() > 2 * equals && rest.ends_with('=') {
        finish(line, text, rest.trim_matches(['=', ' ']));
        let (title, _) = without_number(line.span.of(text));
        finish(line, text, title);
        line.shape = Shape::Heading(equals);
        return;
    }
    let stars = rest.bytes().take_while(|it| *it == b'*').count();
    if stars > 0 && rest.clip(stars..).starts_with(' ') {
        line.depth += 2 * (stars - 1);
        rest = rest.clip(stars..).trim_start();
        item = true;
    } else {
        for bullet in ["- ", "– ", "— ", "• ", "· ", "+ ", "o ", "* ", "‣ ", "▪ ", "[ ] ", "[x] "]
        {
            if let Some(after) = rest.strip_prefix(bullet) {
                rest = after.trim_start();
                item = true;
                break;
            }
        }
    }
    let (after, numbered) = without_number(rest);
    if numbered > 0 {
        let short = after.split_whitespace().count() <= 6 && !after.ends_with(['.', ':', ';', ',', '?']);
        let plain = !after.contains([',', ':', '=', '(', '|'])
            && after.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
        if !item && short && plain && line.depth == 0 && !after.is_empty() {
            finish(line, text, after);
            line.shape = Shape::Heading(numbered + 1);
            return;
        }
        rest = after;
        item = true;
    }
    let (after, had_id) = without_id(rest);
    line.has_id = had_id;
    if had_id {
        rest = after;
        item = true;
        let first = lower(rest.split([' ', ':']).next().unwrap_or(""));
        if first == "epic" {
            let title = rest.clip(first.len()..).trim_start_matches([':', ' ']);
            finish(line, text, without_labels(title));
            line.shape = Shape::Heading(3);
            return;
        }
        if TICKET_WORDS.contains(&first.as_str()) && rest.clip(first.len()..).starts_with([':', ' ', '\t']) {
            rest = rest.clip(first.len()..).trim_start_matches([':', ' ', '\t']);
        }
        rest = without_labels(rest);
    } else if !item {
        let word = rest.split([' ', ':']).next().unwrap_or("");
        if ["epic", "feature", "module", "part", "chapter", "section"].contains(&lower(word).as_str())
            && rest.contains(':')
            && rest.split_whitespace().count() <= 8
            && rest.find(':').is_some_and(|it| it < word.len() + 5)
        {
            let title = rest.split_once(':').map_or(rest, |(_, it)| it.trim());
            finish(line, text, title);
            line.shape = Shape::Heading(3);
            return;
        }
        let said = without_speaker(rest);
        line.has_label = said.len() < rest.len();
        rest = said;
        // "Q: …" and "K: …" name a speaker, not a thing.
        if rest.get(1..2) == Some(":") && rest.starts_with(|it: char| it.is_ascii_uppercase()) {
            rest = rest.clip(2..).trim_start();
            line.has_label = true;
        }
    }
    let is_bold = rest.len() > 4
        && rest.starts_with("**")
        && rest.trim_end_matches([':', '.']).ends_with("**")
        && rest.matches("**").count() == 2;
    let is_loud = is_loud(rest);
    if !item && (is_bold || is_loud) {
        finish(line, text, rest);
        line.shape = Shape::Heading(if is_loud { 2 } else { 4 });
        return;
    }
    let told = without_part(rest);
    line.has_label |= told.len() < rest.len();
    rest = told;
    finish(line, text, rest);
    line.shape = if item { Shape::Item } else { Shape::Plain };
    if line.span.start == line.span.end {
        line.shape = Shape::Blank;
    }
}

/// "[09:02] mila: the boat has a name": when it was said, and by whom, is no matter of the text.
fn without_speaker(rest: &str) -> &str {
    let Some((time, said)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) else { return rest };
    let is_time = time.contains(':')
        && time.bytes().all(|it| it.is_ascii_digit() || b":.-/, APMapm".contains(&it))
        && time.bytes().any(|it| it.is_ascii_digit());
    if !is_time {
        return rest;
    }
    let spoken = said.split_once(':').filter(|(name, _)| name.split_whitespace().count() <= 2);
    spoken.map_or(said, |it| it.1).trim_start()
}

/// Sets the line's span to `rest`, a part of `text`.
fn finish(line: &mut Line, text: &str, rest: &str) {
    let rest = rest.trim();
    let at = line.span.of(text).find(rest).unwrap_or(0) + line.span.start as usize;
    line.span = Span::new(at, at + rest.len());
}

/// Capitals all through, a few words, no comma: a title.
fn is_loud(rest: &str) -> bool {
    let letters = rest.chars().filter(|it| it.is_alphabetic()).count();
    letters >= 3
        && !rest.chars().any(char::is_lowercase)
        && rest.split_whitespace().count() <= 10
        && !rest.contains([',', ';', '='])
        && !rest.ends_with('.')
}

/// Whether a plain line reads as a title: few words, a capital, no closing sign, no list.
pub fn is_title(rest: &str, markup: &Markup, span: Span) -> bool {
    let words = rest.split_whitespace().count();
    let strong = markup.is_strong(span.start as usize) || markup.is_strong(span.start as usize + 2);
    let short =
        words <= 5 && rest.starts_with(char::is_uppercase) && !rest.contains([',', '=', '(', ':', '|', '>']);
    // "*The boats?*" above an answer
    let asked = rest.starts_with(['*', '_']) && rest.trim_end_matches(['*', '_', ' ']).ends_with('?');
    asked && words <= 9
        || (short || (strong && words <= 8)) && !rest.ends_with(['.', '!', '?', ';', ',', '-'])
}

/// Takes `1.`, `1)`, `(1)`, `§ 1`, `3.2`, `a)` or `i.` off; gives the depth of the number, 0 for none.
fn without_number(rest: &str) -> (&str, usize) {
    let body = rest.strip_prefix("§").map_or(rest, str::trim_start);
    let had_sign = body.len() != rest.len();
    let opened = body.strip_prefix('(');
    let body = opened.unwrap_or(body);
    // "C.2.1"
    let lettered = body.strip_prefix(|it: char| it.is_ascii_uppercase()).and_then(|it| it.strip_prefix('.'));
    let lettered = lettered.filter(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    let body = lettered.unwrap_or(body);
    let digits = body.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
    let number = body.clip(..digits);
    let after = body.clip(digits..);
    let closed = after.strip_prefix(')');
    let starts = number.starts_with(|it: char| it.is_ascii_digit());
    let parts = number.split('.').filter(|it| !it.is_empty()).count();
    let small = number.split('.').all(|it| it.len() <= 2);
    if starts && small {
        if let Some(after) = closed {
            return (after.trim_start(), 1);
        }
        if opened.is_none()
            && after.starts_with([' ', '\t'])
            && (had_sign || lettered.is_some() || number.ends_with('.') || parts > 1 || title_follows(after))
        {
            return (after.trim_start(), parts.max(1));
        }
    }
    let mut signs = body.chars();
    if let (Some(letter), Some(')')) = (signs.next(), signs.next())
        && letter.is_ascii_alphabetic()
        && body.len() > 2
    {
        return (body.clip(2..).trim_start(), 1);
    }
    (rest, 0)
}

/// After a bare number only a capitalised word can be a title; "2 depots" is a quantity.
fn title_follows(after: &str) -> bool {
    after.trim_start().starts_with(char::is_uppercase)
        && after.split_whitespace().count() <= 6
        && !after.ends_with('.')
}

/// Whether the words themselves say that this will not be built.
fn is_refusal(rest: &str) -> bool {
    let lower = lower(rest).replace('’', "'");
    let marks = [
        " - later",
        "– later",
        "-> later",
        "→ later",
        "→ rejected",
        "won't do",
        "→ parked",
        "→ dropped",
        "– dropped",
        "(parked)",
        "- dropped",
        "→ not ",
        "– won't",
        "nothing to build",
        "out of scope",
        "no own data",
        "– separate product",
    ];
    let starts = [
        "not in this release",
        "out of scope",
        "not in scope",
        "not now",
        "later:",
        "not planned",
        "not included",
        "excluded:",
        "not part of",
        "explicitly out",
        "future:",
        "nice to have",
        "won't have",
        "not needed",
        "not in v1",
        "not in the first version",
        "not in the first release",
        "what i do not need",
        "what i don't need",
        "what we do not need",
        "what we don't need",
        "definition of done",
        "old:",
        "todo:",
    ];
    marks.iter().any(|it| lower.contains(it)) || starts.iter().any(|it| lower.starts_with(it))
}

fn has_label(rest: &str) -> bool {
    // "sale = number, date": a line of its own, however the one before it ended.
    let sign = |sign: &str, words: usize| {
        rest.find(sign).is_some_and(|at| (1..=words).contains(&rest.clip(..at).split_whitespace().count()))
    };
    // "Patient (number, name)"
    let listed = rest.trim_end().ends_with(')') && sign(" (", 3) && rest.matches('(').count() == 1;
    // "Berth - number, width"
    let dashed = rest.starts_with(char::is_uppercase)
        && [" - ", " – ", " — "].iter().any(|it| sign(it, 2))
        && rest.contains(',');
    sign(": ", 4) || sign(" = ", 3) || listed || dashed
}
