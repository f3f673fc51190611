//! `IF [NOT] EXISTS (SELECT … FROM catalog WHERE … = 'name')` of blocks, answered from what the script has made so far.

use crate::base::Span;
use crate::design::{BaseType, ColumnValue, DataType, Table};
use crate::pg::{Builtin, Token, TokenKind};

use super::builder::{Builder, Place, Relation};
use super::syntax::Name;

/// A condition on the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Whether it has to be there.
    pub exists: bool,
    asked: Vec<Asked>,
    /// Whether all relations that are named have to be there, where several are.
    every: bool,
}

/// A constant of the condition, with the catalogue's column that it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// As the catalogue calls it.
    pub column: String,
    /// What it is compared with.
    pub name: String,
    /// Whether it is to be another.
    pub differs: bool,
}

/// What a column of the catalogue names.
pub enum Kind {
    Namespace,
    Relation,
    Column,
    Type,
    Routine,
    Constraint,
    Trigger,
    Policy,
    Extension,
    Label,
    /// What `information_schema.columns` says of a column.
    DataType,
    Length,
    Nullable,
    /// The constant that a column has where none is given.
    Default,
    /// `PRIMARY KEY`, `UNIQUE` and so on, or the letter of it.
    Form,
    Other,
}

impl Condition {
    /// Reads `IF … THEN`; gives where what follows begins.
    pub fn read(text: &str, words: &[Token]) -> Option<(Self, usize)> {
        let is = |it: &Token, word: &str| it.span.of(text).eq_ignore_ascii_case(word);
        let then = words.iter().position(|it| is(it, "then"))?;
        let head = super::existence::peeled(text, words.get(1..then)?);
        let is_not = head.first().is_some_and(|it| is(it, "not"));
        let end: Span = words.get(then)?.span;
        if let Some((exists, name)) = looked_up(text, head) {
            let asked = Asked { column: "relname".into(), name, differs: false };
            return Some((
                Self { exists: exists != is_not, asked: vec![asked], every: false },
                end.end as usize,
            ));
        }
        let plainly = head.iter().any(|it| is(it, "exists"));
        let compared = compared(text, head);
        let (exists, every) =
            if plainly || compared.is_some() { (true, false) } else { counted(text, head)? };
        let of_catalog = head.iter().any(|it| {
            let word = it.span.of(text).to_ascii_lowercase();
            word.starts_with("pg_") || word == "information_schema"
        });
        // What a query asks besides equality cannot be told.
        if !of_catalog || head.iter().any(|it| is(it, "or") || is(it, "is")) {
            return None;
        }
        let (asked, last) = match compared {
            Some((query, it)) => (asked(text, query)?, Some(it)),
            None => (asked(text, head.get(usize::from(is_not)..)?)?, None),
        };
        let asked = asked.into_iter().chain(last).collect();
        Some((Self { exists: exists != is_not, asked, every }, end.end as usize))
    }

    /// Whether the design so far is as the condition wants it.
    pub fn holds(&self, b: &Builder) -> bool {
        self.is_there(b) == self.exists
    }

