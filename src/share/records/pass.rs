//! One pass over a design's records, in either direction, and what all records are made of.

use std::collections::BTreeMap;

use super::super::LinkError;
use super::super::coder::{Place, Wire};
use super::super::fields as f;
use super::super::names::{self, Parts, Rule};
use super::super::signs::Signs;
use super::super::wire::Values;
use crate::base::Span;
use crate::design::{
    Column, ColumnId, ConventionKind, Design, Id, NamespaceId, Origin, Record, SqlText, TableId,
};

/// How the origins of a document are written.
#[derive(Clone, Debug, PartialEq)]
pub enum Origins {
    /// Everything has this one.
    Same(Origin),
    /// Each is written.
    Each,
}

/// One pass over the records. Writing, `given` is the design and every method gives back what it was given, with
/// identities renumbered in the order of the pass; reading, `given` is empty and the values come from the wire.
pub struct Pass<'a> {
    pub(super) wire: &'a mut dyn Wire,
    pub(super) given: &'a Design,
    /// The new identity of each old one; complete when the records have been passed once before.
    pub renumbered: BTreeMap<Id, Id>,
    pub(super) next: u32,
    pub(super) origins: Origins,
    /// Every origin met so far when all are the same, for a pass that only looks.
    pub seen_origins: Option<Origins>,
    last_start: i64,
    /// The names of the tables, in order.
    pub(super) tables: Vec<String>,
    /// The place of the first table of each name.
    pub(super) table_places: BTreeMap<String, usize>,
    /// The identity of the first table; the others follow.
    pub(super) first_table: TableId,
    /// The columns of each table, once all tables are passed.
    pub(super) columns: Vec<Vec<(ColumnId, String)>>,
    /// The table whose sequence is expected next.
    pub(super) next_owner: i64,
    /// Whether anything can be in an SQL schema other than `public`.
    pub(super) has_namespaces: bool,
}

impl<'a> Pass<'a> {
    /// A pass over `given`.
    pub fn new(
        wire: &'a mut dyn Wire,
        given: &'a Design,
        mut renumbered: BTreeMap<Id, Id>,
        origins: Origins,
    ) -> Self {
        renumbered.extend([Record::TITLE, Record::CONVENTIONS, Record::LOAD].map(|it| (it, it)));
        Self {
            wire,
            given,
            renumbered,
            next: Record::FIRST_FREE,
            origins,
            seen_origins: None,
            last_start: 0,
            tables: Vec::new(),
            table_places: BTreeMap::new(),
            first_table: TableId(0),
            columns: Vec::new(),
            next_owner: 0,
            has_namespaces: false,
        }
    }

    /// The next identity, for what had `old`.
    pub(super) fn id<T: From<Id> + Into<Id>>(&mut self, old: T) -> T {
        let new = Id(self.next);
        self.next += 1;
        self.renumbered.insert(old.into(), new);
        T::from(new)
    }

    /// A reference to anything; zero to nothing that there is.
    pub(super) fn reference<T: From<Id> + Into<Id>>(&mut self, it: T) -> Result<T, LinkError> {
        let new = self.renumbered.get(&it.into()).map_or(0, |it| it.0);
        Ok(T::from(Id(self.wire.number32(f::REFERENCE, new)?)))
    }

    /// References to anything. What is no longer there is left out.
    pub(super) fn references(&mut self, it: &[Id]) -> Result<Vec<Id>, LinkError> {
        let known: Vec<Id> = it.iter().copied().filter(|it| self.renumbered.contains_key(it)).collect();
        self.list(f::REFERENCES, known.iter(), &Id(0), |pass, it| pass.reference(*it))
    }

    /// The SQL schema of an object.
    pub(super) fn namespace_of(&mut self, it: Option<NamespaceId>) -> Result<Option<NamespaceId>, LinkError> {
        let new = it.map_or(0, |it| self.renumbered.get(&it.into()).map_or(0, |it| it.0));
        let new = self.wire.number32(f::NAMESPACE_OF, new)?;
        Ok((new != 0).then_some(NamespaceId(new)))
    }

