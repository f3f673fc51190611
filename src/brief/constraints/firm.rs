//! What is not negotiable, and tables that are there already, in a sentence.

use super::{Add, Sentence, Word};
use crate::base::{self, Clip, one_of};
use crate::brief::reading::ConstraintKind;

pub(super) fn tenancy(it: &Sentence<'_>, add: &mut Add<'_>) {
    let told = it.words.iter().enumerate().find(|(at, word)| {
        let joined = word.text.starts_with("multi") && word.text.replace('-', "").starts_with("multitenan");
        let two = word.text == "multi" && it.word(at + 1).starts_with("tenan");
        joined || two || word.text.starts_with("tenant") && it.word(at + 1) == "isolation"
    });
    if let Some((at, _)) = told.filter(|_| !it.denies() || it.says("negotiable non-negotiable")) {
        let last = if it.word(at).contains("multi") && it.word(at).len() > 5 { at } else { at + 1 };
        add(ConstraintKind::Tenancy, it.span(at, last));
    }
}

/// Whether a sentence speaks of all things, not of some: it says so, or is a mere keyword.
fn is_general(it: &Sentence<'_>) -> bool {
    it.words.len() <= 4
        || it.says("all every everything everywhere nothing any never each throughout non-negotiable non-negotiables \
        negotiable always")
}

/// Words for what goes away.
const GOES: &str = "delet hard-delet remov eras purg destroy wiped";

/// Words by which it comes back.
const COMES_BACK: &str = "restor recover undelet un-delet undone undo reversible revert";

pub(super) fn deletion(it: &Sentence<'_>, add: &mut Add<'_>) {
    let soft = it.words.iter().enumerate().find(|(at, word)| {
        word.text.starts_with("soft-delet")
            || word.text.starts_with("soft") && it.word(at + 1).starts_with("delet")
    });
    let refuses = it.says("no without don't") || it.says("not") && !it.says("negotiable");
    if soft.is_some() && is_general(it) && !refuses {
        return add(ConstraintKind::SoftDelete, it.whole());
    }
    if it.begins(GOES).is_none() || it.says("after unless until except") {
        return;
    }
    let for_good = it.says("hard physically permanently really ever truly irrevocably")
        || it.begins("hard-delet").is_some()
        || it.find("for").is_some_and(|at| it.word(at + 1) == "good");
    // Of one kind of thing it stays with that.
    let of_all = it.says("nothing records record rows row data anything everything entries items");
    let never = it.says("nothing") || it.says("never no not cannot can't mustn't nobody") && of_all;
    let logically = it.says("logically logical");
    let denies = it.denies() || it.says("nothing nobody can't mustn't");
    let is_kept = never && (for_good || it.says("nothing"))
        || logically && is_or_speaks_of_all(it, of_all) && !denies
        || it.begins(COMES_BACK).is_some()
            && of_all
            && (!it.denies() || it.says("nothing never") && for_good);
    if is_kept {
        add(ConstraintKind::SoftDelete, it.whole());
    }
}

fn is_or_speaks_of_all(it: &Sentence<'_>, of_all: bool) -> bool {
    of_all || is_general(it) || it.says("deletion deletes deletions")
}

/// Words for changes of what is kept, and for whom they are asked back to.
const CHANGES: &str = "chang edit modif updat alter touched created deleted made did";

/// An activity in which every change stands is a table of its own, which the reader makes.
pub(super) fn audit(it: &Sentence<'_>, add: &mut Add<'_>) {
    let told = it.words.iter().enumerate().any(|(at, word)| {
        let next = it.word(at + 1);
        let log = ["log", "logs", "trail", "trails", "logging", "history"].contains(&next);
        one_of(word.text.as_str(), "audit auditing") && (log || it.words.len() <= 2)
            || one_of(word.text.as_str(), "auditable audit-log audit-trail audit-proof")
    });
    let refuses = it.says("no without don't") || it.says("not") && !it.says("negotiable");
    // What something else does is not asked of this one.
    let elsewhere = it.says("handled provided managed covered") && it.says("by elsewhere");
    if (told || asks_who(it)) && !refuses && !elsewhere {
        add(ConstraintKind::Audit, it.whole());
    }
}

/// "For every record we need to know who changed it and when": of all that is kept, not of one kind of thing.
fn asks_who(it: &Sentence<'_>) -> bool {
    let changes = it.begins(CHANGES).is_some();
    let of_all = it.says("record records row rows data anything everything what entry entries")
        || it.says("every all any each") && it.says("change changes modification modifications edit edits");
    let who = it.find("who whom").is_some() && it.says("when what every each all any");
    let traced = it.begins("traceab traced attribut accountab").is_some()
        && it.says("user users person people who somebody someone individual");
    changes && of_all && (who || traced)
}

/// Words that are no part of a table's name.
const NO_NAME: &str = "the our a an and or of with which that already is are exist exists must we have has this these in \
                      from to its their called named database other some any no new lookup all be stay stays not as it \
                      them for legacy current for there integrate on into was were do should may";

/// "Our `crm.customers` table stays as it is": what must not be changed is there.
fn is_left_alone(it: &Sentence<'_>) -> bool {
    const CHANGED: &str = "changed touched altered modified migrated moved replaced";
    let forbids = it.says("not never cannot can't mustn't");
    let changed = it.find(CHANGED).is_some_and(|at| at > 0 && one_of(it.word(at - 1), "be is are"));
    let stays = it.find("stay stays remain remains left keep keeps").is_some_and(|at| {
        it.words
            .clip(at + 1..)
            .iter()
            .take(4)
            .any(|it| one_of(it.text.as_str(), "is are as-is alone unchanged untouched where"))
    });
    let another = it.says("owned managed maintained belongs belong")
        && it.says("another other different")
        && it.says("team system service application department product");
    forbids && changed || stays || another
}

pub(super) fn existing(it: &Sentence<'_>, text: &str, add: &mut Add<'_>) {
    let Some(table) = it.find("table tables") else { return };
    let exists = it.begins("existing").is_some()
        || it.says("already") && it.says("exist exists have has there own")
        || is_left_alone(it);
    if !exists || it.says("no") {
        return;
    }
    let is_quoted = |word: &Word| {
        let sign = |at: usize| text.as_bytes().get(at).copied();
        let before = (word.span.start as usize).checked_sub(1).and_then(sign);
        before == Some(b'`') && sign(word.span.end as usize) == Some(b'`')
    };
    let quoted: Vec<&Word> = it.words.iter().filter(|it| is_quoted(it)).collect();
    let is_name = |it: &&Word| {
        !one_of(it.text.as_str(), NO_NAME)
            && !it.text.starts_with("exist")
            && it.text.chars().next().is_some_and(char::is_alphabetic)
    };
    let behind = it.words.clip(table + 1..);
    let end = behind.iter().position(|it| {
        one_of(it.text.as_str(), "already exist exists must are is stay which that in of from with for")
    });
    let behind: Vec<&Word> = behind.clip(..end.unwrap_or(behind.len())).iter().filter(is_name).collect();
    let from = it.begins("existing").or_else(|| it.find("have has")).map_or(table, |it| it + 1);
    let before: Vec<&Word> = it.words.clip(from.min(table)..table).iter().filter(is_name).collect();
    let names = [quoted, behind, before].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    // More words than these are no list of names.
    for word in names.iter().take(12).filter(|_| names.len() <= 12) {
        // With its SQL schema, where that is said.
        let parts: Vec<String> = word.text.split('.').map(base::snake_case).collect();
        add(ConstraintKind::Existing(parts.join(".")), word.span);
    }
}