    fn is_there(&self, b: &Builder) -> bool {
        let named = |wanted: fn(&Kind) -> bool| {
            self.asked.iter().find(|it| wanted(&kind(&it.column))).map(|it| it.name.clone())
        };
        let mut namespace = named(|it| matches!(it, Kind::Namespace));
        let mut relation = named(|it| matches!(it, Kind::Relation));
        if let Some((of, name)) = relation.as_deref().and_then(|it| it.split_once('.')) {
            (namespace, relation) = (Some(of.to_owned()), Some(name.to_owned()));
        }
        let within = |name: &str| Name { namespace: namespace.clone(), name: name.to_owned() };
        let place = namespace.as_deref().map(|it| b.known_namespace(it));
        // The catalogue knows what is in every schema, on the search path or not.
        let anywhere = namespace.is_none();
        let found = relation.as_deref().map(|name| {
            let elsewhere = || b.relations.iter().find(|it| it.0.1 == name).map(|it| *it.1);
            b.relation(&within(name)).or_else(|| if anywhere { elsewhere() } else { None })
        });
        if matches!(found, Some(None)) || matches!(place, Some(None)) {
            return false;
        }
        let mut relations = self.asked.iter().filter(|it| matches!(kind(&it.column), Kind::Relation));
        if self.every && relations.any(|it| b.relation(&within(&it.name)).is_none()) {
            return false;
        }
        let table = found.flatten().and_then(|it| match it {
            Relation::Table(id) => b.tables.get(&id),
            _ => None,
        });
        let mut of_type = None;
        let mut is_said = place.is_some() || relation.is_some();
        let of_column = named(|it| matches!(it, Kind::Column));
        let of_column = table.and_then(|it| Some((it, it.column_named(of_column.as_deref()?)?)));
        for Asked { column, name, differs } in &self.asked {
            let there = match kind(column) {
                Kind::Namespace | Kind::Relation => continue,
                Kind::Column => match table {
                    Some(table) => table.column_named(name).is_some(),
                    None => b.tables.values().any(|it| it.column_named(name).is_some()),
                },
                Kind::Type => {
                    let elsewhere = || b.types.iter().find(|it| it.0.1 == *name).map(|it| it.1.clone());
                    let here = b.base_type(&within(name)).map(|it| it.1);
                    of_type = here.or_else(|| if anywhere { elsewhere() } else { None });
                    of_type.is_some()
                }
                Kind::Routine => {
                    b.routines(&within(name)).is_some()
                        || anywhere && b.routines.keys().any(|it| it.1 == *name)
                }
                Kind::Constraint => match (table, place.flatten()) {
                    (Some(table), _) => has_constraint(table, name),
                    (None, Some(place)) => b.is_constraint(place, name),
                    (None, None) => b.constraints.keys().any(|it| it.1 == *name),
                },
                Kind::Trigger => match table {
                    Some(table) => table.triggers.iter().any(|it| it.name == *name),
                    None => b.tables.values().flat_map(|it| &it.triggers).any(|it| it.name == *name),
                },
                Kind::Policy => match table {
                    Some(table) => table.policies.iter().any(|it| it.name == *name),
                    None => b.tables.values().flat_map(|it| &it.policies).any(|it| it.name == *name),
                },
                Kind::Extension => b.extensions.values().any(|it| it.name == *name),
                Kind::Label => has_label(b, of_type.as_ref(), name),
                Kind::DataType => of_column.is_none_or(|it| type_word(&it.1.data_type) == *name) != *differs,
                Kind::Length => {
                    of_column.is_none_or(|it| length(&it.1.data_type).as_ref() == Some(name)) != *differs
                }
                Kind::Default => match of_column.map(|it| &it.1.value) {
                    Some(ColumnValue::Default(it)) => (constant(it) == constant(name)) != *differs,
                    _ => false,
                },
                Kind::Nullable => of_column.is_none_or(|it| it.0.is_nullable(it.1.id) == (name == "YES")),
                Kind::Form => table.is_none_or(|it| has_kind(it, name)),
                Kind::Other if is_said || matches!(name.as_str(), "public" | "pg_catalog") => continue,
                Kind::Other => is_anything(b, name, place.flatten()),
            };
            if !there {
                return false;
            }
            is_said = true;
        }
        is_said
    }
}

/// The constants of a condition with what they are compared with; nothing where that is more than can be answered.
pub fn asked(text: &str, head: &[Token]) -> Option<Vec<Asked>> {
    let is = |it: &Token, word: &str| it.span.of(text).eq_ignore_ascii_case(word);
    let (mut column, mut differs, mut is_not) = ("", false, false);
    let mut asked = Vec::new();
    for (at, token) in head.iter().enumerate() {
        let sign = sign(text, head, at + 1);
        match token.kind {
            TokenKind::Text | TokenKind::Number => {
                let is_length = matches!(kind(&column.to_ascii_lowercase()), Kind::Length);
                if token.kind == TokenKind::Text || is_length {
                    let name = token.span.of(text).trim_matches('\'').replace("''", "'");
                    asked.push(Asked { column: column.to_ascii_lowercase(), name, differs });
                }
                if token.kind == TokenKind::Number {
                    column = "";
                }
            }
            TokenKind::Word if is(token, "not") => is_not = true,
            TokenKind::Word if sign == "=" || head.get(at + 1).is_some_and(|it| is(it, "in")) => {
                (column, differs) = (token.span.of(text), std::mem::take(&mut is_not));
            }
            TokenKind::Word if matches!(sign.as_str(), "<>" | "!=") => {
                (column, differs) = (token.span.of(text), !std::mem::take(&mut is_not));
            }
            TokenKind::Word if is(token, "and") && std::mem::take(&mut is_not) => return None,
            _ => {}
        }
    }
    let can_differ = |it: &Asked| matches!(kind(&it.column), Kind::DataType | Kind::Length);
    (!is_not && asked.iter().all(|it| !it.differs || can_differ(it))).then_some(asked)
}

