//! The catalogue's objects as statements, in an order in which a server would take them.
//!
//! There is one reader of statements, and this is what makes a live database go through it: what is modelled of a
//! `pg_dump` file is modelled of a catalogue, in the same way. The statements are those that `pg_dump` would write.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Object, Oid};
use crate::base::Span;
use crate::read::{Piece, PieceKind};
use crate::sql::{ident, literal};

/// The parts of a script, in their order. What creates something comes in the order of its needs, the rest by part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is there before anything else: SQL schemas, extensions.
    Ground,
    /// What creates an object.
    Create,
    /// What ties a table to others: partitions, owned sequences.
    Tie,
    /// Settings of columns and tables.
    Setting,
    /// Keys, and checks that stand apart.
    Key,
    /// Indexes.
    Index,
    /// Which index is part of which, and what it is used for.
    IndexTie,
    /// Foreign keys.
    ForeignKey,
    /// Rules.
    Rule,
    /// Triggers.
    Trigger,
    /// Policies.
    Policy,
    /// Comments.
    Comment,
    /// Owners and privileges.
    Privilege,
}

/// One statement, and the entry of the catalogue that it says something of.
struct Statement {
    part: Part,
    id: Oid,
    span: Span,
    sql: String,
    /// What stands for it where it is in a circle of needs, and the statement that replaces that.
    in_circle: Option<(String, String)>,
}

/// Statements in the making.
#[derive(Default)]
pub struct Script {
    statements: Vec<Statement>,
    at: (Oid, Span),
    database_owner: String,
}

impl Script {
    /// An empty script of a database that this role owns.
    pub fn new(database_owner: String) -> Self {
        Self { database_owner, ..Self::default() }
    }

    /// Begins an entry.
    pub fn enter(&mut self, id: Oid, span: Span) {
        self.at = (id, span);
    }

    /// Adds a statement of the entry.
    pub fn add(&mut self, part: Part, sql: impl Into<String>) {
        let (id, span) = self.at;
        self.statements.push(Statement { part, id, span, sql: sql.into(), in_circle: None });
    }

    /// Adds the statement that creates the entry; where it needs itself by whatever way, `first` stands for it, and
    /// `replacement` comes when all is there.
    pub fn create(&mut self, sql: String, first: String, replacement: String) {
        let (id, span) = self.at;
        let in_circle = Some((first, replacement));
        self.statements.push(Statement { part: Part::Create, id, span, sql, in_circle });
    }

    /// Adds a comment of the entry, where there is one.
    pub fn comment(&mut self, what: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.add(Part::Comment, format!("COMMENT ON {what} IS {}", literal(text)));
        }
    }

    /// Says who owns the entry's object, unless it is who owns the database: that goes without saying.
    pub fn owner(&mut self, what: &str, owner: Option<&str>) {
        if let Some(owner) = owner.filter(|it| *it != self.database_owner) {
            self.add(Part::Privilege, format!("ALTER {what} OWNER TO {}", ident(owner)));
        }
    }

    /// What almost every object has besides its own statement.
    pub fn common(&mut self, what: &str, object: &Object) {
        self.comment(what, object.comment.as_deref());
        self.owner(what, object.owner.as_deref());
    }

    /// The text, its statements, and what each of them was made from. `needs` tells what must be created
    /// before what; among what is free of that the order is that of creation, which is that of the identifiers.
    pub fn finish(mut self, needs: &BTreeMap<Oid, Vec<Oid>>) -> (String, Vec<Piece>, Vec<Span>) {
        let (order, circles) = creation_order(&self.statements, needs);
        let mut replacements = Vec::new();
        for it in &mut self.statements {
            if let Some((first, replacement)) = it.in_circle.take().filter(|_| circles.contains(&it.id)) {
                it.sql = first;
                replacements.push(Statement { part: Part::Tie, sql: replacement, in_circle: None, ..*it });
            }
        }
        self.statements.extend(replacements);
        let place = |it: &Statement| if it.part == Part::Create { order.get(&it.id).copied() } else { None };
        self.statements.sort_by_key(|it| (it.part, place(it)));
        let (mut text, mut pieces, mut places) = (String::new(), Vec::new(), Vec::new());
        let mut add = |sql: &str, place: Span| {
            let start = text.len();
            text.push_str(sql.trim_end().trim_end_matches(';'));
            text.push(';');
            pieces.push(Piece { kind: PieceKind::Statement, span: Span::new(start, text.len()) });
            places.push(place);
            text.push('\n');
        };
        for sql in HEAD {
            add(sql, Span::default());
        }
        for it in &self.statements {
            add(&it.sql, it.span);
        }
        (text, pieces, places)
    }
}

