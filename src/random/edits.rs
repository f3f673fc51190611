//! Edits by chance.

use super::dice::Dice;
use super::words::{self, Words};
use crate::design::{Check, Column, DataType, Design, Edit, Index, Placement, Record, Table};
use crate::pg::Builtin;
use crate::sql::{ident, refactor};

/// An edit that the design takes: something added, changed, moved or removed. It may do nothing.
pub fn edit(design: &Design, seed: u64) -> Edit {
    let mut dice = Dice::new(seed);
    for _ in 0..8 {
        let edit = attempt(design, &mut dice);
        let mut tried = design.clone();
        if tried.apply(&edit).is_ok() {
            return edit;
        }
    }
    Edit::default()
}

fn attempt(design: &Design, dice: &mut Dice) -> Edit {
    let mut ids = design.ids();
    let mut names = Words::new(true);
    let new_name = format!("{}_{}", names.name(dice), ids.peek());
    let tables: Vec<&Table> = design.tables().collect();
    let Some(table) = dice.pick(&tables).copied() else {
        let it = Table { id: ids.take(), name: new_name, ..Table::default() };
        return Edit::adding([it]);
    };
    let mut changed = table.clone();
    match dice.below(12) {
        0 => return Edit::adding([Table { id: ids.take(), name: new_name, ..Table::default() }]),
        1 => changed.columns.push(Column::new(ids.take(), new_name, DataType::builtin(Builtin::Text))),
        2 => changed.comment = Some(words::sentence(dice)),
        3 => {
            let place = dice.below(changed.columns.len());
            if let Some(column) = changed.columns.get_mut(place) {
                column.nullable = !column.nullable;
                column.comment = Some(words::sentence(dice));
            }
        }
        4 => {
            if let Some(column) = dice.pick(&table.columns) {
                changed.indexes.push(Index::over(ids.take(), new_name, &[column.id]));
            }
        }
        5 => {
            if let Some(column) = dice.pick(&table.columns) {
                let expression = format!("{} IS NOT NULL", ident(&column.name));
                changed.checks.push(Check { id: ids.take(), name: new_name, expression, ..Check::default() });
            }
        }
        6 => {
            let it = match design.placement_of(table.id) {
                Some(it) => Placement { x: it.x + 16, y: it.y - 16, ..it.clone() },
                None => Placement { id: ids.take(), table: table.id, x: 8, y: 8, ..Placement::default() },
            };
            return Edit::default().put(design, it);
        }
        7 => return Edit::default().put(design, Record::Title(new_name)),
        8 => return refactor::remove_table(design, table.id),
        9 => return refactor::rename_table(design, table.id, &new_name),
        10 => {
            let Some(column) = dice.pick(&table.columns) else { return Edit::default() };
            return if dice.chance(50) {
                refactor::rename_column(design, table.id, column.id, &new_name)
            } else {
                refactor::remove_column(design, table.id, column.id)
            };
        }
        _ => {
            let place = dice.below(changed.columns.len());
            let to = dice.below(changed.columns.len());
            if !changed.columns.is_empty() {
                changed.columns.swap(place, to);
            }
        }
    }
    Edit::default().put(design, changed)
}
