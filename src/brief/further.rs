//! A further brief for a design that is there: only what is new in it.

use super::{propose, read};
use crate::design::{Brief, BriefId, Design, Edit, Part, Proposal, Record};

/// What another text adds to a design: tables, columns and references that it lacks. The first part holds the text, and
/// every other needs it; nothing when the text tells nothing new.
pub fn further(design: &Design, text: &str) -> Proposal {
    let id: BriefId = design.ids().take();
    let brief = Brief { id, title: title(text), text: text.to_owned(), accepted: None };
    let edit = Edit::adding([brief]);
    let mut with = design.clone();
    // A brief of a new identity always fits.
    if with.apply(&edit).is_err() {
        return Proposal::default();
    }
    let told = propose(&with, &read(text), id);
    let adds = |it: &Part| it.edit.records.iter().filter_map(|it| it.after.as_ref()).any(Record::is_schema);
    if !told.parts.iter().any(adds) {
        return Proposal::default();
    }
    let first = Part {
        title: "Keep the text".to_owned(),
        reason: "What is added points at its words.".to_owned(),
        edit,
        ..Part::default()
    };
    let mut parts = vec![first];
    parts.extend(told.parts.into_iter().map(|mut it| {
        it.needs = std::iter::once(0).chain(it.needs.into_iter().map(|it| it + 1)).collect();
        it
    }));
    Proposal { title: "What the further brief adds".to_owned(), parts }.sparing_given(design)
}

/// The first words of a text, as its title.
fn title(text: &str) -> String {
    const MOST: usize = 8;
    let first = text.lines().map(|it| it.trim_matches(['#', ' ', '*'])).find(|it| !it.is_empty());
    let words: Vec<&str> = first.unwrap_or_default().split_whitespace().collect();
    let kept = words.get(..MOST).unwrap_or(&words).join(" ");
    if words.len() > MOST { format!("{kept}…") } else { kept }
}