/// `to_regclass('…') IS [NOT] NULL`: whether it has to be there, and the name.
fn looked_up(text: &str, head: &[Token]) -> Option<(bool, String)> {
    let word = |at: usize| head.get(at).map_or("", |it| it.span.of(text)).to_ascii_lowercase();
    let at = (0..head.len()).find(|it| word(*it) == "to_regclass")?;
    let name = head.get(at + 2).filter(|it| it.kind == TokenKind::Text)?.span.of(text).trim_matches('\'');
    let plain = name.replace('"', "");
    let rest: Vec<String> = (at + 3..head.len()).map(word).filter(|it| it != ")").collect();
    match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["is", "not", "null"] => Some((true, plain)),
        ["is", "null"] => Some((false, plain)),
        _ => None,
    }
}

/// `(SELECT column FROM information_schema.columns WHERE …) = 'constant'`: the query, and what is asked of its column.
fn compared<'t>(text: &str, head: &'t [Token]) -> Option<(&'t [Token], Asked)> {
    let word = |at: usize| head.get(at).map_or("", |it| it.span.of(text)).to_ascii_lowercase();
    let (constant, before) = head.split_last()?;
    let is_constant = matches!(constant.kind, TokenKind::Text | TokenKind::Number);
    let end = before.iter().rposition(|it| it.is(text, ")")).filter(|_| is_constant)?;
    let sign = sign(text, head, end + 1);
    let is_all = word(0) == "(" && word(1) == "select" && before.len() == end + 1 + sign.len();
    let is_told = matches!(kind(&word(2)), Kind::DataType | Kind::Length | Kind::Nullable | Kind::Default);
    let of_columns = head.iter().any(|it| it.span.of(text).eq_ignore_ascii_case("columns"));
    let is_sign = matches!(sign.as_str(), "=" | "<>" | "!=");
    let differs = sign != "=";
    let name = constant.span.of(text).trim_matches('\'').replace("''", "'");
    (is_all && is_sign && is_told && of_columns)
        .then(|| (head.get(..end).unwrap_or_default(), Asked { column: word(2), name, differs }))
}

/// What is asked of `count(*)`: whether there has to be something, and whether all that is named.
fn counted(text: &str, head: &[Token]) -> Option<(bool, bool)> {
    let word = |at: usize| head.get(at).map_or("", |it| it.span.of(text)).to_ascii_lowercase();
    let at = (0..head.len()).find(|it| word(*it) == "count" && word(it + 1) == "(" && word(it + 3) == ")")?;
    let compared = |at: usize| {
        let sign = sign(text, head, at);
        match (sign.as_str(), word(at + sign.len()).as_str()) {
            ("!=" | "<>" | ">", "0") | (">=", "1") => Some((true, false)),
            ("=", "0") | ("<", "1") => Some((false, false)),
            ("=", number) if number.parse::<u32>().is_ok() => Some((true, number != "1")),
            _ => None,
        }
    };
    let is_sign = |at: &usize| !sign(text, head, *at).is_empty();
    // Beside the count, or behind the query.
    let last = (at + 4..head.len()).rev().take_while(|it| *it + 4 > head.len()).filter(is_sign).last();
    compared(at + 4).or_else(|| compared(last?))
}

/// The signs of a comparison at a place, together.
fn sign(text: &str, head: &[Token], at: usize) -> String {
    let signs = head.get(at..).unwrap_or_default().iter().map(|it| it.span.of(text));
    signs.take_while(|it| matches!(*it, "=" | "<" | ">" | "!")).collect()
}

/// What `information_schema` calls a type.
fn type_word(data_type: &DataType) -> String {
    match data_type.as_builtin() {
        _ if data_type.dimensions > 0 => "ARRAY".to_owned(),
        Some(it) => it.name().to_owned(),
        None => "USER-DEFINED".to_owned(),
    }
}

/// A constant without its cast and quotes.
fn constant(sql: &str) -> &str {
    sql.split("::").next().unwrap_or_default().trim().trim_matches('\'')
}

fn length(data_type: &DataType) -> Option<String> {
    let is_text = matches!(data_type.as_builtin(), Some(Builtin::Varchar | Builtin::Character));
    data_type.modifiers.first().filter(|_| is_text).map(ToString::to_string)
}

