//! Two records that are compared by name come from two texts, or from a text and a live database: what differs in spelling
//! alone, or goes without saying on one side, is no difference. The new record takes it over from the old one.

use super::{by_name, statements};
use crate::design::{
    ArgumentMode, BaseType, Column, ColumnId, ColumnValue, DataType, Extension, Function, Id, Index,
    IndexElement, IndexKey, Record, SqlText, Table, Trigger, TriggerFunction, View,
};
use crate::pg::{Builtin, alike, argument_type, bounds_alike, canonical_result};

/// Gives `new` the spelling of `old` wherever both say the same.
pub fn adopt(old: &Record, new: &mut Record) {
    match (old, new) {
        (Record::Table(old), Record::Table(new)) => table(old, new),
        (Record::View(old), Record::View(new)) => view(old, new),
        (Record::Function(old), Record::Function(new)) => function(old, new),
        (Record::Extension(old), Record::Extension(new)) => extension(old, new),
        (Record::Domain(old), Record::Domain(new)) => {
            data_type(&old.data_type, &mut new.data_type);
            option(old.default.as_ref(), &mut new.default);
            option(old.collation.as_ref(), &mut new.collation);
            paired(
                &old.checks,
                &mut new.checks,
                |it| it.id,
                |old, new| text(&old.expression, &mut new.expression),
            );
        }
        (Record::CompositeType(old), Record::CompositeType(new)) => {
            for (old, new) in old.attributes.iter().zip(&mut new.attributes) {
                data_type(&old.data_type, &mut new.data_type);
                option(old.collation.as_ref(), &mut new.collation);
            }
        }
        (Record::RangeType(old), Record::RangeType(new)) => {
            let name = multirange_name(&new.name);
            let derived = |it: &(String, SqlText)| it.0 == "multirange_type_name" && alike(&it.1, &name);
            let said = old.options.iter().any(|it| it.0 == "multirange_type_name");
            new.options.retain(|it| said || !derived(it));
            if said && !new.options.iter().any(|it| it.0 == "multirange_type_name") {
                let derived = old.options.iter().position(derived);
                if let Some((at, option)) = derived.and_then(|at| Some((at, old.options.get(at)?.clone()))) {
                    new.options.insert(at.min(new.options.len()), option);
                }
            }
            parameters(&old.options, &mut new.options);
        }
        (Record::Sequence(old), Record::Sequence(new)) => {
            option(old.options.name.as_ref(), &mut new.options.name);
        }
        (Record::Verbatim(old), Record::Verbatim(new)) => {
            let [written, found] = [&old.sql, &new.sql].map(|it| statements::shown(it));
            if statements::same(&written, &found) {
                new.sql.clone_from(&old.sql);
            }
            let owner = |sql: &str| sql.split_whitespace().last().map(|it| it.replace('"', ""));
            let owned = (by_name::owned(&old.sql), by_name::owned(&new.sql));
            if owned.0.is_some() && owned.0 == owned.1 && owner(&old.sql) == owner(&new.sql) {
                new.sql.clone_from(&old.sql);
            }
            // Its place among other statements, and what was known when it was read.
            new.position = old.position;
            new.needs.clone_from(&old.needs);
        }
        _ => {}
    }
}

/// What PostgreSQL calls the multirange type beside a range type (manual, `CREATE TYPE`, "Range Types").
fn multirange_name(range: &str) -> String {
    match range.rfind("range") {
        Some(at) => {
            format!("{}multi{}", range.get(..at).unwrap_or_default(), range.get(at..).unwrap_or_default())
        }
        None => format!("{range}_multirange"),
    }
}

fn text(old: &SqlText, new: &mut SqlText) {
    if old != new && alike(old, new) {
        new.clone_from(old);
    }
}

/// The signs of an operator, wherever it is: `OPERATOR(public.=)` is shown of an extension's `=`.
fn sign(operator: &str) -> &str {
    let inner = operator.split_once('(').map_or(operator, |it| it.1.trim_end().trim_end_matches(')'));
    inner.rsplit_once('.').map_or(inner, |it| it.1).trim()
}

fn option(old: Option<&SqlText>, new: &mut Option<SqlText>) {
    if let (Some(old), Some(new)) = (old, new) {
        text(old, new);
    }
}

