//! Privileges, compared by what they come to: three grants in one statement are three statements of one each, and what is
//! granted and revoked was never there.
//!
//! Source: PostgreSQL manual, "GRANT", "REVOKE", "Privileges" (Table 5.1, "ACL Privilege Abbreviations", and Table 5.2,
//! "Summary of Access Privileges", for what each kind of object has and who has it without being told).

use std::collections::{BTreeMap, BTreeSet};

use super::by_name::unplaced;
use crate::design::{ArgumentMode, Design, FunctionArgument, Id, NamespaceId, Record, Verbatim};
use crate::pg::{TokenKind, canonical_type, tokens};

/// What is granted: an object, with its kind, and the role.
type Held = (String, String);

/// Privileges by object and role, as they stand after some statements.
#[derive(Default)]
struct Privileges {
    held: BTreeMap<Held, BTreeSet<String>>,
    owners: BTreeMap<String, String>,
    /// What `ALL TABLES IN SCHEMA …` and the like stand for.
    all: BTreeMap<String, Vec<String>>,
}

/// `GRANT` or `REVOKE` of privileges on objects.
struct Statement {
    grants: bool,
    /// In lower case, with a column in brackets where it is for one alone.
    privileges: Vec<String>,
    objects: Vec<String>,
    roles: Vec<String>,
    with_option: bool,
}

impl Privileges {
    /// What the statements of a design come to.
    fn of(design: &Design) -> Self {
        let statements: Vec<&str> = design.verbatims().map(|it| it.sql.as_str()).collect();
        Self::of_statements(&statements, schema_objects(design))
    }

    /// What statements come to, one after the other; those that are something else do nothing.
    fn of_statements(statements: &[&str], all: BTreeMap<String, Vec<String>>) -> Self {
        let mut found = Self { all, ..Self::default() };
        found.owners.extend(statements.iter().filter_map(|it| owner(it)));
        for mut statement in statements.iter().filter_map(|it| read(it)) {
            statement.objects = statement.objects.iter().flat_map(|it| found.each(it)).collect();
            found.apply(&statement);
        }
        found
    }

    /// The objects that one name of a statement stands for.
    fn each(&self, object: &str) -> Vec<String> {
        self.all.get(object).cloned().unwrap_or_else(|| vec![object.to_owned()])
    }

    fn apply(&mut self, statement: &Statement) {
        for object in &statement.objects {
            for role in &statement.roles {
                let key = (object.clone(), role.clone());
                let mut held = self.held.remove(&key).unwrap_or_else(|| self.usual(object, role));
                for privilege in &statement.privileges {
                    let (name, column) = privilege.split_once('(').unwrap_or((privilege, ""));
                    let names =
                        if name == "all" { all_of(object) } else { BTreeSet::from([name.to_owned()]) };
                    for name in names {
                        let whole = if column.is_empty() { name } else { format!("{name}({column}") };
                        let option = format!("{whole}*");
                        if statement.grants {
                            if statement.with_option {
                                held.insert(option);
                            }
                            held.insert(whole);
                        } else {
                            held.remove(&option);
                            if !statement.with_option {
                                held.remove(&whole);
                            }
                        }
                    }
                }
                self.held.insert(key, held);
            }
        }
    }

    /// What a role has on an object without being told; an owner has all.
    fn usual(&self, object: &str, role: &str) -> BTreeSet<String> {
        let is_owner = self.owners.get(object).is_some_and(|it| it == role);
        if is_owner { all_of(object) } else { usual(object, role) }
    }

    /// What a role has on an object, and what it has without being told where no statement speaks of it.
    fn of_role(&self, object: &str, role: &str) -> BTreeSet<String> {
        let key = (object.to_owned(), role.to_owned());
        self.held.get(&key).cloned().unwrap_or_else(|| self.usual(object, role))
    }

