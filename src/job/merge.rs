//! A design that comes back from somebody else, merged with what was done here meanwhile.

use std::collections::BTreeMap;

use crate::design::{Design, Kind, Matching, Proposal, Reach, Rewriting, diff, take_over};
use crate::share;

/// What `theirs` changed since it was sent, as a proposal for `ours`. `sent` are the links that were made of `ours` before: the one
/// that `theirs` differs from least is what they began with. Where both sides changed the same thing, the part says so and is
/// not taken unless it is chosen. Without any link, all that differs is proposed.
pub fn merged(ours: &Design, sent: &[String], theirs: &Design, title: String) -> Proposal {
    let bases = sent.iter().filter_map(|it| share::decode(it).ok());
    let Some(base) = bases.min_by_key(|it| diff(it, theirs, Matching::ByName).len()) else {
        return take_over(ours, theirs, title);
    };
    let nothing = std::collections::BTreeSet::new();
    let rewriting = Rewriting {
        design: ours,
        before: &base,
        after: theirs,
        held: &nothing,
        follows_types: false,
        is_renamed: false,
        is_in_error: &|_| false,
    };
    let mut merged = ours.clone();
    let is_done = rewriting.rewritten().is_ok_and(|it| merged.apply(&it.edit).is_ok());
    let mut proposal = take_over(ours, if is_done { &merged } else { theirs }, title);

    let mut mine: BTreeMap<(Kind, String), String> = BTreeMap::new();
    for change in diff(&base, ours, Matching::ByName) {
        // Where things came from and how they stand, a link says otherwise than the design.
        if let Some((kind, place)) = change.at().filter(|_| change.reach() == Reach::Database) {
            mine.insert((kind, place.to_string()), change.to_string());
        }
    }
    let changes = proposal.changes(ours);
    for (part, changes) in proposal.parts.iter_mut().zip(changes) {
        let both = changes.iter().find_map(|it| {
            let (kind, place) = it.at()?;
            mine.get(&(kind, place.to_string()))
        });
        // What they took out is taken out, unless it was changed here.
        part.is_offered = both.is_some();
        if let Some(here) = both {
            part.reason = format!("Both sides changed it. Here: {here}.");
        }
    }
    proposal
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, draft, postgres};
    use crate::sql::{self, ddl};

    const SENT: &str = "create table author (id bigint primary key, name text not null);
        create table book (id bigint primary key, title text, pages integer);
        create table shelf (id bigint primary key);";

    fn read(sql: &str) -> Design {
        postgres(sql, &Options::default()).tree.design
    }

    /// A design after words of its SQL were replaced.
    fn edited(design: &Design, from: &str, to: &str) -> Design {
        let text = ddl(design, &sql::Options::of(design)).text;
        assert!(text.contains(from), "{from} is not in {text}");
        let mut after = design.clone();
        after.apply(&draft(design, &text.replacen(from, to, 1)).edit).expect("fits");
        after
    }

    fn link(design: &Design) -> String {
        share::encode(design, &share::Options::default()).expect("short").fragment
    }

    #[test]
    fn what_they_changed_is_proposed_and_what_was_changed_here_stays() {
        let design = read(SENT);
        let sent = vec![link(&read("create table other (id int);")), link(&design)];
        let theirs =
            edited(&share::decode(&sent[1]).expect("a link"), "title", "title varchar(80), subtitle");
        let ours = edited(&design, "name ", "full_name ");
        let proposal = merged(&ours, &sent, &theirs, "Merge".into());
        let mut after = ours.clone();
        after.apply(&proposal.accept(&ours, &proposal.usual()).expect("fits")).expect("fits");
        let text = ddl(&after, &sql::Options::of(&after)).text;
        assert!(text.contains("full_name") && text.contains("subtitle"), "{text}");
    }

    #[test]
    fn without_a_common_origin_names_are_compared_and_nothing_goes_unless_it_is_chosen() {
        let ours = edited(&read(SENT), "name ", "full_name ");
        // Read anew from its own text, so that no identity is the same.
        let theirs = "create table shelf (id bigint primary key, label text);
            create table book (id bigint primary key, title varchar(80), pages integer);";
        let proposal = merged(&ours, &[], &read(theirs), "Merge".into());
        let mut after = ours.clone();
        after.apply(&proposal.accept(&ours, &proposal.usual()).expect("fits")).expect("fits");
        let text = ddl(&after, &sql::Options::of(&after)).text;
        assert!(
            text.contains("full_name") && text.contains("label text") && text.contains("varchar(80)"),
            "{text}"
        );
        assert!(proposal.parts.iter().any(|it| it.is_offered && it.title.contains("author")));
    }

    #[test]
    fn what_both_changed_is_told_and_left_until_it_is_chosen() {
        let design = read(SENT);
        let sent = vec![link(&design)];
        let theirs = edited(&share::decode(&sent[0]).expect("a link"), "pages integer", "pages bigint");
        let ours = edited(&design, "pages integer", "pages smallint");
        let proposal = merged(&ours, &sent, &theirs, "Merge".into());
        assert_eq!(proposal.parts.len(), 1);
        assert!(proposal.parts[0].is_offered && proposal.parts[0].reason.contains("smallint"));
    }

    #[test]
    fn what_they_took_out_goes_and_a_design_that_came_back_as_it_was_changes_nothing() {
        let design = read(SENT);
        let sent = vec![link(&design)];
        let same = share::decode(&sent[0]).expect("a link");
        assert_eq!(merged(&design, &sent, &same, String::new()).parts, []);
        let mut theirs = same.clone();
        let shelf = same.tables().find(|it| it.name == "shelf").expect("there").id;
        theirs.apply(&crate::sql::refactor::remove_table(&same, shelf)).expect("fits");
        let proposal = merged(&design, &sent, &theirs, String::new());
        let mut after = design.clone();
        after.apply(&proposal.accept(&design, &proposal.usual()).expect("fits")).expect("fits");
        assert_eq!(after.tables().len(), 2);
    }
}
