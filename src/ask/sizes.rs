//! How many rows are expected: `we expect 500 organizations and 20 users per organization`.

use super::NotDone;
use crate::design::{Design, Edit, Part, Proposal, Record, Volume};

/// The sizes that a text asks to expect, as a proposal of a part for each; nothing where it asks for something else. What is
/// expected to be none is expected no longer.
pub fn sizes(design: &Design, text: &str) -> Option<Result<Proposal, NotDone>> {
    let said = text.trim().trim_end_matches(['.', '!']);
    let rest = ["we expect ", "expect "].iter().find_map(|it| {
        let begins = said.get(..it.len()).is_some_and(|of| of.eq_ignore_ascii_case(it));
        begins.then(|| said.get(it.len()..)).flatten()
    })?;
    let rest = rest.replace(", and ", ", ").replace(" and ", ", ");
    let wanted = Volume::listed(&rest).ok().filter(|it| !it.is_empty())?;
    let mut after = design.clone();
    let mut parts = Vec::new();
    for volume in wanted {
        let mut load = after.load().clone();
        let is_none = volume.count == 0;
        let title = format!("Expect {}{volume}", if is_none { "no longer any: " } else { "" });
        if is_none {
            load.volumes.retain(|it| !it.is_of(&volume));
        } else {
            load.expect(volume);
        }
        let edit = Edit::default().put(&after, Record::Load(load));
        if edit.is_empty() {
            continue;
        }
        if let Err(refused) = after.apply(&edit) {
            return Some(Err(refused.into()));
        }
        parts.push(Part {
            title,
            reason: "Findings about growth rest on it.".to_owned(),
            edit,
            ..Part::default()
        });
    }
    if parts.is_empty() {
        return Some(Err(NotDone::AlreadySo { what: rest }));
    }
    let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Ok(Proposal { title, parts }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_expected_one_by_one_and_taken_back() {
        let mut design = Design::new();
        let asked = |design: &Design, text: &str| sizes(design, text).expect("of sizes");
        let proposal =
            asked(&design, "We expect 5,000 orders and 20 users per organization.").expect("possible");
        assert_eq!(proposal.parts.len(), 2);
        let edit = proposal.accept_all(&design).expect("fits");
        design.apply(&edit).expect("valid");
        let expected = |it: &Design| it.load().volumes.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(expected(&design), ["5000 orders", "20 users per organization"]);
        assert!(matches!(asked(&design, "expect 5000 orders"), Err(NotDone::AlreadySo { .. })));
        let less = asked(&design, "expect 0 orders").expect("possible").accept_all(&design).expect("fits");
        design.apply(&less).expect("valid");
        assert_eq!(expected(&design), ["20 users per organization"]);
    }

    #[test]
    fn what_is_no_size_is_left_to_others() {
        let design = Design::new();
        for text in [
            "add 5 users",
            "expect a delivery date of orders",
            "we expect many users",
            "expect 5 users, a note",
        ] {
            assert!(sizes(&design, text).is_none(), "{text}");
        }
    }
}
