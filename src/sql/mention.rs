//! The names inside SQL text: where they stand, and what kind of thing each can mean.

use crate::base::Span;
use crate::pg::{Token, TokenKind, needs_quotes, tokens};

/// A name as it stands in SQL text, with what qualifies it: `project.task.title` has three parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// At least one.
    pub parts: Vec<Part>,
    /// What it can mean by its place.
    pub role: Role,
    /// How many parentheses are open around it.
    pub depth: usize,
    /// Whether it stands in a text value, as in `nextval('task_id_seq')`.
    pub in_text: bool,
    /// Whether it is a whole item of the outermost select list, so that its last part names what comes out.
    pub is_output: bool,
}

/// One part of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Folded or unquoted.
    pub name: String,
    /// With its quotes.
    pub span: Span,
}

/// What a name can mean by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A function: a parenthesis follows.
    Call,
    /// A table, view or sequence: after `FROM`, `JOIN`, `INTO`, `UPDATE`, or in a text that is a `regclass`.
    Relation,
    /// A type: after `::`, in `CAST (… AS …)`, or before `%TYPE` and `%ROWTYPE`.
    Type,
    /// Most often a column.
    Other,
}

impl Mention {
    /// The last part.
    pub fn last(&self) -> &Part {
        self.parts.last().expect("a mention has at least one part")
    }

    /// Whether it reads `namespace.name`, or `name` alone, with nothing after it.
    pub fn names(&self, namespace: &str, name: &str) -> bool {
        match self.parts.as_slice() {
            [one] => one.name == name,
            [first, second] => first.name == namespace && second.name == name,
            _ => false,
        }
    }
}

/// The functions that take the name of a relation as text (manual, "Sequence Manipulation Functions").
const TAKE_RELATION: [&str; 4] = ["nextval", "currval", "setval", "pg_get_serial_sequence"];

/// The first words of statements in which a relation follows `ON` and `TO`.
const DEFINE: [&str; 5] = ["alter", "comment", "create", "grant", "revoke"];

/// Every name in `text`, in order. Keywords are no names, unless quoted or behind a dot.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut reader =
        Reader { text, tokens: tokens(text).filter(|it| !it.is_blank()).collect(), ..Reader::default() };
    reader.defines =
        reader.token(0).and_then(|it| it.name(text)).is_some_and(|it| DEFINE.contains(&it.as_ref()));
    while reader.at < reader.tokens.len() {
        reader.step();
    }
    reader.found
}

