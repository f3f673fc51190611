//! Blocks of PL/pgSQL as steps that can be taken on the design in the making.
//!
//! Source: PostgreSQL manual, "PL/pgSQL", "Basic Statements" and "Control Structures".

use crate::pg::{Token, tokens};
use crate::read::split::{PieceKind, split};

use super::super::builder::Builder;
use super::super::condition::Condition;
use super::super::parse::parse;
use super::doubt::{Doubt, is_about_rows};
use super::loops::until;
use super::rows_only::HARMLESS;
use super::value::{Value, Variables};

/// How many steps a block may come to, its loops written out.
const MOST_STEPS: usize = 10_000;
/// Nobody nests so deep by hand, and each level takes its part of the stack.
const DEEPEST: usize = 40;

/// Where the answer to a question is kept while a block runs.
pub type Slot = usize;

/// What has to hold for a step to be taken: answers, and what they have to be.
pub type Guards = Vec<(Slot, bool)>;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// When it is taken.
    pub guards: Guards,
    /// What it does.
    pub act: Act,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Runs a statement.
    Run(String),
    /// Adds rows whose values are variables.
    Rows(String),
    /// Asks the catalogue, and keeps the answer.
    Ask(Slot, Condition),
    /// Keeps an answer that is known.
    Know(Slot, bool),
    /// Keeps whether all of these answers came out so.
    All(Slot, Guards),
    /// Leaves the block.
    Return,
}

/// A block as steps; nothing when it holds anything that is not understood.
pub fn program(known: &Builder, body: &str, arguments: Variables) -> Option<Vec<Step>> {
    let begin = tokens(body).find(|it| is(body, *it, "begin"))?;
    let head = unlabelled(body.get(..begin.span.start as usize)?);
    let inner = body.get(begin.span.end as usize..)?;
    let mut pieces = Vec::new();
    for piece in split(inner) {
        match piece.kind {
            PieceKind::Trivia => {}
            PieceKind::Statement => pieces.push(piece.span.of(inner)),
            PieceKind::Command | PieceKind::CopyData => return None,
        }
    }
    let mut reader = Reader {
        known,
        pieces,
        steps: Vec::new(),
        slots: 0,
        variables: arguments,
        depth: 0,
        doubt: Doubt::default(),
        changed_rows: false,
    };
    reader.declare(head)?;
    let rest = reader.pieces.first().copied()?;
    reader.sequence((0, rest), &Vec::new())?;
    Some(reader.steps).filter(|_| !reader.doubt.is_harmful)
}

/// What follows the label of a block.
fn unlabelled(head: &str) -> &str {
    let label = head.trim_start().strip_prefix("<<").and_then(|it| it.split_once(">>"));
    label.map_or(head, |it| it.1)
}

/// A place in the pieces, and what is left of the piece there.
pub type Place<'a> = (usize, &'a str);

/// What reads a block.
pub struct Reader<'a> {
    /// The design before the block.
    pub known: &'a Builder<'a>,
    /// Its statements.
    pub pieces: Vec<&'a str>,
    /// What it comes to, as far as it is read.
    pub steps: Vec<Step>,
    slots: Slot,
    /// What is known of its variables.
    pub variables: Variables,
    /// How many blocks, branches and loops stand around what is read.
    depth: usize,
    /// Whether what is read is reached.
    pub doubt: Doubt,
    /// Whether a statement before may have changed rows, so that those of the design before the block tell nothing.
    pub changed_rows: bool,
}

