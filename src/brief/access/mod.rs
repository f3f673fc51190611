//! Who may do what: tables of roles and permissions, and sentences that allow, restrict or forbid.
//!
//! Rows that nothing allows are not allowed, so what cannot be understood is asked and never guessed.

mod clause;
mod sentences;
mod tables;
mod verbs;
mod world;

use super::blocks::{Block, BlockKind, Role};
use super::markup::Markup;
use super::reading::{
    AccessAction, Condition, EntityKind, Identity, Permission, Question, QuestionSubject, Reading,
};
use super::sentences::Sentence;
use crate::base::{Span, lower};
use world::World;

pub use tables::is_matrix;

/// What one statement says, before statements are weighed against each other.
#[derive(Clone, Debug)]
struct Said {
    /// Nobody in particular is everybody.
    role: Option<String>,
    /// None is everything.
    entity: Option<String>,
    action: AccessAction,
    only: Vec<Condition>,
    /// What the row must be like afterwards, besides `only`.
    becomes: Option<Condition>,
    manner: Manner,
    span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Allowed,
    /// To this role and no other.
    Exclusive,
    Forbidden,
}

/// What the statements of a text amount to.
#[derive(Default)]
struct Found {
    said: Vec<Said>,
    /// Words that stand where a condition should, and their place.
    unclear: Vec<(String, Span)>,
}

impl Found {
    /// Keeps what a statement grants to a role.
    fn allow(
        &mut self,
        role: Option<&str>,
        signed_in: bool,
        granted: Vec<clause::Grant>,
        manner: Manner,
        span: Span,
    ) {
        for it in granted {
            let mut only = it.only;
            if signed_in && !only.iter().any(|it| matches!(it, Condition::Own(_))) {
                only.push(Condition::SignedIn);
            }
            for action in it.actions {
                self.said.push(Said {
                    role: role.map(str::to_owned),
                    entity: it.entity.clone(),
                    action,
                    only: only.clone(),
                    becomes: it.becomes.clone(),
                    manner,
                    span,
                });
            }
        }
    }
}

/// Reads who may do what into the reading. Linear in the text, times the number of entities where it says "everything".
pub fn read(reading: &mut Reading, text: &str, blocks: &[Block], told: &[Sentence], markup: &Markup) {
    let world = World::of(reading);
    let mut found = Found::default();
    for block in blocks.iter().filter(|it| it.kind == BlockKind::Row && is_matrix(text, it)) {
        tables::row(&mut found, &world, text, block, markup);
    }
    let about_access = blocks.iter().any(|it| it.role == Role::Access) || !found.said.is_empty();
    let mut loose = Found::default();
    for sentence in told {
        let Some(block) = blocks.get(sentence.block) else { continue };
        match block.role {
            Role::Access if block.kind != BlockKind::Heading => {
                sentences::read(&mut found, &world, sentence, false);
            }
            Role::Domain if matches!(block.kind, BlockKind::Para | BlockKind::Item) => {
                sentences::read(&mut loose, &world, sentence, true);
            }
            _ => {}
        }
    }
    // Features are told with "can" as well: without a section about it, two roles must be told apart.
    let mut roles = loose.said.iter().map(|it| &it.role);
    let first = roles.next();
    if about_access || roles.any(|it| Some(it) != first) {
        found.said.extend(loose.said);
        found.unclear.extend(loose.unclear);
    }
    let spoken = told.iter().filter(|it| {
        blocks.get(it.block).is_some_and(|it| matches!(it.role, Role::Access | Role::Domain | Role::Scale))
    });
    let isolated = spoken.clone().find_map(|it| Some((sentences::isolated(&world, it)?, it.span)));
    if isolated.is_none() {
        reading.tenant = spoken.clone().find_map(|it| Some((sentences::on_its_own(&world, it)?, it.span)));
    }
    let permissions = settle(reading, found.said);
    if permissions.is_empty() && isolated.is_none() {
        return;
    }
    for (words, span) in found.unclear {
        reading.questions.push(Question {
            text: format!("Who may do what with \u{201c}{words}\u{201d}? Nothing in the text tells which rows those are, so nobody may."),
            options: Vec::new(),
            evidence: vec![span],
            subject: QuestionSubject::Open,
        });
    }
    reading.access = permissions;
    reading.isolated = isolated;
    let words = lower(text);
    let supabase = words.contains("supabase");
    reading.identity = if supabase { Identity::Supabase } else { Identity::Settings };
    let mut options = vec![
        "from the settings app.user_id and app.role".to_owned(),
        "from Supabase: auth.uid() and auth.jwt()".to_owned(),
    ];
    if supabase {
        options.reverse();
    }
    reading.questions.push(Question {
        text: "Where does the database learn who is signed in?".to_owned(),
        options,
        evidence: reading.access.iter().flat_map(|it| it.evidence.clone()).take(1).collect(),
        subject: QuestionSubject::Identity,
    });
}

