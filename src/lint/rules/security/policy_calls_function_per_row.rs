//! Policy calls function per row.

use crate::lint::prelude::*;

rule! {
    /// Flags a call in a policy that is evaluated for each row although it always gives the same.
    ///
    /// ## Why
    ///
    /// Wrapped in a scalar sub-select it is evaluated once: on large tables a hundred times faster.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null);
    /// alter table t enable row level security;
    /// create policy p on t using (tenant_id = current_setting('app.tenant')::bigint);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null);
    /// alter table t enable row level security;
    /// create policy p on t using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0003.
    SEC006 "policy-calls-function-per-row" Warning [Safe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    // While row-level security is off no policy is asked; SEC003 says so.
    if t.row_security == RowSecurity::Disabled {
        return;
    }
    for policy in &t.policies {
        let (using, checks) =
            (policy.using.as_deref().and_then(wrapped), policy.with_check.as_deref().and_then(wrapped));
        if using.is_none() && checks.is_none() {
            continue;
        }
        let mut table = t.table.clone();
        for it in table.policies.iter_mut().filter(|it| it.id == policy.id) {
            it.using = using.clone().or_else(|| it.using.take());
            it.with_check = checks.clone().or_else(|| it.with_check.take());
        }
        cx.member(
            t,
            [policy.id.into()],
            &policy.name,
            "the policy calls a function for each row that always gives the same",
        )
        .safe("Wrap the call in a sub-select", Remedy::Put(Box::new(table.into())));
    }
}

/// The condition with each such call wrapped; nothing where there is none.
fn wrapped(condition: &str) -> Option<String> {
    let all = expression::written(condition);
    let mut text = String::new();
    let (mut from, mut found) = (0, false);
    let mut at = 0;
    while at < all.len() {
        let word = all[at].1.to_ascii_lowercase();
        let qualified = word == "auth" && all.get(at + 1).is_some_and(|it| it.1 == ".");
        let name = if qualified { at + 2 } else { at };
        let function = all.get(name).map_or(String::new(), |it| it.1.to_ascii_lowercase());
        let known = if qualified {
            matches!(function.as_str(), "uid" | "jwt" | "role" | "email")
        } else {
            function == "current_setting"
        };
        let inside = at >= 1 && all[at - 1].1.eq_ignore_ascii_case("select");
        let opens = all.get(name + 1).is_some_and(|it| it.1 == "(");
        if !known || !opens || inside {
            at += 1;
            continue;
        }
        let mut depth = 0_usize;
        let mut end = name + 1;
        for (place, it) in all.iter().enumerate().skip(name + 1) {
            match it.1 {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            end = place;
            if depth == 0 {
                break;
            }
        }
        let (start, stop) = (all[at].0.span.start as usize, all[end].0.span.end as usize);
        text.push_str(condition.get(from..start)?);
        text.push_str("(SELECT ");
        text.push_str(condition.get(start..stop)?);
        text.push(')');
        (from, found, at) = (stop, true, end + 1);
    }
    text.push_str(condition.get(from..)?);
    found.then_some(text)
}
