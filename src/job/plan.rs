//! What a proposal means for a database that has the design: the statements there, who waits for them, the way back.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::design::{Design, Proposal, Refused};
use crate::lint::{Lock, locks_on};
use crate::llm::of_proposal;

/// A migration, statement by statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// In the order in which they run.
    pub steps: Vec<PlanStep>,
    /// Queries and words to try before.
    pub checks: Vec<String>,
    /// What may go wrong, there and on the way back.
    pub risks: Vec<String>,
    /// The SQL that leads back.
    pub back: String,
    /// What the way back, or the way there, leaves undone.
    pub left: Option<String>,
}

/// One statement of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanStep {
    /// The SQL, with the semicolon that ends it.
    pub sql: String,
    /// What it locks of what is there before, the strongest first.
    pub locks: Vec<Held>,
}

/// A lock on a table, as people are told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The table's name.
    pub table: String,
    /// The lock's name, as the manual writes it.
    pub mode: String,
    /// Who waits.
    pub waiting: Waiting,
}

/// Who waits while a lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// Reading and writing go on.
    Nobody,
    /// Who writes.
    Writing,
    /// Who reads, too.
    Everybody,
}

/// The migration that the chosen parts of a proposal come to; refused as accepting them would be.
pub(super) fn plan(design: &Design, proposal: Proposal, chosen: &BTreeSet<usize>) -> Result<Plan, Refused> {
    let change = of_proposal(design, proposal, chosen)?;
    let sql = change.migration_up;
    let steps = locks_on(design, &sql).into_iter().map(|(span, mut locks)| {
        locks.sort_by(|a, b| b.mode.cmp(&a.mode).then_with(|| a.table.cmp(&b.table)));
        PlanStep { sql: span.of(&sql).trim().to_owned(), locks: locks.into_iter().map(told).collect() }
    });
    Ok(Plan {
        steps: steps.collect(),
        checks: change.safety_checks,
        risks: change.potential_risks,
        back: change.migration_down,
        left: change.way_back.map(|it| it.to_string()),
    })
}

fn told(Lock { table, mode }: Lock) -> Held {
    let waiting = match (mode.blocks_reads(), mode.blocks_writes()) {
        (true, _) => Waiting::Everybody,
        (false, true) => Waiting::Writing,
        (false, false) => Waiting::Nobody,
    };
    Held { table, mode: mode.name().to_owned(), waiting }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::ask;
    use crate::read;

    const SQL: &str = "CREATE TABLE book (id bigint PRIMARY KEY, title text);
        CREATE TABLE review (id bigint PRIMARY KEY, book_id bigint NOT NULL REFERENCES book (id));";

    #[track_caller]
    fn plan_of(words: &str) -> Plan {
        let design = read::postgres(SQL, &read::Options::default()).tree.design;
        let proposal = ask(&design, words).expect("it is understood");
        let chosen = proposal.usual();
        plan(&design, proposal, &chosen).expect("it fits")
    }

    #[test]
    fn a_required_column_is_told_with_its_locks_and_what_to_try_before() {
        let mode = "ACCESS EXCLUSIVE".to_owned();
        let held = Held { table: "book".to_owned(), mode, waiting: Waiting::Everybody };
        let sql = "ALTER TABLE book ALTER COLUMN title SET NOT NULL;".to_owned();
        let plan = plan_of("make the title of books required");
        assert_eq!(plan.steps, [PlanStep { sql, locks: vec![held] }]);
        assert_eq!(plan.checks, ["SELECT count(*) FROM book WHERE title IS NULL; -- must be 0"]);
        assert_eq!(plan.back, "ALTER TABLE book ALTER COLUMN title DROP NOT NULL;\n");
        assert_eq!(plan.left, None);
    }

    #[test]
    fn a_new_table_locks_only_what_it_references() {
        let plan = plan_of("let users tag books");
        let locked: BTreeSet<&str> =
            plan.steps.iter().flat_map(|it| &it.locks).map(|it| it.table.as_str()).collect();
        assert_eq!(locked, BTreeSet::from(["book"]), "{plan:#?}");
        let waits = plan.steps.iter().flat_map(|it| &it.locks).map(|it| it.waiting);
        assert!(waits.into_iter().all(|it| it != Waiting::Everybody), "{plan:#?}");
    }

    #[test]
    fn nothing_chosen_is_nothing_to_run() {
        let design = read::postgres(SQL, &read::Options::default()).tree.design;
        let proposal = ask(&design, "drop table review").expect("it is understood");
        assert_eq!(plan(&design, proposal, &BTreeSet::new()), Ok(Plan::default()));
    }
}
