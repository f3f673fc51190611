//! View replacement incompatible.

use crate::design::columns_of_view;
use crate::lint::prelude::*;

rule! {
    /// Flags `CREATE OR REPLACE VIEW` that does not begin with the columns that the view has.
    ///
    /// ## Why
    ///
    /// What reads the view knows its columns by their places: PostgreSQL refuses a query that leaves one out, calls it otherwise or
    /// puts it elsewhere. New columns come last; for anything else the view is dropped and made anew, in one transaction.
    ///
    /// ## Fails
    ///
    /// ```sql invalid
    /// create or replace view order_totals as select sum(total) as total, customer_id from orders group by customer_id;
    /// ```
    ///
    /// ```sql invalid
    /// create or replace view order_totals as select customer_id from orders group by customer_id;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create or replace view order_totals as select customer_id, sum(total) as total, count(*) as n from orders group by customer_id;
    /// ```
    ///
    /// ```sql
    /// begin;
    /// drop view order_totals;
    /// create or replace view order_totals as select customer_id from orders group by customer_id;
    /// commit;
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "CREATE VIEW", `CREATE OR REPLACE VIEW`.
    COM006 "view-replacement-incompatible" Error [] Script(check)
}

/// So many views of one script are looked at: each asks what the script has made up to there.
const VIEWS: usize = 20;

fn check(steps: &mut Steps<'_>) {
    let replaced = |it: &Act| match it {
        Act::CreateView { name, replaces: true } => Some(name.clone()),
        _ => None,
    };
    let all: Vec<(usize, String)> =
        steps.each().filter_map(|(at, step)| Some((at, replaced(&step.act)?))).collect();
    let known = |at: usize, name: &str| {
        steps.before().views().any(|it| it.name == name)
            || steps
                .each()
                .take(at)
                .any(|it| matches!(&it.1.act, Act::CreateView { name: made, .. } if made == name))
    };
    let there: Vec<_> = all.into_iter().filter(|it| known(it.0, &it.1)).take(VIEWS).collect();
    for (at, name) in there {
        let Some(old) = columns(&steps.design_before(at), &name, true) else { continue };
        let Some(new) = columns(&steps.design_before(at + 1), &name, false) else { continue };
        let differs = old.iter().enumerate().find(|(place, it)| new.get(*place) != Some(it));
        let Some((place, column)) = differs else { continue };
        let message = match new.get(place) {
            Some(now) => format!(
                "column {} of `{name}` is `{column}`, and would be `{now}`: PostgreSQL refuses this",
                place + 1
            ),
            None => format!("`{name}` would lose its column `{column}`: PostgreSQL refuses this"),
        };
        steps
            .report(at, &name, message)
            .because("new columns come last; else drop the view and make it anew in one transaction");
    }
}

/// The columns of the only view of a name. A star stands for the columns that its table had when the view was made, which may be
/// fewer than it has now.
fn columns(design: &Design, name: &str, was_made_earlier: bool) -> Option<Vec<String>> {
    let mut views = design.views().filter(|it| it.name == name && !it.materialized);
    let view = views.next().filter(|_| views.next().is_none())?;
    let written = expression::written(&view.query);
    let has_star = written
        .windows(2)
        .any(|it| it[1].1 == "*" && (matches!(it[0].1, "," | ".") || it[0].1.eq_ignore_ascii_case("select")));
    if was_made_earlier && has_star { None } else { columns_of_view(design, view) }
}
