//! Constraints and indexes of a table by chance.

use super::Maker;
use super::tables::{fillfactor, is_sorted};
use crate::design::{
    Check, ColumnId, ColumnValue, Enforcement, Exclusion, Index, IndexElement, IndexKey, Table, Unique,
};
use crate::pg::Builtin;
use crate::sql::ident;

impl Maker<'_> {
    pub(super) fn constraints(&mut self, table: &mut Table) {
        let sorted = Self::columns_of(table, is_sorted);
        if self.dice.chance(30) && !sorted.is_empty() {
            let unique = Unique {
                id: self.ids.take(),
                name: self.words.derived(&["uq", &table.name]),
                columns: self.dice.some(&sorted, 3),
                nulls_not_distinct: self.dice.chance(30),
                include: if self.dice.chance(20) { self.dice.some(&sorted, 1) } else { Vec::new() },
                deferral: self.deferral(),
                storage_parameters: if self.dice.chance(10) { fillfactor() } else { Vec::new() },
                comment: self.comment(),
                ..Unique::default()
            };
            table.uniques.push(unique);
        }
        for _ in 0..self.dice.below(3) {
            let Some(column) = self.dice.pick(&table.columns).cloned() else { return };
            let name = ident(&column.name);
            let expression = match column.data_type.as_builtin() {
                Some(Builtin::Integer | Builtin::BigInt | Builtin::Numeric) => {
                    format!("{name} >= 0 AND {name} < 100")
                }
                Some(Builtin::Text | Builtin::Varchar) => match self.dice.pick(&self.text_functions) {
                    Some(function) => format!("{function}({name}) <> 'a -- b'"),
                    None => format!("length({name}) > 0 /* not empty */ AND true"),
                },
                _ => format!("{name} IS NOT NULL"),
            };
            let enforcements = [Enforcement::NotValid, Enforcement::NotEnforced];
            table.checks.push(Check {
                id: self.ids.take(),
                name: self.words.derived(&["chk", &table.name, &column.name]),
                expression,
                no_inherit: self.dice.chance(10),
                enforcement: if self.dice.chance(80) {
                    Enforcement::Valid
                } else {
                    self.dice.one(&enforcements)
                },
                comment: self.comment(),
                ..Check::default()
            });
        }
        let ranges = Self::columns_of(table, |it| it.as_builtin() == Some(Builtin::DateRange));
        if let Some(range) = self.dice.pick(&ranges).copied() {
            self.exclusion(table, range, &sorted);
        }
    }

    fn exclusion(&mut self, table: &mut Table, range: ColumnId, sorted: &[ColumnId]) {
        let mut elements = vec![(IndexElement::column(range), "&&".to_owned())];
        let plain = |it: &ColumnId| {
            let builtin = table.column(*it).and_then(|it| it.data_type.as_builtin());
            matches!(builtin, Some(Builtin::Integer | Builtin::Uuid | Builtin::Text))
        };
        if self.has_extension("btree_gist")
            && let Some(column) = sorted.iter().copied().find(plain)
        {
            elements.insert(0, (IndexElement::column(column), "=".to_owned()));
        }
        let predicate = table.column(range).map(|it| format!("{} IS NOT NULL", ident(&it.name)));
        table.exclusions.push(Exclusion {
            id: self.ids.take(),
            name: self.words.derived(&["excl", &table.name]),
            method: "gist".into(),
            elements,
            predicate: predicate.filter(|_| self.dice.chance(40)),
            deferral: self.deferral(),
            comment: self.comment(),
            ..Exclusion::default()
        });
    }

    pub(super) fn indexes(&mut self, table: &mut Table) {
        let sorted = Self::columns_of(table, is_sorted);
        for _ in 0..self.dice.below(4) {
            let Some(column) = self.dice.pick(&table.columns).cloned() else { return };
            let is_virtual = matches!(column.value, ColumnValue::Generated { stored: false, .. });
            if is_virtual {
                continue;
            }
            let name = ident(&column.name);
            let index_name = self.words.derived(&["idx", &table.name, &column.name]);
            let mut index = Index::over(self.ids.take(), index_name, &[column.id]);
            let is_array = column.data_type.dimensions > 0;
            match column.data_type.as_builtin() {
                Some(Builtin::Jsonb) => {
                    index.method = "gin".into();
                    index.elements[0].operator_class = self.dice.chance(50).then(|| "jsonb_path_ops".into());
                }
                Some(Builtin::TsVector) => index.method = "gin".into(),
                _ if is_array && is_sorted(&column.data_type.clone().array(0)) => index.method = "gin".into(),
                Some(Builtin::DateRange | Builtin::Point) => index.method = "gist".into(),
                Some(Builtin::Text) if self.dice.chance(60) => {
                    if self.has_extension("pg_trgm") && self.dice.chance(50) {
                        index.method = "gin".into();
                        index.elements[0].operator_class = Some("gin_trgm_ops".into());
                    } else if self.dice.chance(50) {
                        index.elements[0].operator_class = Some("text_pattern_ops".into());
                    } else {
                        let function = self.dice.pick(&self.text_functions).cloned();
                        let call = function.unwrap_or_else(|| "lower".into());
                        let text = if self.dice.chance(50) {
                            format!("{call}({name})")
                        } else {
                            format!("{name} || 'x'")
                        };
                        index.elements[0].key = IndexKey::Expression(text);
                    }
                }
                _ if !is_sorted(&column.data_type) => continue,
                _ => self.btree(&mut index, &sorted),
            }
            if self.dice.chance(20) {
                index.predicate = Some(format!("{name} IS NOT NULL"));
            }
            index.comment = self.comment();
            table.indexes.push(index);
        }
    }

    fn btree(&mut self, index: &mut Index, sorted: &[ColumnId]) {
        if let Some(more) = self.dice.pick(sorted).copied().filter(|it| index.leading_columns() != [*it]) {
            index.elements.push(IndexElement::column(more));
        }
        index.elements[0].descending = self.dice.chance(30);
        index.elements[0].nulls_first = self.dice.one(&[None, None, Some(true), Some(false)]);
        index.unique = self.dice.chance(20);
        index.nulls_not_distinct = index.unique && self.dice.chance(30);
        if self.dice.chance(15) {
            index.include = self.dice.some(sorted, 2);
        }
        if self.dice.chance(10) {
            index.storage_parameters = fillfactor();
        }
    }
}