fn parameters(old: &[(String, String)], new: &mut [(String, String)]) {
    for (name, value) in new.iter_mut() {
        if let Some(known) = old.iter().find(|it| it.0 == *name) {
            text(&known.1, value);
            if known.1.trim_matches('\'') == value.trim_matches('\'') {
                value.clone_from(&known.1);
            }
        }
    }
    // Their order says nothing.
    new.sort_by_key(|it| old.iter().position(|old| old.0 == it.0).unwrap_or(usize::MAX));
}

fn paired<T, I: PartialEq>(old: &[T], new: &mut [T], id: impl Fn(&T) -> I, adopt: impl Fn(&T, &mut T)) {
    for it in new {
        if let Some(old) = old.iter().find(|old| id(old) == id(it)) {
            adopt(old, it);
        }
    }
}

/// Brings what both have into the order of the old ones; what is new alone stays where it is.
fn in_order_of<T: Clone, I: PartialEq>(old: &[T], new: &mut [T], id: impl Fn(&T) -> I) {
    let place = |it: &T| old.iter().position(|old| id(old) == id(it));
    let mut both: Vec<(usize, T)> = new.iter().filter_map(|it| Some((place(it)?, it.clone()))).collect();
    if both.is_sorted_by_key(|it| it.0) {
        return;
    }
    both.sort_by_key(|it| it.0);
    let mut both = both.into_iter();
    for slot in new.iter_mut().filter(|it| place(it).is_some()) {
        if let Some((_, it)) = both.next() {
            *slot = it;
        }
    }
}

fn table(old: &Table, new: &mut Table) {
    paired(&old.columns, &mut new.columns, |it| it.id, column);
    paired(&old.checks, &mut new.checks, |it| it.id, |old, new| text(&old.expression, &mut new.expression));
    if let (Some(old), Some(new)) = (&old.primary_key, &mut new.primary_key) {
        parameters(&old.storage_parameters, &mut new.storage_parameters);
    }
    paired(
        &old.uniques,
        &mut new.uniques,
        |it| it.id,
        |old, new| {
            parameters(&old.storage_parameters, &mut new.storage_parameters);
        },
    );
    paired(
        &old.exclusions,
        &mut new.exclusions,
        |it| it.id,
        |old, new| {
            for (old, new) in old.elements.iter().zip(&mut new.elements) {
                element(&old.0, &mut new.0);
                if sign(&old.1) == sign(&new.1) {
                    new.1.clone_from(&old.1);
                }
            }
            option(old.predicate.as_ref(), &mut new.predicate);
            parameters(&old.storage_parameters, &mut new.storage_parameters);
        },
    );
    paired(&old.indexes, &mut new.indexes, |it| it.id, index);
    paired(&old.triggers, &mut new.triggers, |it| it.id, trigger);
    paired(
        &old.policies,
        &mut new.policies,
        |it| it.id,
        |old, new| {
            option(old.using.as_ref(), &mut new.using);
            option(old.with_check.as_ref(), &mut new.with_check);
            let mut sorted = (old.roles.clone(), new.roles.clone());
            sorted.0.sort();
            sorted.1.sort();
            if sorted.0.len() == sorted.1.len() && sorted.0.iter().zip(&sorted.1).all(|it| alike(it.0, it.1))
            {
                new.roles.clone_from(&old.roles);
            }
        },
    );
    // In which order they were made is of no account to PostgreSQL, and it makes indexes anew when a column gets another type.
    in_order_of(&old.uniques, &mut new.uniques, |it| it.id);
    in_order_of(&old.foreign_keys, &mut new.foreign_keys, |it| it.id);
    in_order_of(&old.checks, &mut new.checks, |it| it.id);
    in_order_of(&old.exclusions, &mut new.exclusions, |it| it.id);
    in_order_of(&old.indexes, &mut new.indexes, |it| it.id);
    in_order_of(&old.triggers, &mut new.triggers, |it| it.id);
    in_order_of(&old.policies, &mut new.policies, |it| it.id);
    parameters(&old.storage_parameters, &mut new.storage_parameters);
    if let (Some(old), Some(new)) = (&old.partitioning, &mut new.partitioning) {
        for (old, new) in old.keys.iter().zip(&mut new.keys) {
            text(old, new);
        }
    }
    if let (Some(old), Some(new)) = (&old.partition_of, &mut new.partition_of)
        && bounds_alike(&old.bound, &new.bound)
    {
        new.bound.clone_from(&old.bound);
    }
    // Whether an index is made for the table alone is a matter of writing: in the end every partition has it.
    if new.partitioning.is_some() && old.partitioning.is_some() {
        let known = |it: &Index| old.indexes.iter().find(|old| old.id == it.id);
        for it in &mut new.indexes {
            it.only = known(it).is_some_and(|it| it.only);
        }
    }
    // The keys and indexes of a partition come with those of the table that it is a part of.
    if new.partition_of.is_some() && old.partition_of.is_some() {
        // All columns of a partition are those of the table above, whether it was made as a partition or became one.
        paired(&old.columns, &mut new.columns, |it| it.id, |old, new| new.inherited = old.inherited);
        let known = |id: Id, list: &[Index]| list.iter().any(|it| Id::from(it.id) == id);
        new.indexes.retain(|it| it.attached_to.is_none() || known(it.id.into(), &old.indexes));
        let columns: Vec<ColumnId> = new.columns.iter().map(|it| it.id).collect();
        let fits = |ids: &[ColumnId]| ids.iter().all(|it| columns.contains(it));
        let gone = old.indexes.iter().filter(|it| it.attached_to.is_some() && fits(&indexed(it)));
        let gone: Vec<Index> = gone.filter(|it| !known(it.id.into(), &new.indexes)).cloned().collect();
        new.indexes.extend(gone);
        paired(
            &old.indexes,
            &mut new.indexes,
            |it| it.id,
            |old, new| {
                if old.attached_to.is_none() || new.attached_to.is_none() {
                    new.attached_to = old.attached_to;
                }
            },
        );
        let fits_key = old.primary_key.as_ref().is_none_or(|it| fits(&it.columns) && fits(&it.include));
        if old.primary_key.is_none() != new.primary_key.is_none() && fits_key {
            new.primary_key.clone_from(&old.primary_key);
        }
        let fits_all = old.uniques.iter().all(|it| fits(&it.columns) && fits(&it.include));
        if old.uniques.is_empty() != new.uniques.is_empty() && fits_all {
            new.uniques.clone_from(&old.uniques);
        }
    }
}

