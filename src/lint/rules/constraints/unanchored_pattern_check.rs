//! Unanchored pattern check.

use crate::lint::prelude::*;

rule! {
    /// Flags a check by a regular expression that looks only at a part of the value.
    ///
    /// ## Why
    ///
    /// Without `^` and `$` the pattern is looked for anywhere: `xx#00ff00yy` is taken as a colour.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table labels (id bigint primary key, color text not null check (color ~ '#[0-9a-f]{6}'));
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table labels (id bigint primary key, color text not null check (color ~ '^#[0-9a-f]{6}$'));
    /// ```
    CON020 "unanchored-pattern-check" Warning [Unsafe] Table(check)
}

/// The table with a pattern that the whole value is to be like.
fn anchored(t: &TableView<'_>, check: &Check, pattern: &str, inner: &str) -> Option<Remedy> {
    let whole = if inner.contains('|') { format!("^(?:{inner})$") } else { format!("^{inner}$") };
    let written = pattern.replacen(inner, &whole, 1);
    let mut table = t.table.clone();
    let it = table.checks.iter_mut().find(|it| it.id == check.id).filter(|_| !inner.is_empty())?;
    it.expression = it.expression.replace(pattern, &written);
    Some(Remedy::Put(Box::new(table.into())))
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for it in &t.checks {
        let all = expression::written(&it.expression);
        for (place, (_, sign)) in all.iter().enumerate() {
            if *sign != "~" || place > 0 && all[place - 1].1 == "!" {
                continue;
            }
            let next = all.get(place + 1).map_or("", |it| it.1);
            let pattern =
                if matches!(next, "*" | "(") { all.get(place + 2).map_or("", |it| it.1) } else { next };
            let inner = pattern.trim_start_matches(['e', 'E']).trim_matches('\'');
            let open = !inner.starts_with('^') && !inner.starts_with("(^") && !inner.starts_with("\\A");
            let unclosed = !inner.ends_with('$') && !inner.ends_with("\\Z") && !inner.ends_with("$)");
            if pattern.contains('\'') && open && unclosed {
                cx.member(
                    t,
                    [it.id.into()],
                    &it.name,
                    format!("the pattern {pattern} is looked for anywhere in the value"),
                )
                .risky_if("Let it be the whole value", anchored(t, it, pattern, inner));
            }
        }
    }
}
