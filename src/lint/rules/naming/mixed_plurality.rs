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
    NAM004 "mixed-plurality" Info [] Named(check, &[Known::Habits])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let habits = cx.globals().habits;
    if !habits.singular && !habits.plural || t.role() == Role::Junction {
        return;
    }
    let name = crate::base::snake_case(&t.name);
    let is_singular = t.facts.singular == name;
    let (is, rest) = match is_singular {
        true if habits.plural => ("singular", "plural"),
        false if habits.singular => ("plural", "singular"),
        true | false => return,
    };
    // What is both (`sheep`) is neither.
    if is_singular == (crate::base::plural(&name) == name) {
        return;
    }
    cx.table(t, format!("`{}` is {is}, while most tables are {rest}", t.name));
}