/// The columns of an index.
fn indexed(it: &Index) -> Vec<ColumnId> {
    let keys = it.elements.iter().filter_map(|it| match it.key {
        IndexKey::Column(id) => Some(id),
        IndexKey::Expression(_) => None,
    });
    keys.chain(it.include.iter().copied()).collect()
}

/// A type that the text does not create may be named with its SQL schema on one side alone, and PostgreSQL does not keep how
/// many dimensions an array was declared with.
fn data_type(old: &DataType, new: &mut DataType) {
    let same_base = match (&old.base, &new.base) {
        (BaseType::Other { namespace: a, name: x }, BaseType::Other { namespace: b, name: y }) => {
            x == y && (a == b || a.is_none() || b.is_none())
        }
        (a, b) => a == b,
    };
    let mut like_old = DataType { base: old.base.clone(), dimensions: old.dimensions, ..new.clone() };
    if modifiers(old) == modifiers(new) {
        like_old.modifiers.clone_from(&old.modifiers);
    }
    if same_base && old.dimensions.min(1) == new.dimensions.min(1) && like_old == *old {
        *new = like_old;
    }
}

/// What a type's modifiers come to: `character` is `character(1)`, `numeric(10)` is `numeric(10,0)` (manual, "Data Types"), and
/// PostGIS reads the names of shapes without regard to case.
fn modifiers(it: &DataType) -> Vec<String> {
    let said: Vec<&str> = it.modifiers.iter().map(|it| it.trim()).collect();
    let all = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    match (&it.base, said.as_slice()) {
        (BaseType::Builtin(Builtin::Character | Builtin::Bit), []) => all(&["1"]),
        (BaseType::Builtin(Builtin::Numeric), [precision]) => all(&[precision, "0"]),
        (BaseType::Other { name, .. }, _) if matches!(&**name, "geometry" | "geography") => {
            said.iter().map(|it| it.to_lowercase()).collect()
        }
        _ => all(&said),
    }
}

