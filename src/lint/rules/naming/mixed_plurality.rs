//! Mixed plurality.

use crate::lint::prelude::*;

rule! {
    /// Flags a table whose name is singular among plural ones, or the other way round.
    ///
    /// ## Why
    ///
    /// Nobody knows whether it is `invoice` or `invoices` without looking.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table orders (id bigint primary key);
    /// create table invoices (id bigint primary key);
    /// create table payments (id bigint primary key);
    /// create table refund (id bigint primary key);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table orders (id bigint primary key);
    /// create table invoices (id bigint primary key);
    /// ```
    NAM004 "mixed-plurality" Info [] Named(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let names = &cx.globals().names;
    let all = cx.globals().tables;
    let is_plural = |name: &str| {
        let name = crate::base::snake_case(name);
        (crate::base::plural(&name) == name, crate::base::singular(&name) == name)
    };
    let (plural, singular) = is_plural(&t.name);
    if all < 4 || plural == singular || t.role() == Role::Junction {
        return;
    }
    let count = names.iter().filter(|(single, ids)| {
        ids.first()
            .and_then(|it| cx.design.table(*it))
            .is_some_and(|it| crate::base::snake_case(&it.name) != **single)
    });
    let plurals = count.count();
    let singles = all.saturating_sub(plurals);
    if plural && singles * 10 >= all * 8 || singular && plurals * 10 >= all * 7 {
        let (is, rest) = if plural { ("plural", "singular") } else { ("singular", "plural") };
        cx.table(t, format!("`{}` is {is}, while most tables are {rest}", t.name));
    }
}
