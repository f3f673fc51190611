//! Timestamp without time zone.

use crate::lint::prelude::*;

rule! {
    /// Flags `timestamp` without time zone.
    ///
    /// ## Why
    ///
    /// It holds what a clock on some wall showed, not a moment: two servers or a change of daylight saving and the
    /// order of events is lost. `timestamptz` takes the same eight bytes.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table t (id bigint primary key, created_at timestamp not null default now());
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table t (id bigint primary key, created_at timestamptz not null default now());
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL wiki, "Don't Do This", "Don't use timestamp (without time zone)".
    TYP001 "timestamp-without-time-zone" Warning [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.facts.builtin == Some(Builtin::Timestamp)) {
        let local =
            crate::lint::words_of(&c.name).iter().any(|it| matches!(it.as_str(), "local" | "wall" | "naive"));
        let zone = t.cols().any(|it| it.is(Topic::Zone) && it.is_text());
        if local && zone || c.is_generated() {
            continue;
        }
        let finding = cx.column(
            t,
            &c,
            format!("`{}` keeps no time zone: the same value means another moment elsewhere", c.name),
        );
        if matches!(c.data_type.base, BaseType::Builtin(_)) {
            let data_type = DataType { base: BaseType::Builtin(Builtin::TimestampTz), ..c.data_type.clone() };
            finding.risky("Make it timestamptz", Remedy::Type { table: t.id, column: c.id, data_type });
        }
    }
}
