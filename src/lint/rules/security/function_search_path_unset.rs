//! Function search path unset.

use crate::lint::prelude::*;

rule! {
    /// Flags any function whose search path its caller chooses.
    ///
    /// ## Why
    ///
    /// Where strangers may call it through an API, as on Supabase, names inside it mean what the caller's path makes of
    /// them. A function that lends its owner's rights is SEC013's, and told everywhere; of others this is asked only
    /// where it is selected, as the preset `supabase` does: they run with the caller's own rights.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create function f() returns int language sql as $$ select 1 $$;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create function f() returns int language sql set search_path = '' as $$ select 1 $$;
    /// create function g() returns int language sql return 1;
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0011, `function_search_path_mutable`; PostgreSQL manual, "CREATE FUNCTION": what stands in a body of
    /// standard SQL is resolved when the function is made.
    SEC026 "function-search-path-unset" Warning [Off Unsafe] Design(check, &[Reads::Functions])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.functions() {
        let has = |start: &str| it.attributes.iter().any(|it| it.to_ascii_lowercase().starts_with(start));
        let by_name = matches!(it.body, FunctionBody::Text(_));
        if by_name && !has("set search_path") && !has("security definer") {
            let mut fixed = it.clone();
            fixed.attributes.push("SET search_path TO ''".into());
            let message =
                format!("names inside `{}` mean what its caller's search path makes of them", it.name);
            cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message)
                .risky("Fix the search path", Remedy::Put(Box::new(fixed.into())));
        }
    }
}