/// What ended a sequence of statements.
enum End<'a> {
    /// `END`, `END IF` or `END LOOP`, and what follows.
    Closed(Place<'a>),
    /// `ELSE`, with what follows the word.
    Else(Place<'a>),
    /// `ELSIF`, with the condition.
    ElseIf(Place<'a>),
    /// The handlers of the block.
    Handlers(Place<'a>),
}

impl<'a> Reader<'a> {
    /// The place after a piece.
    pub fn next(&self, at: usize) -> Place<'a> {
        (at + 1, self.pieces.get(at + 1).copied().unwrap_or_default())
    }

    /// The variables of `DECLARE`.
    fn declare(&mut self, head: &str) -> Option<()> {
        let words: Vec<Token> = words(head);
        let Some(first) = words.first() else { return Some(()) };
        if !is(head, *first, "declare") {
            return None;
        }
        for piece in split(head.get(first.span.end as usize..)?) {
            let text = piece.span.of(head.get(first.span.end as usize..)?);
            let mut words = self::words(text);
            // Some say the word before each of them.
            words.drain(..usize::from(words.first().is_some_and(|it| is(text, *it, "declare"))));
            let Some(name) = words.first().and_then(|it| it.name(text)) else { continue };
            let sign = words.iter().position(|it| {
                matches!(it.span.of(text), ":=" | "=") || it.span.of(text) == ":" || is(text, *it, "default")
            });
            let value = sign.and_then(|it| words.get(it)).and_then(|it| text.get(it.span.end as usize..));
            let value = value.map_or(Value::Null, |it| self.variables.value(it.trim_start_matches('=')));
            self.variables.0.insert(name.into_owned(), value);
        }
        Some(())
    }

    /// Reads statements up to the end of what they stand in.
    fn sequence(&mut self, from: Place<'a>, guards: &Guards) -> Option<End<'a>> {
        if self.depth > DEEPEST {
            return None;
        }
        self.depth += 1;
        let end = self.statements(from, guards);
        self.depth -= 1;
        end
    }

    fn statements(&mut self, from: Place<'a>, guards: &Guards) -> Option<End<'a>> {
        let mut place = from;
        while place.0 < self.pieces.len() {
            if self.steps.len() > MOST_STEPS {
                return None;
            }
            let (at, rest) = place;
            let words = words(rest);
            let word = |at: usize| words.get(at).map_or("", |it| it.span.of(rest)).to_ascii_lowercase();
            let after = |at: usize| rest.get(words.get(at)?.span.end as usize..);
            place = match (word(0).as_str(), word(1).as_str()) {
                ("end", _) => return Some(End::Closed(self.next(at))),
                ("else", _) => return Some(End::Else((at, after(0)?))),
                ("elsif" | "elseif", _) => return Some(End::ElseIf((at, rest))),
                ("exception", _) => return Some(End::Handlers(place)),
                ("begin", _) => self.block((at, after(0)?), guards)?,
                ("if", _) => self.branches((at, rest), guards)?,
                ("foreach", _) => self.for_each((at, rest), guards)?,
                ("for", _) => self.for_in((at, rest), guards)?,
                ("while" | "loop", _) => {
                    let (_, body) = until(rest, "loop")?;
                    self.rounds((at, body), guards)?
                }
                ("exit" | "continue", _) if self.doubts() => self.next(at),
                ("notify" | "analyze" | "lock" | "commit", _) => self.next(at),
                (
                    "create" | "alter" | "drop" | "comment" | "grant" | "revoke" | "insert" | "update"
                    | "delete" | "truncate" | "with",
                    _,
                ) => {
                    if !one_statement(rest) {
                        return None;
                    }
                    // A variable among the values is not a column.
                    let has_variable = word(0) == "insert" && self.names_variable(rest, &words);
                    let filled = self.variables.filled(rest).filter(|_| word(0) == "update");
                    let act = if has_variable || word(0) == "with" { Act::Rows } else { Act::Run };
                    self.step(guards, act(filled.unwrap_or_else(|| rest.to_owned())));
                    if words.iter().any(|it| is(rest, *it, "into")) {
                        self.forget(rest, &words);
                    }
                    self.next(at)
                }
                ("execute", _) => {
                    if words.iter().any(|it| is(rest, *it, "into") || is(rest, *it, "using")) {
                        return None;
                    }
                    let Value::Text(sql) = self.variables.value(after(0)?) else { return None };
                    for piece in split(&sql).into_iter().filter(|it| it.kind != PieceKind::Trivia) {
                        let sql = piece.span.of(&sql);
                        if piece.kind != PieceKind::Statement || !one_statement(sql) {
                            return None;
                        }
                        self.step(guards, Act::Run(sql.to_owned()));
                    }
                    self.next(at)
                }
                ("return", _) => {
                    self.step(guards, Act::Return);
                    self.next(at)
                }
                ("select", _) => {
                    self.select_into(rest, guards)?;
                    self.next(at)
                }
                ("perform", _) if sets_something(rest, &words) => self.next(at),
                ("get", _) => {
                    self.forget(rest, &words);
                    self.next(at)
                }
                ("null", ";") | ("raise" | "", _) => self.next(at),
                (_, ":" | "=" | ":=") => {
                    self.assign(rest, &words, guards)?;
                    self.next(at)
                }
                _ => return None,
            };
        }
        Some(End::Closed(place))
    }

    /// Adds a step.
    pub fn step(&mut self, guards: &Guards, act: Act) {
        if let Act::Run(text) | Act::Rows(text) = &act {
            self.changed_rows |= is_about_rows(text);
        }
        if let Some((guards, act)) = self.doubted(guards, act) {
            self.steps.push(Step { guards, act });
        }
    }

    /// A block within the block; its handlers are for what is there already.
    fn block(&mut self, from: Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        match self.sequence(from, guards)? {
            End::Closed(place) => Some(place),
            End::Handlers((at, _)) => {
                for (at, piece) in self.pieces.iter().enumerate().skip(at) {
                    let words = words(piece);
                    if words.iter().any(|it| is(piece, *it, "begin")) {
                        return None;
                    }
                    let is_end = words.first().is_some_and(|it| is(piece, *it, "end"));
                    let of_if = words.get(1).is_some_and(|it| is(piece, *it, "if") || is(piece, *it, "loop"));
                    if is_end && !of_if {
                        return Some(self.next(at));
                    }
                }
                None
            }
            End::Else(_) | End::ElseIf(_) => None,
        }
    }

    /// `IF … THEN … ELSIF … ELSE … END IF`.
    fn branches(&mut self, from: Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        let mut guards = guards.clone();
        let (mut at, mut rest) = from;
        let mut began = false;
        loop {
            let words = words(rest);
            let (slot, expected, after) = match self.question(rest, &words, &guards) {
                Some(it) => it,
                None => {
                    let then = words.iter().find(|it| is(rest, **it, "then"))?;
                    let (slot, begins) = self.unanswered(&guards);
                    began |= begins;
                    (slot, true, then.span.end as usize)
                }
            };
            let mut inside = guards.clone();
            inside.push((slot, expected));
            guards.push((slot, !expected));
            match self.sequence((at, rest.get(after..)?), &inside)? {
                End::Closed(place) => {
                    self.settle(began);
                    return Some(place);
                }
                End::ElseIf(place) => (at, rest) = place,
                End::Else(place) => {
                    let end = self.closed(place, &guards)?;
                    self.settle(began);
                    return Some(end);
                }
                End::Handlers(_) => return None,
            }
        }
    }

    /// Statements up to `END`, and what follows it.
    pub fn closed(&mut self, from: Place<'a>, guards: &Guards) -> Option<Place<'a>> {
        match self.sequence(from, guards)? {
            End::Closed(place) => Some(place),
            End::Else(_) | End::ElseIf(_) | End::Handlers(_) => None,
        }
    }

    /// A place for an answer.
    pub fn slot(&mut self) -> Slot {
        self.slots += 1;
        self.slots - 1
    }

    /// Asks the catalogue when a step comes to it.
    pub fn ask(&mut self, guards: &Guards, condition: Condition) -> Slot {
        let slot = self.slot();
        self.step(guards, Act::Ask(slot, condition));
        slot
    }
}

/// The words and signs of a text.
pub fn words(text: &str) -> Vec<Token> {
    tokens(text).filter(|it| !it.is_blank()).collect()
}

/// Whether `PERFORM` only sets something of the session or of a sequence, waits or tells.
fn sets_something(text: &str, words: &[Token]) -> bool {
    let mut names = words.iter().skip(1).filter(|it| !it.is(text, ".") && !is(text, **it, "pg_catalog"));
    names
        .next()
        .is_some_and(|it| HARMLESS.iter().chain(&["pg_advisory_unlock"]).any(|name| is(text, *it, name)))
}

/// Whether a text is one statement of those that are read.
fn one_statement(text: &str) -> bool {
    let Ok(parse) = parse(text) else { return false };
    let mut statements = parse.tree().stmts();
    statements.next().is_some() && statements.next().is_none() && parse.errors().is_empty()
}

/// Whether a token is a word, in whatever case.
pub fn is(text: &str, token: Token, word: &str) -> bool {
    token.span.of(text).eq_ignore_ascii_case(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<&[&str]>) {
        let options = crate::read::Options::default();
        let known = Builder::new(&options, &|_| 1);
        let found = program(&known, body, Variables::default()).map(|it| {
            it.into_iter().filter_map(|it| match it.act {
                Act::Run(sql) => Some(sql.trim().trim_end_matches(';').to_owned()),
                Act::Rows(_) | Act::Ask(..) | Act::Know(..) | Act::All(..) | Act::Return => None,
            })
        });
        let found: Option<Vec<String>> = found.map(Iterator::collect);
        let expected: Option<Vec<String>> =
            expected.map(|it| it.iter().copied().map(str::to_owned).collect());
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn blocks_that_only_make_things_are_read() {
        check(
            "BEGIN CREATE TYPE a AS ENUM ('x'); EXCEPTION WHEN duplicate_object THEN null; END",
            Some(&["CREATE TYPE a AS ENUM ('x')"]),
        );
        check(
            "BEGIN\n BEGIN\n CREATE TABLE a (x int);\n EXCEPTION WHEN duplicate_table THEN RAISE NOTICE 'there'; null;\n \
             END;\n DROP TABLE b;\nEND;",
            Some(&["CREATE TABLE a (x int)", "DROP TABLE b"]),
        );
        check(
            "BEGIN UPDATE a SET x = 1; EXECUTE 'create index i on a (x)'; END",
            Some(&["UPDATE a SET x = 1", "create index i on a (x)"]),
        );
        check(
            "BEGIN IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'a') THEN CREATE DOMAIN a AS int; END IF; END",
            Some(&["CREATE DOMAIN a AS int"]),
        );
        check(
            "BEGIN EXECUTE 'create index i on a (x); drop table a'; END",
            Some(&["create index i on a (x)", "drop table a"]),
        );
    }

    #[test]
    fn texts_of_statements_are_put_together_where_all_is_known() {
        check(
            "DECLARE t text; n text := 'x'; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b c'] LOOP \
             EXECUTE format('CREATE INDEX %I ON %I (' || n || ')', 'i_' || t, t); END LOOP; END",
            Some(&["CREATE INDEX i_a ON a (x)", "CREATE INDEX \"i_b c\" ON \"b c\" (x)"]),
        );
        check(
            "DECLARE l text[] := '{a,b}'::text[]; t text; BEGIN FOREACH t IN ARRAY l LOOP EXECUTE 'DROP TABLE ' || t; END LOOP; END",
            Some(&["DROP TABLE a", "DROP TABLE b"]),
        );
        check(
            "BEGIN FOR i IN 1..2 LOOP EXECUTE format('CREATE TABLE p%s (x int)', i); END LOOP; DROP TABLE b; END",
            Some(&["CREATE TABLE p1 (x int)", "CREATE TABLE p2 (x int)", "DROP TABLE b"]),
        );
        check(
            "DECLARE t text; BEGIN FOR t IN SELECT unnest(ARRAY['a']) LOOP EXECUTE 'DROP TABLE ' || quote_ident(t); END LOOP; END",
            Some(&["DROP TABLE a"]),
        );
    }

    #[test]
    fn conditions_on_what_is_known_are_answered() {
        let setting = "DECLARE all_of bool = COALESCE(current_setting('my.all', true), 'false')::boolean; \
                       role text := coalesce(current_setting('my.role', true), 'web'); sql text; version int; BEGIN \
                       SELECT current_setting('server_version_num')::integer INTO version;";
        for (condition, expected) in [
            ("all_of", false),
            ("NOT all_of", true),
            ("all_of = false", true),
            ("role != 'web'", false),
            ("role = 'web' AND sql IS NULL", true),
            ("sql IS NOT NULL OR all_of IS TRUE", false),
            ("nullif(role, 'web') is null", true),
            ("version >= 110000", true),
            ("version < 90500 OR 2 > 10", false),
        ] {
            let body = format!("{setting} IF {condition} THEN RETURN; END IF; DROP TABLE a; END");
            let options = crate::read::Options::default();
            let known = Builder::new(&options, &|_| 1);
            let steps = program(&known, &body, Variables::default()).unwrap_or_default();
            let known: Vec<bool> = steps
                .iter()
                .filter_map(|it| if let Act::Know(_, it) = it.act { Some(it) } else { None })
                .collect();
            assert_eq!(known, [expected], "{condition} {steps:?}");
        }
        check(
            &format!(
                "{setting} IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN \
                      EXECUTE 'GRANT ALL ON a TO ' || role; END IF; END"
            ),
            Some(&["GRANT ALL ON a TO web"]),
        );
        check(
            "DECLARE n int; BEGIN GET DIAGNOSTICS n = ROW_COUNT; IF n IS NULL THEN DROP TABLE a; END IF; END",
            None,
        );
        check(
            "DECLARE n int := f(); BEGIN IF EXISTS (SELECT FROM pg_class WHERE relname = n) THEN DROP TABLE a; END IF; END",
            None,
        );
    }

    #[test]
    fn what_is_not_known_is_not_read() {
        check("BEGIN EXECUTE 'create index i on a (x)' || b; END", None);
        check("BEGIN EXECUTE format('drop table %I', current_user); END", None);
        check(
            "BEGIN BEGIN CREATE TABLE a (x int); EXCEPTION WHEN others THEN BEGIN DROP TABLE a; END; END; END",
            None,
        );
        check("BEGIN PERFORM f(); END", None);
        check(
            "DECLARE r record; BEGIN FOR r IN SELECT relname FROM pg_class LOOP DROP TABLE a; END LOOP; END",
            None,
        );
        check(
            "DECLARE n int; BEGIN SELECT max(x) INTO n FROM a; IF n = 1 THEN DROP TABLE a; END IF; END",
            None,
        );
        check("DECLARE n int; BEGIN INSERT INTO a VALUES (n); END", Some(&[]));
    }
}
