//! What an edit does, in words: for a person who is to accept it.

use super::{Edit, Id, Record, Replaced, Table};

impl Edit {
    /// One line for each record that it adds, changes or removes: `task: adds column created_at`.
    /// Where things stand on the diagram is not told.
    pub fn summary(&self) -> Vec<String> {
        self.records.iter().filter_map(line).collect()
    }
}

fn line(replaced: &Replaced) -> Option<String> {
    match (&replaced.before, &replaced.after) {
        (None, Some(record)) => Some(format!("adds {}", named(record)?)),
        (Some(record), None) => Some(format!("removes {}", named(record)?)),
        (Some(Record::Table(before)), Some(Record::Table(after))) => table_line(before, after),
        (Some(before), Some(after)) if before != after => Some(format!("changes {}", named(after)?)),
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// What a record is and is called; nothing for those that are not part of the model.
fn named(record: &Record) -> Option<String> {
    let (kind, name) = match record {
        Record::Title(_) => return Some("the title".to_owned()),
        Record::Conventions(_) => return Some("the conventions".to_owned()),
        Record::Load(_) => return Some("the load".to_owned()),
        Record::Table(it) => ("table", &it.name),
        Record::Namespace(it) => ("schema", &it.name),
        Record::EnumType(it) => ("type", &it.name),
        Record::Domain(it) => ("domain", &it.name),
        Record::CompositeType(it) => ("type", &it.name),
        Record::RangeType(it) => ("type", &it.name),
        Record::Sequence(it) => ("sequence", &it.name),
        Record::View(it) => ("view", &it.name),
        Record::Function(it) => ("function", &it.name),
        Record::Extension(it) => ("extension", &it.name),
        Record::Area(it) => ("area", &it.name),
        Record::Story(it) => ("story", &it.goal),
        Record::AccessPattern(it) => ("query", &it.name),
        Record::Decision(it) => ("decision", &it.title),
        Record::Snapshot(it) => ("version", &it.name),
        Record::Verbatim(_) => return Some("a statement".to_owned()),
        Record::Brief(_) => return Some("a brief".to_owned()),
        Record::Placement(_) | Record::Note(_) => return None,
    };
    Some(format!("{kind} {name}"))
}

fn table_line(before: &Table, after: &Table) -> Option<String> {
    let mut words = Vec::new();
    if before.name != after.name {
        words.push(format!("was {}", before.name));
    }
    macro_rules! members {
        ($($field:ident $one:literal $many:literal;)+) => {$(
            let old: Vec<_> = before.$field.iter().map(|it| (Id::from(it.id), it.name.as_str(), it)).collect();
            let new: Vec<_> = after.$field.iter().map(|it| (Id::from(it.id), it.name.as_str(), it)).collect();
            let is_in = |list: &[(Id, &str, _)], id: Id| list.iter().any(|it| it.0 == id);
            say(&mut words, "adds", $one, $many, new.iter().filter(|it| !is_in(&old, it.0)).map(|it| it.1));
            say(&mut words, "removes", $one, $many, old.iter().filter(|it| !is_in(&new, it.0)).map(|it| it.1));
            let changed = new.iter().filter(|it| old.iter().any(|was| was.0 == it.0 && was.2 != it.2));
            say(&mut words, "changes", $one, $many, changed.map(|it| it.1));
        )+};
    }
    members! {
        columns "column" "columns";
        foreign_keys "foreign key" "foreign keys";
        uniques "unique constraint" "unique constraints";
        checks "check" "checks";
        indexes "index" "indexes";
        triggers "trigger" "triggers";
        policies "policy" "policies";
    }
    if before.primary_key != after.primary_key {
        words.push("changes the primary key".to_owned());
    }
    if before.seed != after.seed {
        words.push("changes its rows".to_owned());
    }
    if words.is_empty() && before != after {
        words.push("changes".to_owned());
    }
    (!words.is_empty()).then(|| format!("{}: {}", after.name, words.join(", ")))
}

fn say<'a>(words: &mut Vec<String>, verb: &str, one: &str, many: &str, names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    match names.as_slice() {
        [] => {}
        [name] => words.push(format!("{verb} {one} {name}")),
        names => words.push(format!("{verb} {many} {}", names.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Column, DataType, Design};
    use crate::pg::Builtin;

    #[test]
    fn a_table_tells_what_comes_goes_and_changes() {
        let mut design = Design::new();
        let mut ids = design.ids();
        let mut column = |name: &str| Column::new(ids.take(), name, DataType::builtin(Builtin::Text));
        let (title, body, note) = (column("title"), column("body"), column("note"));
        let mut task = Table { name: "task".into(), columns: vec![title, body], ..Table::default() };
        task.id = ids.take();
        let added = Edit::adding([task.clone()]);
        assert_eq!(added.summary(), ["adds table task"]);
        design.apply(&added).expect("valid");

        let mut after = task.clone();
        after.columns.remove(1);
        after.columns[0].nullable = true;
        after.columns.push(note);
        let changed = Edit::default().put(&design, after);
        assert_eq!(changed.summary(), ["task: adds column note, removes column body, changes column title"]);
        assert_eq!(
            changed.inverse().summary(),
            ["task: adds column body, removes column note, changes column title"]
        );
    }
}
