//! Junction pair not unique.

use crate::lint::prelude::*;

rule! {
    /// Flags a table of pairs in which one pair can stand twice.
    ///
    /// ## Why
    ///
    /// A person who is a member twice is counted twice, and removed once.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table user_products (id bigint generated always as identity primary key, user_id bigint not null references users, product_id bigint not null references products);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table user_products (user_id bigint not null references users, product_id bigint not null references products, primary key (user_id, product_id));
    /// ```
    KEY007 "junction-pair-not-unique" Error [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.role() != Role::Junction {
        return;
    }
    // What refers to a list of values says of which kind it is; the pair is of things.
    let of_things =
        |fk: &ForeignKey| cx.view(fk.references).is_none_or(|it| !it.facts.last.has(Topic::Closed));
    let required = |fk: &&ForeignKey| fk.columns.iter().all(|it| !t.is_nullable(*it)) && of_things(fk);
    // A place in the key makes it a list, in which one thing may stand twice.
    let listed = t.primary_key.as_ref().is_some_and(|it| {
        it.columns
            .iter()
            .any(|it| t.col(*it).is_some_and(|it| it.is(Topic::Position) && !it.facts.is_reference))
    });
    let pair: Vec<ColumnId> =
        t.foreign_keys.iter().filter(required).flat_map(|it| it.columns.clone()).collect();
    // With a period or a moment that says when, it is a record of what happened, and may repeat.
    let timed = t.cols().any(|it| {
        !it.facts.is_reference && it.is_moment() && !it.is(Topic::Created) && !it.is(Topic::Updated)
            || it.is(Topic::Begin) && it.is_moment()
    });
    let dated = t.cols().any(|it| it.is_moment() && t.is_key(it.id));
    let excluded = !t.exclusions.is_empty();
    // A unique pair among more than two references is enough.
    let unique = t.is_unique_over(&pair) && pair.len() != 1
        || t.uniques.iter().any(|it| it.columns.iter().filter(|it| pair.contains(it)).count() >= 2)
        || t.primary_key
            .as_ref()
            .is_some_and(|it| it.columns.iter().filter(|it| pair.contains(it)).count() >= 2)
        || t.indexes
            .iter()
            .any(|it| it.unique && it.leading_columns().iter().filter(|it| pair.contains(it)).count() >= 1);
    if pair.len() < 2 || listed || unique || timed || dated || excluded {
        return;
    }
    let listed = t.listed(&pair);
    let remedy = Remedy::AddUnique { table: t.id, columns: pair.clone(), replaces: None };
    let what = if pair.len() == 2 { "pair" } else { "combination" };
    cx.table(t, format!("the {what} ({listed}) can stand twice"))
        .risky(&format!("Make the {what} unique"), remedy);
}
