//! Joining two tables by a foreign key.

use super::super::naming::{Derived, free, identifier};
use super::super::{
    Column, ColumnId, Design, Edit, ForeignKey, ForeignKeyId, Table, TableId, convention, may_reference,
};

/// Why two tables cannot be joined by a foreign key as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotConnect {
    /// The referenced table has no key of one column.
    NoKey {
        /// The referenced table.
        table: String,
    },
    /// The columns cannot be compared.
    Types {
        /// The referencing column.
        column: String,
        /// The referenced column, with its table.
        references: String,
    },
    /// A table or column is not there any more.
    Gone,
}

impl std::fmt::Display for CannotConnect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoKey { table } => {
                write!(f, "`{table}` has no key of one column to reference; give it a primary key first")
            }
            Self::Types { column, references } => {
                write!(f, "`{column}` cannot reference `{references}`: their types do not compare")
            }
            Self::Gone => f.write_str("the table is not there any more"),
        }
    }
}

impl std::error::Error for CannotConnect {}

/// One end of a reference as it was drawn: a column, or a table as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The table.
    pub table: TableId,
    /// The column, when one was meant.
    pub column: Option<ColumnId>,
}

/// A foreign key between two ends. From a key to a table or to a column that is no key, the other side references it;
/// otherwise `from` references `to`. A column that is missing on the referencing side is made.
///
/// # Errors
/// When there is no key to reference or the columns do not compare.
pub fn connect(design: &Design, from: Drawn, to: Drawn) -> Result<(ForeignKeyId, Edit), CannotConnect> {
    let table = |it: Drawn| design.table(it.table).ok_or(CannotConnect::Gone);
    let is_key = |it: Drawn, table: &Table| {
        it.column.is_some_and(|column| {
            let references = table.foreign_keys.iter().any(|fk| fk.columns.contains(&column));
            single_key(table) == Some(column) && !references
        })
    };
    let (from_is_key, to_is_key) = (is_key(from, table(from)?), is_key(to, table(to)?));
    let turned = from_is_key && !to_is_key && from.table != to.table;
    let (referencing, referenced) = if turned { (to, from) } else { (from, to) };
    let (mut own, other) = (table(referencing)?.clone(), table(referenced)?);

    let key = single_key(other).ok_or_else(|| CannotConnect::NoKey { table: other.name.clone() })?;
    let target = referenced.column.filter(|it| other.is_unique_over(&[*it])).unwrap_or(key);
    let target = other.column(target).ok_or(CannotConnect::Gone)?;
    let mut ids = design.ids();
    // The key of the referencing table means the table: nobody makes a primary key reference by pulling at it.
    let drawn = referencing.column.filter(|it| single_key(&own) != Some(*it) || referenced.column.is_some());
    let column = match drawn {
        Some(id) => {
            let column = own.column(id).ok_or(CannotConnect::Gone)?;
            let fits = may_reference(&column.data_type, &target.data_type, |it| design.below_domain(it));
            if !fits {
                let references = format!("{}.{}", other.name, target.name);
                return Err(CannotConnect::Types { column: column.name.clone(), references });
            }
            id
        }
        None => {
            // `language.language_id` says whose key it is.
            let whose = crate::base::singular(&other.name);
            let is_told = target.name.strip_prefix(whose.as_str()).is_some_and(|it| it.starts_with('_'));
            let name = if is_told { target.name.clone() } else { format!("{whose}_{}", target.name) };
            let name = free(identifier(&name), |it| own.column_named(it).is_some());
            let column = Column::new(ids.take(), name, target.data_type.clone());
            let id = column.id;
            own.columns.push(column);
            id
        }
    };
    let name = own.column(column).map_or_else(String::new, |it| it.name.clone());
    let is_taken = |it: &str| own.foreign_keys.iter().any(|fk| fk.name == it);
    let fk = ForeignKey {
        id: ids.take(),
        name: Derived::ForeignKey.free_name(&own.name, [&name], is_taken),
        columns: vec![column],
        references: other.id,
        ref_columns: vec![target.id],
        ..ForeignKey::default()
    };
    let id = fk.id;
    own.foreign_keys.push(fk);
    let own_id = own.id;
    let edit = Edit::default().put(design, own);
    Ok((id, convention::joined(design, edit, own_id, &[id])))
}

