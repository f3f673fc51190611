//! Fixes of statements: places of a script with other words in their place.

use serde::{Deserialize, Serialize};

use super::words::Words;
use super::{Act, Action, Added, Constraint, Script, Steps, lint_scripts};
use crate::base::Span;
use crate::lint::{Config, Remedy, Safety};
use crate::pg::{Token, tokens};
use crate::sql::ident;

/// Other words for a place of a script; an empty place is one before which they go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextEdit {
    /// The bytes that go.
    pub span: Span,
    /// What comes in their place.
    pub text: String,
}

/// How often all statements are fixed before what is left is left.
const ROUNDS: usize = 4;

/// The texts of scripts with what can be fixed in their statements, and how many fixes that took.
pub fn fix_scripts(scripts: &[Script<'_>], config: &Config, unsafe_too: bool) -> (Vec<String>, usize) {
    let mut texts: Vec<String> = scripts.iter().map(|it| it.text.to_owned()).collect();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let now: Vec<Script<'_>> =
            scripts.iter().zip(&texts).map(|(script, text)| Script { name: script.name, text }).collect();
        let found = lint_scripts(&now, config);
        let mut next = texts.clone();
        let mut applied = 0;
        for (script, text) in scripts.iter().zip(&mut next) {
            let mut edits: Vec<&TextEdit> = Vec::new();
            for finding in found.iter().filter(|it| it.file.as_deref() == Some(script.name)) {
                let Some(fix) = &finding.fix else { continue };
                let Remedy::Rewrite(new) = &fix.remedy else { continue };
                let fits = unsafe_too || fix.safety == Safety::Safe;
                // One statement takes one fix at a time: the next round sees what came of it.
                if fits && !new.iter().any(|it| edits.iter().any(|other| touch(it.span, other.span))) {
                    edits.extend(new);
                    applied += 1;
                }
            }
            *text = rewritten(text, &edits);
        }
        texts = next;
        count += applied;
        if applied == 0 {
            break;
        }
    }
    (texts, count)
}