pub fn kind(column: &str) -> Kind {
    match column {
        "nspname"
        | "schemaname"
        | "schema_name"
        | "table_schema"
        | "constraint_schema"
        | "trigger_schema"
        | "routine_schema"
        | "sequence_schema"
        | "udt_schema"
        | "domain_schema"
        | "event_object_schema"
        | "connamespace"
        | "typnamespace"
        | "relnamespace"
        | "pronamespace" => Kind::Namespace,
        "relname" | "tablename" | "table_name" | "viewname" | "matviewname" | "indexname"
        | "sequencename" | "sequence_name" | "conrelid" | "tgrelid" | "polrelid" | "attrelid"
        | "indrelid" | "event_object_table" => Kind::Relation,
        "attname" | "column_name" => Kind::Column,
        "typname" | "udt_name" | "domain_name" | "enumtypid" => Kind::Type,
        "proname" | "routine_name" => Kind::Routine,
        "conname" | "constraint_name" => Kind::Constraint,
        "tgname" | "trigger_name" => Kind::Trigger,
        "policyname" | "polname" => Kind::Policy,
        "extname" => Kind::Extension,
        "enumlabel" => Kind::Label,
        "data_type" => Kind::DataType,
        "character_maximum_length" => Kind::Length,
        "is_nullable" => Kind::Nullable,
        "column_default" => Kind::Default,
        "contype" | "constraint_type" => Kind::Form,
        _ => Kind::Other,
    }
}

fn has_constraint(table: &Table, name: &str) -> bool {
    table.primary_key.iter().any(|it| it.name == name)
        || table.uniques.iter().any(|it| it.name == name)
        || table.foreign_keys.iter().any(|it| it.name == name)
        || table.checks.iter().any(|it| it.name == name)
        || table.exclusions.iter().any(|it| it.name == name)
}

fn has_kind(table: &Table, kind: &str) -> bool {
    match kind {
        "PRIMARY KEY" | "p" => table.primary_key.is_some(),
        "UNIQUE" | "u" => !table.uniques.is_empty(),
        "FOREIGN KEY" | "f" => !table.foreign_keys.is_empty(),
        "CHECK" | "c" => !table.checks.is_empty(),
        "x" => !table.exclusions.is_empty(),
        _ => true,
    }
}

fn has_label(b: &Builder, of_type: Option<&BaseType>, label: &str) -> bool {
    match of_type {
        Some(BaseType::Enum(id)) => b.enums.get(id).is_some_and(|it| it.values.iter().any(|it| it == label)),
        Some(_) => false,
        None => b.enums.values().any(|it| it.values.iter().any(|it| it == label)),
    }
}

