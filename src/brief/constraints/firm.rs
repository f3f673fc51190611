//! What is not negotiable, and tables that are there already, in a sentence.

use super::{Add, Sentence, Word};
use crate::base::{self, Clip};
use crate::brief::reading::ConstraintKind;

pub(super) fn tenancy(it: &Sentence<'_>, add: &mut Add<'_>) {
    let told = it.words.iter().enumerate().find(|(at, word)| {
        let joined = word.text.replace('-', "");
        let two = word.text == "multi" && it.word(at + 1).starts_with("tenan");
        joined.starts_with("multitenan")
            || two
            || word.text.starts_with("tenant") && it.word(at + 1) == "isolation"
    });
    if let Some((at, _)) = told.filter(|_| !it.denies() || it.says(&["negotiable", "non-negotiable"])) {
        let last = if it.word(at).contains("multi") && it.word(at).len() > 5 { at } else { at + 1 };
        add(ConstraintKind::Tenancy, it.span(at, last));
    }
}

/// Whether a sentence speaks of all things, not of some: it says so, or is a mere keyword.
fn is_general(it: &Sentence<'_>) -> bool {
    it.words.len() <= 4
        || it.says(&[
            "all",
            "every",
            "everything",
            "everywhere",
            "nothing",
            "any",
            "never",
            "each",
            "throughout",
            "non-negotiable",
            "non-negotiables",
            "negotiable",
            "always",
        ])
}

pub(super) fn deletion(it: &Sentence<'_>, add: &mut Add<'_>) {
    let soft = it.words.iter().enumerate().find(|(at, word)| {
        word.text.starts_with("soft-delet")
            || word.text.starts_with("soft") && it.word(at + 1).starts_with("delet")
    });
    let refuses = it.says(&["no", "without", "don't"]) || it.says(&["not"]) && !it.says(&["negotiable"]);
    if soft.is_some() && is_general(it) && !refuses {
        return add(ConstraintKind::SoftDelete, it.whole());
    }
    let Some(_) = it.begins(&["delet", "hard-delet", "remov", "eras"]) else { return };
    let for_good = it.says(&["hard", "physically", "permanently", "really", "ever"])
        || it.begins(&["hard-delet"]).is_some();
    let never = it.says(&["nothing"])
        || it.says(&["never", "no"]) && it.says(&["records", "record", "rows", "row", "data"]);
    if never && (for_good || it.says(&["nothing"])) && !it.says(&["after", "unless", "until", "except"]) {
        add(ConstraintKind::SoftDelete, it.whole());
    }
}

/// An activity in which every change stands is a table of its own, which the reader makes.
pub(super) fn audit(it: &Sentence<'_>, add: &mut Add<'_>) {
    let told = it.words.iter().enumerate().find(|(at, word)| {
        let next = it.word(at + 1);
        let log = ["log", "logs", "trail", "trails", "logging", "history"].contains(&next);
        matches!(word.text.as_str(), "audit" | "auditing") && (log || it.words.len() <= 2)
            || matches!(word.text.as_str(), "auditable" | "audit-log" | "audit-trail" | "audit-proof")
    });
    let refuses = it.says(&["no", "without", "don't"]) || it.says(&["not"]) && !it.says(&["negotiable"]);
    // What something else does is not asked of this one.
    let elsewhere = it.says(&["handled", "provided", "managed", "covered"]) && it.says(&["by", "elsewhere"]);
    if told.is_some() && !refuses && !elsewhere {
        add(ConstraintKind::Audit, it.whole());
    }
}

/// Words that are no part of a table's name.
const NO_NAME: &[&str] = &[
    "the",
    "our",
    "a",
    "an",
    "and",
    "or",
    "of",
    "with",
    "which",
    "that",
    "already",
    "is",
    "are",
    "exist",
    "exists",
    "must",
    "we",
    "have",
    "has",
    "this",
    "these",
    "in",
    "from",
    "to",
    "its",
    "their",
    "called",
    "named",
    "database",
    "other",
    "some",
    "any",
    "no",
    "new",
    "lookup",
    "all",
    "be",
    "stay",
    "stays",
    "not",
    "as",
    "it",
    "them",
    "for",
    "legacy",
    "current",
    "for",
    "there",
    "integrate",
    "on",
    "into",
    "was",
    "were",
    "do",
    "should",
    "may",
];

pub(super) fn existing(it: &Sentence<'_>, text: &str, add: &mut Add<'_>) {
    let Some(table) = it.find(&["table", "tables"]) else { return };
    let exists = it.begins(&["existing"]).is_some()
        || it.says(&["already"]) && it.says(&["exist", "exists", "have", "has", "there", "own"]);
    if !exists || it.says(&["no"]) {
        return;
    }
    let is_quoted = |word: &Word| {
        let sign = |at: usize| text.as_bytes().get(at).copied();
        let before = (word.span.start as usize).checked_sub(1).and_then(sign);
        before == Some(b'`') && sign(word.span.end as usize) == Some(b'`')
    };
    let quoted: Vec<&Word> = it.words.iter().filter(|it| is_quoted(it)).collect();
    let is_name = |it: &&Word| {
        !NO_NAME.contains(&it.text.as_str())
            && !it.text.starts_with("exist")
            && it.text.chars().next().is_some_and(char::is_alphabetic)
    };
    let behind = it.words.clip(table + 1..);
    let end = behind.iter().position(|it| {
        matches!(
            it.text.as_str(),
            "already"
                | "exist"
                | "exists"
                | "must"
                | "are"
                | "is"
                | "stay"
                | "which"
                | "that"
                | "in"
                | "of"
                | "from"
                | "with"
                | "for"
        )
    });
    let behind: Vec<&Word> = behind.clip(..end.unwrap_or(behind.len())).iter().filter(is_name).collect();
    let from = it.begins(&["existing"]).or_else(|| it.find(&["have", "has"])).map_or(table, |it| it + 1);
    let before: Vec<&Word> = it.words.clip(from.min(table)..table).iter().filter(is_name).collect();
    let names = [quoted, behind, before].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    // More words than these are no list of names.
    for word in names.iter().take(12).filter(|_| names.len() <= 12) {
        add(ConstraintKind::Existing(base::snake_case(&word.text)), word.span);
    }
}
