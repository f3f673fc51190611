//! Missing idempotency key.

use crate::lint::prelude::*;

rule! {
    /// Asks what tells a payment or a delivery that is sent twice from two of them.
    ///
    /// ## Why
    ///
    /// A client that gets no answer asks again, and a provider delivers its webhook at least once. Without a unique
    /// value that comes with the request the money moves twice.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table refunds (id bigint primary key, amount numeric(12,2) not null, paid_at timestamptz not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table refunds (id bigint primary key, idempotency_key text not null unique, amount numeric(12,2) not null, paid_at timestamptz not null);
    /// ```
    ///
    /// ## Source
    ///
    /// IETF draft "The Idempotency-Key HTTP Header Field".
    CON023 "missing-idempotency-key" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let moves = crate::lint::words_of(&t.facts.singular).last().is_some_and(|it| {
        matches!(
            it.as_str(),
            "payment" | "refund" | "payout" | "charge" | "transfer" | "withdrawal" | "webhook" | "topup"
        )
    });
    if !moves || !matches!(t.role(), Role::Entity | Role::Infrastructure) {
        return;
    }
    let tells = |it: ColumnView<'_>| {
        it.column.name.contains("idempoten")
            || it.is(Topic::Foreign)
            || it.is(Topic::Natural)
            || !t.is_key(it.id) && t.is_single_key(it.id) && (it.is_text() || it.is_type(Builtin::Uuid))
    };
    // One row for each row of another thing is told apart by that.
    let lone = t.table.foreign_keys.iter().any(|it| t.is_unique_over(&it.columns));
    if lone || t.cols().any(tells) {
        return;
    }
    let remedy = cx.adding(t, "idempotency_key", Builtin::Uuid);
    cx.table(t, "what tells a request that is sent twice from two requests?")
        .risky_if("Add idempotency_key", remedy);
}