/// What every dump begins with: all names are whole, and bodies of functions may name what comes later.
const HEAD: [&str; 2] =
    ["SELECT pg_catalog.set_config('search_path', '', false)", "SET check_function_bodies = false"];

/// The place of each created object in the order, and the objects at which circles of needs are cut: something stands for them.
fn creation_order(
    statements: &[Statement],
    needs: &BTreeMap<Oid, Vec<Oid>>,
) -> (BTreeMap<Oid, usize>, BTreeSet<Oid>) {
    let creating = || statements.iter().filter(|it| it.part == Part::Create);
    let created: BTreeSet<Oid> = creating().map(|it| it.id).collect();
    let can_wait: BTreeSet<Oid> = creating().filter(|it| it.in_circle.is_some()).map(|it| it.id).collect();
    let mut order = BTreeMap::new();
    let (mut begun, mut circles) = (BTreeSet::new(), BTreeSet::new());
    // Depth first without recursion, since a chain of views may be as long as it likes. A circle, such as that of a
    // default that calls a function over its own table, is entered once and not again.
    for root in &created {
        let mut stack = vec![(*root, false)];
        while let Some((id, done)) = stack.pop() {
            if done {
                let next = order.len();
                order.entry(id).or_insert(next);
            } else if begun.insert(id) {
                stack.push((id, true));
                let needed = needs.get(&id).into_iter().flatten().rev();
                stack.extend(needed.filter(|it| created.contains(it)).map(|it| (*it, false)));
            } else if !order.contains_key(&id) {
                // What is not done yet of those on the way here, from the one at which the circle closes backwards.
                let way = stack.iter().rev().filter(|it| it.1).map(|it| it.0).take_while(|it| *it != id);
                let cut = std::iter::once(id).chain(way).find(|it| can_wait.contains(it));
                if let Some(cut) = cut.filter(|it| !order.contains_key(it)) {
                    circles.insert(cut);
                    order.insert(cut, order.len());
                }
            }
        }
    }
    (order, circles)
}

/// A name with its SQL schema.
pub fn full(namespace: &str, name: &str) -> String {
    format!("{}.{}", ident(namespace), ident(name))
}

/// `name=value` texts of the catalogue as `name='value'`, the way `pg_dump` writes them.
pub fn options(list: &[String], prefix: &str) -> String {
    let option = |it: &String| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        format!("{prefix}{}={}", ident(name), literal(value))
    };
    list.iter().map(option).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(needs: &[(Oid, &[Oid])], expected: &str) {
        let mut script = Script::new("me".into());
        for id in 1..=3 {
            script.enter(id, Span::new(id as usize, id as usize + 1));
            script.add(Part::Create, format!("c{id}"));
            script.comment(&format!("x{id}"), (id == 2).then_some("it's"));
        }
        let needs = needs.iter().map(|(id, list)| (*id, list.to_vec())).collect();
        let (text, pieces, places) = script.finish(&needs);
        let first = places.get(HEAD.len()).map(|it| it.start);
        let body: Vec<&str> = pieces.iter().skip(HEAD.len()).map(|it| it.span.of(&text)).collect();
        let body = body.join(" ");
        assert_eq!(format!("{body}@{}", first.unwrap_or_default()), expected);
    }

    #[test]
    fn what_is_needed_comes_first_and_circles_end() {
        check(&[], "c1; c2; c3; COMMENT ON x2 IS 'it''s';@1");
        check(&[(1, &[3])], "c3; c1; c2; COMMENT ON x2 IS 'it''s';@3");
        check(&[(1, &[2]), (2, &[1]), (3, &[9])], "c2; c1; c3; COMMENT ON x2 IS 'it''s';@2");
    }

    #[test]
    fn where_a_circle_closes_something_stands_for_it_until_all_is_there() {
        let mut script = Script::new("me".into());
        for id in 1..=3 {
            script.enter(id, Span::default());
            script.create(format!("c{id}"), format!("first{id}"), format!("then{id}"));
        }
        let needs = [(1, vec![2]), (2, vec![1]), (3, vec![3])].into_iter().collect();
        let (text, ..) = script.finish(&needs);
        assert!(text.ends_with("first1;\nc2;\nfirst3;\nthen1;\nthen3;\n"), "{text}");
    }
}
