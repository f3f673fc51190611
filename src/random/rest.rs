//! Rows, statements kept as they were, and what is no SQL, by chance.

use super::{Maker, words};
use crate::design::{
    AccessPattern, Area, Brief, Column, ColumnValue, Conventions, DataType, Decision, Demand, Demanded,
    ForeignKey, Load, Note, Origin, Placement, PrimaryKey, Record, ReferentialAction, ReplicaIdentity,
    SeedRows, Stage, Story, Table, TableId, Verbatim, Volume,
};
use crate::pg::Builtin;
use crate::sql::{ident, literal};

impl Maker<'_> {
    /// Demands of any kind that go together.
    fn demands(&mut self) -> Vec<Demanded> {
        let mut load = Load::default();
        for what in Demand::ALL {
            if self.dice.chance(40) {
                let reason = words::sentence(&mut self.dice);
                let origin = if self.dice.chance(50) { Origin::Hand } else { Origin::Assumption { reason } };
                load.demand(what, origin);
            }
        }
        load.demands
    }

    pub(super) fn rest(&mut self) {
        if self.dice.chance(40) {
            self.lookups();
        }
        for index in 0..self.tables.len() {
            self.settings(index);
        }
        if self.dice.chance(30) {
            self.verbatims();
        }
        self.diagram();
        self.intent();
    }

    /// Two tables with rows that refer to each other, in a circle at times.
    fn lookups(&mut self) {
        let mut first = self.lookup();
        let mut second = self.lookup();
        let (one, other) = (first.clone(), second.clone());
        self.refer(&mut second, &one);
        if self.dice.chance(50) {
            self.refer(&mut first, &other);
        }
        self.tables.extend([first, second]);
    }

    fn lookup(&mut self) -> Table {
        let (id, name, text) = (self.ids.take(), self.name(), self.name());
        let mut key = Column::new(self.ids.take(), "id", DataType::builtin(Builtin::Integer));
        if self.dice.chance(50) {
            key.value = ColumnValue::Identity { always: self.dice.chance(50), options: Box::default() };
        }
        let label = Column::new(self.ids.take(), text, DataType::builtin(Builtin::Text));
        let rows =
            (1..=3).map(|it| vec![it.to_string(), literal(&words::sentence(&mut self.dice))]).collect();
        Table {
            id,
            primary_key: Some(PrimaryKey {
                id: self.ids.take(),
                name: self.words.derived(&[&name, "pkey"]),
                columns: vec![key.id],
                ..PrimaryKey::default()
            }),
            name,
            seed: Some(SeedRows { columns: vec![key.id, label.id], rows }),
            columns: vec![key, label],
            ..Table::default()
        }
    }

    fn refer(&mut self, from: &mut Table, to: &Table) {
        let name = self.words.derived(&[&to.name, "id"]);
        let column = Column::new(self.ids.take(), name, DataType::builtin(Builtin::Integer));
        from.foreign_keys.push(ForeignKey {
            id: self.ids.take(),
            name: self.words.derived(&["fk", &from.name]),
            columns: vec![column.id],
            references: to.id,
            ref_columns: vec![to.columns[0].id],
            on_delete: ReferentialAction::Restrict,
            ..ForeignKey::default()
        });
        if let Some(seed) = &mut from.seed {
            seed.columns.push(column.id);
            seed.rows.iter_mut().for_each(|it| it.push("1".into()));
        }
        from.columns.push(column);
    }

    fn settings(&mut self, index: usize) {
        let mut table = self.tables[index].clone();
        if table.partitioning.is_none() && table.partition_of.is_none() {
            match self.dice.below(10) {
                0 => table.replica_identity = ReplicaIdentity::Full,
                1 => table.replica_identity = ReplicaIdentity::Nothing,
                2 => {
                    if let Some(key) = table.primary_key.as_ref().filter(|it| !it.without_overlaps) {
                        table.replica_identity = ReplicaIdentity::Constraint(key.id);
                    }
                }
                3 => {
                    let key = table.primary_key.as_ref().filter(|it| !it.without_overlaps);
                    table.cluster_on = key.map(|it| it.name.clone());
                }
                4 => {
                    let is_referenced = self.tables.iter().any(|it| {
                        it.foreign_keys.iter().any(|fk| fk.references == table.id)
                            || it.inherits.contains(&table.id)
                    });
                    let owns = self.records.iter().any(|it| {
                        matches!(it, Record::Sequence(it) if it.owned_by.is_some_and(|it| it.0 == table.id))
                    });
                    table.unlogged = !is_referenced && !owns && table.inherits.is_empty();
                }
                _ => {}
            }
        }
        self.tables[index] = table;
    }

    fn verbatims(&mut self) {
        let Some(table) = self.dice.pick(&self.tables).cloned() else { return };
        let name = self.written(table.namespace, &table.name);
        let statements = [
            (
                Stage::Functions,
                "CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer)".to_owned(),
            ),
            (Stage::Privileges, format!("GRANT SELECT ON {name} TO PUBLIC")),
            (Stage::Triggers, format!("CREATE RULE nothing AS ON DELETE TO {name} DO ALSO SELECT 'a;b'")),
            (Stage::Epilogue, "DO $x$BEGIN PERFORM 1; END$x$".to_owned()),
        ];
        for (position, (stage, sql)) in statements.into_iter().enumerate() {
            let needs = if position == 0 { Vec::new() } else { vec![table.id.into()] };
            let it = Verbatim {
                id: self.ids.take(),
                sql,
                stage,
                position: position as u32,
                needs: if position == 3 { Vec::new() } else { needs },
                origin: crate::design::Origin::Import { line: 7 },
            };
            self.records.push(it.into());
        }
    }

    fn diagram(&mut self) {
        let tables: Vec<TableId> = self.tables.iter().map(|it| it.id).collect();
        for table in &tables {
            if self.dice.chance(60) {
                let it = Placement {
                    id: self.ids.take(),
                    table: *table,
                    x: self.dice.below(4000) as i32 - 1000,
                    y: self.dice.below(4000) as i32 - 1000,
                    pinned: self.dice.chance(10),
                    collapsed: self.dice.chance(10),
                    hidden: self.dice.chance(5),
                    color: self.dice.chance(20).then(|| 1 + self.dice.below(8) as u8),
                };
                self.records.push(it.into());
            }
        }
        if self.dice.chance(30) && !tables.is_empty() {
            let tables = self.dice.some(&tables, 4);
            let it =
                Area { id: self.ids.take(), name: self.name(), tables, color: Some(3), ..Area::default() };
            self.records.push(it.into());
        }
        if self.dice.chance(20) {
            let it = Note {
                id: self.ids.take(),
                text: words::sentence(&mut self.dice),
                x: 5,
                y: -7,
                width: 200,
                height: 80,
                color: None,
            };
            self.records.push(it.into());
        }
    }

    fn intent(&mut self) {
        let title = words::sentence(&mut self.dice);
        self.records.push(Record::Title(title.clone()));
        let conventions = Conventions {
            soft_delete: self.dice.chance(30),
            version: self.dice.chance(30),
            ..Conventions::default()
        };
        self.records.push(Record::Conventions(conventions));
        if self.dice.chance(30) {
            let demands = self.demands();
            let volumes = vec![Volume { of: "organization".into(), count: 500, ..Volume::default() }];
            self.records.push(Record::Load(Load {
                volumes,
                reads_per_write: Some(9.5),
                retention_days: Some(30),
                demands,
            }));
            let brief = Brief {
                id: self.ids.take(),
                title: title.clone(),
                text: "A shop sells goods.".into(),
                ..Brief::default()
            };
            let story = Story { id: self.ids.take(), actor: "clerk".into(), goal: title, ..Story::default() };
            let table = self.tables.first().map_or_else(String::new, |it| ident(&it.name));
            let pattern = AccessPattern {
                id: self.ids.take(),
                name: "all".into(),
                query: format!("select * from {table}"),
                per_day: Some(1000),
                story: Some(story.id),
                ..AccessPattern::default()
            };
            let about = vec![story.id.into()];
            let decision =
                Decision { id: self.ids.take(), title: "UUID keys".into(), about, ..Decision::default() };
            self.records.extend([Record::from(brief), story.into(), pattern.into(), decision.into()]);
        }
    }
}
