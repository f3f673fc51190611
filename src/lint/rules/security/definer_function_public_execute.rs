//! Definer function public execute.

use crate::lint::prelude::*;

rule! {
    /// Flags a function with its owner's rights that everybody may call.
    ///
    /// ## Why
    ///
    /// Functions may be executed by everybody unless that is revoked.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create function f() returns int language sql security definer set search_path = '' as $$ select 1 $$; revoke execute on function f() from public;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Privileges".
    SEC014 "definer-function-public-execute" Warning [] Design(check, &[Reads::Functions, Reads::Verbatims])
}

fn check(cx: &mut Cx<'_>) {
    for it in cx.design.functions() {
        let definer = it.attributes.iter().any(|it| it.eq_ignore_ascii_case("security definer"));
        let trigger = it
            .returns
            .as_deref()
            .is_some_and(|it| it.eq_ignore_ascii_case("trigger") || it.eq_ignore_ascii_case("event_trigger"));
        let revoked = cx.globals().grants.iter().any(|grant| {
            let names = expression::names(grant);
            grant.starts_with("revoke")
                && names.iter().any(|name| *name == it.name || name == "functions")
                && names.iter().any(|it| it == "public")
        });
        if definer && !trigger && !revoked {
            let message = format!("everybody may call `{}`, which runs with its owner's rights", it.name);
            cx.record(it.id.into(), vec![it.id.into()], it.name.clone(), &it.origin, message);
        }
    }
}