    /// The SQL schema of an object, if `has` says that it is not `public`.
    pub(super) fn namespace_if(
        &mut self,
        has: bool,
        it: Option<NamespaceId>,
    ) -> Result<Option<NamespaceId>, LinkError> {
        if has { self.namespace_of(it) } else { Ok(None) }
    }

    /// How many there are, then each. `blank` stands in for what is given when there is nothing given.
    pub(super) fn list<'v, T: 'v>(
        &mut self,
        place: Place,
        given: impl ExactSizeIterator<Item = &'v T>,
        blank: &T,
        mut each: impl FnMut(&mut Self, &T) -> Result<T, LinkError>,
    ) -> Result<Vec<T>, LinkError> {
        let count = self.wire.count(place, given.len())?;
        let mut given = given;
        let mut out = Vec::new();
        for _ in 0..count {
            let it = each(self, given.next().unwrap_or(blank))?;
            out.push(it);
        }
        Ok(out)
    }

    /// As many texts as are said to follow.
    pub(super) fn texts(
        &mut self,
        count: Place,
        place: Place,
        it: &[String],
    ) -> Result<Vec<String>, LinkError> {
        self.list(count, it.iter(), &String::new(), |pass, it| pass.wire.text(place, it))
    }

    /// A text, if `has` says that there is one.
    pub(super) fn text_if(
        &mut self,
        has: bool,
        place: Place,
        it: Option<&String>,
    ) -> Result<Option<String>, LinkError> {
        let given = it.map_or("", String::as_str);
        if has { self.wire.text(place, given).map(Some) } else { Ok(None) }
    }

    /// Names with values, as in `WITH (…)`.
    pub(super) fn options(&mut self, it: &[(String, String)]) -> Result<Vec<(String, String)>, LinkError> {
        self.list(f::OPTIONS, it.iter(), &(String::new(), String::new()), |pass, (name, value)| {
            Ok((pass.wire.text(f::OPTION_NAME, name)?, pass.wire.text(f::OPTION_VALUE, value)?))
        })
    }

    /// One of the values of a closed set.
    pub(super) fn one_of<T: Copy + PartialEq>(
        &mut self,
        place: Place,
        all: &[T],
        it: T,
    ) -> Result<T, LinkError> {
        let at = all.iter().position(|other| *other == it).unwrap_or(0);
        Ok(all[self.wire.choice(place, at, all.len())?])
    }

    /// A column of a table, as its place among the columns. `old` are the columns given, `new` those read.
    pub(super) fn column_at(
        &mut self,
        place: Place,
        it: ColumnId,
        columns: Columns,
    ) -> Result<ColumnId, LinkError> {
        let at = columns.place_of(it);
        Ok(columns.new[self.wire.index(place, at, columns.new.len())?].id)
    }

    /// Columns of a table: how many, then each.
    pub(super) fn columns_at(
        &mut self,
        count: Place,
        place: Place,
        it: &[ColumnId],
        columns: Columns,
    ) -> Result<Vec<ColumnId>, LinkError> {
        self.list(count, it.iter(), &ColumnId(0), |pass, it| pass.column_at(place, *it, columns))
    }

    /// A name: a convention's number, or zero and the text with its signs.
    pub(super) fn derived_name(
        &mut self,
        place: Place,
        rules: &[Rule],
        it: &str,
        (parts, signs): (Parts, Signs),
    ) -> Result<String, LinkError> {
        let rule = names::rule_number(rules, it, parts);
        let rule = self.wire.choice(place, rule, rules.len() + 1)?;
        self.name_by(rules, rule, it, (parts, signs))
    }

