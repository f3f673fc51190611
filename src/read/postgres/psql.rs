//! What `psql` makes of a script before the server sees it: variables, branches, and the commands that read files.
//!
//! Source: PostgreSQL 18 manual, `psql`, "Meta-Commands" and "SQL Interpolation".

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::pg::{TokenKind, tokens};
use crate::read::DiagnosticKind;
use crate::sql::{ident, literal};

use super::builder::Builder;
use super::rows;

/// The state of a session.
#[derive(Default)]
pub struct Psql {
    variables: BTreeMap<String, String>,
    /// The open `\if`s, innermost last.
    branches: Vec<Branch>,
    /// The database that is read, once it has a name.
    database: Option<String>,
    is_elsewhere: bool,
}

/// What becomes of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is read.
    Reads,
    /// It stands in a branch that is not taken.
    SkipsBranch,
    /// It is about another database.
    SkipsDatabase,
}

/// An open `\if`.
#[derive(Clone, Copy)]
struct Branch {
    /// Whether what stands here is read.
    active: bool,
    /// Whether one of its branches was.
    taken: bool,
}

impl Psql {
    /// What becomes of a statement that stands here.
    pub fn state(&self) -> State {
        match (self.is_active(), self.is_elsewhere) {
            (false, _) => State::SkipsBranch,
            (true, true) => State::SkipsDatabase,
            (true, false) => State::Reads,
        }
    }

    /// Whether every branch around it is taken.
    fn is_active(&self) -> bool {
        self.branches.iter().all(|it| it.active)
    }

    /// Reads a command such as `\set name value`.
    pub fn command(&mut self, b: &mut Builder, text: &str) {
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match name {
            "\\if" => {
                let active = self.is_active() && self.holds(rest);
                self.branches.push(Branch { active, taken: active });
            }
            "\\elif" => {
                let holds = self.holds(rest);
                if let Some(branch) = self.branches.last_mut() {
                    branch.active = !branch.taken && holds;
                    branch.taken |= branch.active;
                }
            }
            "\\else" => {
                if let Some(branch) = self.branches.last_mut() {
                    branch.active = !branch.taken;
                    branch.taken = true;
                }
            }
            "\\endif" => {
                self.branches.pop();
            }
            _ if !self.is_active() => {}
            "\\set" => self.set(rest),
            "\\unset" => {
                self.variables.remove(rest);
            }
            "\\c" | "\\connect" => self.connect(b, rest),
            _ if self.is_elsewhere => {}
            "\\copy" => rows::copy_command(b, text),
            "\\i" | "\\ir" | "\\include" | "\\include_relative" => {
                b.say(DiagnosticKind::Included { file: unquoted(rest) });
            }
            "\\gexec" => b.say(DiagnosticKind::LeftOut { what: "what `\\gexec` makes of a query" }),
            _ => {}
        }
    }

    /// `\connect`: one database is read, the first in which the script makes something. What would be done to others is
    /// passed over.
    fn connect(&mut self, b: &mut Builder, rest: &str) {
        let Some(name) = self.database_of(rest).filter(|it| Some(it) != self.database.as_ref()) else {
            // The same again, in a session of its own.
            self.is_elsewhere = self.is_elsewhere && self.database_of(rest).is_none();
            b.set_search_path(vec!["public".to_owned()]);
            return;
        };
        self.is_elsewhere = b.has_objects();
        if self.is_elsewhere {
            b.say(DiagnosticKind::OtherDatabase { name });
        } else {
            b.set_search_path(vec!["public".to_owned()]);
            self.database = Some(name);
        }
    }

