//! The tokens of a statement become an [`Act`]. What is not understood is [`Act::Other`]: reading never fails.

use super::act::{Act, Action};
use super::added::{added, column, type_text};
use super::words::Words;
use crate::pg::{LockMode, Token, tokens};

/// What a statement does.
pub fn act(text: &str) -> Act {
    let all: Vec<Token> = tokens(text).filter(|it| !it.is_blank()).collect();
    let mut words = Words { text, tokens: &all, at: 0 };
    statement(&mut words)
}

fn statement(w: &mut Words<'_>) -> Act {
    if w.take("begin") || w.take("start transaction") {
        return Act::Begin;
    }
    if w.take("commit") || w.take("rollback") || w.take("end") || w.take("abort") {
        return if w.is("to") { Act::Nothing } else { Act::Commit };
    }
    if w.take("set") {
        return set(w);
    }
    if w.take("create") {
        return create(w);
    }
    if w.take("alter table") || w.take("alter foreign table") {
        return alter_table(w);
    }
    if w.take("alter type") {
        return Act::AlterType { name: w.name().unwrap_or_default(), rest: w.lower(usize::MAX) };
    }
    if w.take("alter domain") {
        return Act::AlterDomain { name: w.name().unwrap_or_default(), rest: w.lower(usize::MAX) };
    }
    if w.take("alter view") || w.take("alter materialized view") {
        w.take("if exists");
        let Some(table) = w.name() else { return Act::Nothing };
        let renamed = if w.take("rename to") { w.name() } else { None };
        return match renamed {
            Some(to) => Act::AlterTable { table, actions: vec![Action::RenameTable { to }] },
            None => Act::On { what: "ALTER VIEW", table },
        };
    }
    if w.take("drop") {
        return drop(w);
    }
    if w.take("update") {
        w.take("only");
        let Some(table) = w.name() else { return Act::Nothing };
        let columns = updated(w);
        return Act::Update { table, filter: filter(w), columns };
    }
    if w.take("delete from") {
        w.take("only");
        let Some(table) = w.name() else { return Act::Nothing };
        return Act::Delete { table, filter: filter(w) };
    }
    if w.take("insert into") {
        let Some(table) = w.name() else { return Act::Nothing };
        let columns = w.group().map(|it| it.parts()).unwrap_or_default();
        let columns = columns.into_iter().filter_map(|mut it| it.name()).collect();
        let from_query = w.find("select").is_some();
        return Act::Insert { table, columns, from_query };
    }
    if w.take("truncate") {
        w.take("table");
        w.take("only");
        let tables = w.names();
        return Act::Truncate { tables, cascade: w.find("cascade").is_some() };
    }
    if w.take("lock") {
        w.take("table");
        w.take("only");
        let Some(table) = w.name() else { return Act::Nothing };
        let from = w.find("in").map_or(w.tokens.len(), |it| it + 1);
        let to = w.find("mode").unwrap_or(w.tokens.len());
        let words: Vec<&str> = (from..to).map(|it| w.written(it)).collect();
        let mode = LockMode::from_name(&words.join(" ")).unwrap_or(LockMode::AccessExclusive);
        return Act::Lock { table, mode };
    }
    about(w).unwrap_or_else(|| maintain(w))
}

/// Statements of which only the table matters, and how it is locked.
fn about(w: &mut Words<'_>) -> Option<Act> {
    let start = w.at;
    let found = |what, table: Option<String>| table.map(|table| Act::On { what, table });
    let behind = |w: &Words<'_>, word: &str| {
        let mut after = *w;
        after.at = w.find(word)? + 1;
        after.take("only");
        after.name()
    };
    let act = if w.take("comment on column") {
        // All parts but the last are the table's.
        let mut parts = vec![w.name_part()?];
        while w.take(".") {
            parts.push(w.name_part()?);
        }
        parts.pop();
        found("COMMENT", parts.pop())
    } else if w.take("comment on table")
        || w.take("comment on view")
        || w.take("comment on materialized view")
    {
        found("COMMENT", w.name())
    } else if w.take("alter policy") {
        found("ALTER POLICY", behind(w, "on"))
    } else if w.take("analyze") || w.take("analyse") {
        w.group();
        w.take("verbose");
        found("ANALYZE", w.name())
    } else if w.take("alter sequence") {
        w.take("if exists");
        found("ALTER SEQUENCE", w.name())
    } else if w.take("alter index") {
        w.take("if exists");
        let index = w.name();
        let light = w.is("rename") || w.is("set") && w.written(w.at + 1) == "(" || w.is("reset");
        let light = light || w.is("alter") || w.is("attach");
        found(if light { "ALTER INDEX RENAME" } else { "ALTER INDEX" }, index)
    } else if w.take("merge into") {
        w.take("only");
        found("MERGE", w.name())
    } else if w.take("copy") {
        let table = w.name();
        w.group();
        if w.is("from") { found("COPY FROM", table) } else { None }
    } else if w.take("alter publication") {
        w.name()?;
        if w.take("add table") { found("CREATE PUBLICATION", w.name()) } else { None }
    } else {
        None
    };
    if act.is_none() {
        w.at = start;
    }
    act
}

