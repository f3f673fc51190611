//! Tables of roles and permissions, either way round: roles in rows or in columns, with verbs, letters or marks in their cells.

use super::clause::{Grant, Unsaid, grants, rows};
use super::verbs::{does, every};
use super::world::{Who, Word, World};
use super::{Found, Manner};
use crate::base::{Span, lower, one_of, singular};
use crate::brief::blocks::{Block, BlockKind, Role};
use crate::brief::lexicon::lexicon;
use crate::brief::markup::Markup;
use crate::brief::reading::AccessAction;
use crate::brief::tokens::tokens;

const ROLE_TITLES: &[&str] = &["role", "who", "user role", "actor", "user type", "group", "persona", "user"];
const RIGHT_TITLES: &[&str] = &[
    "permission",
    "action",
    "right",
    "capability",
    "resource",
    "operation",
    "may",
    "what",
    "privilege",
    "access",
];
const SPEAKING: &[&str] = &["may", "can", "permission", "right", "access", "allowed", "privilege"];
/// Columns about something else.
const ASIDE: &[&str] =
    &["note", "comment", "remark", "example", "description", "headcount", "number", "how many"];

/// Whether a row belongs to a table of roles and permissions.
pub fn is_matrix(text: &str, block: &Block) -> bool {
    if block.kind != BlockKind::Row || block.header.len() < 2 {
        return false;
    }
    let title = |it: &Span| lower(it.of(text).trim());
    let Some(first) = block.header.first().map(title) else { return false };
    let one = singular(&first);
    let named = |list: &[&str]| list.contains(&first.as_str()) || list.contains(&one.as_str());
    // Every row asks, and most tables are of something else.
    let rights =
        block.role == Role::Access && (named(ROLE_TITLES) || named(RIGHT_TITLES) || first.is_empty());
    if !rights && !named(ROLE_TITLES) && !named(RIGHT_TITLES) {
        return false;
    }
    let rest: Vec<String> = block.header.iter().skip(1).map(title).collect();
    let said: Vec<String> = rest.iter().flat_map(|it| it.split(' ')).map(singular).collect();
    let says = |words: &[&str]| said.iter().any(|it| words.contains(&it.as_str()));
    // "What we keep | Who may change" tells of things first.
    if says(&["keep", "field", "attribute", "column", "store", "record"]) {
        return false;
    }
    let speaks = says(SPEAKING);
    let people = rest.iter().filter(|it| is_somebody(it)).count();
    rights || named(ROLE_TITLES) && speaks || named(RIGHT_TITLES) && people >= 2 && people * 2 > rest.len()
}

fn is_somebody(title: &str) -> bool {
    let words: Vec<String> = title.split_whitespace().map(singular).collect();
    let role = |it: &String| one_of(it.as_str(), "admin guest public everyone visitor");
    words.len() <= 3 && (words.iter().any(role) || lexicon().is_person(&words.join("_")))
}

/// Reads one row.
pub(super) fn row(found: &mut Found, world: &World, text: &str, block: &Block, markup: &Markup) {
    let words = |span: Span| -> Vec<Word> {
        tokens(text, span, markup).into_iter().map(|it| Word { text: it.word, span: it.span }).collect()
    };
    let (Some(first), Some(title)) = (block.cells.first(), block.header.first()) else { return };
    let head = words(*first);
    let of_columns = block.header.iter().skip(1).filter(|it| is_somebody(&lower(it.of(text).trim()))).count();
    let titled_role = ROLE_TITLES.contains(&singular(&lower(title.of(text).trim())).as_str());
    let titled_right = RIGHT_TITLES.contains(&singular(&lower(title.of(text).trim())).as_str());
    let in_columns = !titled_role && (titled_right || of_columns * 2 > block.header.len().saturating_sub(1));
    for (cell, header) in block.cells.iter().zip(&block.header).skip(1) {
        let said = cell.of(text).trim();
        let (who, about) =
            if in_columns { (words(*header), head.clone()) } else { (head.clone(), words(*header)) };
        let title = singular(&lower(header.of(text).trim()));
        let aside = ASIDE.contains(&title.as_str()) && world.thing_at(&words(*header), 0).is_none();
        if said.is_empty() || is_no(said) || aside {
            continue;
        }
        if does(&who) {
            continue;
        }
        let Some(who) = named(world, &who) else { continue };
        let (role, signed_in) = match who {
            Who::Nobody => continue,
            Who::Everybody => (None, false),
            Who::SignedIn => (None, true),
            Who::Role(role) => (Some(role), false),
        };
        let person = world.person(role.as_deref()).map(str::to_owned);
        let inner = words(*cell);
        let unsaid = Unsaid { thing: None, person: person.as_deref() };
        let about_things = things(world, &about);
        let granted = match about_things {
            Some(things) => {
                let each = things.iter().map(|it| in_cell(found, world, said, &inner, it, unsaid));
                each.collect::<Vec<_>>().concat()
            }
            None => {
                let whole = grants(found, world, &about, unsaid);
                // "Read: yes" is about everything; "enter data" is about what nobody can know.
                let verb_only = whole.is_empty() && about.len() == 1 && does(&about);
                if verb_only && !is_yes(said) {
                    let mut sentence = about.clone();
                    sentence.extend(inner.clone());
                    grants(found, world, &sentence, unsaid)
                } else if verb_only {
                    let mut sentence = about.clone();
                    sentence.push(Word { text: "everything".to_owned(), span: *cell });
                    grants(found, world, &sentence, unsaid)
                } else if whole.is_empty() {
                    if in_columns { Vec::new() } else { grants(found, world, &inner, unsaid) }
                } else {
                    narrowed(found, world, whole, said, &inner)
                }
            }
        };
        let span = first.cover(*cell);
        found.allow(role.as_deref(), signed_in, granted, Manner::Allowed, span);
    }
}