    /// The objects on which two come to something else.
    fn differing(&self, other: &Self) -> BTreeSet<String> {
        let mut all: BTreeSet<&Held> = self.held.keys().collect();
        all.extend(other.held.keys());
        let differs = |it: &&Held| {
            let (object, role) = (it.0.as_str(), it.1.as_str());
            // What the former owner of a thing had went with it.
            let owner = self.owners.get(object).or_else(|| other.owners.get(object));
            if role == "pg_database_owner" && owner.is_some_and(|it| it != role) {
                return false;
            }
            let owns = owner.is_some_and(|it| it == role);
            let of = |it: &Self| {
                if owns && !it.owners.contains_key(object) { None } else { Some(it.of_role(object, role)) }
            };
            match (of(self), of(other)) {
                (Some(one), Some(two)) => !same(&one, &two),
                _ => false,
            }
        };
        all.into_iter().filter(differs).map(|it| it.0.clone()).collect()
    }
}

/// Whether two sets of privileges are one; `MAINTAIN` is a part of `ALL` from PostgreSQL 17 on.
fn same(one: &BTreeSet<String>, two: &BTreeSet<String>) -> bool {
    let without = |it: &BTreeSet<String>| -> BTreeSet<String> {
        it.iter().filter(|it| it.trim_end_matches('*') != MAYBE && *it != "maintain").cloned().collect()
    };
    let open = one.contains(MAYBE) || two.contains(MAYBE);
    if open { without(one) == without(two) } else { one == two }
}

/// The privilege that `ALL` may be with or without.
const MAYBE: &str = "maintain?";

/// What `ALL TABLES IN SCHEMA …` and the like stand for, by how [`read`] calls them.
fn schema_objects(design: &Design) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut add = |kinds: &[&str], namespace: Option<NamespaceId>, object: String| {
        for kind in kinds {
            let whole = format!("all {kind} in schema {}", design.namespace_name(namespace));
            found.entry(whole).or_default().push(object.clone());
        }
    };
    let full = |kind: &str, namespace: Option<NamespaceId>, name: &str| {
        let quoted = |it: &str| if is_plain(it) { it.to_owned() } else { format!("\"{it}\"") };
        match namespace {
            None => format!("{kind} {}", quoted(name)),
            Some(_) => format!("{kind} {}.{}", quoted(design.namespace_name(namespace)), quoted(name)),
        }
    };
    for it in design.tables() {
        add(&["tables"], it.namespace, full("table", it.namespace, &it.name));
    }
    for it in design.views() {
        add(&["tables"], it.namespace, full("table", it.namespace, &it.name));
    }
    for it in design.sequences() {
        add(&["sequences"], it.namespace, full("sequence", it.namespace, &it.name));
    }
    for it in design.functions() {
        let goes_in = |it: &&FunctionArgument| it.mode != ArgumentMode::Out;
        let types = it.arguments.iter().filter(goes_in).map(|it| unplaced(canonical_type(&it.data_type)));
        let name =
            format!("{}({})", full("function", it.namespace, &it.name), types.collect::<Vec<_>>().join(","));
        let kind = if it.procedure { "procedures" } else { "functions" };
        add(&[kind, "routines"], it.namespace, name);
    }
    found
}

/// Gives `new` the statements about privileges that `old` has, wherever they come to the same; `after` is the design that
/// `new` is of.
pub fn adopt(old: &Design, after: &Design, new: &mut BTreeMap<Id, Record>) {
    let is_new = |it: &Record| matches!(it, Record::Verbatim(it) if read(&it.sql).is_some());
    let came = new.iter().any(|(id, it)| !old.has(*id) && is_new(it));
    let gone = |it: &&Verbatim| !new.contains_key(&it.id.into()) && read(&it.sql).is_some();
    let gone: Vec<Verbatim> = old.verbatims().filter(gone).cloned().collect();
    if !came && gone.is_empty() {
        return;
    }
    let (before, now) = (Privileges::of(old), Privileges::of(after));
    let differing = before.differing(&now);
    let says_the_same = |sql: &str, of: &Privileges| {
        let objects = read(sql).map_or_else(Vec::new, |it| it.objects);
        !objects.is_empty() && !objects.iter().flat_map(|it| of.each(it)).any(|it| differing.contains(&it))
    };
    new.retain(|id, it| match it {
        Record::Verbatim(it) => old.has(*id) || !says_the_same(&it.sql, &now),
        _ => true,
    });
    let back = gone.into_iter().filter(|it| says_the_same(&it.sql, &before));
    new.extend(back.map(|it| (it.id.into(), Record::from(it))));
}

