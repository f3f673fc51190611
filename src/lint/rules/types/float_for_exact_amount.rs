//! Float for exact amount.

use crate::lint::prelude::*;

rule! {
    /// Flags money or a count that is held as a floating point number.
    ///
    /// ## Why
    ///
    /// 0.1 + 0.2 is not 0.3 there: sums are off by cents, and comparisons fail.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table o (id bigint primary key, total double precision not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table o (id bigint primary key, total numeric(12,2) not null);
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Floating-Point Types".
    TYP005 "float-for-exact-amount" Error [Core Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| matches!(it.builtin(), Some(Builtin::Real | Builtin::Double))) {
        let exact =
            c.ends(Topic::Money) || c.begins(Topic::Money) && !c.ends(Topic::Share) && !c.ends(Topic::Rating);
        let rate = crate::lint::words_of(&c.name).iter().any(|it| {
            matches!(
                it.as_str(),
                "rate"
                    | "ratio"
                    | "avg"
                    | "mean"
                    | "percent"
                    | "score"
                    | "factor"
                    | "weight"
                    | "estimate"
                    | "lat"
                    | "lng"
                    | "net"
                    | "fluid"
                    | "output"
                    | "dose"
                    | "volume"
            )
        });
        if !exact || rate {
            continue;
        }
        let ambiguous = crate::lint::words_of(&c.name)
            .iter()
            .any(|it| matches!(it.as_str(), "total" | "amount" | "balance" | "discount" | "refund"));
        let money = t.cols().any(|it| it.is(Topic::Currency)) || !ambiguous || c.name == "total";
        let milder = cx.told.milder(Severity::Warning);
        let finding = cx.column(t, &c, format!("`{}` is an exact amount, but its type is not exact", c.name));
        if !money {
            finding.severity = milder;
        }
        if matches!(c.data_type.base, BaseType::Builtin(_)) {
            let data_type = DataType::builtin(Builtin::Numeric).with_modifiers([12, 2]);
            finding.risky("Make it numeric(12,2)", Remedy::Type { table: t.id, column: c.id, data_type });
        }
    }
}
