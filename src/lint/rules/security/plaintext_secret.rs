//! Plaintext secret.

use crate::lint::prelude::*;

rule! {
    /// Flags a password, key or token that is held as it is.
    ///
    /// ## Why
    ///
    /// One dump, one log or one curious colleague, and it is known. A hash tells whether it is right and nothing more.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table logins (id bigint primary key, password text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table logins (id bigint primary key, password_hash text not null);
    /// ```
    SEC017 "plaintext-secret" Error [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols().filter(ColumnView::is_text) {
        let words = crate::lint::words_of(&c.name);
        let last = words.last().map(String::as_str).unwrap_or_default();
        let sure = matches!(last, "password" | "passwd" | "cvv" | "secret")
            || c.name.ends_with("api_key")
            || c.name.ends_with("private_key");
        let token = last == "token"
            && words.iter().any(|it| {
                matches!(
                    it.as_str(),
                    "access" | "refresh" | "reset" | "auth" | "api" | "session" | "confirmation" | "recovery"
                )
            });
        let harmless = words.iter().any(|it| {
            matches!(it.as_str(), "hash" | "hashed" | "digest" | "encrypted" | "crypt" | "cipher" | "public")
        });
        let milder = cx.told.milder(Severity::Warning);
        if (sure || token) && !harmless && !c.facts.is_listed {
            let finding = cx.column(t, &c, format!("`{}` holds a secret as it is", c.name));
            if token || last == "secret" {
                finding.severity = milder;
            }
            let name = format!("{}_hash", c.name);
            finding.risky("Keep its hash alone", Remedy::RenameColumn { table: t.id, column: c.id, name });
        }
    }
}
