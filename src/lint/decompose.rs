//! Columns of a table moved into one of their own, which they are referenced from: the design after it, and the
//! statements that bring the rows along.

use std::collections::BTreeSet;

use crate::base;
use crate::design::naming::{Derived, free, identifier};
use crate::design::{
    Column, ColumnId, ColumnValue, Design, Edit, ForeignKey, FunctionId, Id, Index, Origin, PrimaryKey,
    ReferentialAction, Scope, SeedRows, Sequence, SequenceId, Table, TableId, VerbatimId, ViewId,
};
use crate::sql::{ident, qualified_name, refactor, type_name};

/// The table that a decomposition makes and the one that it leaves.
struct Decomposed {
    made: Table,
    left: Table,
}

/// The edit that makes a table of `from`, as its key, and `to`, and has `table` reference it. Nothing where something
/// else speaks of the columns that would go, or the key would not be one.
pub fn edit(design: &Design, table: TableId, from: &[ColumnId], to: &[ColumnId]) -> Option<Edit> {
    let Decomposed { made, left } = decomposed(design, table, from, to)?;
    let edit = Edit::adding([crate::design::Record::from(made)]);
    Some(edit.put(design, left))
}

/// The statements that do the same to a database with rows: the new table, its rows, the reference, and only then what
/// is not needed any more. Two rows that disagree make the second statement fail, before anything is lost.
pub fn migration(design: &Design, table: TableId, from: &[ColumnId], to: &[ColumnId]) -> Option<String> {
    let old = design.table(table)?;
    let Decomposed { mut made, left } = decomposed(design, table, from, to)?;
    made.seed = None;
    let name = |it: &Table| qualified_name(design, it.namespace, &it.name);
    let listed = |table: &Table, ids: &[ColumnId]| -> String {
        table.column_names(ids).map(ident).collect::<Vec<_>>().join(", ")
    };
    let moved: Vec<ColumnId> = from.iter().chain(to).copied().collect();
    let columns = made.columns.iter().map(|it| {
        let null = if it.nullable { "" } else { " NOT NULL" };
        format!("    {} {}{null}", ident(&it.name), type_name(design, &it.data_type))
    });
    let key = made.primary_key.as_ref()?;
    let mut out = format!("CREATE TABLE {} (\n", name(&made));
    for column in columns {
        out.push_str(&column);
        out.push_str(",\n");
    }
    let keys = listed(&made, &key.columns);
    out.push_str(&format!("    CONSTRAINT {} PRIMARY KEY ({keys})\n);\n\n", ident(&key.name)));
    let all: Vec<ColumnId> = made.columns.iter().map(|it| it.id).collect();
    let given: Vec<String> = from.iter().filter_map(|it| old.column(*it)).map(|it| ident(&it.name)).collect();
    let given: Vec<String> = given.iter().map(|it| format!("{it} IS NOT NULL")).collect();
    out.push_str(&format!(
        "INSERT INTO {} ({})\nSELECT DISTINCT {}\nFROM {}\nWHERE {};\n\n",
        name(&made),
        listed(&made, &all),
        listed(old, &moved),
        name(old),
        given.join(" AND ")
    ));
    for index in left.indexes.iter().filter(|it| !old.indexes.contains(it)) {
        out.push_str(&format!(
            "CREATE INDEX {} ON {} ({});\n",
            ident(&index.name),
            name(old),
            listed(old, from)
        ));
    }
    let fk = left.foreign_keys.last()?;
    out.push_str(&format!(
        "ALTER TABLE {}\n    ADD CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({keys}) ON DELETE RESTRICT;\n\n",
        name(old),
        ident(&fk.name),
        listed(old, from),
        name(&made)
    ));
    let drops: Vec<String> =
        old.column_names(to).map(|it| format!("    DROP COLUMN {}", ident(it))).collect();
    out.push_str(&format!("ALTER TABLE {}\n{};\n", name(old), drops.join(",\n")));
    Some(out)
}

fn decomposed(design: &Design, table: TableId, from: &[ColumnId], to: &[ColumnId]) -> Option<Decomposed> {
    let old = design.table(table)?;
    let relatives =
        !old.inherits.is_empty() || old.partition_of.is_some() || super::remedy::has_heirs(design, table);
    // A key with a null in one of several columns references nothing.
    let loose = from.len() > 1 && from.iter().any(|it| old.is_nullable(*it));
    let references = old.foreign_keys.iter().any(|fk| fk.columns.iter().any(|it| from.contains(it)));
    if relatives || loose || references || from.is_empty() || to.is_empty() {
        return None;
    }
    let mut left = without(design, old, to)?;
    let mut ids = design.ids();
    let stem = stem(old, from)?;
    let is_plural = base::plural(&old.name) == old.name;
    let name = if is_plural { base::plural(&stem) } else { base::singular(&stem) };
    let taken = |it: &str| {
        [Scope::Relation(old.namespace), Scope::Type(old.namespace)]
            .into_iter()
            .any(|scope| design.named(scope, it).next().is_some())
    };
    let name = free(identifier(&name), taken);
    let mut columns: Vec<Column> = Vec::new();
    for source in from.iter().chain(to).filter_map(|it| old.column(*it)) {
        let short = source.name.strip_prefix(&format!("{stem}_")).unwrap_or(&source.name);
        let short = free(short.to_owned(), |it| columns.iter().any(|column| column.name == it));
        let is_key = columns.len() < from.len();
        columns.push(Column {
            id: ids.take(),
            name: short,
            nullable: !is_key && old.is_nullable(source.id),
            value: ColumnValue::Given,
            not_null: None,
            origin: Origin::Hand,
            ..source.clone()
        });
    }
    let key: Vec<ColumnId> = columns.iter().take(from.len()).map(|it| it.id).collect();
    let seed = old.seed.as_ref().and_then(|it| rows(it, from, to, &columns));
    let made = Table {
        id: ids.take(),
        namespace: old.namespace,
        primary_key: Some(PrimaryKey {
            id: ids.take(),
            name: free(Derived::PrimaryKey.name(&name, [""; 0]), taken),
            columns: key.clone(),
            ..PrimaryKey::default()
        }),
        name,
        columns,
        seed,
        ..Table::default()
    };
    let named = |it: &str| left.foreign_keys.iter().any(|fk| fk.name == it);
    let fk = ForeignKey {
        id: ids.take(),
        name: Derived::ForeignKey.free_name(&old.name, old.column_names(from), named),
        columns: from.to_vec(),
        references: made.id,
        ref_columns: key,
        on_delete: ReferentialAction::Restrict,
        ..ForeignKey::default()
    };
    left.foreign_keys.push(fk);
    if !left.leads_an_index(from) {
        let name = Derived::Index.free_name(&old.name, old.column_names(from), taken);
        left.indexes.push(Index::over(ids.take(), name, from));
    }
    Some(Decomposed { made, left })
}

