//! Exclusive arc unchecked.

use crate::lint::prelude::*;

rule! {
    /// Flags references of which one should be set, without a check that it is.
    ///
    /// ## Why
    ///
    /// A row with none of them hangs on nothing, and a row with two on both.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table attachments (id bigint primary key, user_id bigint references users, product_id bigint references products, path text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table attachments (id bigint primary key, user_id bigint references users, product_id bigint references products, path text not null, check (num_nonnulls(user_id, product_id) = 1));
    /// ```
    CON013 "exclusive-arc-unchecked" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let words = crate::lint::words_of(&t.name);
    let hangs = words.last().is_some_and(|it| {
        matches!(
            it.as_str(),
            "attachment"
                | "attachments"
                | "note"
                | "notes"
                | "comment"
                | "comments"
                | "tagging"
                | "taggings"
                | "reaction"
                | "reactions"
                | "like"
                | "likes"
        )
    });
    let open: Vec<ColumnId> = t
        .foreign_keys
        .iter()
        .filter_map(|fk| if let [it] = fk.columns.as_slice() { Some((*it, fk.references)) } else { None })
        .filter(|(it, to)| t.is_nullable(*it) && *to != t.id)
        .filter(|(it, _)| t.col(*it).is_some_and(|it| !it.is(Topic::Actor) && !it.name.ends_with("_by")))
        .map(|it| it.0)
        .collect();
    let required = t.foreign_keys.iter().any(|fk| {
        fk.columns.iter().all(|it| !t.is_nullable(*it))
            && !t.col(fk.columns[0]).is_some_and(|it| it.is(Topic::Actor) || it.is(Topic::Person))
    });
    let told = t.checks.iter().any(|it| {
        let names = expression::names(&it.expression);
        t.table.column_names(&open).filter(|it| names.iter().any(|name| name == it)).count() >= 2
    });
    if hangs && open.len() >= 2 && !told && !required {
        let listed = t.listed(&open);
        let expression = format!("num_nonnulls({listed}) = 1");
        let remedy = Remedy::AddCheck { table: t.id, columns: open.clone(), expression };
        cx.columns(t, &open, format!("nothing says that one of ({listed}) is set"))
            .risky("Demand exactly one", remedy);
    }
}
