//! What a statement that is kept as written is about: the object that it makes, changes or tells of.

use std::collections::BTreeMap;

use crate::design::VerbatimId;
use crate::pg::{Token, tokens};

/// Kinds of objects that the document has no record for, by the words that stand for them; longer ones first.
///
/// Source: PostgreSQL manual, "SQL Commands".
const KINDS: [&[&str]; 22] = [
    &["text", "search", "configuration"],
    &["text", "search", "dictionary"],
    &["text", "search", "parser"],
    &["text", "search", "template"],
    &["foreign", "data", "wrapper"],
    &["foreign", "server"],
    &["event", "trigger"],
    &["access", "method"],
    &["operator", "class"],
    &["operator", "family"],
    &["operator"],
    &["aggregate"],
    &["collation"],
    &["conversion"],
    &["publication"],
    &["subscription"],
    &["server"],
    &["language"],
    &["statistics"],
    &["rule"],
    &["cast"],
    &["transform"],
];

/// What a statement does to its subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It makes them.
    Create,
    /// It changes them, or says something of them.
    About,
    /// It takes them away.
    Drop,
}

/// A kind of object, and a name.
type Key = (&'static str, String);

/// An object as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its kind, its name without the SQL schema, and for what is told apart by arguments those.
    pub key: Key,
    /// The SQL schema, where it is written.
    pub namespace: Option<String>,
}

/// The objects that kept statements make.
#[derive(Clone, Debug, Default)]
pub struct Made(BTreeMap<Key, Vec<(Option<String>, VerbatimId)>>);

impl Made {
    /// Notes what makes an object.
    pub fn add(&mut self, subject: Subject, id: VerbatimId) {
        self.0.entry(subject.key).or_default().push((subject.namespace, id));
    }

    /// What made an object, the last where there are several.
    pub fn find(&self, subject: &Subject) -> Option<VerbatimId> {
        let fits = |it: &&(Option<String>, VerbatimId)| {
            it.0.is_none() || subject.namespace.is_none() || it.0 == subject.namespace
        };
        self.0.get(&subject.key)?.iter().rfind(fits).map(|it| it.1)
    }

    /// Whether anything of this name was made in an SQL schema; what was made without one is in `public`.
    pub fn has(&self, name: &str, namespace: &str) -> bool {
        let within = |it: &(Option<String>, VerbatimId)| it.0.as_deref().unwrap_or("public") == namespace;
        // The arguments of an aggregate stand behind its name.
        let is_named =
            |key: &Key| key.1 == name || key.0 == "aggregate" && key.1.split('(').next() == Some(name);
        self.0.iter().any(|(key, made)| is_named(key) && made.iter().any(within))
    }

    /// Forgets what is gone.
    pub fn remove(&mut self, id: VerbatimId) {
        self.0.values_mut().for_each(|it| it.retain(|it| it.1 != id));
    }
}

/// What a statement does, and to which objects; nothing for objects that have records. With a new name that it gives.
pub fn read(sql: &str) -> Option<(Verb, Vec<Subject>, Option<Subject>)> {
    let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
    let mut words = Words { sql, all: &all, at: 0 };
    let verb = match words.next()?.as_str() {
        "create" => Verb::Create,
        "alter" => Verb::About,
        "drop" => Verb::Drop,
        "comment" => {
            words.pass(&["on"]);
            Verb::About
        }
        "grant" | "revoke" | "security" => {
            while words.next()? != "on" {}
            Verb::About
        }
        _ => return None,
    };
    words.pass(&["or", "replace", "trusted", "procedural", "default"]);
    let kind = words.kind()?;
    words.pass(&["if", "not", "exists"]);
    let mut subjects = vec![words.subject(kind)?];
    while verb == Verb::Drop && words.is(",") {
        words.at += 1;
        subjects.push(words.subject(kind)?);
    }
    let renamed = all.windows(2).position(|it| {
        let is = |token: Token, word: &str| token.span.of(sql).eq_ignore_ascii_case(word);
        verb == Verb::About && is(it[0], "rename") && is(it[1], "to")
    });
    let new = renamed.and_then(|at| Words { sql, all: &all, at: at + 2 }.name(kind));
    Some((verb, subjects, new))
}

/// The operator, and where it begins, that a statement makes or is about without naming its SQL schema.
pub fn bare_operator(sql: &str) -> Option<(String, usize)> {
    let (_, subjects, _) = read(sql)?;
    let found = subjects.into_iter().find(|it| it.key.0 == "operator" && it.namespace.is_none())?;
    let sign = tokens(sql).filter(|it| !it.is_blank()).find(|it| it.name(sql).is_none())?;
    Some((found.key.1, sign.span.start as usize))
}

struct Words<'a> {
    sql: &'a str,
    all: &'a [Token],
    at: usize,
}

