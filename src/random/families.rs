//! Tables that belong together by chance: partitions, heirs, rows that hold for a time.

use super::{Maker, words};
use crate::design::{ForeignKey, Index, IndexParent, PartitionOf, PartitionStrategy, Partitioning, Table};
use crate::pg::Builtin;
use crate::sql::ident;

impl Maker<'_> {
    /// A partitioned table with partitions of both kinds and an index whose parts are attached by hand.
    pub(super) fn partitioned(&mut self) {
        let mut whole = self.empty_table();
        whole.columns = vec![self.builtin(Builtin::Integer), self.builtin(Builtin::Text)];
        let key = whole.columns[0].id;
        if self.dice.chance(60) {
            whole.primary_key = Some(self.primary_key(&whole, vec![key]));
        }
        let (strategy, bounds): (_, [&str; 3]) = match self.dice.below(3) {
            0 => (
                PartitionStrategy::Range,
                ["FOR VALUES FROM (0) TO (10)", "FOR VALUES FROM (10) TO (MAXVALUE)", "DEFAULT"],
            ),
            1 => (PartitionStrategy::List, ["FOR VALUES IN (1, 2)", "FOR VALUES IN (3)", "DEFAULT"]),
            _ => (
                PartitionStrategy::Hash,
                [
                    "FOR VALUES WITH (modulus 3, remainder 0)",
                    "FOR VALUES WITH (modulus 3, remainder 1)",
                    "FOR VALUES WITH (modulus 3, remainder 2)",
                ],
            ),
        };
        whole.partitioning = Some(Partitioning { strategy, keys: vec![ident(&whole.columns[0].name)] });
        let by_hand = self.dice.chance(50);
        let index_name = self.words.derived(&["idx", &whole.name]);
        let mut index = Index::over(self.ids.take(), index_name, &[whole.columns[1].id]);
        index.only = by_hand && self.dice.chance(50);
        for bound in bounds {
            let mut part = self.empty_table();
            part.partition_of = Some(PartitionOf { table: whole.id, bound: bound.into() });
            if by_hand {
                for column in &whole.columns {
                    let mut copy = column.clone();
                    copy.id = self.ids.take();
                    copy.comment = None;
                    part.columns.push(copy);
                }
                if whole.primary_key.is_some() {
                    part.primary_key = Some(self.primary_key(&part, vec![part.columns[0].id]));
                }
                let name = self.words.derived(&["idx", &part.name]);
                let mut own = Index::over(self.ids.take(), name, &[part.columns[1].id]);
                own.attached_to = Some(IndexParent::Index(index.id));
                part.indexes.push(own);
            }
            self.tables.push(part);
        }
        whole.indexes.push(index);
        self.tables.push(whole);
    }

    pub(super) fn heir(&mut self) {
        let above = self.tables.iter().filter(|it| it.partitioning.is_none() && it.partition_of.is_none());
        let above: Vec<Table> = above.cloned().collect();
        let Some(above) = self.dice.pick(&above).cloned() else { return };
        let mut heir = self.empty_table();
        heir.inherits = vec![above.id];
        heir.columns.push(self.builtin(Builtin::Integer));
        self.tables.push(heir);
    }

    /// Two tables whose rows hold for a time.
    pub(super) fn temporal(&mut self) {
        let (mut one, mut other) = (self.empty_table(), self.empty_table());
        one.columns = vec![self.builtin(Builtin::Integer), self.builtin(Builtin::DateRange)];
        let columns = one.columns.iter().map(|it| it.id).collect();
        let mut key = self.primary_key(&one, columns);
        key.without_overlaps = true;
        let fk = ForeignKey {
            ref_columns: key.columns.clone(),
            references: one.id,
            period: true,
            name: self.words.derived(&["fk", &other.name]),
            id: self.ids.take(),
            ..ForeignKey::default()
        };
        one.primary_key = Some(key);
        other.columns = vec![self.builtin(Builtin::Integer), self.builtin(Builtin::DateRange)];
        let columns = other.columns.iter().map(|it| it.id).collect();
        other.foreign_keys.push(ForeignKey { columns, ..fk });
        other.comment = Some(words::sentence(&mut self.dice));
        self.tables.extend([one, other]);
    }
}
