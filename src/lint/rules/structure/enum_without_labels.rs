//! Enum without labels.

use crate::lint::prelude::*;

rule! {
    /// Flags an enumerated type without labels.
    ///
    /// ## Why
    ///
    /// A column of that type can only be null.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create type phase as enum ();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create type phase as enum ('draft', 'live');
    /// ```
    STR011 "enum-without-labels" Warning [] Design(check, &[Reads::Types])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.enums().filter(|it| it.values.is_empty()) {
        let message = format!("the type `{}` has no labels", it.name);
        cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message);
    }
}
