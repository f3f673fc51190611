//! What a block does to its variables.

use squawk_syntax::ast::{self, AstNode};

use crate::pg::Token;

use super::super::builder::Relation;
use super::super::condition::Condition;
use super::super::parse::parse;
use super::super::{row_facts, syntax};
use super::program::{Guards, Reader, is, words};
use super::rows_only;
use super::value::{Value, Variables};

impl Reader<'_> {
    /// `SELECT … INTO v`: known where it asks the catalogue whether something exists.
    pub fn select_into(&mut self, rest: &str, guards: &Guards) -> Option<()> {
        // What such a function does besides cannot be told.
        if rows_only::calls(self.known, rest) {
            return None;
        }
        let words = words(rest);
        let into = words.iter().position(|it| is(rest, *it, "into"))?;
        let strict = usize::from(words.get(into + 1).is_some_and(|it| is(rest, *it, "strict")));
        let name = words.get(into + 1 + strict)?.name(rest)?.into_owned();
        if !self.variables.0.contains_key(&name) {
            return None;
        }
        let before = rest.get(words.first()?.span.end as usize..words.get(into)?.span.start as usize)?;
        let behind =
            rest.get(words.get(into + 1 + strict)?.span.end as usize..)?.trim_end_matches([';', ' ', '\n']);
        // Further ones get the other values.
        let others = words.get(into + 2 + strict..).unwrap_or_default();
        self.forget(
            rest,
            &others.iter().copied().take_while(|it| !is(rest, *it, "from")).collect::<Vec<_>>(),
        );
        let query = format!("SELECT {before} {behind}");
        if let Some(value) = self.of_row(&query).or_else(|| self.of_constraint(&query)) {
            self.set(name, value, guards);
            return Some(());
        }
        match self.variables.value(before) {
            Value::Unknown => self.keep_answer(name, &format!("{before} {behind}"), guards),
            // What follows could leave no row.
            known if behind.is_empty() => self.set(name, known, guards),
            _ => self.set(name, Value::Unknown, guards),
        }
        Some(())
    }

    /// What a query gives of the one row of a table, or of none.
    fn of_row(&self, query: &str) -> Option<Value> {
        if self.gives_none(query) {
            return Some(Value::Null);
        }
        let parse = parse(query).ok().filter(|it| it.errors().is_empty() && !self.changed_rows)?;
        let Some(ast::Stmt::Select(select)) = parse.tree().stmts().next() else { return None };
        let from = select.from_clause()?;
        let is_plain = select.where_clause().is_none()
            && select.group_by_clause().is_none()
            && select.having_clause().is_none()
            && select.with_clause().is_none()
            && select.tail_clauses().next().is_none();
        let table = from.syntax().descendants().find_map(ast::RelationNameRef::cast).filter(|_| is_plain)?;
        let is_all = syntax::tokens(from.syntax()).count() == syntax::tokens(table.syntax()).count() + 1;
        let Relation::Table(id) = self.known.relation(&syntax::name(&table).filter(|_| is_all)?)? else {
            return None;
        };
        let mut values = self.variables.clone();
        for (column, sql) in row_facts::only_row(self.known, id)? {
            values.0.insert(column, Variables::default().value(&sql));
        }
        let mut targets = select.select_clause()?.target_list()?.targets();
        let target = targets.next().filter(|_| targets.next().is_none())?;
        Some(values.value(&syntax::text(&target.expr()?))).filter(|it| *it != Value::Unknown)
    }

    pub fn assign(&mut self, rest: &str, words: &[Token], guards: &Guards) -> Option<()> {
        let name = words.first()?.name(rest)?.into_owned();
        if !self.variables.0.contains_key(&name) {
            return None;
        }
        let sign = rest.find('=').filter(|_| !rows_only::calls(self.known, rest))?;
        let value = rest.get(sign + 1..)?;
        match self.variables.value(value) {
            Value::Unknown => self.keep_answer(name, value.trim_end_matches(';'), guards),
            known => self.set(name, known, guards),
        }
        Some(())
    }

    /// Under a condition it may be the one value or the other.
    fn set(&mut self, name: String, value: Value, guards: &Guards) {
        let value = if guards.is_empty() { value } else { Value::Unknown };
        self.variables.0.insert(name, value);
    }

    fn keep_answer(&mut self, name: String, question: &str, guards: &Guards) {
        let question = format!("IF {} THEN", self.variables.filled(question).unwrap_or_default());
        let first = words(&question).get(1).map_or("", |it| it.span.of(&question)).to_ascii_lowercase();
        let asks = matches!(first.as_str(), "exists" | "not" | "(" | "count");
        let condition = Condition::read(&question, &words(&question)).filter(|_| asks && guards.is_empty());
        let value = match condition {
            Some((condition, _)) => Value::Answer(self.ask(guards, condition)),
            None => Value::Unknown,
        };
        self.variables.0.insert(name, value);
    }

    /// Whether a statement names a variable.
    pub fn names_variable(&self, text: &str, words: &[Token]) -> bool {
        words.iter().filter_map(|it| it.name(text)).any(|it| self.variables.0.contains_key(&*it))
    }

    /// The variables that a statement names have values that are not known any more.
    pub fn forget(&mut self, text: &str, words: &[Token]) {
        for name in words.iter().filter_map(|it| it.name(text)) {
            self.variables.0.entry(name.into_owned()).and_modify(|it| *it = Value::Unknown);
        }
    }
}
