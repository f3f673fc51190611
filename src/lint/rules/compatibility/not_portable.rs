//! Not portable.

use crate::lint::prelude::*;

rule! {
    /// Flags what MySQL 8 or `SQLite` does not have, where the constraints say that the design must live there.
    ///
    /// What is written is PostgreSQL all the same: this says what will have to be done otherwise. In a script a comment above
    /// a table says it: `/*@ also mysql */`.
    ///
    /// ## Why
    ///
    /// MySQL has no arrays, ranges, partial indexes, row-level security or exclusion constraints (MySQL 8.0 manual, "CREATE TABLE",
    /// "CREATE INDEX"); `SQLite` has partial indexes, but no enumerated types, domains or partitions either ("Quirks, Caveats, and Gotchas
    /// In SQLite"). What rests on them must be kept by the application there.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ also mysql */
    /// create table posts (id bigint primary key, tags text[] not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ also mysql */
    /// create table posts (id bigint primary key, title varchar(200) not null);
    /// ```
    COM013 "not-portable" Warning [] Design(check, &[Reads::Tables, Reads::Types, Reads::Use])
}

fn check(cx: &mut Cx<'_>) {
    let load = cx.design.load();
    let (is_mysql, is_sqlite) = (load.asks(Demand::MySql), load.asks(Demand::Sqlite));
    if !is_mysql && !is_sqlite {
        return;
    }
    let name = if is_mysql { "MySQL 8" } else { "SQLite" };
    let tables: Vec<TableView<'_>> = cx.tables().filter(|it| !it.is_given()).collect();
    for t in tables {
        let lacks = lacking(&t, is_sqlite);
        if !lacks.is_empty() {
            cx.table(&t, format!("{name} has no {}", lacks.join(", ")));
        }
    }
}

/// What of a table the other database cannot say, each with where it stands.
fn lacking(t: &TableView<'_>, is_sqlite: bool) -> Vec<String> {
    let mut lacks = Vec::new();
    let mut note = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            lacks.push(format!("{what} (`{}`)", names.join("`, `")));
        }
    };
    let columns = |is: &dyn Fn(&Column) -> bool| -> Vec<&str> {
        t.table.columns.iter().filter(|it| is(it)).map(|it| it.name.as_str()).collect()
    };
    note("arrays", columns(&|it| it.data_type.dimensions > 0));
    note("range types", columns(&|it| is_range(&it.data_type)));
    note("domains", columns(&|it| matches!(it.data_type.base, BaseType::Domain(_))));
    note("composite types", columns(&|it| matches!(it.data_type.base, BaseType::Composite(_))));
    if is_sqlite {
        note("enumerated types", columns(&|it| matches!(it.data_type.base, BaseType::Enum(_))));
    }
    note(
        "network types, intervals or text search",
        columns(&|it| matches!(&it.data_type.base, BaseType::Builtin(it) if is_own(*it))),
    );
    note("exclusion constraints", t.exclusions.iter().map(|it| it.name.as_str()).collect());
    note("row-level security", t.policies.iter().map(|it| it.name.as_str()).collect());
    let partial = |it: &&Index| !is_sqlite && it.predicate.is_some();
    note("partial indexes", t.indexes.iter().filter(partial).map(|it| it.name.as_str()).collect());
    let method = |it: &&Index| !matches!(it.method.as_str(), "" | "btree" | "hash");
    note("such indexes", t.indexes.iter().filter(method).map(|it| it.name.as_str()).collect());
    note(
        "`citext`",
        columns(&|it| matches!(&it.data_type.base, BaseType::Other { name, .. } if &**name == "citext")),
    );
    let at_end = t.uniques.iter().filter(|it| it.deferral != Deferral::NotDeferrable);
    note("deferrable uniqueness", at_end.map(|it| it.name.as_str()).collect());
    if !t.inherits.is_empty() {
        note("inheritance", vec![t.name.as_str()]);
    }
    if is_sqlite && t.partitioning.is_some() {
        note("partitions", vec![t.name.as_str()]);
    }
    lacks
}

fn is_range(it: &DataType) -> bool {
    match it.base {
        BaseType::Range(_) => true,
        BaseType::Builtin(it) => it.name().ends_with("range"),
        _ => false,
    }
}

fn is_own(it: Builtin) -> bool {
    matches!(it.name(), "inet" | "cidr" | "macaddr" | "macaddr8" | "interval" | "tsvector" | "tsquery")
}
