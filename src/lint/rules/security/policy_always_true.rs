//! Policy always true.

use crate::lint::prelude::*;

rule! {
    /// Flags a permissive policy that lets every row be written, or every row of a tenant be seen.
    ///
    /// ## Why
    ///
    /// Permissive policies are joined by OR: one that is always true makes all others void.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null references tenants);
    /// alter table t enable row level security;
    /// create policy p on t for all using (true);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, tenant_id bigint not null references tenants);
    /// alter table t enable row level security;
    /// create policy p on t for all using (tenant_id = (select current_setting('app.tenant')::bigint));
    /// ```
    ///
    /// ## Source
    ///
    /// splinter 0024.
    SEC004 "policy-always-true" Error [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    // While row-level security is off no policy is asked; SEC003 says so.
    if t.row_security == RowSecurity::Disabled {
        return;
    }
    let tenant = t.cols().any(|it| it.is(Topic::Tenant));
    for policy in t.policies.iter().filter(|it| !it.restrictive) {
        let open = |it: &Option<String>| it.as_deref().is_some_and(is_true);
        let writes = match policy.command {
            PolicyCommand::Select => false,
            PolicyCommand::Insert => policy.with_check.as_deref().is_none_or(is_true),
            PolicyCommand::Update | PolicyCommand::All => {
                open(&policy.using) && policy.with_check.as_deref().is_none_or(is_true)
                    || open(&policy.with_check)
            }
            PolicyCommand::Delete => open(&policy.using),
        };
        let reads = tenant && policy.command == PolicyCommand::Select && open(&policy.using);
        // What serves the machinery alone may see everything.
        let service = !policy.roles.is_empty()
            && policy.roles.iter().all(|it| {
                let it = it.trim_matches('"').to_ascii_lowercase();
                it.contains("service") || it.contains("admin") || it == "postgres" || it.contains("owner")
            });
        // A role of one's own may be everybody who logs in, or one machine: that is for people to judge.
        let everybody = ["public", "anon", "authenticated", "current_user", "session_user"];
        let own = !policy.roles.is_empty()
            && !policy
                .roles
                .iter()
                .any(|it| everybody.contains(&&*it.trim_matches('"').to_ascii_lowercase()));
        if (writes || reads) && !service {
            let act = if writes { "written" } else { "seen" };
            let milder = cx.told.milder(Severity::Info);
            let by = if own { format!(" by {}", policy.roles.join(", ")) } else { String::new() };
            let message = format!("the policy lets every row be {act}{by}");
            let finding = cx.member(t, [policy.id.into()], &policy.name, message);
            finding.risky(
                "Drop it: without a policy nobody may",
                Remedy::Drop { table: t.id, member: policy.id.into() },
            );
            if own {
                finding.severity = milder;
            }
        }
    }
}

fn is_true(condition: &str) -> bool {
    let folded = expression::folded(condition).replace(['(', ')'], "");
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words.as_slice() {
        ["true"] => true,
        [a, "=", b] => a == b,
        _ => false,
    }
}
