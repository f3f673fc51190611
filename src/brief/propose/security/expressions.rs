//! Conditions of the text as expressions of policies.

use std::collections::{BTreeMap, BTreeSet};

use super::column;
use crate::base::{snake_case, without_end};
use crate::brief::lexicon::lexicon;
use crate::brief::reading::{Condition, Reading, Relationship};
use crate::design::convention::{key_type, user_table, values_of};
use crate::design::naming::{fitted, identifier, in_expression, text_in_expression};
use crate::design::{Design, ForeignKey, Table, TableId};
use crate::pg::Builtin;

/// The function that tells the key of whoever is signed in.
pub const USER: &str = "app_user_id";
/// The function that tells the role of whoever is signed in.
pub const ROLE: &str = "app_role";
/// The functions that tell what whoever is signed in belongs to.
pub const MEMBER: &str = "app_{}_ids";

/// How far a row may be from the one that tells whose it is.
const FAR: usize = 4;
/// References that make a row somebody's, the likeliest first.
const OWNING: &[&str] =
    &["owner", "creator", "author", "created_by", "requester", "customer", "uploader", "user", "assignee"];

pub struct Expressions<'a> {
    design: &'a Design,
    tables: &'a BTreeMap<String, TableId>,
    users: Option<TableId>,
    /// From and to: ties that the text does not tell.
    assumed: BTreeSet<(TableId, TableId)>,
    /// The type of the keys of people.
    key: Option<&'static str>,
    asks_user: bool,
    asks_role: bool,
    /// By container: what gives its keys, and the table that this reads.
    memberships: BTreeMap<String, (String, TableId)>,
}

fn key_of(table: &Table) -> Option<&'static str> {
    Some(match key_type(table)?.as_builtin()? {
        Builtin::Uuid => "uuid",
        Builtin::BigInt => "bigint",
        Builtin::Integer => "integer",
        Builtin::Text => "text",
        _ => return None,
    })
}

fn key_name(table: &Table) -> Option<&str> {
    let [key] = table.primary_key.as_ref()?.columns.as_slice() else { return None };
    table.column(*key).map(|it| it.name.as_str())
}

fn own_column<'t>(table: &'t Table, fk: &ForeignKey) -> Option<&'t str> {
    let [only] = fk.columns.as_slice() else { return None };
    table.column(*only).map(|it| it.name.as_str())
}

impl<'a> Expressions<'a> {
    pub fn new(design: &'a Design, tables: &'a BTreeMap<String, TableId>, reading: &Reading) -> Self {
        let users = user_table(design.tables()).map(|it| it.id);
        let people = reading.access.iter().filter_map(|it| tables.get(it.role.as_deref()?)).copied();
        let key = users.into_iter().chain(people).find_map(|it| key_of(design.table(it)?));
        let ends = |it: &Relationship| Some((*tables.get(&it.from)?, *tables.get(&it.to)?));
        let all = |assumed: bool| {
            let all = reading.relationships.iter().filter(move |it| it.assumed == assumed);
            all.filter_map(ends).collect::<BTreeSet<_>>()
        };
        let assumed = &all(true) - &all(false);
        let (asks_user, asks_role, memberships) = (false, false, BTreeMap::new());
        Self { design, tables, users, assumed, key, asks_user, asks_role, memberships }
    }

    pub fn key_type(&self) -> String {
        self.key.unwrap_or("uuid").to_owned()
    }

    pub fn asks_user(&self) -> bool {
        self.asks_user || !self.memberships.is_empty()
    }

    pub fn asks_role(&self) -> bool {
        self.asks_role
    }

    pub fn memberships(&self) -> &BTreeMap<String, (String, TableId)> {
        &self.memberships
    }

    /// The role and all conditions; none where one of them cannot be said.
    pub fn all(&mut self, table: &Table, role: Option<&str>, only: &[Condition]) -> Option<String> {
        let mut out = Vec::new();
        if let Some(role) = role {
            self.asks_role = true;
            out.push(format!("(SELECT {ROLE}()) = {}", text_in_expression(role)));
        }
        for condition in only {
            out.push(self.one(table, "", role, condition, 0)?);
        }
        Some(if out.is_empty() { "true".to_owned() } else { out.join(" AND ") })
    }

    /// What rows must be before and after they take a value.
    pub fn becoming(
        &mut self,
        table: &Table,
        role: Option<&str>,
        only: &[Condition],
        becomes: &Condition,
    ) -> Option<(String, String)> {
        let mut before = only.to_vec();
        before.push(Condition::Not(Box::new(becomes.clone())));
        let stays = |it: &&Condition| !matches!(it, Condition::Not(_) | Condition::Is { .. });
        let mut after: Vec<Condition> = only.iter().filter(stays).cloned().collect();
        after.push(becomes.clone());
        Some((self.all(table, role, &before)?, self.all(table, role, &after)?))
    }

