//! The queries of views, compared with the tables that they read in view: `SELECT *` is kept by PostgreSQL as the columns
//! that it stood for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::words::{Words, is_same_path};
use crate::design::{ArgumentMode, CompositeType, Design, Function, Id, Record, Table, View, ViewId};
use crate::pg::{Query, Relations, canonical_result, queries_alike};

/// Gives the views of `new` the spelling of those of `old` that say the same; `after` is the design that `new` is of, under
/// whatever identities.
pub fn adopt(old: &Design, after: &Design, new: &mut BTreeMap<Id, Record>) {
    let replaced = replacements(old, new);
    let mut known: Option<(Known<'_>, Known<'_>)> = None;
    for (id, record) in new {
        let Record::View(new) = record else { continue };
        let Some(old_view) = old.view(ViewId(id.0)) else { continue };
        if old_view.query == new.query && old_view.columns == new.columns {
            continue;
        }
        let (before, now) = known.get_or_insert_with(|| (Known::of(old), Known::of(after)));
        let (one, two) = (before.query(old_view), now.query(new));
        // What is replaced says no more than which columns there are.
        let path = [old.namespace_name(old_view.namespace).to_owned(), old_view.name.clone()];
        let is_replaced = || replaced.iter().any(|it| is_same_path(it, &path)) && one.names() == two.names();
        if queries_alike(one, two) || is_replaced() {
            new.query.clone_from(&old_view.query);
            new.columns.clone_from(&old_view.columns);
            new.reads.clone_from(&old_view.reads);
        }
    }
}

/// The names of the columns that a view gives; none where one of them is not known.
pub(crate) fn columns_of_view(design: &Design, view: &View) -> Option<Vec<String>> {
    Known::of(design).query(view).names()
}

/// `CREATE VIEW` that is kept as written, since the view reads itself once its query is replaced.
struct Replacement<'a> {
    view: Vec<String>,
    query: &'a str,
    /// What stands between the name and the query, by name; an option without a value is on.
    options: Vec<(String, String)>,
}

impl<'a> Replacement<'a> {
    fn of(sql: &'a str) -> Option<Self> {
        let mut words = Words::of(sql);
        let is_one =
            words.take_all(&["create", "view"]) || words.take_all(&["create", "or", "replace", "view"]);
        let view = is_one.then(|| words.path()).flatten()?;
        let mut options = Vec::new();
        while !words.take("as") {
            let said = words.bracketed().or_else(|| words.value())?;
            for option in said.trim_matches(['(', ')']).split(',') {
                let (name, value) = option.split_once('=').unwrap_or((option, "true"));
                options.push((name.trim().to_lowercase(), value.trim().trim_matches('\'').to_lowercase()));
            }
        }
        options.sort();
        Some(Self { view, query: words.rest()?, options })
    }
}

/// Whether two statements make the same view.
pub fn replacements_alike(old: &Design, one: &str, new: &Design, two: &str) -> bool {
    let (Some(one), Some(two)) = (Replacement::of(one), Replacement::of(two)) else { return false };
    let known = (Known::of(old), Known::of(new));
    is_same_path(&one.view, &two.view)
        && one.options == two.options
        && queries_alike(
            Query { text: one.query, columns: &[], relations: &known.0 },
            Query { text: two.query, columns: &[], relations: &known.1 },
        )
}

/// The views that both designs replace, by their names; the new statements are spelled as the old ones.
fn replacements(old: &Design, new: &mut BTreeMap<Id, Record>) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for before in old.verbatims() {
        let Some(replacement) = Replacement::of(&before.sql) else { continue };
        if let Some(Record::Verbatim(it)) = new.get_mut(&before.id.into()) {
            it.sql.clone_from(&before.sql);
            found.push(replacement.view);
        }
    }
    found
}

enum Relation<'a> {
    Table(&'a Table),
    View(&'a View),
    Function(&'a Function),
    Type(&'a CompositeType),
}

/// The relations, functions and composite types of a design by name.
struct Known<'a> {
    /// Each with its SQL schema.
    by_name: BTreeMap<&'a str, Vec<(&'a str, Relation<'a>)>>,
    /// What views give; none while it is worked out, and where it cannot be told.
    views: RefCell<BTreeMap<ViewId, Option<Vec<String>>>>,
}

impl<'a> Known<'a> {
    fn of(design: &'a Design) -> Self {
        let mut by_name: BTreeMap<&str, Vec<(&str, Relation<'_>)>> = BTreeMap::new();
        let mut add = |name: &'a str, namespace, it| {
            by_name.entry(name).or_default().push((design.namespace_name(namespace), it));
        };
        design.tables().for_each(|it| add(&it.name, it.namespace, Relation::Table(it)));
        design.views().for_each(|it| add(&it.name, it.namespace, Relation::View(it)));
        design.functions().for_each(|it| add(&it.name, it.namespace, Relation::Function(it)));
        design.composites().for_each(|it| add(&it.name, it.namespace, Relation::Type(it)));
        Self { by_name, views: RefCell::default() }
    }

    fn query<'b>(&'b self, view: &'b View) -> Query<'b> {
        Query { text: &view.query, columns: &view.columns, relations: self }
    }

    /// What a name means: what has the SQL schema that it names; without one what is in `public`, or alone has the name.
    fn find(&self, path: &[String], wanted: impl Fn(&Relation<'_>) -> bool) -> Option<&Relation<'a>> {
        let (namespace, name) = match path {
            [name] => (None, name),
            [.., namespace, name] => (Some(namespace.as_str()), name),
            [] => return None,
        };
        let found: Vec<_> = self.by_name.get(name.as_str())?.iter().filter(|it| wanted(&it.1)).collect();
        let within = namespace.unwrap_or("public");
        match (found.iter().find(|it| it.0 == within), found.as_slice()) {
            (Some(it), _) => Some(&it.1),
            (None, [one]) if namespace.is_none() => Some(&one.1),
            _ => None,
        }
    }
}

impl Relations for Known<'_> {
    fn columns(&self, path: &[String]) -> Option<Vec<String>> {
        match self.find(path, |it| !matches!(it, Relation::Function(_)))? {
            Relation::Table(table) => Some(table.columns.iter().map(|it| it.name.clone()).collect()),
            Relation::View(view) => {
                if let Some(known) = self.views.borrow().get(&view.id) {
                    return known.clone();
                }
                self.views.borrow_mut().insert(view.id, None);
                let names = self.query(view).names();
                self.views.borrow_mut().insert(view.id, names.clone());
                names
            }
            Relation::Type(it) => Some(it.attributes.iter().map(|it| it.name.clone()).collect()),
            Relation::Function(_) => None,
        }
    }

    fn result(&self, path: &[String]) -> Option<Vec<String>> {
        let Relation::Function(function) = self.find(path, |it| matches!(it, Relation::Function(_)))? else {
            return None;
        };
        let goes_out = |it: ArgumentMode| matches!(it, ArgumentMode::Out | ArgumentMode::InOut);
        let out = function.arguments.iter().filter(|it| goes_out(it.mode));
        let out: Option<Vec<String>> = out.map(|it| it.name.clone()).collect();
        if let Some(out) = out.filter(|it| !it.is_empty()) {
            return Some(out);
        }
        let returns = canonical_result(function.returns.as_deref()?);
        let given = returns.strip_prefix("SETOF ").unwrap_or(&returns);
        let path: Vec<String> = given.split('.').map(|it| it.trim_matches('"').to_owned()).collect();
        // One value has the function's own name.
        let one = || crate::pg::Builtin::from_name(given).map(|_| vec![function.name.clone()]);
        self.columns(&path).or_else(one)
    }
}
