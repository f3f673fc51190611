//! Boolean stored as code.

use crate::lint::prelude::*;

rule! {
    /// Flags a yes or no that is held as a character or a number.
    ///
    /// ## Why
    ///
    /// Nothing says which values there are, and each reader tests another one.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_active char(1) not null default 'Y');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, is_active boolean not null default true);
    /// ```
    TYP011 "boolean-stored-as-code" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let name = crate::base::snake_case(&c.name);
        let named = ["is_", "has_", "can_"].iter().any(|it| name.starts_with(it))
            || name.ends_with("_flag")
            || matches!(name.as_str(), "active" | "enabled");
        let short = matches!(
            c.builtin(),
            Some(Builtin::Character | Builtin::SmallInt | Builtin::Integer | Builtin::InternalChar)
        ) || c.is_type(Builtin::Varchar)
            && matches!(c.data_type.modifiers.as_slice(), [it] if matches!(it.as_str(), "1" | "3" | "5"));
        if named && short && !c.facts.is_reference {
            cx.column(t, &c, format!("`{}` is a yes or no, held as a code", c.name));
        }
    }
}
