//! Trigger function mismatch.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::prelude::*;
use crate::pg::TokenKind;

rule! {
    /// Flags a row trigger whose function reads or sets a column that the table does not have.
    ///
    /// Functions that look at which table or trigger called them are passed over, and those that catch errors.
    ///
    /// ## Why
    ///
    /// PL/pgSQL looks at the record when it runs: the trigger is made without complaint, and then every insertion or update of
    /// the table fails with `record "new" has no field`.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create function touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
    /// create table t (id bigint primary key);
    /// create trigger t_touch before update on t for each row execute function touch();
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create function touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
    /// create table t (id bigint primary key, updated_at timestamptz not null default now());
    /// create trigger t_touch before update on t for each row execute function touch();
    /// ```
    ///
    /// ```sql
    /// create function note() returns trigger language plpgsql as $$ begin
    ///     if tg_table_name = 'orders' then new.total := 0; end if; return new; end $$;
    /// create table t (id bigint primary key);
    /// create trigger t_note before insert on t for each row execute function note();
    /// ```
    ///
    /// ## Source
    ///
    /// PostgreSQL manual, "Trigger Functions" of PL/pgSQL.
    STR023 "trigger-function-mismatch" Error [Unsafe] Design(check, &[Reads::Functions, Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let fields: BTreeMap<FunctionId, BTreeSet<String>> = cx.design.functions().filter_map(fields).collect();
    if fields.is_empty() {
        return;
    }
    for t in cx.tables().filter(|it| !it.triggers.is_empty() && !it.is_given()) {
        for trigger in t.triggers.iter().filter(|it| it.for_each_row) {
            let TriggerFunction::Function(id) = &trigger.function else { continue };
            let lacks = |it: &&String| t.column_named(it).is_none();
            let Some(name) = fields.get(id).into_iter().flatten().find(lacks) else { continue };
            let [any, ..] = crate::lint::topics::of_name(name);
            let stamp = any.has(Topic::Updated) || any.has(Topic::Created);
            let remedy = if stamp { cx.adding(&t, name, Builtin::TimestampTz) } else { None };
            let message =
                format!("`{}` asks for the column `{name}`, which `{}` does not have", trigger.name, t.name);
            cx.member(&t, [trigger.id.into()], &trigger.name, message)
                .risky_if(&format!("Add {name}"), remedy);
        }
    }
}

/// What a trigger's function asks of the row, whichever table it is called for.
fn fields(it: &Function) -> Option<(FunctionId, BTreeSet<String>)> {
    let FunctionBody::Text(text) = &it.body else { return None };
    let is_trigger = it.returns.as_deref().is_some_and(|it| it.trim().eq_ignore_ascii_case("trigger"));
    if !is_trigger || it.language != "plpgsql" {
        return None;
    }
    let all = expression::written(text);
    let is = |at: usize, words: &[&str]| {
        all.get(at).is_some_and(|it| words.iter().any(|word| it.1.eq_ignore_ascii_case(word)))
    };
    // What depends on who called, or survives an error, may ask for what only some tables have.
    let depends = ["tg_table_name", "tg_relname", "tg_relid", "tg_name", "tg_argv", "exception"];
    if (0..all.len()).any(|at| is(at, &depends)) {
        return None;
    }
    let mut found = BTreeSet::new();
    for at in 0..all.len() {
        let is_row = is(at, &["new", "old"]) && is(at + 1, &["."]) && !(at > 0 && is(at - 1, &["."]));
        let field = all.get(at + 2).filter(|it| is_row && it.0.kind != TokenKind::Text);
        found.extend(field.and_then(|it| it.0.name(text)).map(std::borrow::Cow::into_owned));
    }
    let system = ["ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"];
    found.retain(|it| !system.contains(&it.as_str()));
    (!found.is_empty()).then_some((it.id, found))
}
