//! Redundant relationship path.

use crate::lint::prelude::*;

rule! {
    /// Flags a reference that another one leads to as well, where nothing keeps the two equal.
    ///
    /// ## Why
    ///
    /// A card of a list of one board can say that it is on another board. Either the second reference goes, or a foreign key over
    /// both columns makes them agree.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table boards (id bigint primary key);
    /// create table lists (id bigint primary key, board_id bigint not null references boards);
    /// create table cards (id bigint primary key, list_id bigint not null references lists, board_id bigint not null references boards);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table boards (id bigint primary key);
    /// create table lists (id bigint primary key, board_id bigint not null references boards, unique (board_id, id));
    /// create table cards (id bigint primary key, board_id bigint not null, list_id bigint not null, foreign key (board_id, list_id) references lists (board_id, id));
    /// ```
    ///
    /// ```sql
    /// create table posts (id bigint primary key, user_id bigint not null references users);
    /// create table comments (id bigint primary key, post_id bigint not null references posts, user_id bigint not null references users);
    /// ```
    ///
    /// ```sql
    /// create table addresses (id bigint primary key);
    /// create table stores (id bigint primary key, address_id bigint not null references addresses, manager_id bigint not null references users);
    /// create table customers (id bigint primary key, store_id bigint not null references stores, address_id bigint not null references addresses);
    /// ```
    NRM020 "redundant-relationship-path" Info [] Named(check, &[Known::Tenant])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    if t.foreign_keys.len() < 2 {
        return;
    }
    let root = cx.globals().tenant_root;
    for direct in &t.foreign_keys {
        let [column] = direct.columns.as_slice() else { continue };
        let Some(c) = t.col(*column).filter(|it| !it.is(Topic::Actor) && !t.is_key(it.column.id)) else {
            continue;
        };
        // Two persons in two places are two persons; a value of a list may be chosen anew.
        let is_fact = |it: &TableView<'_>| !it.is(Topic::Person) && it.role() != Role::Lookup;
        if direct.references == t.id
            || root == Some(direct.references)
            || !cx.view(direct.references).is_some_and(|it| is_fact(&it))
        {
            continue;
        }
        for step in t.foreign_keys.iter().filter(|it| it.id != direct.id) {
            let [by] = step.columns.as_slice() else { continue };
            if t.is_nullable(*by) || step.references == t.id || step.references == direct.references {
                continue;
            }
            let Some(between) = cx.design.table(step.references) else { continue };
            // What is a part of one thing alone is where that thing is; a store and its address are two facts.
            let required = |it: &&ForeignKey| it.columns.iter().all(|it| !between.is_nullable(*it));
            if between.foreign_keys.iter().filter(required).count() != 1 {
                continue;
            }
            let leads = between.foreign_keys.iter().any(|it| {
                it.references == direct.references
                    && matches!(it.columns.as_slice(), [of] if !between.is_nullable(*of)
                        && between.column(*of).is_some_and(|it| it.name == c.name))
            });
            let is_kept = t.foreign_keys.iter().any(|it| {
                it.references == step.references && it.columns.len() > 1 && it.columns.contains(column)
            });
            if leads && !is_kept {
                let message = format!(
                    "`{}` leads to `{}` as well, and nothing keeps the two equal",
                    between.name, c.name
                );
                cx.member(t, [direct.id.into(), c.id.into()], &c.name, message);
                break;
            }
        }
    }
}
