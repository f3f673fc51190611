//! Rows that a brief names go along with their table: "there are three plans: Free, Pro and Team".

use super::Proposer;
use crate::brief::kept_of_values::NAMES;
use crate::brief::reading::Reading;
use crate::design::naming::text_in_expression;
use crate::design::{Column, ColumnValue, Edit, Record, SeedRows};

impl Proposer {
    /// Gives new tables the rows that are named. Where a row needs more than its name, the table's comment tells of them instead.
    pub(super) fn rows(&mut self, reading: &Reading) {
        for entity in reading.entities.iter().filter(|it| !it.rows.is_empty()) {
            let needs = self.needs(&[&entity.name]);
            let table = self.tables.get(&entity.name).and_then(|it| self.design.table(*it));
            let Some(mut table) = table.cloned().filter(|it| it.seed.is_none() && !needs.is_empty()) else {
                continue;
            };
            let mut names = NAMES.split(' ').filter_map(|it| table.column_named(it));
            let Some(name) = names.next().map(|it| it.id) else { continue };
            let is_needed =
                |it: &&Column| it.id != name && !it.nullable && it.value == ColumnValue::default();
            let (title, reason) = if table.columns.iter().any(|it| is_needed(&it)) {
                let rows = format!("Its rows: {}.", entity.rows.join(", "));
                let comment = table.comment.take().filter(|_| self.design.conventions().comments);
                table.comment = comment.map(|it| format!("{it} {rows}"));
                ("Note", "The brief names them, and not all that they need.")
            } else {
                let row = |it: &String| vec![text_in_expression(it)];
                table.seed =
                    Some(SeedRows { columns: vec![name], rows: entity.rows.iter().map(row).collect() });
                ("Add", "The brief names them.")
            };
            let title = format!("{title} the rows of {}", table.name);
            let edit = Edit::default().put(&self.design, Record::Table(table));
            self.push(title, reason.to_owned(), &entity.evidence, entity.assumed, needs, edit);
        }
    }
}