    /// That a row belongs to one of the containers of whoever is signed in.
    pub fn inside(&mut self, table: &Table, container: &str) -> Option<String> {
        let outer = self.design.table(*self.tables.get(container)?)?;
        if table.id == outer.id {
            return self.member(outer, "", None);
        }
        if let Some(found) = self.under(table, "", None, container, &[Condition::Own(None)], 0) {
            return Some(found);
        }
        // People are in a container by way of what joins the two.
        let users = self.users.filter(|it| *it == table.id)?;
        let (junction, to_outer, to_user) = self.joining(outer.id, users)?;
        let key = in_expression(key_name(table)?);
        self.member(outer, "", None)?;
        let ids = fitted(MEMBER.replace("{}", &outer.name));
        let (outer, user) = (column("j.", &to_outer), column("j.", &to_user));
        let junction = in_expression(&junction.name).into_owned();
        Some(format!(
            "{key} IN (SELECT {user} FROM {junction} j WHERE {outer} IN (SELECT {}()))",
            in_expression(&ids)
        ))
    }

    fn one(
        &mut self,
        table: &Table,
        alias: &str,
        role: Option<&str>,
        condition: &Condition,
        depth: usize,
    ) -> Option<String> {
        match condition {
            Condition::Own(by) => self.own(table, alias, role, by.as_deref(), depth),
            Condition::Is { attribute, values } => self.is(table, alias, attribute, values),
            Condition::Under { entity, only } => self.under(table, alias, role, entity, only, depth),
            Condition::SignedIn => {
                self.asks_user = true;
                Some(format!("(SELECT {USER}()) IS NOT NULL"))
            }
            Condition::Not(inner) => Some(format!("NOT ({})", self.one(table, alias, role, inner, depth)?)),
            Condition::All(all) => {
                let all: Option<Vec<String>> =
                    all.iter().map(|it| self.one(table, alias, role, it, depth)).collect();
                Some(all?.join(" AND "))
            }
        }
    }

    fn is(&self, table: &Table, alias: &str, attribute: &str, values: &[String]) -> Option<String> {
        let found = table.column_named(&identifier(attribute))?;
        let name = column(alias, &found.name);
        if values.is_empty() {
            return Some(format!("{name} IS NOT NULL"));
        }
        if found.data_type.as_builtin() == Some(Builtin::Boolean) {
            return Some(name);
        }
        let known = values_of(self.design, table, found)?;
        let label = |it: &String| {
            let label = fitted(snake_case(it));
            known.contains(&label).then(|| text_in_expression(&label))
        };
        let labels: Option<Vec<String>> = values.iter().map(label).collect();
        Some(match labels?.as_slice() {
            [only] => format!("{name} = {only}"),
            more => format!("{name} IN ({})", more.join(", ")),
        })
    }

    /// The tables that whoever has the role may be a row of.
    fn people(&self, role: Option<&str>) -> Vec<TableId> {
        let of_role = role.and_then(|it| self.tables.get(it)).copied();
        let mut all: Vec<TableId> = of_role.into_iter().chain(self.users).collect();
        all.dedup();
        all.retain(|it| self.design.table(*it).and_then(key_of) == self.key);
        all
    }

    /// That a row belongs to whoever is signed in. Where its own references to people are only assumed, what it hangs under and
    /// the text tells to be somebody's comes first.
    fn own(
        &mut self,
        table: &Table,
        alias: &str,
        role: Option<&str>,
        by: Option<&str>,
        depth: usize,
    ) -> Option<String> {
        let people = self.people(role);
        let mut to_people = table.foreign_keys.iter().filter(|it| people.contains(&it.references)).peekable();
        let is_assumed = |it: &ForeignKey| self.assumed.contains(&(table.id, it.references));
        let is_told = to_people.peek().is_none() || !to_people.all(is_assumed);
        let told = if is_told { None } else { self.owned(table, alias, (role, by), depth, false) };
        told.or_else(|| self.owned(table, alias, (role, by), depth, true))
    }

    fn owned(
        &mut self,
        table: &Table,
        alias: &str,
        (role, by): (Option<&str>, Option<&str>),
        depth: usize,
        with_assumed: bool,
    ) -> Option<String> {
        if depth > FAR {
            return None;
        }
        let counts = |assumed: &BTreeSet<(TableId, TableId)>, it: &&ForeignKey| {
            with_assumed || !assumed.contains(&(table.id, it.references))
        };
        let people = self.people(role);
        for person in &people {
            if table.id == *person {
                self.asks_user = true;
                return Some(format!("{} = (SELECT {USER}())", column(alias, key_name(table)?)));
            }
            let to_person = table.foreign_keys.iter().filter(|it| it.references == *person);
            let to_person = to_person.filter(|it| counts(&self.assumed, it));
            let mut found: Vec<&str> = to_person.filter_map(|it| own_column(table, it)).collect();
            let rank = |it: &&str| {
                let stem = without_end(it, "_id");
                let wanted =
                    [by, role].into_iter().flatten().position(|name| stem == name || stem.ends_with(name));
                wanted
                    .or_else(|| OWNING.iter().position(|name| stem == *name).map(|it| it + 2))
                    .unwrap_or(usize::MAX)
            };
            found.sort_by_key(rank);
            if let Some(name) = found.first() {
                self.asks_user = true;
                return Some(format!("{} = (SELECT {USER}())", column(alias, name)));
            }
        }
        if with_assumed && let Some(found) = self.member(table, alias, role) {
            return Some(found);
        }
        // What a row hangs under tells whose it is; what it cannot be without first.
        let parents = table.foreign_keys.iter().filter(|it| it.references != table.id);
        let mut parents: Vec<&ForeignKey> = parents.filter(|it| counts(&self.assumed, it)).collect();
        let optional = |fk: &ForeignKey| {
            fk.columns.first().and_then(|it| table.column(*it)).is_none_or(|it| it.nullable)
        };
        parents.sort_by_key(|it| optional(it));
        parents.into_iter().find_map(|fk| {
            self.through(
                table,
                alias,
                fk,
                |it, parent, alias| it.owned(parent, alias, (role, None), depth + 1, with_assumed),
                depth,
            )
        })
    }

