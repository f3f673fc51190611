//! Definer function search path.

use crate::lint::prelude::*;

rule! {
    /// Flags a function with its owner's rights whose search path the caller chooses.
    ///
    /// ## Why
    ///
    /// Whoever may create a table or function puts one in front, and it runs with the owner's rights.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create function f() returns int language sql security definer as $$ select 1 $$;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE FUNCTION", "Writing SECURITY DEFINER Functions Safely"; splinter 0011.
    SEC013 "definer-function-search-path" Error [Unsafe] Design(check, &[Reads::Functions])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.functions() {
        let attributes: Vec<String> = it.attributes.iter().map(|it| it.to_ascii_lowercase()).collect();
        let definer = attributes.iter().any(|it| it == "security definer");
        let path = attributes.iter().any(|it| it.starts_with("set search_path"));
        if definer && !path {
            let mut fixed = it.clone();
            fixed.attributes.push("SET search_path TO ''".into());
            let message =
                format!("`{}` runs with its owner's rights under the caller's search path", it.name);
            cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message)
                .risky("Fix the search path", Remedy::Put(Box::new(fixed.into())));
        }
    }
}
