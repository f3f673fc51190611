//! Implied relationship without fk.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that is named after another table and has its key's type, but references nothing.
    ///
    /// ## Why
    ///
    /// Nothing keeps the rows that it names from going away; what is left are orphans that every join drops in silence.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, user_id bigint not null references users);
    /// ```
    ///
    /// ## Source
    ///
    /// Karwin, "SQL Antipatterns", chapter "Keyless Entry".
    REL004 "implied-relationship-without-fk" Warning [Core Unsafe] Named(check, &[Known::Names])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() == Role::Infrastructure {
        return;
    }
    for c in t.cols().filter(|it| !it.facts.is_reference && !it.facts.is_array) {
        let key = matches!(
            c.builtin(),
            Some(Builtin::Integer | Builtin::BigInt | Builtin::SmallInt | Builtin::Uuid)
        ) || c.is_text();
        if !key || c.is(Topic::Foreign) || c.is_generated() || !ends_in_id(&c.name) {
            continue;
        }
        let words = c.snake();
        let Some(stem) = words.strip_suffix("_id") else { continue };
        // One half of a polymorphic pair references no one table.
        let pair = t.cols().any(|it| it.snake().strip_suffix("_type") == Some(stem));
        let lone_key = t.primary_key.as_ref().is_some_and(|it| it.columns == [c.id]);
        if pair || lone_key {
            continue;
        }
        let Some(to) = target(cx, t, stem, &c) else { continue };
        let remedy = Remedy::AddForeignKey { table: t.id, column: c.id, references: to.id };
        cx.column(t, &c, format!("`{}` names `{}` but references nothing", c.name, to.name))
            .risky("Add the foreign key and its index", remedy);
    }
}

fn ends_in_id(name: &str) -> bool {
    name.ends_with("_id") || name.ends_with("Id") || name.ends_with("ID") && name.len() > 2
}

/// The one table that is called by the words, or by their last ones, and whose key the column could hold.
fn target<'a>(cx: &Cx<'a>, t: &TableView<'_>, stem: &str, c: &ColumnView<'_>) -> Option<TableView<'a>> {
    let starts = std::iter::once(0).chain(stem.match_indices('_').map(|it| it.0 + 1));
    let named = starts.filter_map(|it| stem.get(it..)).map(|it| cx.tables_named(&crate::base::singular(it)));
    let found = named.into_iter().find(|it| !it.is_empty())?;
    let same: Vec<_> = found
        .iter()
        .filter(|it| cx.design.table(**it).is_some_and(|it| it.namespace == t.namespace))
        .collect();
    let id = match (found, same.as_slice()) {
        ([id], _) => *id,
        (_, [id]) => **id,
        _ => return None,
    };
    let to = cx.view(id)?;
    let [key] = to.table.primary_key.as_ref()?.columns.as_slice() else { return None };
    let key = to.col(*key)?;
    let alike = key.builtin().zip(c.builtin()).is_some_and(|(a, b)| a.family() == b.family());
    (alike && (id != t.id || stem.contains("parent"))).then_some(to)
}