    /// Rows whose referenced row fulfils something.
    fn through(
        &mut self,
        table: &Table,
        alias: &str,
        fk: &ForeignKey,
        says: impl FnOnce(&mut Self, &Table, &str) -> Option<String>,
        depth: usize,
    ) -> Option<String> {
        let parent = self.design.table(fk.references)?;
        let name = column(alias, own_column(table, fk)?);
        let key = key_name(parent)?;
        let inner = format!("{}.", level(depth));
        let said = says(self, parent, &inner)?;
        let (from, key) = (in_expression(&parent.name).into_owned(), column(&inner, key));
        // Membership is told by a function: no need to look at the row for its key alone.
        if let Some(ids) = said.strip_prefix(&format!("{key} IN "))
            && !ids.contains(" AND ")
            && ids.starts_with("(SELECT app_")
        {
            return Some(format!("{name} IN {ids}"));
        }
        Some(format!("{name} IN (SELECT {key} FROM {from} {} WHERE {said})", level(depth)))
    }

    fn under(
        &mut self,
        table: &Table,
        alias: &str,
        role: Option<&str>,
        entity: &str,
        only: &[Condition],
        depth: usize,
    ) -> Option<String> {
        let outer = *self.tables.get(entity)?;
        if table.id == outer {
            let all: Option<Vec<String>> =
                only.iter().map(|it| self.one(table, alias, role, it, depth)).collect();
            return all.filter(|it| !it.is_empty()).map(|it| it.join(" AND "));
        }
        if depth > FAR {
            return None;
        }
        let mut parents: Vec<&ForeignKey> =
            table.foreign_keys.iter().filter(|it| it.references != table.id).collect();
        parents.sort_by_key(|it| it.references != outer);
        parents.into_iter().find_map(|fk| {
            self.through(
                table,
                alias,
                fk,
                |it, parent, alias| it.under(parent, alias, role, entity, only, depth + 1),
                depth,
            )
        })
    }

    /// That whoever is signed in belongs to the row, where people belong to such rows.
    fn member(&mut self, table: &Table, alias: &str, role: Option<&str>) -> Option<String> {
        let key = column(alias, key_name(table)?);
        let ids = fitted(MEMBER.replace("{}", &table.name));
        let call = format!("{key} IN (SELECT {}())", in_expression(&ids));
        if self.memberships.contains_key(&table.name) {
            return Some(call);
        }
        let holds = lexicon().containers.contains(crate::base::singular(&table.name).as_str());
        for person in self.people(role) {
            let users = self.design.table(person)?;
            let direct = users.foreign_keys.iter().find(|it| it.references == table.id && holds);
            let found = match direct {
                Some(fk) => {
                    let (to, key) = (own_column(users, fk)?, key_name(users)?);
                    (users, to.to_owned(), key.to_owned())
                }
                None => match self.joining(table.id, person) {
                    Some(found) => found,
                    None => continue,
                },
            };
            let (from, to, by) = found;
            let from_name = in_expression(&from.name);
            let body = format!(
                "SELECT {} FROM {from_name} WHERE {} = {USER}()",
                in_expression(&to),
                in_expression(&by)
            );
            self.memberships.insert(table.name.clone(), (body, from.id));
            return Some(call);
        }
        None
    }

    /// The junction of two tables, with its references to the one and to the other.
    fn joining(&self, one: TableId, other: TableId) -> Option<(&'a Table, String, String)> {
        self.design.tables().find_map(|it| {
            let to = |id: TableId| {
                it.foreign_keys.iter().find(|fk| fk.references == id).and_then(|fk| own_column(it, fk))
            };
            let (first, second) = (to(one)?, to(other)?);
            let pair = |columns: &[crate::design::ColumnId]| columns.len() == 2;
            let is_junction = it.kind == crate::design::TableKind::Junction
                && it.uniques.iter().any(|it| pair(&it.columns));
            is_junction.then(|| (it, first.to_owned(), second.to_owned()))
        })
    }
}

/// Alias of the table so many levels in.
fn level(depth: usize) -> &'static str {
    ["a", "b", "c", "d", "e", "f"].get(depth).copied().unwrap_or("g")
}
