//! Rows of tables that are told by their signs alone: bars without a line under the header, and pasted spreadsheets.

use super::lines::{Line, Shape};
use super::sentences::Sentence;
use crate::base::{Clip, Span};

/// Two or more lines with the same number of bars are a table, even without a line under the header.
pub fn without_rule(text: &str, lines: &mut [Line]) {
    let bars = |it: &Line| if it.shape == Shape::Plain { it.span.of(text).matches(" | ").count() } else { 0 };
    let counts: Vec<usize> = lines.iter().map(bars).collect();
    let mut at = 0;
    while at < counts.len() {
        let end = (at..counts.len()).find(|it| counts[*it] != counts[at]).unwrap_or(counts.len());
        if counts[at] >= 2 && end - at >= 2 {
            for line in &mut lines[at..end] {
                line.shape = Shape::Row(cells(text, line.span));
            }
            let follows_table = at > 0 && matches!(lines[at - 1].shape, Shape::Rule | Shape::Row(_));
            lines[at].is_header = !follows_table;
        }
        at = end;
    }
}

/// Three or more lines parted by tabs, one of them into three cells, are rows that were pasted from a spreadsheet.
pub fn of_tabs(text: &str, lines: &mut [Line]) {
    let tabs = |it: &Line| match it.shape {
        Shape::Plain | Shape::Heading(_) => it.span.of(text).matches('\t').count(),
        Shape::Blank | Shape::Item | Shape::Row(_) | Shape::Rule | Shape::Code => 0,
    };
    let counts: Vec<usize> = lines.iter().map(tabs).collect();
    let mut at = 0;
    while at < counts.len() {
        let end = (at..counts.len()).find(|it| counts[*it] == 0).unwrap_or(counts.len());
        if end - at >= 3 && counts.clip(at..end).iter().any(|it| *it >= 2) {
            for line in &mut lines[at..end] {
                line.shape = Shape::Row(cells_of_tabs(text, line.span));
            }
            let titles = lines[at].span.of(text);
            let short =
                titles.split('\t').all(|it| it.split_whitespace().count() <= 5 && !it.contains([',', ';']));
            lines[at].is_header = short && counts[at] >= 2;
        }
        at = end.max(at + 1);
    }
}

fn cells_of_tabs(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start as usize;
    let mut out = Vec::new();
    for cell in span.of(text).split('\t') {
        let lead = cell.len() - cell.trim_start().len();
        out.push(Span::new(start + lead, start + lead + cell.trim().len()));
        start += cell.len() + 1;
    }
    out
}

/// The cells of a row: what stands between its bars.
pub fn cells(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = span.start as usize;
    let said = span.of(text);
    let body = said.strip_prefix('|').map_or(said, |it| {
        start += 1;
        it
    });
    let body = body.strip_suffix('|').unwrap_or(body);
    for cell in body.split('|') {
        let lead = cell.len() - cell.trim_start().len();
        out.push(Span::new(start + lead, start + lead + cell.trim().len()));
        start += cell.len() + 1;
    }
    out
}

/// "Sheet Berths: Number | Width | Depth": behind a label, bars between what most often are properties part columns.
pub fn bars_of_labels(sentences: &mut [Sentence]) {
    for sentence in sentences {
        let Some(colon) = (1..sentence.words.len()).find(|at| sentence.says(*at, ":")) else { continue };
        let bar = |at: &usize| sentence.says(*at, "|");
        let bars: Vec<usize> = (colon + 1..sentence.words.len()).filter(bar).collect();
        if bars.len() < 2 || (colon..sentence.words.len()).any(|at| sentence.says(at, ",")) {
            continue;
        }
        let mut parted = sentence.clone();
        for at in bars {
            ",".clone_into(&mut parted.words[at].token.word);
        }
        let found = super::items::items(&parted, colon + 1, parted.words.len());
        if super::item_values::telling(&found) * 2 >= found.len() {
            *sentence = parted;
        }
    }
}
