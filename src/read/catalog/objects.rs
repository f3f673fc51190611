//! Statements of everything but tables.

use super::facts::{
    ColumnFacts, CompositeFacts, DomainFacts, EnumFacts, FunctionFacts, IndexFacts, Object, OtherFacts,
    RangeFacts, SequenceFacts, TriggerFacts, ViewFacts,
};
use super::script::{Part, Script, full, options};
use crate::sql::{ident, literal};

/// An SQL schema.
pub fn namespace(script: &mut Script, it: &Object) {
    let name = ident(&it.name);
    if it.name == "public" {
        // Its owner and comment are the server's doing, which differs by version.
        let comment = it.comment.as_deref().filter(|it| *it != "standard public schema");
        return script.comment("SCHEMA public", comment);
    }
    script.add(Part::Ground, format!("CREATE SCHEMA {name}"));
    script.common(&format!("SCHEMA {name}"), it);
}

/// An extension; `namespace` is where it was installed.
pub fn extension(script: &mut Script, it: &Object) {
    let (name, namespace) = (ident(&it.name), ident(&it.namespace));
    script.add(Part::Ground, format!("CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA {namespace}"));
    script.comment(&format!("EXTENSION {name}"), it.comment.as_deref());
}

/// An enumerated type.
pub fn enumeration(script: &mut Script, it: &EnumFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let values: Vec<String> = it.values.iter().map(|it| literal(it)).collect();
    script.add(Part::Create, format!("CREATE TYPE {name} AS ENUM (\n    {}\n)", values.join(",\n    ")));
    script.common(&format!("TYPE {name}"), &it.object);
}

