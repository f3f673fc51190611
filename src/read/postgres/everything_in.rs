//! `GRANT … ON ALL TABLES IN SCHEMA …`: PostgreSQL gives it for what is there at the time. Privileges are written after everything
//! that they are about, so where more of the kind came later, those that were meant are named.

use std::ops::Range;

use crate::design::{ArgumentMode, FunctionArgument, FunctionId, VerbatimId};
use crate::pg::{Token, tokens};

use super::builder::{Builder, Place, Relation};
use super::subject;

/// A kept statement about all of a kind in some SQL schemas, and what was there.
pub struct EverythingIn {
    statement: VerbatimId,
    said: Said,
    places: Vec<Place>,
    relations: Vec<Relation>,
    routines: Vec<FunctionId>,
}

/// What such a statement says.
struct Said {
    kind: Kind,
    namespaces: Vec<String>,
    /// Where it says so, from `ALL` to the last SQL schema.
    range: Range<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Tables,
    Sequences,
    Functions,
    Procedures,
    Routines,
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "tables" => Self::Tables,
            "sequences" => Self::Sequences,
            "functions" => Self::Functions,
            "procedures" => Self::Procedures,
            "routines" => Self::Routines,
            _ => return None,
        })
    }

    /// As one is named.
    fn one(self) -> &'static str {
        match self {
            Self::Tables => "TABLE",
            Self::Sequences => "SEQUENCE",
            Self::Functions => "FUNCTION",
            Self::Procedures => "PROCEDURE",
            Self::Routines => "ROUTINE",
        }
    }

    fn is_of(self, relation: Relation) -> bool {
        match relation {
            Relation::Table(_) | Relation::View(_) | Relation::Kept(_) => self == Self::Tables,
            Relation::Sequence(_) | Relation::Identity(..) => self == Self::Sequences,
            _ => false,
        }
    }

    fn is_of_routine(self, is_procedure: bool) -> bool {
        match self {
            Self::Routines => true,
            Self::Functions => !is_procedure,
            Self::Procedures => is_procedure,
            Self::Tables | Self::Sequences => false,
        }
    }
}

/// What a statement says about all of a kind; none where it names what it is about.
fn said(sql: &str) -> Option<Said> {
    let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let name = |at: usize| all.get(at).and_then(|it| it.name(sql));
    let is = |at: usize, word: &str| name(at).is_some_and(|it| it == word);
    let at = (0..all.len())
        .find(|at| is(*at, "on") && is(at + 1, "all") && is(at + 3, "in") && is(at + 4, "schema"))?;
    let kind = Kind::of(&name(at + 2)?)?;
    let mut namespaces = vec![name(at + 5)?.into_owned()];
    let mut last = at + 5;
    while all.get(last + 1).is_some_and(|it| it.is(sql, ","))
        && let Some(next) = name(last + 2)
    {
        namespaces.push(next.into_owned());
        last += 2;
    }
    let range = all.get(at + 1)?.span.start as usize..all.get(last)?.span.end as usize;
    Some(Said { kind, namespaces, range })
}

/// Notes what is there when such a statement comes.
pub fn note(b: &mut Builder, statement: VerbatimId) {
    let Some(said) = b.verbatims.get(&statement).and_then(|it| said(&it.sql)) else { return };
    let places: Vec<Place> = said.namespaces.iter().map(|it| b.namespace(it)).collect();
    let (relations, routines) = there(b, said.kind, &places);
    b.everything_in.push(EverythingIn { statement, said, places, relations, routines });
}

/// All of a kind in some SQL schemas.
fn there(b: &Builder, kind: Kind, places: &[Place]) -> (Vec<Relation>, Vec<FunctionId>) {
    let relations = b.relations.iter().filter(|((place, _), it)| places.contains(place) && kind.is_of(**it));
    let routines =
        b.functions.values().filter(|it| places.contains(&it.namespace) && kind.is_of_routine(it.procedure));
    (relations.map(|it| *it.1).collect(), routines.map(|it| it.id).collect())
}

/// Names what each such statement meant, where more came later.
pub fn settle(b: &mut Builder) {
    for it in std::mem::take(&mut b.everything_in) {
        let (relations, routines) = there(b, it.said.kind, &it.places);
        let same = relations.iter().all(|of| it.relations.contains(of))
            && routines.iter().all(|of| it.routines.contains(of));
        if same {
            continue;
        }
        let names = names(b, &it);
        if names.is_empty() {
            // Nothing was there.
            b.verbatims.remove(&it.statement);
        } else if let Some(kept) = b.verbatims.get_mut(&it.statement) {
            kept.sql.replace_range(it.said.range, &format!("{} {}", it.said.kind.one(), names.join(", ")));
        }
    }
}

/// What was there and still is: relations by name, functions with their arguments.
fn names(b: &Builder, it: &EverythingIn) -> Vec<String> {
    let mut names = Vec::new();
    for ((place, name), relation) in &b.relations {
        if it.relations.contains(relation) {
            names.push(b.qualified(*place, name));
        }
    }
    for id in &it.routines {
        let Some(of) = b.functions.get(id) else { continue };
        let goes_in = |it: &&FunctionArgument| it.mode != ArgumentMode::Out;
        let types: Vec<&str> = of.arguments.iter().filter(goes_in).map(|it| it.data_type.as_str()).collect();
        names.push(format!("{}({})", b.qualified(of.namespace, &of.name), types.join(", ")));
    }
    // Aggregates are functions that have no record.
    if matches!(it.said.kind, Kind::Functions | Kind::Routines) {
        let spaces: Vec<&str> = it.places.iter().map(|it| b.place_name(*it)).collect();
        let earlier = b.verbatims.values().filter(|kept| kept.id < it.statement);
        names.extend(earlier.filter_map(|kept| aggregate(&kept.sql, &spaces)));
    }
    names
}

/// The aggregate that a statement makes in one of these SQL schemas, with its arguments.
fn aggregate(sql: &str, namespaces: &[&str]) -> Option<String> {
    let (verb, subjects, _) = subject::read(sql)?;
    let made = subjects.first().filter(|it| verb == subject::Verb::Create && it.key.0 == "aggregate")?;
    if !namespaces.contains(&made.namespace.as_deref().unwrap_or("public")) {
        return None;
    }
    let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let word = |it: &Token| it.span.of(sql).to_ascii_lowercase();
    let start = all.iter().position(|it| word(it) == "aggregate")? + 1;
    let open = all.iter().position(|it| it.is(sql, "("))?;
    let close = open + all.get(open..)?.iter().position(|it| it.is(sql, ")"))?;
    // Options where the arguments would be: the way of old.
    let inside = all.get(open..close)?;
    if inside.iter().any(|it| matches!(word(it).as_str(), "sfunc" | "basetype" | "order")) {
        return None;
    }
    sql.get(all.get(start)?.span.start as usize..all.get(close)?.span.end as usize).map(str::to_owned)
}