fn maintain(w: &mut Words<'_>) -> Act {
    let words = w.lower(3);
    let first = words.first().cloned().unwrap_or_default();
    if !matches!(first.as_str(), "reindex" | "vacuum" | "cluster" | "refresh") {
        return if words.is_empty() { Act::Nothing } else { Act::Other { words } };
    }
    w.at += 1;
    let options = w.group().map(|it| it.parts()).unwrap_or_default();
    // An option is on unless it says otherwise.
    let option = |word: &str| {
        let off =
            |it: &str| matches!(it.to_ascii_lowercase().trim_matches('\''), "false" | "off" | "no" | "0");
        options.iter().any(|it| it.is(word) && !off(it.written(it.at + 1)))
    };
    let full = option("full") || w.take("full");
    let kind = ["table", "index", "schema", "database", "system", "materialized"].iter().find(|it| w.is(it));
    let kind = kind.map(|it| (*it).to_owned());
    while ["table", "index", "schema", "database", "system", "materialized", "view", "verbose", "analyze"]
        .iter()
        .any(|it| w.take(it))
    {}
    let concurrently = w.take("concurrently") || option("concurrently");
    Act::Maintain { what: first, concurrently, full, kind, name: w.name() }
}

fn set(w: &mut Words<'_>) -> Act {
    let local = w.take("local");
    w.take("session");
    let Some(mut name) = w.tokens.get(w.at).and_then(|it| it.name(w.text)).map(std::borrow::Cow::into_owned)
    else {
        return Act::Nothing;
    };
    w.at += 1;
    // What stands behind a dot belongs to an extension, whatever it is called.
    while w.take(".") {
        name = format!("{name}.{}", w.written(w.at));
        w.at += 1;
    }
    if !w.take("=") {
        w.take("to");
    }
    Act::Set { name, value: w.rest().to_owned(), local }
}

fn create(w: &mut Words<'_>) -> Act {
    let replaces = w.take("or replace");
    let _ = w.take("temporary") || w.take("temp") || w.take("unlogged") || w.take("foreign");
    if w.take("table") {
        w.take("if not exists");
        let Some(name) = w.name() else { return Act::Nothing };
        let partition_of = if w.take("partition of") { w.name() } else { None };
        let of_type = if w.take("of") { w.name() } else { None };
        let parts = w.group().map(|it| it.parts()).unwrap_or_default();
        let references = parts.iter().filter_map(|it| {
            let mut after = *it;
            after.at = it.find("references")? + 1;
            after.name()
        });
        let references = references.collect();
        // Those of a composite type have their types from it.
        let own = parts.into_iter().filter(|_| of_type.is_none());
        let columns = own.filter_map(|mut it| column(&mut it)).collect();
        let inherits = if w.take("inherits") { w.group().map(|mut it| it.names()) } else { None };
        let inherits = inherits.unwrap_or_default();
        return Act::CreateTable { name, partition_of, of_type, columns, inherits, references };
    }
    let unique = w.take("unique");
    if w.take("index") {
        let concurrently = w.take("concurrently");
        let if_not_exists = w.take("if not exists");
        let name = if w.is("on") { None } else { w.name() };
        w.take("on");
        let only = w.take("only");
        let Some(table) = w.name() else { return Act::Nothing };
        if w.take("using") {
            w.at += 1;
        }
        let keys = w.group().map(|it| it.parts()).unwrap_or_default();
        let plain = |mut it: Words<'_>| it.name().filter(|_| !it.is("("));
        let columns = keys.into_iter().filter_map(plain).collect();
        let partial = w.find("where").is_some();
        return Act::CreateIndex { name, table, unique, concurrently, if_not_exists, only, columns, partial };
    }
    if w.take("schema") {
        w.take("if not exists");
        let name = if w.is("authorization") { String::new() } else { w.name().unwrap_or_default() };
        let mut tables = Vec::new();
        while let Some(at) = w.find("table") {
            w.at = at + 1;
            w.take("if not exists");
            tables.extend(w.name());
        }
        return Act::CreateSchema { name, tables };
    }
    if w.take("function") || w.take("procedure") {
        return Act::CreateFunction { name: w.name().unwrap_or_default(), replaces };
    }
    if w.take("type") || w.take("domain") {
        let name = w.name().unwrap_or_default();
        return Act::CreateType { name, is_enum: w.take("as enum") };
    }
    w.take("constraint");
    let on = |w: &Words<'_>| {
        let mut after = *w;
        after.at = w.find("on")? + 1;
        after.name()
    };
    if w.take("trigger") {
        return on(w).map_or(Act::Nothing, |table| Act::CreateTrigger { table });
    }
    if w.take("policy") {
        return on(w).map_or(Act::Nothing, |table| Act::CreatePolicy { table });
    }
    let behind = |w: &Words<'_>, word: &str| {
        let mut after = *w;
        after.at = w.find(word)? + 1;
        after.name()
    };
    let about = [("rule", "to", "CREATE RULE"), ("statistics", "from", "CREATE STATISTICS")];
    for (kind, word, what) in about {
        if w.is(kind) {
            return behind(w, word).map_or(Act::Nothing, |table| Act::On { what, table });
        }
    }
    if w.is("publication") {
        let table = w.find("for").filter(|at| w.written(at + 1).eq_ignore_ascii_case("table"));
        let table = table.and_then(|_| behind(w, "table"));
        return table.map_or(Act::Nothing, |table| Act::On { what: "CREATE PUBLICATION", table });
    }
    w.take("recursive");
    w.take("materialized");
    if w.take("view") || w.take("sequence") {
        w.take("if not exists");
        return Act::CreateView { name: w.name().unwrap_or_default(), replaces };
    }
    Act::Other { words: [vec!["create".to_owned()], w.lower(2)].concat() }
}