/// The table without columns that nothing but itself speaks of.
fn without(design: &Design, old: &Table, columns: &[ColumnId]) -> Option<Table> {
    // A view or function may read them, a sequence may be owned by one.
    let speaks = |id: Id| {
        let owns = |it: &Sequence| it.owned_by.is_some_and(|it| columns.contains(&it.1));
        design.view(ViewId(id.0)).is_some()
            || design.function(FunctionId(id.0)).is_some()
            || design.verbatim(VerbatimId(id.0)).is_some()
            || design.sequence(SequenceId(id.0)).is_some_and(owns)
    };
    if design.users_of(old.id).any(speaks) {
        return None;
    }
    let mut left = old.clone();
    for column in columns {
        refactor::strip_column(&mut left, old.column(*column)?);
    }
    let mut alone = old.clone();
    alone.columns.retain(|it| !columns.contains(&it.id));
    alone.seed.clone_from(&left.seed);
    if left != alone {
        return None;
    }
    // A statement about a dependency that is now a reference says nothing any more.
    if left.comment.as_ref().is_some_and(|it| it.contains("->") || it.contains('→')) {
        let names: Vec<&str> = old.column_names(columns).collect();
        let rest = left.comment.iter().flat_map(|it| it.split(';')).map(str::trim);
        let rest: Vec<&str> = rest.filter(|it| !names.iter().any(|name| it.contains(name))).collect();
        left.comment = Some(rest.join("; ")).filter(|it| !it.is_empty());
    }
    Some(left)
}

/// What the determinant identifies, by its name: `dept` of `dept_code`, `zip` of `zip`.
fn stem(table: &Table, from: &[ColumnId]) -> Option<String> {
    let names: Vec<&str> = table.column_names(from).collect();
    let first = *names.first()?;
    Some(match names.len() {
        1 => first.rsplit_once('_').map_or(first, |it| it.0).to_owned(),
        _ => names.join("_"),
    })
}

/// The distinct rows that move along.
fn rows(seed: &SeedRows, from: &[ColumnId], to: &[ColumnId], columns: &[Column]) -> Option<SeedRows> {
    let at: Vec<Option<usize>> =
        from.iter().chain(to).map(|id| seed.columns.iter().position(|it| it == id)).collect();
    at.iter().take(from.len()).all(Option::is_some).then_some(())?;
    let kept: Vec<(usize, ColumnId)> =
        at.iter().zip(columns).filter_map(|(at, column)| Some(((*at)?, column.id))).collect();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for row in &seed.rows {
        let moved: Vec<String> = kept.iter().filter_map(|it| row.get(it.0).cloned()).collect();
        let key: Vec<String> = moved.iter().take(from.len()).cloned().collect();
        if !key.iter().any(|it| it.trim().eq_ignore_ascii_case("null")) && seen.insert(key) {
            rows.push(moved);
        }
    }
    Some(SeedRows { columns: kept.into_iter().map(|it| it.1).collect(), rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Config, lint};
    use crate::read;
    use crate::sql::{Options, ddl};

    const STAFF: &str = "create table staff (id bigint primary key, dept_code text not null, dept_name text not null, dept_floor int);
        insert into staff values (1, 'HR', 'People', 1), (2, 'IT', 'Machines', 2), (3, 'HR', 'People', 1);";

    fn design(text: &str) -> Design {
        read::postgres(text, &read::Options::default()).tree.design
    }

    fn decompose(design: &Design) -> (Design, String) {
        let found = lint(design, &Config::default());
        let finding = found.iter().find(|it| it.code == "NRM006").expect("found");
        let mut after = design.clone();
        after
            .apply(&finding.proposal(design).expect("a fix").accept_all(design).expect("fits"))
            .expect("valid");
        (after, finding.fix.as_ref().and_then(|it| it.remedy.migration(design)).expect("a migration"))
    }

    #[test]
    fn columns_and_rows_move_into_a_table_that_is_referenced() {
        let (after, migration) = decompose(&design(STAFF));
        insta::assert_snapshot!(ddl(&after, &Options::of(&after)).text);
        insta::assert_snapshot!(migration);
    }

    #[test]
    fn what_others_speak_of_is_not_moved() {
        for more in [
            "create view floors as select dept_floor from staff;",
            "alter table staff add check (dept_floor > 0 or dept_name = 'Roof');",
            "create index on staff (dept_name);",
        ] {
            let design = design(&format!("{STAFF}{more}"));
            let found = lint(&design, &Config::default());
            assert!(found.iter().any(|it| it.code == "NRM006" && it.fix.is_none()), "{more}");
        }
    }
}
