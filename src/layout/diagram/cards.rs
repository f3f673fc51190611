//! Cards of a whole design, and how many of them an edit leaves as they were.

use std::collections::BTreeSet;

use crate::design::{Design, Edit, Record, TableId};
use crate::layout::card::Card;

/// What edits did to cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Any card may be another now.
    All,
    /// The cards of these tables may.
    Tables(BTreeSet<TableId>),
}

impl Default for Touched {
    fn default() -> Self {
        Self::Tables(BTreeSet::new())
    }
}

impl Touched {
    /// Also counts what an edit did.
    pub fn add(&mut self, edit: &Edit) {
        for replaced in &edit.records {
            self.add_record(replaced.before.as_ref(), replaced.after.as_ref());
        }
    }

    fn add_record(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let Self::Tables(tables) = self else { return };
        match (before, after) {
            // A table's name is also that of its row type, which columns of other tables may have.
            (Some(Record::Table(old)), Some(Record::Table(new)))
                if old.name != new.name || old.namespace != new.namespace =>
            {
                *self = Self::All;
            }
            (Some(Record::Table(it)), _) | (None, Some(Record::Table(it))) => {
                tables.insert(it.id);
            }
            (Some(Record::Placement(old)), Some(Record::Placement(new))) => {
                tables.extend([old.table, new.table]);
            }
            (Some(Record::Placement(it)), _) | (None, Some(Record::Placement(it))) => {
                tables.insert(it.table);
            }
            // Names of types and of SQL schemas stand on cards.
            (one, other) if one.or(other).is_some_and(Record::is_schema) => *self = Self::All,
            _ => {}
        }
    }

    fn is(&self, table: TableId) -> bool {
        match self {
            Self::All => true,
            Self::Tables(tables) => tables.contains(&table),
        }
    }
}

/// Cards of all tables that are not hidden, in order of birth.
pub fn cards(design: &Design) -> Vec<Card> {
    cards_after(design, &[], &Touched::All)
}

/// The same, with those of `old`, in order of birth, that were not touched since.
pub fn cards_after(design: &Design, old: &[Card], touched: &Touched) -> Vec<Card> {
    let kept = |table: TableId| {
        let at = old.binary_search_by_key(&table, |it| it.table).ok().filter(|_| !touched.is(table))?;
        old.get(at).cloned()
    };
    let cards = design.tables().filter_map(|table| {
        kept(table.id).or_else(|| {
            let placement = design.placement_of(table.id);
            let is_hidden = placement.is_some_and(|it| it.hidden);
            (!is_hidden).then(|| Card::of(design, table, placement))
        })
    });
    cards.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{BaseType, Column, DataType, EnumType, Placement, Table};

    /// Tables `a` with a column of an enum, `b`, and `c` with a column that holds a row of `b`.
    fn design() -> Design {
        let mut design = Design::new();
        let mut ids = design.ids();
        let mut table = |name: &str, base: BaseType| {
            let column = Column::new(ids.take(), "value", DataType::new(base));
            Table { id: ids.take(), name: name.into(), columns: vec![column], ..Table::default() }
        };
        let number = || BaseType::Other { namespace: None, name: "bigint".into() };
        let b = table("b", number());
        let c = table("c", BaseType::Row(b.id));
        let mut a = table("a", number());
        let mood = EnumType {
            id: ids.take(),
            name: "mood".into(),
            values: vec!["good".into()],
            ..EnumType::default()
        };
        a.columns.push(Column::new(ids.take(), "mood", DataType::new(BaseType::Enum(mood.id))));
        let mut edit = Edit::adding([a, b, c]);
        edit.records.extend(Edit::adding([mood]).records);
        design.apply(&edit).expect("valid");
        design
    }

    /// Does an edit and checks that the cards that were kept are as new ones would be; gives how many tables it touched.
    #[track_caller]
    fn check(design: &mut Design, edit: Edit) -> Touched {
        let old = cards(design);
        let mut touched = Touched::default();
        touched.add(&edit);
        design.apply(&edit).expect("a valid edit");
        assert_eq!(cards_after(design, &old, &touched), cards(design));
        touched
    }

    #[test]
    fn cards_that_an_edit_left_alone_are_kept() {
        let mut design = design();
        let table = |design: &Design, name: &str| design.table_named(None, name).expect("there").clone();
        let mut ids = design.ids();

        let mut a = table(&design, "a");
        a.columns.push(Column::new(ids.take(), "note", DataType::builtin(crate::pg::Builtin::Text)));
        let edit = Edit::default().put(&design, a.clone());
        assert_eq!(check(&mut design, edit), Touched::Tables([a.id].into()));

        let folded = Placement { id: ids.take(), table: a.id, collapsed: true, ..Placement::default() };
        let edit = Edit::default().put(&design, folded.clone());
        assert_eq!(check(&mut design, edit), Touched::Tables([a.id].into()));
        let hidden = Placement { hidden: true, ..folded };
        let edit = Edit::default().put(&design, hidden);
        check(&mut design, edit);
        let edit = Edit::default().put(&design, Record::Title("Other".to_owned()));
        assert_eq!(check(&mut design, edit), Touched::default());
    }

    #[test]
    fn new_names_stand_on_every_card_that_shows_them() {
        let mut design = design();
        let mut b = design.table_named(None, "b").expect("there").clone();
        let shows_row =
            |it: &crate::design::Table| it.columns.iter().any(|it| it.data_type.base == BaseType::Row(b.id));
        assert!(design.tables().any(shows_row));
        b.name = "renamed".to_owned();
        let edit = Edit::default().put(&design, b);
        assert_eq!(check(&mut design, edit), Touched::All);

        let mood = design.enums().next().expect("there").clone();
        let edit = Edit::default().put(&design, EnumType { name: "temper".to_owned(), ..mood });
        assert_eq!(check(&mut design, edit), Touched::All);
    }
}
