//! Amount without currency.

use crate::lint::prelude::*;

rule! {
    /// Flags money in a design that nowhere says of which currency.
    ///
    /// ## Why
    ///
    /// The day a second currency comes, every amount has to be guessed.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table refunds (id bigint primary key, amount numeric(12,2) not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table refunds (id bigint primary key, amount numeric(12,2) not null, currency text not null check (currency ~ '^[A-Z]{3}$'));
    /// ```
    TYP017 "amount-without-currency" Info [Unsafe] Named(check, &[Known::Habits])
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let money = |it: &ColumnView<'_>| {
        it.ends(Topic::Money)
            && matches!(
                it.builtin(),
                Some(Builtin::Numeric | Builtin::Money | Builtin::Double | Builtin::Real)
            )
    };
    if let Some(c) = t.cols().find(money).filter(|_| !cx.globals().habits.has_currency) {
        let remedy = cx.adding(t, "currency", Builtin::Text);
        cx.column(t, &c, format!("nothing says of which currency `{}` is", c.name))
            .risky_if("Add the currency", remedy);
    }
}