    /// The database that `\connect` names: by itself, as `dbname=…`, or in an address; none when it is the one of before.
    fn database_of(&self, arguments: &str) -> Option<String> {
        let arguments = arguments.trim().trim_end_matches(';');
        let arguments = match arguments.split_once(char::is_whitespace) {
            Some((option, rest)) if option.starts_with("-reuse-previous") => rest.trim(),
            _ => arguments,
        };
        let first = match arguments.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
            None => self.value(arguments.split_whitespace().next().unwrap_or_default()),
        };
        let name = if let Some((_, address)) = first.split_once("://") {
            let path = address.split_once('/').map_or("", |it| it.1);
            path.split('?').next().unwrap_or_default()
        } else if let Some((_, value)) = first.split_once("dbname=") {
            match value.strip_prefix('\'') {
                Some(quoted) => quoted.split('\'').next().unwrap_or_default(),
                None => value.split_whitespace().next().unwrap_or_default(),
            }
        } else {
            &first
        };
        Some(name.to_owned()).filter(|it| it != "-" && !it.is_empty())
    }

    /// `\set name value…`: the values are put together; without one the variable is empty.
    fn set(&mut self, rest: &str) {
        let mut words = rest.splitn(2, char::is_whitespace);
        let Some(name) = words.next().filter(|it| !it.is_empty()) else { return };
        let value: String =
            words.next().unwrap_or_default().split_whitespace().map(|it| self.value(it)).collect();
        self.variables.insert(name.to_owned(), value);
    }

    /// An argument of a command: quoted, a variable, or itself.
    fn value(&self, word: &str) -> String {
        match word.strip_prefix(':').and_then(|it| self.variables.get(it.trim_matches(['\'', '"']))) {
            Some(value) => value.clone(),
            None => unquoted(word),
        }
    }

    /// Whether the condition of an `\if` holds; as for psql, what is no boolean does not.
    fn holds(&self, condition: &str) -> bool {
        if let Some(name) = condition.strip_prefix(":{?").and_then(|it| it.strip_suffix('}')) {
            return self.variables.contains_key(name);
        }
        let value = self.value(condition).to_ascii_lowercase();
        match value.as_str() {
            "on" | "1" => true,
            "" | "o" => false,
            other => "true".starts_with(other) || "yes".starts_with(other),
        }
    }

    /// A statement with the values of the variables that it names: `:name`, `:'name'` and `:"name"`.
    pub fn written_out<'t>(&self, sql: &'t str) -> Cow<'t, str> {
        if self.variables.is_empty() || !sql.contains(':') {
            return Cow::Borrowed(sql);
        }
        let mut out = String::with_capacity(sql.len());
        let (mut done, mut colon) = (0, None);
        for token in tokens(sql) {
            let Some(at) = colon.take() else {
                colon = token.is(sql, ":").then_some(token.span.start as usize);
                continue;
            };
            let word = token.span.of(sql);
            let value = match token.kind {
                TokenKind::Word | TokenKind::Number => self.variables.get(word).cloned(),
                TokenKind::Text => self.variables.get(word.trim_matches('\'')).map(|it| literal(it)),
                TokenKind::Quoted => self.variables.get(word.trim_matches('"')).map(|it| ident(it)),
                _ => None,
            };
            if let Some(value) = value {
                out.push_str(sql.get(done..at).unwrap_or_default());
                out.push_str(&value);
                done = token.span.end as usize;
            } else {
                colon = token.is(sql, ":").then_some(token.span.start as usize);
            }
        }
        out.push_str(sql.get(done..).unwrap_or_default());
        Cow::Owned(out)
    }
}

/// The text between quotes, or the word itself.
fn unquoted(word: &str) -> String {
    let inner = word.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    inner.map_or_else(|| word.to_owned(), |it| it.replace("''", "'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(script: &str, sql: &str, expected: &str) {
        let options = crate::read::Options::default();
        let mut b = Builder::new(&options, &|_| 1);
        let mut psql = Psql::default();
        script.lines().for_each(|it| psql.command(&mut b, it));
        assert_eq!(if psql.state() == State::Reads { psql.written_out(sql) } else { "".into() }, expected);
    }

    #[test]
    fn variables_are_put_in_outside_quotes() {
        let set = "\\set s app\n\\set n 'it''s'";
        check(
            set,
            "create table :s.t (a text default :'n', b int[:s])",
            "create table app.t (a text default 'it''s', b int[app])",
        );
        check(set, "select ':s', a::s, $$:s$$, :other", "select ':s', a::s, $$:s$$, :other");
        check("\\set s \"x\"", "create schema :s", "create schema \"x\"");
        check("\\set s App", "create schema :\"s\"", "create schema \"App\"");
    }

    #[test]
    fn databases_are_named_in_several_ways() {
        let name = |it: &str| Psql::default().database_of(it);
        assert_eq!(name("shop").as_deref(), Some("shop"));
        assert_eq!(name("\"my shop\"").as_deref(), Some("my shop"));
        assert_eq!(name("-reuse-previous=on \"dbname='my shop'\"").as_deref(), Some("my shop"));
        assert_eq!(name("postgresql://u@host:5432/shop?sslmode=off").as_deref(), Some("shop"));
        assert_eq!(name("- someone"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn one_branch_is_taken() {
        check("\\set a on\n\\if :a", "yes", "yes");
        check("\\set a on\n\\if :a\n\\else", "no", "");
        check("\\if false\n\\elif true", "yes", "yes");
        check("\\if :{?a}\n\\set b 1\n\\endif", ":b", ":b");
        check("\\if 0\n\\if 1\n\\endif", "no", "");
    }
}
