//! Duplicate enum label.

use crate::lint::prelude::*;

rule! {
    /// Flags labels of one enumerated type that differ only in case, blanks, hyphens or underscores.
    ///
    /// ## Why
    ///
    /// PostgreSQL takes them as different values, so that half of the rows end up under each: a lasting trap.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type phase as enum ('in-progress', 'in_progress');
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create type phase as enum ('todo', 'in_progress');
    /// ```
    STR012 "duplicate-enum-label" Error [Unsafe] Design(check, &[Reads::Types])
}

fn check(cx: &mut Cx<'_>) {
    let plain = |it: &str| it.trim().to_lowercase().replace(['-', ' '], "_");
    for it in cx.design.enums() {
        for (place, label) in it.values.iter().enumerate() {
            let before = it.values.iter().take(place).find(|other| plain(other) == plain(label));
            if let Some(before) = before {
                let message = format!(
                    "the labels '{before}' and '{label}' of `{}` differ only in case, blanks or hyphens",
                    it.name
                );
                let mut fixed = it.clone();
                fixed.values.remove(place);
                cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message)
                    .risky("Keep the first", Remedy::Put(Box::new(fixed.into())));
            }
        }
    }
}