fn is_anything(b: &Builder, name: &str, place: Option<Place>) -> bool {
    let namespace = place.flatten().map(|it| b.place_name(Some(it)).to_owned());
    let plain = Name { namespace, name: name.to_owned() };
    b.relation(&plain).is_some()
        || b.base_type(&plain).is_some()
        || b.routines(&plain).is_some()
        || b.known_namespace(name).is_some()
        || b.extensions.values().any(|it| it.name == name)
        || b.constraints.keys().any(|it| it.1 == name)
        || b.tables.values().any(|it| it.column_named(name).is_some())
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, postgres};

    /// Whether a block with this condition makes its type, after this script.
    #[track_caller]
    fn check(before: &str, condition: &str, holds: bool) {
        let sql = format!(
            "{before} DO $$ BEGIN IF {condition} THEN CREATE TYPE made AS ENUM ('a'); END IF; END $$;"
        );
        let read = postgres(&sql, &Options::default());
        assert_eq!(read.errors, [], "{condition}");
        assert_eq!(read.tree.design.enums().any(|it| it.name == "made"), holds, "{condition}");
    }

    #[test]
    fn counts_types_and_names_that_are_looked_up_are_answered() {
        let before = "CREATE TABLE a (x varchar(5), n int[] NOT NULL);";
        let column = |name: &str, more: &str| {
            format!(
                "(SELECT count(*) FROM information_schema.columns WHERE table_name = 'a' \
                 AND column_name = '{name}' {more}) "
            )
        };
        check(before, &(column("x", "") + "> 0"), true);
        check(before, &(column("y", "") + "= 0"), true);
        check(before, &(column("x", "AND data_type = 'character varying'") + "= 1"), true);
        check(before, &(column("x", "AND NOT data_type = 'text'") + "!= 0"), true);
        check(before, &(column("x", "AND data_type <> 'character varying'") + "<> 0"), false);
        check(before, &(column("x", "AND character_maximum_length = 5") + ">= 1"), true);
        check(before, &(column("x", "AND NOT character_maximum_length = 5") + ">= 1"), false);
        check(before, &(column("n", "AND data_type = 'ARRAY' AND is_nullable = 'NO'") + "> 0"), true);
        let both = "(SELECT count(*) FROM pg_tables WHERE tablename IN ('a', 'b')) = 2";
        check(before, both, false);
        check("CREATE TABLE a (); CREATE TABLE b ();", both, true);
        check(before, "to_regclass('a') IS NOT NULL", true);
        check(before, "(SELECT to_regclass('public.b') IS NULL)", true);
        check(before, "to_regclass('a') IS NULL", false);
        let value = |of: &str, name: &str| {
            format!(
                "(SELECT {of} FROM information_schema.columns WHERE table_name = 'a' AND column_name = '{name}') "
            )
        };
        check(before, &(value("data_type", "x") + "= 'character varying'"), true);
        check(before, &(value("data_type", "x") + "<> 'text'"), true);
        check(before, &(value("data_type", "y") + "<> 'text'"), false);
        check(before, &(value("character_maximum_length", "x") + "= 5"), true);
        let given = "CREATE TABLE a (x bigint DEFAULT 0, y int);";
        check(given, &(value("column_default::bigint", "x") + "= 0"), true);
        check(given, &(value("column_default", "y") + "= '0'"), false);
        let both = "EXISTS (SELECT FROM pg_tables WHERE tablename = 'a') AND NOT \
                    EXISTS (SELECT FROM pg_tables WHERE tablename = 'b')";
        check(before, both, true);
        check("CREATE TABLE a (); CREATE TABLE b ();", both, false);
        check("", "EXISTS (SELECT FROM pg_tables WHERE tablename = 'a') OR NOT (1 = 2)", true);
    }

    #[test]
    fn a_schema_beside_a_name_is_where_it_is_looked_for() {
        let mood = "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad');";
        let condition = |name: &str, schema: &str| {
            format!(
                "NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace \
                 WHERE t.typname = '{name}' AND n.nspname = '{schema}')"
            )
        };
        check(mood, &condition("mood", "app"), false);
        check(mood, &condition("other", "app"), true);
        check(mood, &condition("mood", "public"), true);
        check(mood, "EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app')", true);
        check(mood, "EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = 'web')", false);
    }

    #[test]
    fn what_is_in_a_schema_off_the_search_path_is_found_without_its_name() {
        let before = "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('x'); CREATE TABLE app.a (x int);";
        check(
            before,
            "EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'x')",
            true,
        );
        check(
            before,
            "EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'y')",
            false,
        );
        check(before, "NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood')", false);
        check(
            before,
            "EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tablename = 'a')",
            false,
        );
    }

    #[test]
    fn constraints_columns_and_labels_are_those_of_their_table_or_type() {
        let keyed =
            "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (x int); CREATE TYPE c AS ENUM ('on');";
        let key = |table: &str| {
            format!(
                "EXISTS (SELECT constraint_name FROM information_schema.table_constraints \
                 WHERE table_name = '{table}' AND constraint_type = 'PRIMARY KEY')"
            )
        };
        check(keyed, &key("a"), true);
        check(keyed, &key("b"), false);
        let column = |table: &str| {
            format!(
                "EXISTS (SELECT FROM information_schema.columns WHERE table_name = '{table}' AND column_name = 'x')"
            )
        };
        check(keyed, &column("b"), true);
        check(keyed, &column("a"), false);
        check(
            keyed,
            "EXISTS (SELECT FROM pg_constraint WHERE conname = 'a_pkey' AND conrelid = 'a'::regclass)",
            true,
        );
        check(
            keyed,
            "EXISTS (SELECT FROM pg_constraint WHERE conname = 'a_pkey' AND conrelid = 'b'::regclass)",
            false,
        );
        check(
            keyed,
            "EXISTS (SELECT FROM pg_enum WHERE enumtypid = 'c'::regtype AND enumlabel = 'on')",
            true,
        );
        check(
            keyed,
            "EXISTS (SELECT FROM pg_enum WHERE enumtypid = 'c'::regtype AND enumlabel = 'off')",
            false,
        );
        check(keyed, "EXISTS (SELECT FROM pg_roles WHERE rolname = 'web')", false);
    }
}