fn column(old: &Column, new: &mut Column) {
    data_type(&old.data_type, &mut new.data_type);
    option(old.collation.as_ref(), &mut new.collation);
    not_null(old, new);
    // Of another type `'{}'` is another value, whatever cast goes without saying.
    if old.data_type.base != new.data_type.base {
        return;
    }
    match (&old.value, &mut new.value) {
        (ColumnValue::Default(old), ColumnValue::Default(new))
        | (ColumnValue::Generated { expression: old, .. }, ColumnValue::Generated { expression: new, .. }) => {
            text(old, new);
        }
        (ColumnValue::Identity { options: old, .. }, ColumnValue::Identity { options: new, .. }) => {
            option(old.name.as_ref(), &mut new.name);
        }
        // `DEFAULT NULL` is none, unless it is cast to a length (`AddRelationNewConstraints` in `heap.c`).
        (ColumnValue::Given, value @ ColumnValue::Default(_))
            if is_null(value) && new.data_type.modifiers.is_empty() =>
        {
            *value = ColumnValue::Given;
        }
        (value, given @ ColumnValue::Given) if is_null(value) && old.data_type.modifiers.is_empty() => {
            *given = value.clone();
        }
        _ => {}
    }
}

/// The name of a `NOT NULL` is kept since PostgreSQL 18 alone: where one side has none, it is not told. Names that PostgreSQL makes
/// differ by what else there was when it made them.
fn not_null(old: &Column, new: &mut Column) {
    let said = |it: &Column| it.not_null.as_deref().cloned().unwrap_or_default();
    let (one, mut two) = (said(old), said(new));
    let are_made = one.has_made_name() && two.has_made_name();
    if old.nullable || new.nullable || one.name.is_some() == two.name.is_some() && !are_made {
        return;
    }
    two.name.clone_from(&one.name);
    if one == two {
        new.not_null.clone_from(&old.not_null);
    }
}

fn is_null(value: &ColumnValue) -> bool {
    value.default_expression().is_some_and(|it| alike(it, "NULL"))
}

fn element(old: &IndexElement, new: &mut IndexElement) {
    if let (IndexKey::Expression(old), IndexKey::Expression(new)) = (&old.key, &mut new.key) {
        text(old, new);
    }
    option(old.collation.as_ref(), &mut new.collation);
    match (&old.operator_class, &mut new.operator_class) {
        (Some(said), given @ None) if is_usual(said) => *given = Some(said.clone()),
        (None, said) if said.as_deref().is_some_and(is_usual) => *said = None,
        (old, new) => option(old.as_ref(), new),
    }
}

/// Whether an operator class is the one that a column of its type has anyway, in every method that knows it.
///
/// Source: PostgreSQL 18, `src/include/catalog/pg_opclass.dat`, the classes with `opcdefault` of types that are not coerced.
fn is_usual(class: &str) -> bool {
    const USUAL: [&str; 17] = [
        "array_ops",
        "jsonb_ops",
        "tsvector_ops",
        "text_ops",
        "int2_ops",
        "int4_ops",
        "int8_ops",
        "uuid_ops",
        "bool_ops",
        "date_ops",
        "timestamp_ops",
        "timestamptz_ops",
        "numeric_ops",
        "float4_ops",
        "float8_ops",
        "range_ops",
        "bytea_ops",
    ];
    USUAL.contains(&class.strip_prefix("pg_catalog.").unwrap_or(class))
}

fn index(old: &Index, new: &mut Index) {
    for (old, new) in old.elements.iter().zip(&mut new.elements) {
        element(old, new);
    }
    option(old.predicate.as_ref(), &mut new.predicate);
    parameters(&old.storage_parameters, &mut new.storage_parameters);
}

fn trigger(old: &Trigger, new: &mut Trigger) {
    option(old.condition.as_ref(), &mut new.condition);
    option(old.from_table.as_ref(), &mut new.from_table);
    for (old, new) in old.arguments.iter().zip(&mut new.arguments) {
        text(old, new);
    }
    if let (TriggerFunction::Other(old), TriggerFunction::Other(new)) = (&old.function, &mut new.function) {
        text(old, new);
    }
    // Their order says nothing.
    let sorted = |it: &Trigger| {
        let mut events = it.events.clone();
        events.sort_unstable();
        events
    };
    if sorted(old) == sorted(new) {
        new.events.clone_from(&old.events);
    }
}

fn view(old: &View, new: &mut View) {
    text(&old.query, &mut new.query);
    parameters(&old.options, &mut new.options);
    parameters(&old.column_defaults, &mut new.column_defaults);
    if old.query == new.query {
        new.reads.clone_from(&old.reads);
    }
    paired(&old.indexes, &mut new.indexes, |it| it.id, index);
    paired(&old.triggers, &mut new.triggers, |it| it.id, trigger);
}

