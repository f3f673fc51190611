//! Statements of tables.

use super::facts::{ColumnFacts, ConstraintFacts, PolicyFacts, TableFacts};
use super::objects::{column_comments, indexes, sequence_options, triggers};
use super::script::{Part, Script, full, options};
use crate::pg::object_name;
use crate::sql::{ident, literal};

/// A table with all that belongs to it.
pub fn table(script: &mut Script, it: &TableFacts) {
    let name = full(&it.object.namespace, &it.object.name);
    script.add(Part::Create, create(&name, it));
    let kind = if it.foreign.is_some() { "FOREIGN TABLE" } else { "TABLE" };
    if let (Some(bound), Some(parent)) = (&it.partition_bound, it.parents.first()) {
        let parent = full(&parent.namespace, &parent.name);
        script.add(Part::Tie, format!("ALTER TABLE ONLY {parent} ATTACH PARTITION {name} {bound}"));
    }
    if it.partition_bound.is_none() && !inherits_at_once(it) {
        for parent in &it.parents {
            let parent = full(&parent.namespace, &parent.name);
            script.add(Part::Tie, format!("ALTER TABLE {name} INHERIT {parent}"));
        }
    }
    for column in &it.columns {
        settings(script, kind, &name, it, column);
        let derived = || object_name(&it.object.name, Some(&column.name), "not_null");
        let constraint = column.not_null_name.clone().unwrap_or_else(derived);
        script.comment(
            &format!("CONSTRAINT {} ON {name}", ident(&constraint)),
            column.not_null_comment.as_deref(),
        );
    }
    for constraint in it.constraints.iter().filter(|it| !it.inherited && !is_within(it)) {
        apart(script, &name, constraint);
    }
    for constraint in &it.constraints {
        script.comment(
            &format!("CONSTRAINT {} ON {name}", ident(&constraint.name)),
            constraint.comment.as_deref(),
        );
    }
    indexes(script, &it.object.namespace, &name, &it.indexes);
    match it.replica_identity.as_deref() {
        Some("full") => script.add(Part::IndexTie, format!("ALTER TABLE ONLY {name} REPLICA IDENTITY FULL")),
        Some("nothing") => {
            script.add(Part::IndexTie, format!("ALTER TABLE ONLY {name} REPLICA IDENTITY NOTHING"));
        }
        _ => {}
    }
    triggers(script, &name, &it.triggers, &it.rules);
    if it.row_security {
        script.add(Part::Policy, format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
    }
    if it.force_row_security {
        script.add(Part::Policy, format!("ALTER TABLE ONLY {name} FORCE ROW LEVEL SECURITY"));
    }
    for policy in &it.policies {
        script.add(Part::Policy, create_policy(&name, policy));
        script.comment(&format!("POLICY {} ON {name}", ident(&policy.name)), policy.comment.as_deref());
    }
    script.common(&format!("{kind} {name}"), &it.object);
    column_comments(script, &name, &it.columns);
}

fn create(name: &str, it: &TableFacts) -> String {
    let is_partition = it.partition_bound.is_some();
    let own = |column: &&ColumnFacts| is_partition || !column.inherited;
    let mut parts: Vec<String> = match it.of_type {
        Some(_) => it.columns.iter().filter_map(typed_column).collect(),
        None => it.columns.iter().filter(own).map(|column| self::column(it, column)).collect(),
    };
    let checks = it.constraints.iter().filter(|it| !it.inherited && is_within(it));
    parts.extend(checks.map(|it| format!("    CONSTRAINT {} {}", ident(&it.name), it.definition)));
    let kind = match (&it.foreign, it.unlogged) {
        (Some(_), _) => "FOREIGN TABLE",
        (None, true) => "UNLOGGED TABLE",
        (None, false) => "TABLE",
    };
    let mut sql = format!("CREATE {kind} {name}");
    if let Some(of_type) = &it.of_type {
        sql += &format!(" OF {of_type}");
    }
    if !parts.is_empty() || it.of_type.is_none() {
        sql += &format!(" (\n{}\n)", parts.join(",\n"));
    }
    if inherits_at_once(it) {
        let parents: Vec<String> = it.parents.iter().map(|it| full(&it.namespace, &it.name)).collect();
        sql += &format!("\nINHERITS ({})", parents.join(", "));
    }
    if let Some(key) = &it.partition_by {
        sql += &format!("\nPARTITION BY {key}");
    }
    if let Some(foreign) = &it.foreign {
        sql += &format!("\nSERVER {}", ident(&foreign.server));
        sql += &foreign_options(foreign.options.as_deref().unwrap_or_default());
    }
    if let Some(method) = &it.access_method {
        sql += &format!("\nUSING {}", ident(method));
    }
    let parameters = [options(&it.options, ""), options(&it.toast_options, "toast.")];
    let parameters: Vec<String> = parameters.into_iter().filter(|it| !it.is_empty()).collect();
    if !parameters.is_empty() {
        sql += &format!("\nWITH ({})", parameters.join(", "));
    }
    if let Some(tablespace) = &it.tablespace {
        sql += &format!("\nTABLESPACE {}", ident(tablespace));
    }
    sql
}

/// What a column of a table `OF` a type says besides the type.
fn typed_column(it: &ColumnFacts) -> Option<String> {
    let default = it.default.as_ref().map(|it| format!(" DEFAULT {it}")).unwrap_or_default();
    let not_null = if it.not_null { " NOT NULL" } else { "" };
    (it.not_null || it.default.is_some())
        .then(|| format!("    {} WITH OPTIONS{default}{not_null}", ident(&it.name)))
}

/// Whether `CREATE TABLE` says what the table inherits from. A table that declares all itself is made so and joined to the
/// others, which keeps the order of its columns.
fn inherits_at_once(it: &TableFacts) -> bool {
    let has_from_above =
        it.columns.iter().any(|it| it.inherited) || it.constraints.iter().any(|it| it.inherited);
    it.partition_bound.is_none() && !it.parents.is_empty() && (has_from_above || it.foreign.is_some())
}

fn column(table: &TableFacts, it: &ColumnFacts) -> String {
    let mut sql = format!("    {} {}", ident(&it.name), it.r#type);
    sql += &foreign_options(&it.foreign_options);
    if let Some(collation) = &it.collation {
        sql += &format!(" COLLATE {collation}");
    }
    if let Some(expression) = &it.generated {
        sql += &format!(" GENERATED ALWAYS AS ({expression})");
        if it.stored {
            sql += " STORED";
        }
    }
    if let Some(default) = &it.default {
        sql += &format!(" DEFAULT {default}");
    } else if inherits_at_once(table) && it.generated.is_none() && it.identity.is_none() {
        // A table above may have one.
        sql += " DEFAULT NULL";
    }
    if it.not_null {
        if let Some(name) = &it.not_null_name {
            sql += &format!(" CONSTRAINT {}", ident(name));
        }
        sql += " NOT NULL";
    }
    sql
}

fn foreign_options(list: &[String]) -> String {
    if list.is_empty() {
        return String::new();
    }
    let option = |it: &String| {
        let (name, value) = it.split_once('=').unwrap_or((it, ""));
        format!("{} {}", ident(name), literal(value))
    };
    format!(" OPTIONS ({})", list.iter().map(option).collect::<Vec<_>>().join(", "))
}

/// What a column says after its table was created.
fn settings(script: &mut Script, kind: &str, table: &str, whole: &TableFacts, it: &ColumnFacts) {
    let name = ident(&it.name);
    let set = |script: &mut Script, what: String| {
        script.add(Part::Setting, format!("ALTER {kind} ONLY {table} ALTER COLUMN {name} {what}"));
    };
    if it.inherited && whole.partition_bound.is_none() {
        // The table above gave it its own default; none here is one that was dropped.
        match (&it.default, &it.generated) {
            (Some(default), _) => set(script, format!("SET DEFAULT {default}")),
            (None, None) => set(script, "DROP DEFAULT".to_owned()),
            (None, Some(_)) => {}
        }
        match &it.not_null_name {
            Some(constraint) if it.not_null => script.add(
                Part::Setting,
                format!("ALTER {kind} ONLY {table} ADD CONSTRAINT {} NOT NULL {name}", ident(constraint)),
            ),
            _ if it.not_null => set(script, "SET NOT NULL".to_owned()),
            _ => {}
        }
    }
    if let (Some(identity), Some(sequence)) = (&it.identity, &it.sequence) {
        let when = if identity == "a" { "ALWAYS" } else { "BY DEFAULT" };
        let sequence_name = full(&sequence.object.namespace, &sequence.object.name);
        let options = sequence_options(sequence);
        script.add(
            Part::Tie,
            format!(
                "ALTER TABLE {table} ALTER COLUMN {name} ADD GENERATED {when} AS IDENTITY \
                 (\n    SEQUENCE NAME {sequence_name}{options}\n)"
            ),
        );
    }
    if let Some(storage) = &it.storage {
        set(script, format!("SET STORAGE {}", storage.to_uppercase()));
    }
    if let Some(method) = &it.compression {
        set(script, format!("SET COMPRESSION {method}"));
    }
    if let Some(target) = it.statistics {
        set(script, format!("SET STATISTICS {target}"));
    }
    if !it.options.is_empty() {
        set(script, format!("SET ({})", options(&it.options, "")));
    }
}

/// Whether a constraint stands in `CREATE TABLE`: a check that holds for all rows.
fn is_within(it: &ConstraintFacts) -> bool {
    it.r#type == "c" && it.valid != Some(false)
}

fn apart(script: &mut Script, table: &str, it: &ConstraintFacts) {
    let part = if it.r#type == "f" { Part::ForeignKey } else { Part::Key };
    let mut definition = it.definition.clone();
    // That of an exclusion constraint has them already.
    if !it.options.is_empty() && it.r#type != "x" {
        definition = with_options(&definition, &options(&it.options, ""));
    }
    // A check that is not valid for all rows holds in the tables below as well.
    let only = if matches!(it.r#type.as_str(), "c" | "n") { "" } else { "ONLY " };
    let name = ident(&it.name);
    script.add(part, format!("ALTER TABLE {only}{table} ADD CONSTRAINT {name} {definition}"));
}

/// The definition of a key with the options of its index, which go before `WHERE` and `DEFERRABLE`.
fn with_options(definition: &str, options: &str) -> String {
    let after = [" WHERE (", " DEFERRABLE", " NOT DEFERRABLE", " INITIALLY"];
    let at = after.iter().filter_map(|it| definition.rfind(it)).min().unwrap_or(definition.len());
    let (before, rest) = definition.split_at_checked(at).unwrap_or((definition, ""));
    format!("{before} WITH ({options}){rest}")
}

fn create_policy(table: &str, it: &PolicyFacts) -> String {
    let mut sql = format!("CREATE POLICY {} ON {table}", ident(&it.name));
    if it.restrictive {
        sql += " AS RESTRICTIVE";
    }
    if let Some(command) = &it.command {
        sql += &format!(" FOR {command}");
    }
    if !it.roles.is_empty() {
        let roles: Vec<String> = it.roles.iter().map(|it| ident(it)).collect();
        sql += &format!(" TO {}", roles.join(", "));
    }
    if let Some(using) = &it.using {
        sql += &format!(" USING ({using})");
    }
    if let Some(check) = &it.with_check {
        sql += &format!(" WITH CHECK ({check})");
    }
    sql
}
