//! Inexact key type.

use crate::lint::prelude::*;

rule! {
    /// Flags a key over floating point numbers, money, intervals, or over a moment alone.
    ///
    /// ## Why
    ///
    /// Floats do not compare as people expect, and two things happen at one moment.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table readings (taken_at timestamptz primary key, v numeric not null);
    /// ```
    ///
    /// ```sql
    /// create table grades (cut double precision primary key, label text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table readings (sensor_id bigint not null, taken_at timestamptz not null, v numeric not null, primary key (sensor_id, taken_at));
    /// ```
    KEY014 "inexact-key-type" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let keys = t.primary_key.iter().map(|it| (Id::from(it.id), &it.name, &it.columns));
    let keys: Vec<_> = keys.chain(t.uniques.iter().map(|it| (it.id.into(), &it.name, &it.columns))).collect();
    for (id, name, columns) in keys {
        for c in columns.iter().filter_map(|it| t.col(*it)) {
            let inexact = matches!(
                c.builtin(),
                Some(Builtin::Real | Builtin::Double | Builtin::Money | Builtin::Interval)
            );
            let lone =
                columns.len() == 1 && matches!(c.builtin(), Some(Builtin::Timestamp | Builtin::TimestampTz));
            if inexact || lone {
                let message = if lone {
                    format!("the key is the moment `{}` alone, and two rows can have one moment", c.name)
                } else {
                    format!("the key holds `{}`, whose values do not compare exactly", c.name)
                };
                let exact = matches!(c.builtin(), Some(Builtin::Real | Builtin::Double | Builtin::Money));
                let remedy = c.retyped(t.id, Builtin::Numeric).filter(|_| exact);
                cx.member(t, [id, c.id.into()], name, message).risky_if("Make it numeric", remedy);
            }
        }
    }
}