fn function(old: &Function, new: &mut Function) {
    // The two were told to be the same by the types of what they take.
    for (old, new) in old.arguments.iter().zip(&mut new.arguments) {
        let is_taken = old.mode != ArgumentMode::Out && new.mode != ArgumentMode::Out;
        if is_taken || alike(&argument_type(&old.data_type), &argument_type(&new.data_type)) {
            new.data_type.clone_from(&old.data_type);
        }
        option(old.default.as_ref(), &mut new.default);
    }
    // Under which search path a script made it is not kept by PostgreSQL.
    if old.search_path.is_empty() || new.search_path.is_empty() {
        new.search_path.clone_from(&old.search_path);
    }
    // Without `RETURNS`, the arguments that go out say what comes back.
    let goes_out =
        |it: &crate::design::FunctionArgument| matches!(it.mode, ArgumentMode::Out | ArgumentMode::InOut);
    if old.returns.is_none() != new.returns.is_none() && old.arguments.iter().any(goes_out) {
        new.returns.clone_from(&old.returns);
    }
    if let (Some(old), Some(new)) = (&old.returns, &mut new.returns)
        && alike(&canonical_result(old), &canonical_result(new))
    {
        new.clone_from(old);
    }
    let said = |it: &Function| -> Vec<SqlText> {
        it.attributes.iter().filter(|attribute| !is_usual_cost(attribute, &it.language)).cloned().collect()
    };
    let (mut one, mut two) = (said(old), said(new));
    // Their order says nothing but among settings, which tell themselves apart by their names.
    one.sort_by_key(|it| setting(it));
    two.sort_by_key(|it| setting(it));
    if one.len() == two.len() && one.iter().zip(&two).all(|(a, b)| alike(&setting(a), &setting(b))) {
        new.attributes.clone_from(&old.attributes);
    }
    if let (crate::design::FunctionBody::Sql(old), crate::design::FunctionBody::Sql(new)) =
        (&old.body, &mut new.body)
    {
        text(old, new);
        // `RETURN` takes an expression, which PostgreSQL shows between parentheses.
        if let (Some(one), Some(two)) = (returned(old), returned(new))
            && alike(one, two)
        {
            new.clone_from(old);
        }
    }
    if old.body == new.body {
        new.reads.clone_from(&old.reads);
    }
}

/// What a body of one `RETURN` gives back.
fn returned(body: &str) -> Option<&str> {
    let (word, expression) = body.trim().split_once(char::is_whitespace)?;
    word.eq_ignore_ascii_case("return").then(|| expression.trim_end_matches(';'))
}

/// Whether an attribute says what goes without saying (manual, `CREATE FUNCTION`, `COST` and `ROWS`).
fn is_usual_cost(attribute: &str, language: &str) -> bool {
    let is_compiled = matches!(language.to_ascii_lowercase().as_str(), "c" | "internal");
    let usual = if is_compiled { "COST 1" } else { "COST 100" };
    attribute == usual || attribute == "ROWS 1000"
}

/// `SET search_path = a, public` as PostgreSQL shows it: `SET search_path TO 'a', 'public'`. Other attributes as they are.
fn setting(attribute: &str) -> String {
    let mut words = attribute.splitn(2, char::is_whitespace);
    if !words.next().is_some_and(|it| it.eq_ignore_ascii_case("set")) {
        return attribute.to_owned();
    }
    let rest = words.next().unwrap_or_default();
    let at = rest.find('=').or_else(|| rest.to_lowercase().find(" to ")).unwrap_or(rest.len());
    let (name, values) = rest.split_at_checked(at).unwrap_or((rest, ""));
    let values = values.trim_start_matches('=').trim_start();
    let values = match values.get(..3) {
        Some(to) if to.eq_ignore_ascii_case("to ") => values.get(3..).unwrap_or_default(),
        _ => values,
    };
    let bare = |it: &str| it.trim().trim_matches(|it| it == '\'' || it == '"').to_owned();
    let values: Vec<String> = values.split(',').map(bare).collect();
    format!("{} {}", bare(name).to_lowercase(), values.join(" , "))
}

/// Where an extension was installed and what it says of itself come with it, where one side does not say.
fn extension(old: &Extension, new: &mut Extension) {
    if old.namespace.is_none() || new.namespace.is_none() {
        new.namespace.clone_from(&old.namespace);
    }
    if old.comment.is_none() || new.comment.is_none() {
        new.comment.clone_from(&old.comment);
    }
    if old.version.is_none() || new.version.is_none() {
        new.version.clone_from(&old.version);
    }
    new.cascade = old.cascade;
}