/// The things that the words name, if they name nothing else: "Recipes, menus".
fn things(world: &World, words: &[Word]) -> Option<Vec<String>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match world.thing_at(words, at) {
            Some((thing, count)) => {
                out.push(thing.to_owned());
                at += count;
            }
            None if one_of(words.get(at)?.text.as_str(), ", and & / or all the") => {
                at += 1;
            }
            None => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// A role's name in a table: what is known as somebody, else whatever stands there.
fn named(world: &World, words: &[Word]) -> Option<Who> {
    let plain: Vec<&str> = words
        .iter()
        .map(|it| it.text.as_str())
        .filter(|it| it.chars().all(|it| it.is_alphanumeric() || "-_".contains(it)))
        .collect();
    if plain.is_empty() || plain.len() > 4 {
        return None;
    }
    world.who(&plain).or_else(|| {
        let (last, before) = plain.split_last()?;
        let last = singular(last);
        let name: Vec<&str> = before.iter().copied().chain([last.as_str()]).collect();
        Some(Who::Role(name.join("_")))
    })
}

/// "CRUD", "R", "RU (own)", "✓", "create and edit own": what a cell about a thing allows.
fn in_cell(
    found: &mut Found,
    world: &World,
    said: &str,
    words: &[Word],
    thing: &str,
    unsaid: Unsaid<'_>,
) -> Vec<Grant> {
    let grant = |actions: Vec<AccessAction>| Grant {
        actions,
        entity: Some(thing.to_owned()),
        only: Vec::new(),
        becomes: None,
    };
    if is_yes(said) {
        return vec![grant(every())];
    }
    let letters = said.split(|it: char| it.is_whitespace() || it == '(').next().unwrap_or_default();
    let letters = letters.trim_end_matches([',', ':', ';']);
    if !letters.is_empty() && letters.chars().all(|it| "CRUD/".contains(it)) {
        let mut actions = every();
        actions.retain(|it| letters.chars().any(|letter| of_letter(letter) == Some(*it)));
        let rest: Vec<Word> = words.iter().skip(1).cloned().collect();
        return narrowed(
            found,
            world,
            vec![grant(actions)],
            said.strip_prefix(letters).unwrap_or_default(),
            &rest,
        );
    }
    grants(found, world, words, Unsaid { thing: Some(thing), ..unsaid })
}

fn of_letter(letter: char) -> Option<AccessAction> {
    Some(match letter {
        'C' => AccessAction::Create,
        'R' => AccessAction::Read,
        'U' => AccessAction::Update,
        'D' => AccessAction::Delete,
        _ => return None,
    })
}

/// What a row allows, as far as the cell goes: "own" narrows it to own rows.
fn narrowed(found: &mut Found, world: &World, whole: Vec<Grant>, said: &str, words: &[Word]) -> Vec<Grant> {
    if is_yes(said) || said.trim().is_empty() {
        return whole;
    }
    let mut out = Vec::new();
    for mut grant in whole {
        let Some(thing) = grant.entity.clone() else { continue };
        let Some(only) = rows(found, world, words, &thing) else { continue };
        for condition in only {
            if !grant.only.contains(&condition) {
                grant.only.push(condition);
            }
        }
        out.push(grant);
    }
    out
}

fn is_yes(said: &str) -> bool {
    let said = lower(said.trim());
    matches!(
        said.as_str(),
        "✓" | "✔"
            | "✔️"
            | "✅"
            | "x"
            | "yes"
            | "y"
            | "●"
            | "•"
            | "full"
            | "all"
            | "any"
            | "true"
            | "allowed"
            | "☑"
            | "full access"
            | "everything"
    )
}

fn is_no(said: &str) -> bool {
    let said = lower(said.trim());
    matches!(
        said.as_str(),
        "-" | "–"
            | "—"
            | "no"
            | "n"
            | "none"
            | "✗"
            | "✘"
            | "❌"
            | "·"
            | "false"
            | "never"
            | "nothing"
            | "no access"
            | "not allowed"
    )
}