/// Whether a list of relations is being read, at one level of parentheses.
#[derive(Clone, Copy, Default)]
struct Level {
    in_from: bool,
    expects_relation: bool,
    is_cast: bool,
    in_select: bool,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    levels: Vec<Level>,
    level: Level,
    found: Vec<Mention>,
    /// Whether the text defines or grants something, so that `ON` is followed by a relation.
    defines: bool,
}

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).copied()
    }

    fn is_sign(&self, at: usize, sign: &str) -> bool {
        self.token(at).is_some_and(|it| it.is(self.text, sign))
    }

    fn step(&mut self) {
        let Some(token) = self.token(self.at) else { return };
        match token.kind {
            TokenKind::Word if self.is_field_of_time() => self.at += 1,
            TokenKind::Word => {
                let word = token.name(self.text).unwrap_or_default().into_owned();
                if is_keyword(&word) { self.keyword(&word) } else { self.name() }
            }
            TokenKind::Quoted => self.name(),
            TokenKind::Text => {
                self.text_value(token);
                self.at += 1;
            }
            TokenKind::Sign => {
                match token.span.of(self.text) {
                    "(" => {
                        let is_cast =
                            self.at.checked_sub(1).and_then(|it| self.token(it)).is_some_and(|it| {
                                it.kind == TokenKind::Word
                                    && it.span.of(self.text).eq_ignore_ascii_case("cast")
                            });
                        let inner = Level {
                            in_from: self.level.expects_relation,
                            expects_relation: self.level.expects_relation,
                            is_cast,
                            in_select: false,
                        };
                        self.levels.push(self.level);
                        self.level = inner;
                    }
                    ")" => {
                        self.level = self.levels.pop().unwrap_or_default();
                        self.level.expects_relation = false;
                    }
                    "," => self.level.expects_relation = self.level.in_from,
                    ";" => {
                        self.level = Level::default();
                        self.levels.clear();
                    }
                    _ => {}
                }
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }

    /// Whether the word here is that of `EXTRACT(epoch FROM …)`.
    fn is_field_of_time(&self) -> bool {
        let says = |at: Option<usize>, word: &str| {
            at.and_then(|it| self.token(it))
                .is_some_and(|it| it.span.of(self.text).eq_ignore_ascii_case(word))
        };
        says(self.at.checked_sub(2), "extract")
            && says(self.at.checked_sub(1), "(")
            && says(Some(self.at + 1), "from")
    }

    fn keyword(&mut self, word: &str) {
        let (in_from, expects) = match word {
            "from" | "join" | "using" | "into" => (true, true),
            "only" | "lateral" | "table" => (self.level.in_from, true),
            "on" | "to" if self.defines && self.levels.is_empty() => (false, true),
            "where" | "on" | "group" | "order" | "having" | "limit" | "offset" | "union" | "intersect"
            | "except" | "window" | "select" | "returning" | "values" | "for" | "fetch" | "with" => {
                (false, false)
            }
            _ => (self.level.in_from, self.level.expects_relation && !matches!(word, "as")),
        };
        // `x IS DISTINCT FROM y`, `EXTRACT(day FROM y)`, `USING (column)` name no relation.
        let before =
            self.at.checked_sub(1).and_then(|it| self.token(it)).map_or("", |it| it.span.of(self.text));
        let distinct = word == "from" && before.eq_ignore_ascii_case("distinct");
        let columns = word == "using" && self.is_sign(self.at + 1, "(");
        match word {
            "select" => self.level.in_select = true,
            "from" if !distinct => self.level.in_select = false,
            _ => {}
        }
        if !distinct && !columns {
            self.level.in_from = in_from;
            self.level.expects_relation = expects;
        } else if columns {
            self.level.expects_relation = false;
        }
        self.at += 1;
    }

    fn name(&mut self) {
        let first = self.at;
        let mut parts = Vec::new();
        while let Some(token) = self.token(self.at) {
            let Some(name) = token.name(self.text) else { break };
            parts.push(Part { name: name.into_owned(), span: token.span });
            self.at += 1;
            let goes_on = self.is_sign(self.at, ".")
                && self
                    .token(self.at + 1)
                    .is_some_and(|it| matches!(it.kind, TokenKind::Word | TokenKind::Quoted));
            if !goes_on {
                break;
            }
            self.at += 1;
        }
        let before = first.checked_sub(1).and_then(|it| self.token(it));
        let word_before = before.map_or("", |it| it.span.of(self.text));
        // `UPDATE` and `INSERT` are no reserved words: they are read as names that announce a relation.
        if let [one] = parts.as_slice()
            && matches!(one.name.as_str(), "update" | "delete" | "insert")
            && self.token(first).is_some_and(|it| it.kind == TokenKind::Word)
            && !self.is_sign(self.at, "(")
        {
            self.level = Level { in_from: false, expects_relation: one.name == "update", ..self.level };
            return;
        }
        let is_call = self.is_sign(self.at, "(");
        let next = self.token(self.at).map(|it| it.span.of(self.text).to_ascii_lowercase());
        let begins = ["select", "distinct", "all", ","].iter().any(|it| word_before.eq_ignore_ascii_case(it));
        let ends = next.as_deref().is_none_or(|it| it == "," || it == "from");
        let after_next = self.token(self.at + 1).map_or("", |it| it.span.of(self.text));
        let is_row_type = next.as_deref() == Some("%")
            && ["type", "rowtype"].iter().any(|it| after_next.eq_ignore_ascii_case(it));
        let role = if is_row_type
            || before.is_some_and(|it| it.kind == TokenKind::Cast)
            || self.level.is_cast && word_before.eq_ignore_ascii_case("as")
        {
            Role::Type
        } else if self.level.expects_relation && (!is_call || word_before.eq_ignore_ascii_case("into")) {
            Role::Relation
        } else if is_call {
            Role::Call
        } else {
            Role::Other
        };
        self.level.expects_relation = false;
        let is_output = self.levels.is_empty() && self.level.in_select && begins && ends;
        self.found.push(Mention { parts, role, depth: self.levels.len(), in_text: false, is_output });
    }

    /// A text that names a relation: cast to `regclass`, or given to a sequence function.
    fn text_value(&mut self, token: Token) {
        let is_cast = self.token(self.at + 1).is_some_and(|it| it.kind == TokenKind::Cast)
            && self
                .token(self.at + 2)
                .is_some_and(|it| it.span.of(self.text).eq_ignore_ascii_case("regclass"));
        let argument = self.is_sign(self.at.wrapping_sub(1), "(")
            && self
                .at
                .checked_sub(2)
                .and_then(|it| self.token(it)?.name(self.text))
                .is_some_and(|it| TAKE_RELATION.contains(&it.as_ref()));
        let written = token.span.of(self.text);
        if !(is_cast || argument) || !written.starts_with('\'') {
            return;
        }
        let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
        let mut parts = Vec::new();
        for part in tokens(inner) {
            if let Some(name) = part.name(inner) {
                let span = part.span.shifted(token.span.start as usize + 1);
                parts.push(Part { name: name.into_owned(), span });
            } else if !part.is(inner, ".") {
                return;
            }
        }
        if !parts.is_empty() {
            let depth = self.levels.len();
            self.found.push(Mention { parts, role: Role::Relation, depth, in_text: true, is_output: false });
        }
    }
}

/// Whether a bare word is a keyword that cannot be a name.
fn is_keyword(word: &str) -> bool {
    word.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') && needs_quotes(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Role)]) {
        let all = mentions(text);
        let found: Vec<_> = all
            .iter()
            .map(|it| {
                let words: Vec<_> = it.parts.iter().map(|it| it.name.as_str()).collect();
                (words.join("."), it.role)
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(name, role)| ((*name).to_owned(), *role)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_field_of_a_time_is_no_name() {
        let found = mentions("EXTRACT(epoch FROM due)");
        assert!(
            found.iter().all(|it| it.last().name != "epoch")
                && found.iter().any(|it| it.last().name == "due")
        );
    }

    #[test]
    fn names_have_the_role_of_their_place() {
        use Role::{Call, Other, Relation, Type};
        check("lower(Email) <> ''", &[("lower", Call), ("email", Other)]);
        check("a.\"User\"::public.mood", &[("a.User", Other), ("public.mood", Type)]);
        check(
            "select t.x from task t, app.project as p join c using (id) where t.y is distinct from z",
            &[
                ("t.x", Other),
                ("task", Relation),
                ("t", Other),
                ("app.project", Relation),
                ("p", Other),
                ("c", Relation),
                ("id", Other),
                ("t.y", Other),
                ("z", Other),
            ],
        );
        check(
            "update task set a = 1; insert into log (b) values (f(c))",
            &[
                ("task", Relation),
                ("set", Other),
                ("a", Other),
                ("log", Relation),
                ("b", Other),
                ("f", Call),
                ("c", Other),
            ],
        );
        check(
            "nextval('app.\"S\"'::regclass)",
            &[("nextval", Call), ("app.S", Relation), ("regclass", Type)],
        );
        check("cast(a as mood)", &[("a", Other), ("mood", Type)]);
        check("'from task' || $$from task$$ -- from task", &[]);
    }
}
