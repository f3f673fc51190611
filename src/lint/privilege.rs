//! What statements that a design keeps as written say of relations: who is granted what, and who owns which.

use super::TableView;
use super::written::Written;
use crate::design::Design;

/// `GRANT … ON TABLE … TO …`, folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Granted {
    /// `select`, `insert`, …; `all` is one of them.
    pub privileges: Vec<String>,
    /// The relations.
    pub relations: Vec<Relation>,
    /// To whom.
    pub roles: Vec<String>,
}

/// The name of a relation as a statement writes it, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Its SQL schema, where one is written.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

impl Relation {
    /// Whether it means what has this name in this SQL schema.
    pub fn is(&self, namespace: &str, name: &str) -> bool {
        self.name == name && self.namespace.as_ref().is_none_or(|it| it == namespace)
    }

    /// Whether it means a table.
    pub fn is_table(&self, design: &Design, t: &TableView<'_>) -> bool {
        self.is(design.namespace_name(t.namespace), &t.name)
    }
}

/// What a statement grants on tables and views; nothing where it is another statement, or means all of an SQL schema.
pub fn granted(sql: &str) -> Option<Granted> {
    let reader = Written::of(sql);
    let end = reader.len();
    if !reader.is(0, "grant") {
        return None;
    }
    let on = reader.keyword("on", 1, end)?;
    let to = reader.keyword("to", on, end)?;
    let with = reader.keyword("with", to, end).unwrap_or(end);
    let by = reader.keyword("granted", to, with).unwrap_or(with);
    // Another kind of thing stands before the names of such: `SEQUENCE a`, `ALL TABLES IN SCHEMA s`.
    let is_name = on + 2 >= to || matches!(reader.at(on + 2), "," | ".");
    let start = if is_name { on + 1 } else { on + 2 };
    if !is_name && !reader.is(on + 1, "table") {
        return None;
    }
    Some(Granted {
        privileges: reader.firsts(1, on),
        relations: reader.relations(start, to),
        roles: reader.firsts(to + 1, by),
    })
}

/// The roles that a statement makes members of others.
pub fn members(sql: &str) -> Vec<String> {
    let reader = Written::of(sql);
    let end = reader.len();
    let to = reader.keyword("to", 1, end).filter(|_| reader.is(0, "grant"));
    match to.filter(|it| reader.keyword("on", 1, *it).is_none()) {
        Some(to) => reader.firsts(to + 1, reader.keyword("with", to, end).unwrap_or(end)),
        None => Vec::new(),
    }
}

/// The relation that a statement gives an owner, and the owner.
pub fn owned(sql: &str) -> Option<(Relation, String)> {
    let reader = Written::of(sql);
    let end = reader.len();
    let owner = reader.keyword("owner", 2, end).filter(|it| reader.is(it + 1, "to"))?;
    if !reader.is(0, "alter") || !reader.is(1, "table") {
        return None;
    }
    let skipped = |at: usize| ["if", "exists", "only"].iter().any(|it| reader.is(at, it));
    let start = (2..owner).find(|it| !skipped(*it))?;
    Some((reader.relations(start, owner).into_iter().next()?, reader.name(owner + 2)?))
}

