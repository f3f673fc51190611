//! What is kept as it was written: why, where in the order, and after what.

use crate::design::{Id, SqlText, Stage, Verbatim, VerbatimId};
use crate::read::DiagnosticKind;

use super::super::subject::{self, Verb};
use super::Builder;

/// As `pg_dump` says it at the start of its files.
const UNCHECKED: &str = "SET check_function_bodies = false";

impl Builder<'_> {
    /// Keeps a statement, or a part of one put as a statement, as it was written, and says why.
    pub fn keep(&mut self, sql: SqlText, stage: Stage, needs: Vec<Id>, why: DiagnosticKind) -> VerbatimId {
        self.say(why.clone());
        self.keep_said(sql, stage, needs, &why)
    }

    /// Keeps a statement of which it was said why.
    pub fn keep_said(
        &mut self,
        sql: SqlText,
        stage: Stage,
        needs: Vec<Id>,
        why: &DiagnosticKind,
    ) -> VerbatimId {
        let stage = self.stage_of_unknown(stage, why);
        self.kept_in_statement = true;
        let runs = match why {
            DiagnosticKind::Syntax { .. }
            | DiagnosticKind::Unknown { .. }
            | DiagnosticKind::Refused { .. }
            | DiagnosticKind::Misread { .. }
            | DiagnosticKind::NoEquivalent { .. } => !self.translates,
            // It would swallow what comes after it.
            DiagnosticKind::Unclosed { .. } => false,
            DiagnosticKind::NotModelled { .. }
            | DiagnosticKind::Exists { .. }
            | DiagnosticKind::NamespaceAssumed { .. }
            | DiagnosticKind::RowsLeftOut { .. }
            | DiagnosticKind::RowsOfUnknown { .. }
            | DiagnosticKind::OtherDatabase { .. }
            | DiagnosticKind::OtherDialect { .. }
            | DiagnosticKind::LeftOut { .. }
            | DiagnosticKind::Included { .. }
            | DiagnosticKind::BrokenCatalog { .. }
            | DiagnosticKind::NotInCatalog { .. } => true,
        };
        let sql = if runs { sql } else { commented(&sql) };
        self.keep_quietly(sql, stage, needs)
    }

    /// Keeps what the document holds as text by design, such as privileges.
    pub fn keep_quietly(&mut self, sql: SqlText, stage: Stage, mut needs: Vec<Id>) -> VerbatimId {
        let id = self.ids.take();
        self.take_subjects(&sql, id, &mut needs);
        self.in_turn(id, &mut needs);
        let origin = self.origin();
        let position = self.kept;
        self.kept += 1;
        self.verbatims.insert(id, Verbatim { id, sql, stage, position, needs, origin });
        id
    }

    /// Says that functions are to be made without a look at their bodies, as `pg_dump` says: some may name what comes after
    /// them, or what only the search path of their time finds.
    pub fn leave_bodies_unchecked(&mut self) {
        if !self.verbatims.values().any(|it| it.sql == UNCHECKED) {
            self.keep_quietly(UNCHECKED.to_owned(), Stage::Prologue, Vec::new());
        }
    }

    /// Bodies are looked at again: what was unchecked in between only named what came after it, and comes in order now.
    pub fn check_bodies(&mut self) {
        self.verbatims.retain(|_, it| it.sql != UNCHECKED);
    }

    /// Says that code of the text was left to run, so that what it makes is there only afterwards.
    pub fn ran_code(&mut self) {
        self.ran_code = true;
    }

    /// Where a statement goes that is kept because it is about something unknown: after code that may have made it.
    fn stage_of_unknown(&self, stage: Stage, why: &DiagnosticKind) -> Stage {
        let unknown = matches!(why, DiagnosticKind::Unknown { .. });
        if unknown && self.ran_code { stage.max(Stage::Epilogue) } else { stage }
    }

    /// Notes what a statement makes; one about something that another makes needs that one.
    fn take_subjects(&mut self, sql: &str, id: VerbatimId, needs: &mut Vec<Id>) {
        // Behind the search path that it is to be run under.
        let own =
            sql.strip_prefix("SET search_path").and_then(|it| it.split_once(";\n")).map_or(sql, |it| it.1);
        let Some((verb, subjects, new)) = subject::read(own) else { return };
        for subject in subjects {
            let known = self.made.find(&subject);
            match verb {
                Verb::Create => {
                    if let Some(known) = known.filter(|_| replaces(own)) {
                        self.replace_kept(known, id, needs);
                    }
                    self.made.add(subject, id);
                }
                Verb::About => needs.extend(known.map(Id::from)),
                Verb::Drop => {}
            }
            if let (Some(known), Some(new)) = (known, new.clone()) {
                self.made.add(new, known);
            }
        }
    }

    /// `CREATE OR REPLACE` of what was made already: what stood for it goes, and what is said of it is said of the new.
    fn replace_kept(&mut self, old: VerbatimId, new: VerbatimId, needs: &mut Vec<Id>) {
        self.made.remove(old);
        self.verbatims.remove(&old);
        self.last_about.remove(&old);
        needs.retain(|it| *it != Id::from(old));
        let all = self.verbatims.values_mut().map(|it| &mut it.needs);
        let all = all.chain(self.views.values_mut().map(|it| &mut it.reads));
        for it in all.chain(self.functions.values_mut().map(|it| &mut it.reads)).flatten() {
            if *it == Id::from(old) {
                *it = new.into();
            }
        }
    }

    /// Statements about something that is kept as it was written keep their order among themselves.
    fn in_turn(&mut self, id: VerbatimId, needs: &mut Vec<Id>) {
        let kept: Vec<VerbatimId> = needs.iter().map(|it| VerbatimId::from(*it)).collect();
        for subject in kept.into_iter().filter(|it| self.verbatims.contains_key(it)) {
            if let Some(last) = self.last_about.insert(subject, id) {
                needs.push(last.into());
            }
        }
        needs.sort_unstable();
        needs.dedup();
    }
}

/// Whether a statement begins with `CREATE OR REPLACE`.
fn replaces(sql: &str) -> bool {
    let mut words = sql.split_whitespace().map(str::to_ascii_lowercase);
    [words.next(), words.next(), words.next()].map(Option::unwrap_or_default) == ["create", "or", "replace"]
}

/// Each line behind `--`: words that PostgreSQL passes over.
fn commented(words: &str) -> SqlText {
    words.trim().lines().map(|it| format!("-- {}", it.trim_end())).collect::<Vec<_>>().join("\n")
}