fn drop(w: &mut Words<'_>) -> Act {
    let mut what = w.lower(1).pop().unwrap_or_default();
    w.at += 1;
    if what == "materialized" || what == "foreign" {
        what = w.lower(1).pop().unwrap_or_default();
        w.at += 1;
    }
    let concurrently = w.take("concurrently");
    let if_exists = w.take("if exists");
    if matches!(what.as_str(), "trigger" | "policy" | "rule") {
        let name = w.name().unwrap_or_default();
        w.take("on");
        return Act::DropOn { what, name, table: w.name().unwrap_or_default() };
    }
    let names = w.names();
    Act::Drop { what, names, concurrently, cascade: w.find("cascade").is_some(), if_exists }
}

/// The columns of `SET a = …, (b, c) = …`.
fn updated(w: &Words<'_>) -> Vec<String> {
    let Some(start) = w.find("set") else { return Vec::new() };
    let inner = Words { at: start + 1, ..*w };
    let columns = inner.parts().into_iter().filter_map(|mut it| it.name());
    columns.collect()
}

fn filter(w: &Words<'_>) -> Option<String> {
    let start = w.find("where")?;
    let mut inner = Words { at: start + 1, ..*w };
    if let Some(end) = inner.find("returning") {
        inner.tokens = inner.tokens.get(..end).unwrap_or_default();
    }
    Some(inner.rest().to_owned())
}

fn alter_table(w: &mut Words<'_>) -> Act {
    w.take("if exists");
    w.take("only");
    let Some(table) = w.name() else { return Act::Nothing };
    w.take("*");
    let actions = w.parts().into_iter().map(|mut it| action(&mut it)).collect();
    Act::AlterTable { table, actions }
}