/// Weighs statements against each other: what only one role may is taken from the others, what is forbidden from everybody
/// it is forbidden to; whoever may change rows sees them, and what a role has of its own it makes as its own.
fn settle(reading: &Reading, said: Vec<Said>) -> Vec<Permission> {
    let mut out: Vec<Permission> = Vec::new();
    let things: Vec<&str> = reading
        .entities
        .iter()
        .filter(|it| it.kind != EntityKind::Infrastructure)
        .map(|it| it.name.as_str())
        .collect();
    let (forbidden, allowed): (Vec<Said>, Vec<Said>) =
        said.into_iter().partition(|it| it.manner == Manner::Forbidden);
    let exclusive: Vec<&Said> = allowed.iter().filter(|it| it.manner == Manner::Exclusive).collect();
    let meant = |it: &Said, entity: &str| it.entity.as_deref().is_none_or(|it| it == entity);
    for it in &allowed {
        for entity in things.iter().filter(|name| meant(it, name)) {
            let reserving =
                |other: &&&Said| other.action == it.action && other.entity.as_deref() == Some(*entity);
            let reserved = exclusive.iter().any(|other| reserving(&other));
            let among = exclusive.iter().filter(reserving).any(|other| other.role == it.role);
            if reserved && !among {
                continue;
            }
            let mut only = it.only.clone();
            let mut denied = false;
            for no in forbidden.iter().filter(|no| no.action == it.action && meant(no, entity)) {
                if no.role.is_some() && no.role != it.role {
                    continue;
                }
                match no.only.as_slice() {
                    [] => denied = true,
                    [condition] => only.push(Condition::Not(Box::new(condition.clone()))),
                    more => only.push(Condition::Not(Box::new(Condition::All(more.to_vec())))),
                }
            }
            if !denied {
                put(&mut out, it, entity, only);
            }
        }
    }
    let own = |it: &&Permission| it.only.iter().any(|it| matches!(it, Condition::Own(_)));
    let changes = |it: &&Permission| matches!(it.action, AccessAction::Update | AccessAction::Delete);
    let whose =
        |it: &Condition| matches!(it, Condition::Own(_) | Condition::Under { .. } | Condition::SignedIn);
    let snapshot = out.clone();
    for it in out.iter_mut().filter(|it| it.action == AccessAction::Create && !it.only.iter().any(whose)) {
        let others: Vec<&Permission> = snapshot
            .iter()
            .filter(|other| {
                other.role == it.role && other.entity == it.entity && other.action != AccessAction::Create
            })
            .collect();
        let changing: Vec<&Permission> = others.iter().copied().filter(changes).collect();
        let basis = if changing.is_empty() { others } else { changing };
        if !basis.is_empty() && basis.iter().all(own) {
            it.only.push(Condition::Own(None));
        }
    }
    for it in snapshot.iter().filter(|it| matches!(it.action, AccessAction::Update | AccessAction::Delete)) {
        let sees = |other: &&Permission| {
            other.action == AccessAction::Read
                && other.entity == it.entity
                && other.role == it.role
                && (other.only.is_empty() || other.only.iter().all(|only| it.only.contains(only)))
        };
        if !out.iter().any(|other| sees(&other)) {
            out.push(Permission { action: AccessAction::Read, becomes: None, ..it.clone() });
        }
    }
    out
}

fn put(out: &mut Vec<Permission>, said: &Said, entity: &str, only: Vec<Condition>) {
    let same = |it: &&mut Permission| {
        it.action == said.action
            && it.entity == entity
            && it.role == said.role
            && it.only == only
            && it.becomes == said.becomes
    };
    match out.iter_mut().find(same) {
        Some(known) if known.evidence.contains(&said.span) => {}
        Some(known) => known.evidence.push(said.span),
        None => out.push(Permission {
            role: said.role.clone(),
            entity: entity.to_owned(),
            action: said.action,
            only,
            becomes: said.becomes.clone(),
            evidence: vec![said.span],
        }),
    }
}