/// The tables that a statement publishes for updates and deletions.
pub fn published(sql: &str) -> Option<Published> {
    let reader = Written::of(sql);
    let end = reader.len();
    let (creates, alters) = (reader.is(0, "create"), reader.is(0, "alter"));
    if !(creates || alters) || !reader.is(1, "publication") {
        return None;
    }
    let start = reader.keyword(if creates { "for" } else { "add" }, 3, end)? + 1;
    let with = reader.keyword("with", start, end).unwrap_or(end);
    let options = sql.get(reader.start(with)..).unwrap_or_default().to_ascii_lowercase();
    if options.contains("publish ") || options.contains("publish=") {
        // What is only inserted needs no identity.
        if !options.contains("update") && !options.contains("delete") {
            return None;
        }
    }
    if reader.is(start, "all") {
        return Some(Published::All);
    }
    let (mut tables, mut namespaces, mut of_schema) = (Vec::new(), Vec::new(), false);
    for (from, to) in reader.parts(start, with) {
        let mut at = from;
        if reader.is(at, "tables") && reader.is(at + 1, "in") {
            (of_schema, at) = (true, at + 3);
        } else if reader.is(at, "table") && reader.name(at + 1).is_some() {
            (of_schema, at) = (false, at + 1);
        }
        if reader.is(at, "only") && reader.name(at + 1).is_some() {
            at += 1;
        }
        if of_schema {
            namespaces.extend(reader.name(at));
        } else {
            tables.extend(reader.relations(at, to));
        }
    }
    Some(Published::Some { tables, namespaces })
}

/// What a publication holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Published {
    /// Every table.
    All,
    /// Some.
    Some {
        /// These.
        tables: Vec<Relation>,
        /// All of these SQL schemas.
        namespaces: Vec<String>,
    },
}

impl Written<'_> {
    /// What stands between commas outside of parentheses.
    fn parts(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let (mut found, mut start) = (Vec::new(), from);
        while start < to {
            let end = self.keyword(",", start, to).unwrap_or(to);
            found.push((start, end));
            start = end + 1;
        }
        found
    }

    /// The first word of each part; `GROUP` before a role says nothing.
    fn firsts(&self, from: usize, to: usize) -> Vec<String> {
        let parts = self.parts(from, to).into_iter();
        parts.filter_map(|it| self.name(if self.is(it.0, "group") { it.0 + 1 } else { it.0 })).collect()
    }

    /// The name at the start of each part.
    fn relations(&self, from: usize, to: usize) -> Vec<Relation> {
        let relation = |(start, _): (usize, usize)| {
            let first = self.name(start)?;
            if self.at(start + 1) == "." {
                return Some(Relation { namespace: Some(first), name: self.name(start + 2)? });
            }
            Some(Relation { namespace: None, name: first })
        };
        self.parts(from, to).into_iter().filter_map(relation).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(namespace: Option<&str>, name: &str) -> Relation {
        Relation { namespace: namespace.map(str::to_owned), name: name.to_owned() }
    }

    #[test]
    fn grants_on_relations_are_read() {
        let it =
            granted("GRANT SELECT (a, b), Update ON TABLE s.t, u TO app, GROUP \"Web\" WITH GRANT OPTION");
        let it = it.expect("a grant");
        assert_eq!(it.privileges, ["select", "update"]);
        assert_eq!(it.relations, [relation(Some("s"), "t"), relation(None, "u")]);
        assert_eq!(it.roles, ["app", "Web"]);
        for other in [
            "grant usage on schema s to app",
            "grant select on all tables in schema s to app",
            "revoke select on t from app",
            "grant a to b",
            "grant",
            "grant select on",
        ] {
            assert_eq!(granted(other), None, "{other}");
        }
        assert_eq!(members("grant a, b to c, d"), ["c", "d"]);
        assert_eq!(members("grant select on t to c"), [""; 0]);
    }

    #[test]
    fn owners_and_publications_are_read() {
        let it = owned("ALTER TABLE IF EXISTS ONLY s.t OWNER TO app");
        assert_eq!(it, Some((relation(Some("s"), "t"), "app".to_owned())));
        assert_eq!(owned("alter table t rename to u"), None);
        assert_eq!(published("create publication p for all tables"), Some(Published::All));
        let it =
            published("create publication p for table only t (a, b) where (a > 1), s.u, tables in schema x");
        let tables = vec![relation(None, "t"), relation(Some("s"), "u")];
        assert_eq!(it, Some(Published::Some { tables, namespaces: vec!["x".to_owned()] }));
        assert_eq!(published("create publication p for table t with (publish = 'insert')"), None);
        assert_eq!(published("create publication p"), None);
    }
}