fn action(w: &mut Words<'_>) -> Action {
    let fallback = Action::Other { words: w.lower(3) };
    let done = |it: Option<Action>| it.unwrap_or_else(|| fallback.clone());
    if w.take("add") {
        return done(added(w));
    }
    if w.take("drop constraint") {
        w.take("if exists");
        return done(w.name().map(|name| Action::DropConstraint { name }));
    }
    if w.take("validate constraint") {
        return done(w.name().map(|name| Action::Validate { name }));
    }
    if w.take("rename constraint") {
        return fallback;
    }
    if w.take("rename to") {
        return done(w.name().map(|to| Action::RenameTable { to }));
    }
    if w.take("rename") {
        w.take("column");
        let from = w.name();
        w.take("to");
        return done(from.zip(w.name()).map(|(from, to)| Action::RenameColumn { from, to }));
    }
    if w.take("cluster on") || w.take("set without cluster") {
        return Action::Tuned;
    }
    if w.is("set") && w.written(w.at + 1) == "(" || w.is("reset") && w.written(w.at + 1) == "(" {
        // What logical decoding asks for changes what a running read has to keep.
        let heavy = w.tokens.iter().any(|it| it.span.of(w.text).eq_ignore_ascii_case("user_catalog_table"));
        return if heavy { fallback } else { Action::Tuned };
    }
    if w.take("inherit") {
        return done(w.name().map(|parent| Action::Inherit { parent }));
    }
    if w.take("set schema") {
        return Action::SetSchema;
    }
    if w.take("set logged")
        || w.take("set unlogged")
        || w.take("set tablespace")
        || w.take("set access method")
    {
        w.at = 0;
        return Action::Rewrite { what: w.lower(2).join(" ").to_ascii_uppercase() };
    }
    if w.take("attach partition") {
        return done(w.name().map(|partition| Action::Attach { partition }));
    }
    if w.take("detach partition") {
        let partition = w.name();
        let concurrently = w.take("concurrently");
        let finalize = w.take("finalize");
        return done(partition.map(|partition| Action::Detach { partition, concurrently, finalize }));
    }
    if w.take("enable row level security") {
        return Action::EnableSecurity;
    }
    if w.take("disable row level security") {
        return Action::DisableSecurity;
    }
    let switches = [
        ("disable trigger", true),
        ("enable trigger", false),
        ("enable replica trigger", false),
        ("enable always trigger", false),
    ];
    for (words, disable) in switches {
        if w.take(words) {
            return Action::Trigger { disable, which: w.lower(1).pop().unwrap_or_default() };
        }
    }
    if w.take("drop") {
        w.take("column");
        w.take("if exists");
        let name = w.name();
        return done(name.map(|name| Action::DropColumn { name, cascade: w.is("cascade") }));
    }
    if w.take("alter") {
        w.take("column");
        let Some(column) = w.name() else { return fallback };
        if w.take("set not null") {
            return Action::SetNotNull { column };
        }
        if w.take("drop not null") {
            return Action::DropNotNull { column };
        }
        if w.take("set expression") {
            return Action::SetExpression { column };
        }
        let options = w.is("set") && w.written(w.at + 1) == "(" || w.is("reset");
        if options || w.take("set statistics") {
            return Action::Tuned;
        }
        if w.take("set data type") || w.take("type") {
            let using = w.find("using");
            let end = w.find("collate").or(using).unwrap_or(w.tokens.len());
            let data_type = type_text(w, end);
            let using = using.map(|at| Words { at: at + 1, ..*w }.rest().to_owned());
            return Action::SetType { column, data_type, using };
        }
    }
    fallback
}

#[cfg(test)]
mod tests {
    use super::super::act::Constraint;
    use super::*;

    fn actions(text: &str) -> Vec<Action> {
        match act(text) {
            Act::AlterTable { actions, .. } => actions,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn actions_of_one_statement_are_told_apart() {
        let found = actions(
            "ALTER TABLE IF EXISTS ONLY app.\"Orders\" ADD COLUMN a numeric(10, 2) DEFAULT coalesce(1, 2)::int NOT NULL,
             add constraint k check (a > 0) not valid, alter b type varchar(60) using b::varchar(60), drop c cascade;",
        );
        let Action::AddColumn(column) = &found[0] else { panic!("{found:?}") };
        assert_eq!((column.name.as_str(), column.data_type.as_str()), ("a", "numeric(10,2)"));
        assert_eq!((column.default.as_deref(), column.not_null), (Some("coalesce(1, 2)::int"), true));
        assert!(
            matches!(&found[1], Action::AddConstraint(it) if it.not_valid && it.kind == Constraint::Check)
        );
        assert!(
            matches!(&found[2], Action::SetType { data_type, using: Some(_), .. } if data_type == "varchar(60)")
        );
        assert_eq!(found[3], Action::DropColumn { name: "c".into(), cascade: true });
    }

    #[test]
    fn anything_is_read_without_panic() {
        for text in [
            "",
            "alter table",
            "alter table t add",
            "create index on",
            "create table t (",
            "update t set",
            "set",
            "alter table t add constraint",
            "drop",
            "delete from t where",
            "create table t (a int default",
            "(((",
            "vacuum (",
        ] {
            let _ = act(text);
        }
        assert_eq!(
            act("drop table a, b.c cascade"),
            Act::Drop {
                what: "table".into(),
                names: vec!["a".into(), "c".into()],
                concurrently: false,
                cascade: true,
                if_exists: false
            }
        );
    }
}