    /// The name by a convention's number, or written.
    pub(super) fn name_by(
        &mut self,
        rules: &[Rule],
        rule: usize,
        it: &str,
        (parts, signs): (Parts, Signs),
    ) -> Result<String, LinkError> {
        if let Some(rule) = rule.checked_sub(1).and_then(|it| rules.get(it)) {
            return if parts.are_short() {
                Ok(rule.name(parts))
            } else {
                Err(LinkError::Malformed("a name"))
            };
        }
        let read = self.wire.text(f::NAME_TEXT, &signs.in_name(it))?;
        signs.expanded(&read).ok_or(LinkError::Malformed("a name"))
    }

    /// An SQL expression about a table's columns.
    pub(super) fn expression(&mut self, place: Place, it: &str, signs: Signs) -> Result<SqlText, LinkError> {
        let read = self.wire.text(place, &signs.in_expression(it))?;
        signs.expanded(&read).ok_or(LinkError::Malformed("an expression"))
    }

    /// An SQL expression about a table's columns, if `has` says that there is one.
    pub(super) fn expression_if(
        &mut self,
        has: bool,
        place: Place,
        it: Option<&SqlText>,
        signs: Signs,
    ) -> Result<Option<SqlText>, LinkError> {
        let given = it.map_or("", String::as_str);
        if has { self.expression(place, given, signs).map(Some) } else { Ok(None) }
    }

    /// Puts what was passed in another order than the design's into that order: as it is, by name, or as listed.
    /// `places` are the places in the design of each of `items`; empty when reading.
    pub(super) fn in_order<T>(
        &mut self,
        mut items: Vec<T>,
        places: &[usize],
        name: impl Fn(&T) -> &str,
    ) -> Result<Vec<T>, LinkError> {
        if items.len() < 2 {
            return Ok(items);
        }
        let mut by_name: Vec<usize> = (0..items.len()).collect();
        by_name.sort_by_key(|it| name(&items[*it]));
        let is_sorted = |order: &mut dyn Iterator<Item = usize>| order.is_sorted();
        let given = match places {
            _ if is_sorted(&mut places.iter().copied()) => 0,
            _ if is_sorted(&mut by_name.iter().map(|it| places[*it])) => 1,
            _ => 2,
        };
        let order = match self.wire.choice(f::ORDER, given, 3)? {
            0 => return Ok(items),
            1 => by_name,
            _ => {
                let mut wanted: Vec<usize> = (0..places.len()).collect();
                wanted.sort_by_key(|it| places[*it]);
                let count = items.len();
                (0..count)
                    .map(|at| self.wire.index(f::ORDER_AT, wanted.get(at).copied().unwrap_or(0), count))
                    .collect::<Result<_, _>>()?
            }
        };
        let mut items: Vec<Option<T>> = items.drain(..).map(Some).collect();
        let ordered = order.into_iter().map(|it| items[it].take().ok_or(LinkError::Malformed("an order")));
        ordered.collect()
    }

    /// Where something came from. The lines of an imported file, which the other side does not have, become 0; what
    /// came from a brief that is not there is a person's.
    pub(super) fn origin(&mut self, it: &Origin) -> Result<Origin, LinkError> {
        let it = match it {
            Origin::Import { .. } => &Origin::Import { line: 0 },
            Origin::Brief { brief, .. } if !self.renumbered.contains_key(&Id::from(*brief)) => &Origin::Hand,
            other => other,
        };
        self.seen_origins = match self.seen_origins.take() {
            None => Some(Origins::Same(it.clone())),
            Some(Origins::Same(same)) if same == *it => Some(Origins::Same(same)),
            Some(_) => Some(Origins::Each),
        };
        if let Origins::Same(same) = &self.origins {
            return Ok(same.clone());
        }
        self.written_origin(it)
    }