fn set(words: &str) -> BTreeSet<String> {
    words.split(' ').map(str::to_owned).collect()
}

/// All privileges of an object, which its owner has.
fn all_of(object: &str) -> BTreeSet<String> {
    match object.split_once(' ').map_or(object, |it| it.0) {
        "table" => set("select insert update delete truncate references trigger maintain?"),
        "sequence" => set("select update usage"),
        "schema" => set("usage create"),
        "function" => set("execute"),
        "database" => set("connect create temporary"),
        "foreign" | "type" | "language" => set("usage"),
        _ => set("all"),
    }
}

/// What a role has without being told.
fn usual(object: &str, role: &str) -> BTreeSet<String> {
    match (object.split_once(' ').map_or(object, |it| it.0), role) {
        ("function", "public") => set("execute"),
        ("type" | "language", "public") => set("usage"),
        ("database", "public") => set("connect temporary"),
        ("schema", "public") if object == "schema public" => set("usage"),
        _ => BTreeSet::new(),
    }
}

/// The words of a statement: names as they are meant, signs one by one.
fn words(sql: &str) -> Vec<String> {
    let meaningful = tokens(sql).filter(|it| !it.is_blank());
    meaningful
        .map(|it| match it.name(sql) {
            // A quoted name is no keyword; what it quotes to say a plain name is one.
            Some(name) if it.kind == TokenKind::Quoted && !is_plain(&name) => format!("\"{name}\""),
            Some(name) => name.into_owned(),
            None => it.span.of(sql).to_owned(),
        })
        .collect()
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

/// Cuts words at commas that stand in no brackets.
fn listed(words: &[String]) -> Vec<&[String]> {
    let mut depth = 0_i32;
    words
        .split(|it| {
            match it.as_str() {
                "(" => depth += 1,
                ")" => depth -= 1,
                _ => {}
            }
            depth == 0 && it == ","
        })
        .filter(|it| !it.is_empty())
        .collect()
}

fn read(sql: &str) -> Option<Statement> {
    let words = words(sql);
    let grants = match words.first()?.as_str() {
        "grant" => true,
        "revoke" => false,
        _ => return None,
    };
    let mut rest = words.get(1..)?;
    let only_option =
        !grants && rest.starts_with(&["grant".to_owned(), "option".to_owned(), "for".to_owned()]);
    if only_option {
        rest = rest.get(3..)?;
    }
    let on = rest.iter().position(|it| it == "on")?;
    let to = rest.iter().rposition(|it| it == if grants { "to" } else { "from" }).filter(|it| *it > on)?;
    let mut privileges = Vec::new();
    for it in listed(rest.get(..on)?) {
        let at = it.iter().position(|it| it == "(").unwrap_or(it.len());
        let name =
            it.get(..at)?.iter().filter(|it| *it != "privileges").cloned().collect::<Vec<_>>().join(" ");
        let columns = it.get(at..)?;
        if columns.is_empty() {
            privileges.push(name);
        } else {
            let columns = columns.iter().filter(|it| !matches!(it.as_str(), "(" | ")" | ","));
            privileges.extend(columns.map(|it| format!("{name}({it}")));
        }
    }
    let (kind, names) = kind(rest.get(on + 1..to)?);
    let objects = match kind {
        "all" => everything(names),
        _ => listed(names).into_iter().map(|it| format!("{kind} {}", object(kind, it))).collect(),
    };
    let mut roles = rest.get(to + 1..)?;
    let ends = |it: &String| matches!(it.as_str(), "with" | "granted" | "cascade" | "restrict");
    let end = roles.iter().position(ends).unwrap_or(roles.len());
    let with_option = only_option || roles.get(end).is_some_and(|it| it == "with");
    roles = roles.get(..end)?;
    let roles =
        listed(roles).into_iter().filter_map(|it| it.iter().rfind(|it| *it != ";").cloned()).collect();
    Some(Statement { grants, privileges, objects, roles, with_option })
}

/// The kind of the objects that words name, and the words without it. Views are tables here, procedures functions, domains
/// types.
fn kind(words: &[String]) -> (&'static str, &[String]) {
    let rest = |count: usize| words.get(count..).unwrap_or_default();
    match words.first().map_or("", String::as_str) {
        "all" => ("all", rest(1)),
        "table" => ("table", rest(1)),
        "sequence" => ("sequence", rest(1)),
        "schema" => ("schema", rest(1)),
        "function" | "procedure" | "routine" | "aggregate" => ("function", rest(1)),
        "type" | "domain" => ("type", rest(1)),
        "database" => ("database", rest(1)),
        "language" => ("language", rest(1)),
        "foreign" => ("foreign", rest(if words.get(1).is_some_and(|it| it == "data") { 3 } else { 2 })),
        "large" => ("large", rest(2)),
        "tablespace" => ("tablespace", rest(1)),
        "parameter" => ("parameter", rest(1)),
        _ => ("table", words),
    }
}

/// `tables in schema a, b` as one for each SQL schema.
fn everything(words: &[String]) -> Vec<String> {
    let [what, within, schema, names @ ..] = words else { return Vec::new() };
    listed(names).into_iter().map(|it| format!("all {what} {within} {schema} {}", it.concat())).collect()
}

/// What an object is called, without `public`, a function with the types of its arguments.
fn object(kind: &str, words: &[String]) -> String {
    let words = match words {
        [first, dot, rest @ ..] if first == "public" && dot == "." => rest,
        _ => words,
    };
    let Some(at) = words.iter().position(|it| it == "(").filter(|_| kind == "function") else {
        return words.concat();
    };
    let (name, arguments) = words.split_at(at);
    let inner = arguments.get(1..arguments.len().saturating_sub(1)).unwrap_or_default();
    let types: Vec<String> = listed(inner).into_iter().filter_map(argument).collect();
    format!("{}({})", name.concat(), types.join(","))
}

/// The type of an argument, its mode and name left aside; nothing for one that only goes out.
fn argument(words: &[String]) -> Option<String> {
    let words = match words.first().map(String::as_str) {
        Some("out") => return None,
        Some("in" | "inout" | "variadic") => words.get(1..).unwrap_or_default(),
        _ => words,
    };
    let spelled = |words: &[String]| {
        let mut text = String::new();
        for word in words {
            let glued =
                matches!(word.as_str(), "." | "(" | ")" | "[" | "]" | ",") || text.ends_with(['.', '(', '[']);
            if !glued && !text.is_empty() {
                text.push(' ');
            }
            text += word;
        }
        canonical_type(&text)
    };
    // Two words are a name and a type, unless they are one type.
    let is_one_type = |words: &[String]| {
        matches!(
            words.first().map(String::as_str),
            Some(
                "double"
                    | "character"
                    | "char"
                    | "bit"
                    | "national"
                    | "time"
                    | "timestamp"
                    | "interval"
                    | "setof"
            )
        ) && words.get(1).is_some_and(|it| {
            matches!(
                it.as_str(),
                "precision" | "varying" | "character" | "char" | "with" | "without" | "(" | "["
            )
        })
    };
    let second_is_name = words.get(1).is_some_and(|it| !matches!(it.as_str(), "." | "(" | "["));
    let words =
        if second_is_name && !is_one_type(words) { words.get(1..).unwrap_or_default() } else { words };
    Some(unplaced(spelled(words)))
}

/// Whose a thing is, as `ALTER … OWNER TO` says.
fn owner(sql: &str) -> Option<(String, String)> {
    let words = words(sql);
    let [alter, rest @ .., owner, to, role] = words.as_slice() else { return None };
    if alter != "alter" || owner != "owner" || to != "to" {
        return None;
    }
    let skipped = usize::from(rest.first().is_some_and(|it| it == "materialized"));
    let rest = rest.get(skipped..)?;
    let (kind, names) = match rest.first()?.as_str() {
        "view" => ("table", rest.get(1..)?),
        _ => kind(rest),
    };
    let names = if names.first().is_some_and(|it| it == "only") { names.get(1..)? } else { names };
    Some((format!("{kind} {}", object(kind, names)), role.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differing(one: &[&str], two: &[&str]) -> Vec<String> {
        let all = BTreeMap::from([(
            "all tables in schema public".to_owned(),
            vec!["table a".to_owned(), "table b".to_owned()],
        )]);
        let of = |it: &[&str]| Privileges::of_statements(it, all.clone());
        let (one, two) = (of(one), of(two));
        one.differing(&two).into_iter().collect()
    }

    #[test]
    fn statements_come_to_the_same() {
        let same = |one: &[&str], two: &[&str]| assert_eq!(differing(one, two), [""; 0]);
        same(
            &["GRANT SELECT ON a, b TO PUBLIC, r"],
            &[
                "GRANT SELECT ON TABLE public.a TO PUBLIC",
                "GRANT SELECT ON TABLE public.b TO PUBLIC",
                "GRANT SELECT ON TABLE public.a TO r",
                "GRANT SELECT ON TABLE public.b TO \"r\"",
            ],
        );
        same(
            &["grant select on a to r", "GRANT INSERT ON a TO r"],
            &["GRANT SELECT,INSERT ON TABLE public.a TO r"],
        );
        same(
            &["GRANT SELECT(\"id\") ON TABLE \"public\".\"a\" TO r"],
            &["GRANT SELECT(id) ON TABLE public.a TO r"],
        );
        same(&["GRANT SELECT ON ALL TABLES IN SCHEMA public TO r"], &["GRANT SELECT ON a, b TO r"]);
        same(&["GRANT ALL ON a TO r", "REVOKE ALL PRIVILEGES ON TABLE a FROM r"], &[]);
        same(&["GRANT EXECUTE ON FUNCTION f(x integer) TO PUBLIC"], &[]);
        same(
            &["REVOKE ALL ON FUNCTION s.f(\"p\" \"text\", int[]) FROM PUBLIC"],
            &["REVOKE EXECUTE ON FUNCTION s.f(p text, integer[]) FROM PUBLIC"],
        );
        same(
            &["ALTER TABLE t OWNER TO o", "REVOKE ALL ON t FROM o", "GRANT ALL ON t TO o"],
            &["ALTER TABLE t OWNER TO o"],
        );
        same(
            &["GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON t TO r"],
            &["GRANT ALL ON TABLE t TO r"],
        );
    }

    #[test]
    fn what_they_do_not_share_is_told() {
        let other = |one: &[&str], two: &[&str], on: &str| assert_eq!(differing(one, two), [on]);
        other(&["GRANT SELECT ON a TO r"], &["GRANT INSERT ON a TO r"], "table a");
        other(&["GRANT SELECT ON a TO r WITH GRANT OPTION"], &["GRANT SELECT ON a TO r"], "table a");
        other(&["GRANT MAINTAIN ON a TO r"], &[], "table a");
        other(&["REVOKE ALL ON FUNCTION f() FROM PUBLIC"], &[], "function f()");
        other(&["GRANT USAGE ON SCHEMA s TO r"], &["GRANT ALL ON SCHEMA s TO r"], "schema s");
    }
}