/// The column that is a primary key, or else a unique constraint, by itself.
fn single_key(table: &Table) -> Option<ColumnId> {
    let keys =
        table.primary_key.iter().map(|it| &it.columns).chain(table.uniques.iter().map(|it| &it.columns));
    keys.filter(|it| it.len() == 1).find_map(|it| it.first().copied())
}

#[cfg(test)]
mod tests {
    use super::super::add_table;
    use super::*;

    fn design_with(names: &[&str]) -> (Design, Vec<TableId>) {
        let mut design = Design::new();
        let mut tables = Vec::new();
        for name in names {
            let (id, edit) = add_table(&design, None, name);
            design.apply(&edit).expect("a new table is valid");
            tables.push(id);
        }
        (design, tables)
    }

    fn end(table: TableId) -> Drawn {
        Drawn { table, column: None }
    }

    #[test]
    fn a_new_table_has_a_key_and_a_free_name() {
        let (design, tables) = design_with(&["Task", "task"]);
        let names: Vec<_> = design.tables().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["task", "task_2"]);
        assert!(design.table(tables[0]).is_some_and(|it| it.primary_key.is_some()));
    }

    #[test]
    fn a_reference_to_a_table_makes_column_key_and_index() {
        let (mut design, tables) = design_with(&["user", "task"]);
        let (id, edit) = connect(&design, end(tables[1]), end(tables[0])).expect("user has a key");
        design.apply(&edit).expect("valid");
        let task = design.table(tables[1]).expect("there");
        let fk = task.foreign_keys.iter().find(|it| it.id == id).expect("made");
        assert_eq!((fk.name.as_str(), fk.references), ("fk_task_user_id", tables[0]));
        assert!(task.leads_an_index(&fk.columns));
    }

    #[test]
    fn a_reference_leaves_the_others_of_its_table_as_they_are() {
        let (mut design, tables) = design_with(&["user", "list", "task"]);
        let (_, edit) = connect(&design, end(tables[2]), end(tables[1])).expect("list has a key");
        design.apply(&edit).expect("valid");
        let mut task = design.table(tables[2]).expect("there").clone();
        task.indexes.clear();
        let edit = Edit::default().put(&design, task);
        design.apply(&edit).expect("an index may go");
        let (_, edit) = connect(&design, end(tables[2]), end(tables[0])).expect("user has a key");
        design.apply(&edit).expect("valid");
        let names = design.table(tables[2]).expect("there").indexes.iter().map(|it| it.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), ["idx_task_user_id"]);
    }

    #[test]
    fn pulling_at_a_key_makes_the_other_table_reference_it() {
        let (mut design, tables) = design_with(&["user", "task"]);
        let key = design.table(tables[0]).and_then(single_key);
        let from = Drawn { table: tables[0], column: key };
        let (_, edit) = connect(&design, from, end(tables[1])).expect("user has a key");
        design.apply(&edit).expect("valid");
        assert_eq!(design.table(tables[1]).map(|it| it.foreign_keys.len()), Some(1));
    }

    #[test]
    fn columns_that_do_not_compare_are_refused() {
        let (design, tables) = design_with(&["user", "task"]);
        let created = design.table(tables[1]).and_then(|it| it.column_named("created_at")).map(|it| it.id);
        let from = Drawn { table: tables[1], column: created };
        let refused = connect(&design, from, end(tables[0])).expect_err("a time is no user");
        assert_eq!(
            refused.to_string(),
            "`created_at` cannot reference `user.id`: their types do not compare"
        );
    }
}
