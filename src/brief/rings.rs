//! Rings of references. Where each row of a table needs one that is there before it, and that one needs the first, no row can ever be
//! the first: one reference of the ring may be missing, as the head of a company has no manager.

use super::reading::{OnDelete, Reading, Relationship};
use crate::base::SortedSet;

/// Opens each ring of references that must be there: a reference of a thing to others of its kind, or one with a role of its own
/// ("a captain"), before one that says where something belongs. At most as many steps as references times references.
pub fn open(reading: &mut Reading) {
    for weak in [is_to_its_kind, has_role, |_: &Relationship| true] {
        for at in (0..reading.relationships.len()).rev() {
            let needed = &reading.relationships[at];
            if is_needed(needed) && weak(needed) && leads_back(reading, needed) {
                let needed = &mut reading.relationships[at];
                needed.nullable = true;
                if needed.on_delete == OnDelete::Restrict {
                    needed.on_delete = OnDelete::SetNull;
                }
            }
        }
    }
}

fn is_to_its_kind(it: &Relationship) -> bool {
    it.from == it.to
}

fn has_role(it: &Relationship) -> bool {
    it.role.is_some()
}

/// Whether a row cannot be written without what it refers to.
fn is_needed(it: &Relationship) -> bool {
    it.via.is_none() && !it.nullable
}

/// Whether what a reference points at needs, in turn, what it comes from.
fn leads_back(reading: &Reading, reference: &Relationship) -> bool {
    let mut seen: SortedSet<&str> = SortedSet::new();
    let mut next = vec![reference.to.as_str()];
    while let Some(at) = next.pop() {
        if at == reference.from {
            return true;
        }
        if seen.insert(at) {
            let needed = reading.relationships.iter().filter(|it| is_needed(it) && it.from == at);
            next.extend(needed.map(|it| it.to.as_str()));
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::brief::read;

    fn missing(text: &str) -> Vec<String> {
        let reading = read(text);
        let nullable = reading.relationships.iter().filter(|it| it.nullable);
        nullable.map(|it| format!("{} {}", it.from, it.role.as_deref().unwrap_or(&it.to))).collect()
    }

    #[test]
    fn no_table_needs_a_row_of_its_own() {
        assert_eq!(
            missing("Each employee has a name and a manager. An employee has a salary."),
            ["employee manager"]
        );
    }

    #[test]
    fn two_that_need_each_other_can_be_written_one_after_the_other() {
        let text = "Every employee works in a department. Each department has a name and is led by an employee. Employees have a name.";
        assert_eq!(missing(text), ["department leader"]);
    }
}