    /// An origin as it is written.
    pub(super) fn written_origin(&mut self, it: &Origin) -> Result<Origin, LinkError> {
        const CONVENTIONS: [ConventionKind; 9] = [
            ConventionKind::SurrogateKey,
            ConventionKind::Timestamps,
            ConventionKind::Authorship,
            ConventionKind::SoftDelete,
            ConventionKind::Tenancy,
            ConventionKind::Version,
            ConventionKind::ForeignKeyIndex,
            ConventionKind::ValueSet,
            ConventionKind::Meaning,
        ];
        let code = match it {
            Origin::Hand => 0,
            Origin::Brief { .. } => 1,
            Origin::Assumption { .. } => 2,
            Origin::Import { .. } => 3,
            Origin::Model { .. } => 4,
            Origin::Convention(kind) => 5 + CONVENTIONS.iter().position(|it| it == kind).unwrap_or(0),
            Origin::Given => 5 + CONVENTIONS.len(),
        };
        Ok(match self.wire.choice(f::ORIGIN, code, 6 + CONVENTIONS.len())? {
            0 => Origin::Hand,
            1 => {
                let (brief, spans) = match it {
                    Origin::Brief { brief, spans } => (Id::from(*brief), spans.as_slice()),
                    _ => (Id(0), [].as_slice()),
                };
                let new = self.renumbered.get(&brief).map_or(0, |it| it.0);
                let brief = Id(self.wire.number32(f::ORIGIN_BRIEF, new)?).into();
                let spans =
                    self.list(f::ORIGIN_SPANS, spans.iter(), &Span::default(), |pass, it| pass.span(*it))?;
                Origin::Brief { brief, spans }
            }
            2 => {
                let given = if let Origin::Assumption { reason } = it { reason } else { "" };
                Origin::Assumption { reason: self.wire.text(f::ORIGIN_REASON, given)? }
            }
            3 => Origin::Import { line: 0 },
            4 => {
                let given = if let Origin::Model { model } = it { model } else { "" };
                Origin::Model { model: self.wire.text(f::ORIGIN_MODEL, given)? }
            }
            other => CONVENTIONS.get(other - 5).map_or(Origin::Given, |it| Origin::Convention(*it)),
        })
    }

    fn span(&mut self, it: Span) -> Result<Span, LinkError> {
        let step = self.wire.signed(f::ORIGIN_START, i64::from(it.start) - self.last_start)?;
        let start = self.last_start.checked_add(step).ok_or(LinkError::Malformed("a span"))?;
        let length = self.wire.number32(f::ORIGIN_LENGTH, it.end.saturating_sub(it.start))?;
        self.last_start = start;
        let start = u32::try_from(start).map_err(|_| LinkError::Malformed("a span"))?;
        let end = start.checked_add(length).ok_or(LinkError::Malformed("a span"))?;
        Ok(Span { start, end })
    }

    /// An optional SQL text after a statement whether it is there.
    pub(super) fn flagged_text(
        &mut self,
        flag: Place,
        place: Place,
        it: Option<&SqlText>,
    ) -> Result<Option<SqlText>, LinkError> {
        let has = self.wire.flag(flag, it.is_some())?;
        self.text_if(has, place, it)
    }
}

/// The columns of a table: those given, and those read so far, place by place.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    pub old: &'a [Column],
    pub new: &'a [Column],
}

impl<'a> Columns<'a> {
    /// The place of a given column; beyond all places when it is none, which no table of a valid design has.
    pub fn place_of(self, it: ColumnId) -> usize {
        self.old.iter().position(|column| column.id == it).unwrap_or(usize::MAX >> 1)
    }

    /// The name of a column that was read.
    pub fn name(self, id: ColumnId) -> &'a str {
        self.new.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str())
    }

    /// The names of all columns that were read, for signs.
    pub fn all_names(self) -> Vec<&'a str> {
        self.new.iter().map(|it| it.name.as_str()).collect()
    }

    /// The names of columns that were read, as many as a name can be derived from, and one more.
    pub fn names(self, ids: &[ColumnId]) -> Vec<&'a str> {
        ids.iter().take(names::MOST_COLUMNS + 1).map(|it| self.name(*it)).collect()
    }
}
