//! What `ALTER DEFAULT PRIVILEGES` is about: what is made after it, of some kinds, in some SQL schemas.

use crate::pg::{Token, tokens};

/// What a statement about default privileges is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultPrivileges {
    /// What they are for.
    pub kind: Made,
    /// The SQL schemas; none is all of them.
    pub namespaces: Vec<String>,
}

/// The kinds of objects that have default privileges.
///
/// Source: PostgreSQL manual, "ALTER DEFAULT PRIVILEGES".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Tables, views and foreign tables.
    Tables,
    /// Sequences.
    Sequences,
    /// Functions, procedures and aggregates.
    Routines,
    /// Types and domains.
    Types,
    /// SQL schemas.
    Namespaces,
}

impl DefaultPrivileges {
    /// Reads a statement; nothing for any other.
    pub fn read(sql: &str) -> Option<Self> {
        let all: Vec<Token> = tokens(sql).filter(|it| !it.is_blank()).collect();
        let name = |at: usize| all.get(at).and_then(|it| it.name(sql));
        let is = |at: usize, word: &str| name(at).is_some_and(|it| it == word);
        if !(is(0, "alter") && is(1, "default") && is(2, "privileges")) {
            return None;
        }
        let on = (3..all.len()).find(|at| is(*at, "on"))?;
        let kind = match name(on + 1)?.as_ref() {
            "tables" => Made::Tables,
            "sequences" => Made::Sequences,
            "functions" | "routines" => Made::Routines,
            "types" => Made::Types,
            "schemas" => Made::Namespaces,
            _ => return None,
        };
        let mut namespaces = Vec::new();
        if let Some(at) = (3..on).find(|at| is(*at, "in") && is(at + 1, "schema")) {
            namespaces.extend(name(at + 2).map(std::borrow::Cow::into_owned));
            let mut last = at + 2;
            while all.get(last + 1).is_some_and(|it| it.is(sql, ",")) {
                namespaces.extend(name(last + 2).map(std::borrow::Cow::into_owned));
                last += 2;
            }
        }
        Some(Self { kind, namespaces })
    }

    /// Whether it is about an object of a kind in an SQL schema.
    pub fn is_about(&self, kind: Made, namespace: &str) -> bool {
        self.kind == kind && (self.namespaces.is_empty() || self.namespaces.iter().any(|it| it == namespace))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_schemas_are_read() {
        let read = |sql: &str| DefaultPrivileges::read(sql).map(|it| (it.kind, it.namespaces.join(" ")));
        assert_eq!(
            read("ALTER DEFAULT PRIVILEGES FOR ROLE a, b IN SCHEMA app, \"My x\" GRANT ALL ON TABLES TO web"),
            Some((Made::Tables, "app My x".to_owned()))
        );
        let all = "alter default privileges revoke execute on functions from public";
        assert_eq!(read(all), Some((Made::Routines, String::new())));
        assert_eq!(read("GRANT ALL ON TABLES TO web"), None);
    }
}