fn touch(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// A text with edits applied that do not touch each other.
pub fn rewritten(text: &str, edits: &[&TextEdit]) -> String {
    let mut sorted: Vec<&&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|it| it.span);
    let mut out = String::new();
    let mut from = 0;
    for edit in sorted {
        let range = edit.span.range();
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.push_str(&edit.text);
        from = range.end.max(from);
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Ways to rewrite the statement at a place.
impl<'a> Steps<'a> {
    /// The statement without its semicolon.
    pub fn statement(&self, at: usize) -> &'a str {
        let written = self.steps.get(at).map_or("", |it| it.span.of(self.text));
        written.trim_end().trim_end_matches(';').trim_end()
    }

    /// Other words for the statement; its semicolon stays.
    pub fn instead(&self, at: usize, text: impl Into<String>) -> TextEdit {
        let start = self.start(at);
        TextEdit { span: Span::new(start, start + self.statement(at).len()), text: text.into() }
    }

    /// Words before the statement.
    pub fn ahead(&self, at: usize, text: impl Into<String>) -> TextEdit {
        let start = self.start(at);
        TextEdit { span: Span::new(start, start), text: text.into() }
    }

    /// Words at the end of the statement, before its semicolon; statements after a semicolon among them.
    pub fn at_end(&self, at: usize, text: impl Into<String>) -> TextEdit {
        let end = self.start(at) + self.statement(at).len();
        TextEdit { span: Span::new(end, end), text: text.into() }
    }

    /// Words behind the first of these keywords in the statement.
    pub fn behind(&self, at: usize, keywords: &str, text: &str) -> Option<TextEdit> {
        let span = self.keywords(at, keywords)?;
        Some(TextEdit { span: Span::new(span.end as usize, span.end as usize), text: text.to_owned() })
    }

    /// The statement without these keywords.
    pub fn without(&self, at: usize, keywords: &str) -> Option<TextEdit> {
        let span = self.keywords(at, keywords)?;
        let before = self.text.get(..span.start as usize)?;
        let blank = before.len() - before.trim_end_matches(' ').len();
        let span = Span::new(span.start as usize - blank, span.end as usize);
        Some(TextEdit { span, text: String::new() })
    }

    /// The table as `ALTER TABLE` writes it, where the statement has just one action.
    pub fn altered(&self, at: usize) -> Option<&'a str> {
        let Act::AlterTable { actions, .. } = &self.steps.get(at)?.act else { return None };
        let statement = self.statement(at);
        let all: Vec<Token> = tokens(statement).filter(|it| !it.is_blank()).collect();
        let mut words = Words { text: statement, tokens: &all, at: 0 };
        words.take("alter table");
        words.take("if exists");
        words.take("only");
        let first = words.at;
        words.name()?;
        let (from, to) = (all.get(first)?.span, all.get(words.at.checked_sub(1)?)?.span);
        (actions.len() == 1).then(|| from.cover(to).of(statement))
    }

    /// A constraint that is added `NOT VALID` and validated by a statement of its own, which locks nobody out.
    pub fn validated_later(&self, at: usize, action: &Action) -> Option<TextEdit> {
        let Action::AddConstraint(added) = action else { return None };
        let table =
            self.altered(at).filter(|_| self.steps.get(at).is_some_and(|it| it.transaction.is_none()))?;
        let name = ident(&self.constraint_name(at, added)?);
        Some(self.at_end(at, format!(" NOT VALID;\nALTER TABLE {table} VALIDATE CONSTRAINT {name}")))
    }

    /// A constraint made of an index that is built concurrently before it.
    pub fn index_first(&self, at: usize, action: &Action, kind: &str) -> Option<TextEdit> {
        let Action::AddConstraint(added) = action else {
            return None;
        };
        let table =
            self.altered(at).filter(|_| self.steps.get(at).is_some_and(|it| it.transaction.is_none()))?;
        let Added { columns, text, .. } = added;
        let name = self.constraint_name(at, added)?;
        // What else the constraint says, the index would have to say too.
        let plain = text.trim_end().ends_with(')') && text.matches('(').count() == 1 && text.starts_with('(');
        let (name, columns) =
            (ident(&name), columns.iter().map(|it| ident(it)).collect::<Vec<_>>().join(", "));
        plain.then(|| {
            self.instead(
                at,
                format!(
                    "CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({columns});\n\
                     ALTER TABLE {table} ADD CONSTRAINT {name} {kind} USING INDEX {name}"
                ),
            )
        })
    }

    /// The name of a constraint, its own or the one that PostgreSQL gives it (`ChooseConstraintName`).
    fn constraint_name(&self, at: usize, added: &Added) -> Option<String> {
        if let Some(name) = &added.name {
            return Some(name.clone());
        }
        let table = self.steps.get(at)?.act.table()?;
        let columns = added.columns.join("_");
        match added.kind {
            Constraint::PrimaryKey => Some(format!("{table}_pkey")),
            Constraint::Unique => Some(format!("{table}_{columns}_key")),
            Constraint::ForeignKey(_) => Some(format!("{table}_{columns}_fkey")),
            _ => None,
        }
    }

    fn start(&self, at: usize) -> usize {
        self.steps.get(at).map_or(0, |it| it.span.start as usize)
    }

    /// Where these keywords stand, one behind the other.
    fn keywords(&self, at: usize, keywords: &str) -> Option<Span> {
        let statement = self.statement(at);
        let all: Vec<Token> = tokens(statement).filter(|it| !it.is_blank()).collect();
        let wanted: Vec<&str> = keywords.split(' ').collect();
        let found = all.windows(wanted.len()).find(|it| {
            it.iter().zip(&wanted).all(|(token, word)| token.span.of(statement).eq_ignore_ascii_case(word))
        })?;
        let span = found.first()?.span.cover(found.last()?.span);
        Some(span.shifted(self.start(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::Preset;

    fn fixed(text: &str) -> String {
        let (texts, _) =
            fix_scripts(&[Script { name: "a.sql", text }], &Config::preset(Preset::Recommended), true);
        texts.concat()
    }

    #[test]
    fn one_statement_becomes_those_that_do_not_block() {
        assert_eq!(
            fixed(
                "set lock_timeout = '2s';\nset statement_timeout = '5s';\nalter table app.t add constraint k check (a > 0);\n"
            ),
            "set lock_timeout = '2s';\nset statement_timeout = '5s';\nalter table app.t add constraint k check (a > 0) NOT VALID;\n\
             ALTER TABLE app.t VALIDATE CONSTRAINT k;\n"
        );
    }

    #[test]
    fn edits_that_touch_wait_for_the_next_round() {
        let text = fixed("drop index a_idx;\ncreate index b_idx on t (b);\n");
        assert!(text.contains("drop index CONCURRENTLY a_idx;"), "{text}");
        assert!(text.contains("create index CONCURRENTLY b_idx on t (b);"), "{text}");
    }
}
