//! Drop and add looks like rename.

use crate::lint::prelude::*;

rule! {
    /// Flags a column that is dropped where one of a like name and the same type is added.
    ///
    /// ## Why
    ///
    /// It looks like a rename, but the values are gone.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter table orders drop column note;
    /// alter table orders add column notes text;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter table orders rename column note to notes;
    /// ```
    DAT007 "drop-and-add-looks-like-rename" Error [Core] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let all = steps.actions();
    for (at, table, action) in &all {
        let Action::DropColumn { name, .. } = action else { continue };
        let like = |other: &str| {
            let (short, long) =
                if other.len() < name.len() { (other, name.as_str()) } else { (name.as_str(), other) };
            other != name && short.len() >= 3 && (long.starts_with(short) || long.ends_with(short))
        };
        let added = all.iter().find_map(|(_, of, it)| match it {
            Action::AddColumn(it) if of == table && like(&it.name) => Some(it),
            _ => None,
        });
        let Some(added) = added else { continue };
        let before = steps.before();
        let old = before.tables().find(|it| it.name == *table).and_then(|it| it.column_named(name));
        let same = old.is_none_or(|it| {
            let wanted = Builtin::from_name(added.data_type.split('(').next().unwrap_or_default());
            wanted.zip(it.data_type.as_builtin()).is_none_or(|(a, b)| a.family() == b.family())
        });
        if same {
            steps.report(
                *at,
                table,
                format!(
                    "`{name}` goes and `{}` comes: the values are gone, though it looks like a rename",
                    added.name
                ),
            );
        }
    }
}
