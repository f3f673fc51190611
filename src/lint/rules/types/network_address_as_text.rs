//! Network address as text.

use crate::lint::prelude::*;

rule! {
    /// Flags an address of the network that is held as text.
    ///
    /// ## Why
    ///
    /// `inet` refuses what is no address, orders and compares addresses, and finds those within a network.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table logins (id bigint primary key, ip_address varchar(45) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table logins (id bigint primary key, ip_address inet not null);
    /// ```
    TYP012 "network-address-as-text" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(|it| it.is_text() && !it.facts.is_reference && !it.is_generated()) {
        let named = c.begins(Topic::Network)
            && (c.ends(Topic::Network) || c.name.ends_with("address") || c.name.ends_with("addr"))
            || c.ends(Topic::Network) && c.is(Topic::Network);
        if named {
            let finding = cx.column(t, &c, format!("`{}` is an address, held as text", c.name));
            let ip = crate::lint::words_of(&c.name).iter().any(|it| it.starts_with("ip"));
            if c.default().is_none()
                && ip
                && matches!(c.data_type.base, BaseType::Builtin(_))
                && !c.facts.demand.named
            {
                let remedy =
                    Remedy::Type { table: t.id, column: c.id, data_type: DataType::builtin(Builtin::Inet) };
                finding.risky("Make it inet", remedy);
            }
        }
    }
}
