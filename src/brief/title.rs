//! What a brief calls itself: the heading that it begins with.

use super::blocks::{Block, BlockKind};
use crate::base::{Span, lower, one_of};

/// Longest title, in letters: longer first lines are sentences.
const LONGEST: usize = 70;

/// Words that say what kind of text it is, or that it begins, and nothing of what it is about.
const KINDS: &str = "about app backlog background brief context description design doc document documentation domain draft entities \
    epic feature features final functional general goal goals idea intro introduction list memo minutes mvp notes \
    objective objectives outline overview prd problem product project proposal purpose requirement requirements rfc \
    rfp scope software spec specification specifications statement stories story summary system technical tender \
    the title user version vision wip";

/// The title of a brief and where it stands; none where it begins with anything but a heading that names something.
pub(super) fn title(text: &str, blocks: &[Block]) -> Option<(String, Span)> {
    let first = blocks.first().filter(|it| it.kind == BlockKind::Heading)?;
    let line = first.span.of(text).trim_matches(|it: char| "*_`#=~ \t".contains(it));
    // "PRD – Galley: planning for caterers" is about its second part.
    let parts: Vec<&str> = line
        .split(['–', '—', '|', ':', '(', ')', '[', ']'])
        .flat_map(|it| it.split(" - "))
        .map(|it| it.trim_matches(|it: char| it.is_whitespace() || ".,;*_`".contains(it)))
        .filter(|it| !it.is_empty())
        .collect();
    let told = parts.into_iter().find(|it| !is_kind(it))?;
    let is_sentence =
        line.ends_with(['.', '?', '!', ',', ';']) && told == line.trim_end_matches(['.', ',', ';']);
    if is_sentence || told.chars().count() > LONGEST || !told.chars().any(char::is_alphabetic) {
        return None;
    }
    Some((as_written(told), first.span))
}

/// Whether no word of it says what the text is about.
fn is_kind(part: &str) -> bool {
    let mut words = part.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.all(|it| {
        let it = lower(it);
        let is_version = it.trim_start_matches('v').chars().all(|it| it.is_ascii_digit());
        is_version || one_of(&it, KINDS)
    })
}

/// In its own letters, unless it shouts.
fn as_written(title: &str) -> String {
    if title.chars().any(char::is_lowercase) || !title.contains(' ') {
        return title.to_owned();
    }
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |it| it.to_string() + &lower(letters.as_str()))
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    fn titled(text: &str) -> Option<String> {
        read(&format!("{text}\n\nA gardener rents plots. Each plot has a number.\n")).title.map(|it| it.0)
    }

    #[test]
    fn the_first_heading_names_the_design() {
        for (line, title) in [
            ("# Allotment garden", "Allotment garden"),
            ("# **PRD – Greenhand**: lending of tools", "Greenhand"),
            ("# Product Requirements Document (v2): Tool library", "Tool library"),
            ("Tool library\n============", "Tool library"),
            ("# Tool library - requirements", "Tool library"),
            ("LENDING OF TOOLS\n\nFirst things first.", "Lending of tools"),
        ] {
            assert_eq!(titled(line).as_deref(), Some(title), "{line}");
        }
    }

    #[test]
    fn what_is_no_name_is_no_title() {
        for line in ["# Overview", "## 1. Introduction", "Hello everybody,", "We lend tools.", "# PRD v1.2"] {
            assert_eq!(titled(line), None, "{line}");
        }
    }
}
