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
    TYP011 "boolean-stored-as-code" Warning [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let short = matches!(
            c.builtin(),
            Some(Builtin::Character | Builtin::SmallInt | Builtin::Integer | Builtin::InternalChar)
        ) || c.is_type(Builtin::Varchar)
            && matches!(c.data_type.modifiers.as_slice(), [it] if matches!(it.as_str(), "1" | "3" | "5"));
        if !short || c.facts.is_reference {
            continue;
        }
        let name = c.snake();
        let named = ["is_", "has_", "can_"].iter().any(|it| name.starts_with(it))
            || name.ends_with("_flag")
            || matches!(&*name, "active" | "enabled");
        if named {
            cx.column(t, &c, format!("`{}` is a yes or no, held as a code", c.name))
                .risky_if("Make it boolean", as_boolean(t, &c));
        }
    }
}

/// The type, and the default as what it stands for.
fn as_boolean(t: &TableView<'_>, c: &ColumnView<'_>) -> Option<Remedy> {
    if c.facts.demand.named || c.is_generated() || !matches!(c.data_type.base, BaseType::Builtin(_)) {
        return None;
    }
    let (table, column) = (t.id, c.id);
    let data_type = DataType::builtin(Builtin::Boolean);
    let retype = Remedy::Type { table, column, data_type };
    let Some(default) = c.default() else { return Some(retype) };
    let value = default.split("::").next().unwrap_or_default().trim_matches(['(', ')', '\'', ' ']);
    let meant = match value.to_ascii_lowercase().as_str() {
        "1" | "y" | "t" | "yes" | "true" => "true",
        "0" | "n" | "f" | "no" | "false" => "false",
        _ => return None,
    };
    let value = ColumnValue::Default(meant.to_owned());
    Some(Remedy::All(vec![Remedy::Value { table, column, value }, retype]))
}