/// A domain.
pub fn domain(script: &mut Script, it: &DomainFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let mut sql = format!("CREATE DOMAIN {name} AS {}", it.r#type);
    if let Some(collation) = &it.collation {
        sql += &format!(" COLLATE {collation}");
    }
    if it.not_null {
        sql += " NOT NULL";
    }
    if let Some(default) = &it.default {
        sql += &format!(" DEFAULT {default}");
    }
    let (within, apart): (Vec<_>, Vec<_>) = it.checks.iter().partition(|it| it.valid != Some(false));
    for check in within {
        sql += &format!("\n\tCONSTRAINT {} {}", ident(&check.name), check.definition);
    }
    script.add(Part::Create, sql);
    for check in apart {
        let check = format!("ADD CONSTRAINT {} {}", ident(&check.name), check.definition);
        script.add(Part::Key, format!("ALTER DOMAIN {name} {check}"));
    }
    script.common(&format!("DOMAIN {name}"), &it.object);
    for check in &it.checks {
        script.comment(
            &format!("CONSTRAINT {} ON DOMAIN {name}", ident(&check.name)),
            check.comment.as_deref(),
        );
    }
}

/// A composite type.
pub fn composite(script: &mut Script, it: &CompositeFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let attribute = |it: &ColumnFacts| {
        let collation = it.collation.as_ref().map_or_else(String::new, |it| format!(" COLLATE {it}"));
        format!("\t{} {}{collation}", ident(&it.name), it.r#type)
    };
    let attributes: Vec<String> = it.attributes.iter().map(attribute).collect();
    script.add(Part::Create, format!("CREATE TYPE {name} AS (\n{}\n)", attributes.join(",\n")));
    script.common(&format!("TYPE {name}"), &it.object);
    column_comments(script, &name, &it.attributes);
}

/// A range type.
pub fn range(script: &mut Script, it: &RangeFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let given = [
        ("multirange_type_name", &it.multirange),
        ("subtype_opclass", &it.subtype_opclass),
        ("collation", &it.collation),
        ("canonical", &it.canonical),
        ("subtype_diff", &it.subtype_diff),
    ];
    let mut parts = vec![format!("    subtype = {}", it.subtype)];
    parts.extend(given.iter().filter_map(|(key, value)| Some(format!("    {key} = {}", value.as_ref()?))));
    script.add(Part::Create, format!("CREATE TYPE {name} AS RANGE (\n{}\n)", parts.join(",\n")));
    script.common(&format!("TYPE {name}"), &it.object);
}

/// A sequence of its own.
pub fn sequence(script: &mut Script, it: &SequenceFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let unlogged = if it.unlogged { "UNLOGGED " } else { "" };
    let data_type = if it.r#type == "bigint" { String::new() } else { format!("\n    AS {}", it.r#type) };
    script.add(Part::Create, format!("CREATE {unlogged}SEQUENCE {name}{data_type}{}", sequence_options(it)));
    if let Some(owner) = &it.owned_by {
        let column = format!("{}.{}", full(&owner.namespace, &owner.table), ident(&owner.column));
        script.add(Part::Tie, format!("ALTER SEQUENCE {name} OWNED BY {column}"));
        // Who owns the table owns it.
        return script.comment(&format!("SEQUENCE {name}"), it.object.comment.as_deref());
    }
    script.common(&format!("SEQUENCE {name}"), &it.object);
}

/// What a sequence says of itself; bounds that its type and direction give anyway are none.
pub fn sequence_options(it: &SequenceFacts) -> String {
    let (least, most) = match it.r#type.as_str() {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let (minimum, maximum) = if it.increment > 0 { (1, most) } else { (least, -1) };
    let bound = |value: i64, usual: i64, word: &str| {
        if value == usual { format!("NO {word}") } else { format!("{word} {value}") }
    };
    format!(
        "\n    START WITH {}\n    INCREMENT BY {}\n    {}\n    {}\n    CACHE {}{}",
        it.start,
        it.increment,
        bound(it.minimum, minimum, "MINVALUE"),
        bound(it.maximum, maximum, "MAXVALUE"),
        it.cache,
        if it.cycle { "\n    CYCLE" } else { "" }
    )
}

/// A function or procedure.
pub fn function(script: &mut Script, it: &FunctionFacts) {
    script.add(Part::Create, it.definition.as_str());
    let kind = if it.procedure { "PROCEDURE" } else { "FUNCTION" };
    let name = full(&it.object.namespace, &it.object.name);
    script.common(&format!("{kind} {name}({})", it.arguments), &it.object);
}

/// A view, plain or materialised.
pub fn view(script: &mut Script, it: &ViewFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    let kind = if it.materialized { "MATERIALIZED VIEW" } else { "VIEW" };
    let (check, other): (Vec<String>, Vec<String>) =
        it.options.iter().cloned().partition(|it| it.starts_with("check_option="));
    let mut sql = String::new();
    if let Some(method) = &it.access_method {
        sql += &format!(" USING {}", ident(method));
    }
    if !other.is_empty() {
        sql += &format!(" WITH ({})", options(&other, ""));
    }
    if let Some(tablespace) = &it.tablespace {
        sql += &format!(" TABLESPACE {}", ident(tablespace));
    }
    sql += &format!(" AS\n{}", it.definition.trim_end().trim_end_matches(';'));
    if let Some(check) = check.first().and_then(|it| it.split_once('=')) {
        sql += &format!("\n  WITH {} CHECK OPTION", check.1.to_uppercase());
    }
    if it.materialized && it.populated == Some(false) {
        sql += "\n  WITH NO DATA";
    }
    // What a view gives, without what it reads, the way `pg_dump` writes it.
    let column = |it: &ColumnFacts| {
        let collation = it.collation.as_ref().map_or_else(String::new, |it| format!(" COLLATE {it}"));
        format!("    NULL::{}{collation} AS {}", it.r#type, ident(&it.name))
    };
    let columns: Vec<String> = it.columns.iter().map(column).collect();
    script.create(
        format!("CREATE {kind} {name}{sql}"),
        format!("CREATE {kind} {name} AS\nSELECT\n{}", columns.join(",\n")),
        format!("CREATE OR REPLACE {kind} {name}{sql}"),
    );
    for column in &it.columns {
        if let Some(default) = &column.default {
            let column = ident(&column.name);
            script.add(
                Part::Setting,
                format!("ALTER TABLE ONLY {name} ALTER COLUMN {column} SET DEFAULT {default}"),
            );
        }
        if let Some(target) = column.statistics {
            let column = ident(&column.name);
            script.add(
                Part::Setting,
                format!("ALTER {kind} {name} ALTER COLUMN {column} SET STATISTICS {target}"),
            );
        }
    }
    script.common(&format!("{kind} {name}"), &it.object);
    column_comments(script, &name, &it.columns);
    indexes(script, &it.object.namespace, &name, &it.indexes);
    triggers(script, &name, &it.triggers, &it.rules);
}

/// Indexes that no constraint owns, and what is said of any index.
pub fn indexes(script: &mut Script, namespace: &str, table: &str, indexes: &[IndexFacts]) {
    for it in indexes {
        let name = ident(&it.name);
        if it.constraint.is_none() {
            script.add(Part::Index, it.definition.as_str());
        }
        script.comment(&format!("INDEX {}", full(namespace, &it.name)), it.comment.as_deref());
        if let Some(whole) = &it.partition_of {
            let part = full(namespace, &it.name);
            script.add(Part::IndexTie, format!("ALTER INDEX {whole} ATTACH PARTITION {part}"));
        }
        if it.clustered {
            script.add(Part::IndexTie, format!("ALTER TABLE {table} CLUSTER ON {name}"));
        }
        if it.replica_identity {
            script
                .add(Part::IndexTie, format!("ALTER TABLE ONLY {table} REPLICA IDENTITY USING INDEX {name}"));
        }
        for (column, target) in &it.statistics {
            let index = full(namespace, &it.name);
            script.add(
                Part::IndexTie,
                format!("ALTER INDEX {index} ALTER COLUMN {column} SET STATISTICS {target}"),
            );
        }
    }
}

/// Triggers and rules of a table or view.
pub fn triggers(script: &mut Script, table: &str, triggers: &[TriggerFacts], rules: &[TriggerFacts]) {
    for (part, kind, list) in [(Part::Rule, "RULE", rules), (Part::Trigger, "TRIGGER", triggers)] {
        for it in list {
            let name = ident(&it.name);
            script.add(part, it.definition.as_str());
            let change = match it.enabled.as_str() {
                "D" => Some("DISABLE"),
                "R" => Some("ENABLE REPLICA"),
                "A" => Some("ENABLE ALWAYS"),
                _ => None,
            };
            if let Some(change) = change {
                script.add(part, format!("ALTER TABLE {table} {change} {kind} {name}"));
            }
            script.comment(&format!("{kind} {name} ON {table}"), it.comment.as_deref());
        }
    }
}

/// Comments of columns.
pub fn column_comments(script: &mut Script, table: &str, columns: &[ColumnFacts]) {
    for column in columns {
        script.comment(&format!("COLUMN {table}.{}", ident(&column.name)), column.comment.as_deref());
    }
}

/// What the query itself wrote as a statement.
pub fn other(script: &mut Script, it: &OtherFacts) {
    let part = match it.kind.as_str() {
        "shell type" => Part::Ground,
        // What one fires that is there.
        "trigger" => Part::Trigger,
        _ if it.what.is_some() => Part::Create,
        _ => Part::Setting,
    };
    script.add(part, it.definition.as_str());
    if let Some(what) = &it.what {
        script.comment(what, it.comment.as_deref());
        script.owner(what, it.owner.as_deref());
    }
}
