//! The verbs of permissions, and the words around them.

use super::world::Word;
use crate::base::one_of;
use crate::brief::reading::AccessAction;
use crate::brief::verbs::base_form;

/// What a verb of a permission does.
#[derive(Clone, Debug, PartialEq)]
pub enum Verb {
    Does(AccessAction),
    DoesAll,
    /// Perhaps what makes something take a value: publish, confirm.
    Other(String),
}

const READ: &str =
    "see view read list browse search look access find consult show know download open query select visible";
const CREATE: &str =
    "create add post write upload register place book make enter start leave file insert record creation";
const UPDATE: &str = "edit change update modify rename move correct maintain adjust amend fill set revise assign reassign editing";
const DELETE: &str = "delete remove destroy erase deletion";
const ALL: &str = "manage administer control crud full handle";
/// Words that say nothing about which rows are meant.
pub const EMPTY: &str = "a an the new existing list lists detail details data information of on about to in with other also \
                      only do at for be can may able then just page record records access rights either both her him them \
                      through up down out into one more further anything row rows entry entries not any all every each \
                      everybody as well profile account";
/// Words that make a thing somebody's own.
pub const THEIR: &str = "their his her my own your our mine theirs assigned";

/// What a word does; a participle tells which rows are meant: "published articles".
pub fn verb(word: &str) -> Option<Verb> {
    if word.ends_with("ed") {
        return None;
    }
    let base = base_form(word);
    let says = |list: &str| one_of(word, list) || one_of(&base, list);
    Some(match () {
        () if says(ALL) => Verb::DoesAll,
        () if says(DELETE) => Verb::Does(AccessAction::Delete),
        () if says(UPDATE) => Verb::Does(AccessAction::Update),
        () if says(CREATE) => Verb::Does(AccessAction::Create),
        () if says(READ) => Verb::Does(AccessAction::Read),
        () => return None,
    })
}

/// Whether the words are verbs alone: "Read", "Create and edit".
pub fn does(words: &[Word]) -> bool {
    let empty = |it: &str| one_of(it, ", and or may can & /") || one_of(it, EMPTY);
    words.iter().any(|it| verb(&it.text).is_some())
        && words.iter().all(|it| verb(&it.text).is_some() || empty(&it.text))
}

/// What several verbs allow together.
pub fn actions(verbs: &[Verb]) -> Vec<AccessAction> {
    let mut out = every();
    out.retain(|it| verbs.contains(&Verb::Does(*it)) || verbs.contains(&Verb::DoesAll));
    out
}

/// Whatever can be done with rows.
pub fn every() -> Vec<AccessAction> {
    vec![AccessAction::Read, AccessAction::Create, AccessAction::Update, AccessAction::Delete]
}
