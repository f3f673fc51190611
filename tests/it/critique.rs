//! Two designs as first drafts often look, and what an experienced reader would say of them.

use relata::lint::{self, Config, Finding, Severity};
use relata::read;

const ISSUES: &str = include_str!("../data/lint/critique/issues.sql");
const ORDERS: &str = include_str!("../data/lint/critique/orders.sql");

fn found(text: &str) -> Vec<Finding> {
    let design = read::postgres(text, &read::Options::default()).tree.design;
    lint::lint(&design, &Config::default())
}

#[track_caller]
fn finding<'a>(all: &'a [Finding], code: &str, place: &str) -> &'a Finding {
    let found = all.iter().find(|it| it.code == code && it.place == place);
    found.unwrap_or_else(|| panic!("no {code} of {place} among {:#?}", told(all)))
}

fn told(all: &[Finding]) -> Vec<String> {
    all.iter().map(|it| format!("{} {}: {}", it.code, it.place, it.message)).collect()
}

#[track_caller]
fn says(finding: &Finding, words: &str) {
    let all = std::iter::once(&finding.message).chain(&finding.evidence);
    assert!(all.clone().any(|it| it.contains(words)), "{words}: {:#?}", all.collect::<Vec<_>>());
}

#[test]
fn a_tracker_s_first_draft_is_told_what_it_lacks() {
    let all = found(ISSUES);
    // How issues nest is said, and held by nothing.
    assert_eq!(finding(&all, "REL014", "issues.parent_id").severity, Severity::Warning);
    // Who did it goes with the account.
    assert_eq!(finding(&all, "REL008", "comments.author_id").severity, Severity::Warning);
    finding(&all, "REL008", "issues.reporter_id");
    finding(&all, "REL008", "activity.actor_id");
    // What is in the payload nobody knows; who may see a comment is not asked; a list has no order.
    finding(&all, "DOC003", "activity.payload");
    finding(&all, "SEC025", "comments");
    finding(&all, "SCL012", "checklist_items");
    // What happened goes with the issue that it happened to.
    finding(&all, "REL007", "activity.issue_id");

    let design = read::postgres(ISSUES, &read::Options::default()).tree.design;
    let regrets = lint::regrets(&design, &all);
    assert_eq!(regrets[0].finding.code, "REL008", "who did what cannot be had back");
}

#[test]
fn what_an_order_repeats_is_told_from_what_it_keeps() {
    let all = found(ORDERS);
    for column in ["customer_email", "customer_name"] {
        let copy = finding(&all, "NRM001", &format!("orders.{column}"));
        assert_eq!(copy.severity, Severity::Warning);
        says(copy, "must be changed in every row here as well");
        says(copy, "third normal form");
    }
    for column in ["product_name", "product_price"] {
        let kept = finding(&all, "NRM002", &format!("orders.{column}"));
        assert_eq!(kept.severity, Severity::Info, "it is right, and only does not say so");
        says(kept, "what was agreed");
    }
    for table in ["orders", "legacy_orders"] {
        let total = finding(&all, "NRM004", &format!("{table}.total"));
        says(total, "`product_price` × `quantity`");
        says(total, "say so in a comment");
    }
    let customer = finding(&all, "NRM006", "legacy_orders.customer_name, customer_email");
    says(customer, "`customers` could hold it once, and be referenced");
    let product = finding(&all, "NRM006", "legacy_orders.product_name, product_price");
    says(product, "nothing references `products`");
    says(product, "that is a snapshot, not a copy");
}
