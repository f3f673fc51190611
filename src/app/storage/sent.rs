//! The links that were made of a design: what somebody who sends it back began with.

use leptos::prelude::*;

/// So many are kept of each design, the newest ones.
const MOST: usize = 6;

fn name(design: &str) -> String {
    format!("relata.sent.{design}")
}

/// The links of a design, oldest first.
pub fn links_of(design: &str) -> Vec<String> {
    let storage = window().local_storage().ok().flatten();
    let text = storage.and_then(|it| it.get_item(&name(design)).ok().flatten()).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// Keeps a link that was handed out.
pub fn keep_link(design: &str, link: &str) {
    let mut links = links_of(design);
    links.retain(|it| it != link);
    links.push(link.to_owned());
    let first = links.len().saturating_sub(MOST);
    if let (Ok(Some(storage)), Some(kept)) = (window().local_storage(), links.get(first..)) {
        // Refused storage only means that a design that comes back is compared as a whole.
        let _ = storage.set_item(&name(design), &kept.join("\n"));
    }
}

/// Forgets the links of a design that is gone.
pub fn forget_links(design: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(&name(design));
    }
}
