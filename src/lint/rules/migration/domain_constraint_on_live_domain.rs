//! Domain constraint on live domain.

use crate::lint::prelude::*;

rule! {
    /// Flags a constraint that is added to a domain and checked at once.
    ///
    /// ## Why
    ///
    /// Every table with a column of the domain is scanned under a lock that writing waits for. `NOT VALID` holds new
    /// rows to it at once, and validating it later locks nobody out.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// alter domain score add constraint score_ok check (value >= 0);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// alter domain score add constraint score_ok check (value >= 0) not valid;
    /// alter domain score validate constraint score_ok;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "ALTER DOMAIN", notes.
    MIG017 "domain-constraint-on-live-domain" Error [Safe] Script(check)
}

fn check(steps: &mut Steps<'_>) {
    let mut made: Vec<&str> = Vec::new();
    for (at, step) in steps.each() {
        let (name, rest) = match &step.act {
            Act::CreateType { name, .. } => {
                made.push(name);
                continue;
            }
            Act::AlterDomain { name, rest } => (name, rest),
            _ => continue,
        };
        let says = |word: &str| rest.iter().any(|it| it == word);
        let adds = rest.first().is_some_and(|it| it == "add") && !says("valid");
        if !adds || made.contains(&name.as_str()) {
            continue;
        }
        let constraint = rest.get(1).filter(|it| *it == "constraint").and(rest.get(2)).cloned();
        let edit = constraint.filter(|_| says("check") && step.transaction.is_none()).map(|it| {
            let domain = crate::sql::ident(name);
            steps.at_end(at, format!(" NOT VALID;\nALTER DOMAIN {domain} VALIDATE CONSTRAINT {it}"))
        });
        steps
            .report(at, name, format!("every table with a column of `{name}` is read under a lock"))
            .safe_if("Add it NOT VALID, then validate it", edit.map(Remedy::from));
    }
}