impl Words<'_> {
    fn text(&self, at: usize) -> &str {
        self.all.get(at).map_or("", |it| it.span.of(self.sql))
    }

    fn is(&self, sign: &str) -> bool {
        self.text(self.at) == sign
    }

    fn next(&mut self) -> Option<String> {
        let word = self.all.get(self.at)?.span.of(self.sql).to_ascii_lowercase();
        self.at += 1;
        Some(word)
    }

    fn pass(&mut self, words: &[&str]) {
        while words.iter().any(|it| self.text(self.at).eq_ignore_ascii_case(it)) {
            self.at += 1;
        }
    }

    fn kind(&mut self) -> Option<&'static str> {
        let stands = |kind: &&&[&str]| {
            kind.iter().enumerate().all(|(at, it)| self.text(self.at + at).eq_ignore_ascii_case(it))
        };
        let kind = KINDS.iter().find(stands)?;
        self.at += kind.len();
        kind.last().copied()
    }

    fn subject(&mut self, kind: &'static str) -> Option<Subject> {
        match kind {
            "cast" => {
                let mut name = String::new();
                self.arguments(&mut name);
                return (!name.is_empty()).then_some(Subject { key: (kind, name), namespace: None });
            }
            "transform" => {
                let rest =
                    self.all.get(self.at..)?.iter().map(|it| it.span.of(self.sql).to_ascii_lowercase());
                let name: Vec<String> = rest.take_while(|it| it != "(" && it != ";").collect();
                return Some(Subject { key: (kind, name.join(" ")), namespace: None });
            }
            _ => {}
        }
        let mut subject = self.name(kind)?;
        if kind == "rule" {
            // A rule is told apart by its table, too: `ON t`, or `AS ON INSERT TO t` where it is made.
            let made = self.text(self.at).eq_ignore_ascii_case("as");
            let before = if made { "to" } else { "on" };
            let rest = self.all.get(self.at..)?.iter();
            let at = rest
                .take_while(|it| !it.is(self.sql, ";"))
                .position(|it| it.span.of(self.sql).eq_ignore_ascii_case(before))?;
            self.at += at + 1;
            let table = self.name("rule")?;
            subject.key.1 = format!("{} on {}", subject.key.1, table.key.1);
            subject.namespace = table.namespace;
        }
        Some(subject)
    }

    fn name(&mut self, kind: &'static str) -> Option<Subject> {
        let (mut namespace, mut name) = (None, String::new());
        // The signs of an operator are its name.
        while let Some(token) = self.all.get(self.at) {
            match token.name(self.sql) {
                Some(it) if name.is_empty() => name = it.into_owned(),
                None if self.is(".") => namespace = Some(std::mem::take(&mut name)),
                None if kind == "operator" && !self.is("(") && !self.is(",") => {
                    name.push_str(self.text(self.at));
                }
                _ => break,
            }
            self.at += 1;
        }
        if matches!(kind, "aggregate" | "operator") && self.is("(") && !name.is_empty() {
            let mut arguments = String::new();
            self.arguments(&mut arguments);
            // Of an operator only `COMMENT`, `ALTER` and `DROP` give them.
            if kind == "aggregate" {
                name.push_str(&arguments);
            }
        }
        (!name.is_empty()).then_some(Subject { key: (kind, name), namespace })
    }

    /// What stands in parentheses: it tells overloaded aggregates apart.
    fn arguments(&mut self, name: &mut String) {
        let mut depth = 0;
        while self.at < self.all.len() {
            let word = self.text(self.at).to_ascii_lowercase();
            match word.as_str() {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            name.push_str(&word);
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sql: &str, verb: Verb, expected: &str) {
        let (found, subjects, new) = read(sql).expect("a statement about something");
        let names = subjects.iter().chain(&new).map(|it| {
            let namespace = it.namespace.as_ref().map(|it| format!("{it}.")).unwrap_or_default();
            format!("{} {namespace}{}", it.key.0, it.key.1)
        });
        assert_eq!((found, names.collect::<Vec<_>>().join(", ").as_str()), (verb, expected), "{sql}");
    }

    #[test]
    fn the_object_that_a_statement_is_about_is_found() {
        check("CREATE PUBLICATION \"All\" FOR ALL TABLES", Verb::Create, "publication All");
        check("ALTER PUBLICATION p OWNER TO web;", Verb::About, "publication p");
        check("ALTER PUBLICATION p RENAME TO q", Verb::About, "publication p, publication q");
        check("DROP PUBLICATION IF EXISTS p, q CASCADE", Verb::Drop, "publication p, publication q");
        check("CREATE TRUSTED PROCEDURAL LANGUAGE l HANDLER h", Verb::Create, "language l");
        check("GRANT USAGE ON LANGUAGE l TO web", Verb::About, "language l");
        check("COMMENT ON TEXT SEARCH PARSER app.words IS 'x'", Verb::About, "parser app.words");
        check("GRANT USAGE ON FOREIGN SERVER s TO web", Verb::About, "server s");
        check(
            "CREATE AGGREGATE app.total(int) (SFUNC = f, STYPE = int)",
            Verb::Create,
            "aggregate app.total(int)",
        );
        check("DROP AGGREGATE total (INT)", Verb::Drop, "aggregate total(int)");
        check("CREATE OPERATOR app.=> (LEFTARG = a)", Verb::Create, "operator app.=>");
        check("DROP OPERATOR => (a, b)", Verb::Drop, "operator =>");
        check(
            "CREATE OR REPLACE RULE r AS ON INSERT TO app.t DO INSTEAD NOTHING",
            Verb::Create,
            "rule app.r on t",
        );
        check("DROP RULE IF EXISTS r ON t CASCADE", Verb::Drop, "rule r on t");
        check("COMMENT ON RULE r ON app.t IS 'x'", Verb::About, "rule app.r on t");
        check("CREATE CAST (a AS app.b) WITHOUT FUNCTION", Verb::Create, "cast (aasapp.b)");
        check("DROP CAST (a AS app.b)", Verb::Drop, "cast (aasapp.b)");
        check("CREATE STATISTICS IF NOT EXISTS s ON a, b FROM t", Verb::Create, "statistics s");
        assert_eq!(read("CREATE TABLE publication (x int)"), None);
        assert_eq!(read("GRANT a TO b"), None);
    }
}
