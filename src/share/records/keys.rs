//! Keys, references and constraints of a table.

use super::super::LinkError;
use super::super::fields as f;
use super::super::names::{self, Parts};
use super::super::signs::Signs;
use super::super::wire::Values;
use super::pass::{Columns, Pass};
use crate::design::{
    Check, ColumnId, Deferral, Enforcement, Exclusion, ForeignKey, Id, Index, PrimaryKey, ReferentialAction,
    Table, TableId, Unique,
};

/// Stands for "the primary key of the referenced table" until all tables are read.
const BY_KEY: ColumnId = ColumnId(u32::MAX);
const DEFERRALS: [Deferral; 3] =
    [Deferral::NotDeferrable, Deferral::InitiallyImmediate, Deferral::InitiallyDeferred];
const ENFORCEMENTS: [Enforcement; 3] = [Enforcement::Valid, Enforcement::NotValid, Enforcement::NotEnforced];

/// What passed of one sort, with the place of each in the given table (none when reading).
pub struct Carried<T> {
    pub items: Vec<T>,
    pub places: Vec<usize>,
}

impl<T> Default for Carried<T> {
    fn default() -> Self {
        Self { items: Vec::new(), places: Vec::new() }
    }
}

impl<T> Carried<T> {
    pub fn push(&mut self, item: T, place: Option<usize>) {
        self.items.push(item);
        self.places.extend(place);
    }

    /// What was given and not carried yet, with its place.
    pub fn rest<'t>(&self, given: &'t [T]) -> Vec<(usize, &'t T)> {
        given.iter().enumerate().filter(|(place, _)| !self.places.contains(place)).collect()
    }
}

/// The keys and indexes that columns carry, in order of column.
#[derive(Default)]
pub struct CarriedKeys {
    pub foreign_keys: Carried<ForeignKey>,
    pub indexes: Carried<Index>,
    pub uniques: Carried<Unique>,
}

/// The places in the given table of what one column carries.
#[derive(Clone, Copy)]
pub struct OwnKeys {
    pub foreign_key: Option<usize>,
    pub index: Option<usize>,
    pub unique: Option<usize>,
}

impl CarriedKeys {
    /// What a column of the given table can carry: what is about it alone and in no way unusual.
    pub fn of_column(given: &Table, column: ColumnId) -> OwnKeys {
        let plain_index = |it: &Index| {
            let plain = Index::over(it.id, it.name.as_str(), &[column]);
            *it == Index { unique: it.unique, origin: it.origin.clone(), ..plain }
        };
        let plain_unique = |it: &Unique| {
            let plain =
                Unique { id: it.id, name: it.name.clone(), columns: vec![column], ..Unique::default() };
            *it == Unique { origin: it.origin.clone(), ..plain }
        };
        OwnKeys {
            foreign_key: given
                .foreign_keys
                .iter()
                .position(|it| it.columns == [column] && it.set_columns.is_empty()),
            index: given.indexes.iter().position(plain_index),
            unique: given.uniques.iter().position(plain_unique),
        }
    }
}

impl Pass<'_> {
    pub(super) fn carried_foreign_key(
        &mut self,
        column: (&str, ColumnId),
        tables: (&Table, &Table),
        place: Option<usize>,
        carried: &mut Carried<ForeignKey>,
    ) -> Result<(), LinkError> {
        let blank = ForeignKey::default();
        let (given, table) = tables;
        let it = place.map_or(&blank, |it| &given.foreign_keys[it]);
        let columns = Columns { old: &given.columns, new: &table.columns };
        let fk = self.foreign_key(it, &[column.0], vec![column.1], columns, &table.name)?;
        carried.push(fk, place);
        Ok(())
    }

    pub(super) fn listed_foreign_key(
        &mut self,
        it: &ForeignKey,
        columns: Columns,
        table: &str,
    ) -> Result<ForeignKey, LinkError> {
        let own = self.columns_at(f::FK_COLUMNS, f::FK_COLUMN, &it.columns, columns)?;
        let names = columns.names(&own);
        self.foreign_key(it, &names, own, columns, table)
    }

    fn foreign_key(
        &mut self,
        it: &ForeignKey,
        names: &[&str],
        own: Vec<ColumnId>,
        columns: Columns,
        table: &str,
    ) -> Result<ForeignKey, LinkError> {
        let id = self.id(it.id);
        let guess = names
            .last()
            .and_then(|name| names::referenced_table(name, |it| self.table_places.get(it).copied()));
        let target = self.place_of_table(it.references);
        let code = if guess == Some(target) { 0 } else { target + 1 };
        let count = self.tables.len();
        let target = match self.wire.index(f::FK_TARGET, code, count + 1)? {
            0 => guess.ok_or(LinkError::Malformed("a reference"))?,
            code => code - 1,
        };

        let referenced = self.given.table(it.references);
        let key = referenced.and_then(|it| it.primary_key.as_ref());
        let by_key = key.is_some_and(|key| key.columns == it.ref_columns);
        let has = [
            !by_key,
            !it.set_columns.is_empty(),
            it.match_full,
            it.period,
            it.enforcement != Enforcement::Valid,
            it.comment.is_some(),
        ];
        let rare = has.contains(&true);
        let (on_delete, on_update, deferral, rare) = self.actions(it, rare)?;
        let has = if rare { self.wire.flags(f::FK_RARE, has)? } else { [false; 6] };
        let [explicit, set_columns, match_full, period, not_valid, comment] = has;
        let ref_columns = if explicit {
            let places = referenced.map_or(&[][..], |it| &it.columns);
            let place = |id: ColumnId| places.iter().position(|it| it.id == id).unwrap_or(0);
            (0..own.len())
                .map(|at| {
                    let given = it.ref_columns.get(at).map_or(0, |it| place(*it));
                    Ok(ColumnId(self.wire.number32(f::FK_REF_COLUMN, given as u32)?))
                })
                .collect::<Result<_, LinkError>>()?
        } else {
            vec![BY_KEY]
        };
        let set_columns = if set_columns {
            self.columns_at(f::KEY_INCLUDE, f::KEY_COLUMN, &it.set_columns, columns)?
        } else {
            Vec::new()
        };
        let enforcement = if not_valid { self.enforcement(it.enforcement)? } else { Enforcement::Valid };
        let comment = self.text_if(comment, f::COMMENT, it.comment.as_ref())?;
        let target_name = self.tables[target].clone();
        let parts = Parts { table, columns: names, references: &target_name };
        let signs = Signs { table, columns: names };
        Ok(ForeignKey {
            id,
            name: self.derived_name(f::FK_RULE, names::FOREIGN_KEY, &it.name, (parts, signs))?,
            columns: own,
            references: TableId(self.first_table.0 + target as u32),
            ref_columns,
            on_delete,
            on_update,
            set_columns,
            match_full,
            period,
            deferral,
            enforcement,
            comment,
            origin: self.origin(&it.origin)?,
        })
    }

    /// Both actions and the deferral in one byte, with whether anything rare follows.
    fn actions(
        &mut self,
        it: &ForeignKey,
        rare: bool,
    ) -> Result<(ReferentialAction, ReferentialAction, Deferral, bool), LinkError> {
        const ALL: [ReferentialAction; 5] = [
            ReferentialAction::NoAction,
            ReferentialAction::Restrict,
            ReferentialAction::Cascade,
            ReferentialAction::SetNull,
            ReferentialAction::SetDefault,
        ];
        let place = |it: ReferentialAction| ALL.iter().position(|other| *other == it).unwrap_or(0);
        let deferral = DEFERRALS.iter().position(|other| *other == it.deferral).unwrap_or(0);
        let code = ((usize::from(rare) * 3 + deferral) * 5 + place(it.on_update)) * 5 + place(it.on_delete);
        let code = self.wire.choice(f::FK_ACTIONS, code, 150)?;
        Ok((ALL[code % 5], ALL[code / 5 % 5], DEFERRALS[code / 25 % 3], code >= 75))
    }

    /// Puts the columns that foreign keys reference in the place of what stood for them.
    pub(super) fn resolve_references(tables: &mut [Table], first: TableId) -> Result<(), LinkError> {
        let broken = || LinkError::Malformed("a reference");
        for at in 0..tables.len() {
            for fk in 0..tables[at].foreign_keys.len() {
                let it = &tables[at].foreign_keys[fk];
                let target = it.references.0.checked_sub(first.0).and_then(|it| tables.get(it as usize));
                let target = target.ok_or_else(broken)?;
                let columns = if it.ref_columns == [BY_KEY] {
                    let key = target.primary_key.as_ref().filter(|key| key.columns.len() == it.columns.len());
                    key.ok_or_else(broken)?.columns.clone()
                } else {
                    let column = |id: &ColumnId| target.columns.get(id.0 as usize).map(|it| it.id);
                    it.ref_columns.iter().map(column).collect::<Option<_>>().ok_or_else(broken)?
                };
                tables[at].foreign_keys[fk].ref_columns = columns;
            }
        }
        Ok(())
    }

    pub(super) fn carried_unique(
        &mut self,
        column: (&str, ColumnId),
        tables: (&Table, &Table),
        place: Option<usize>,
        carried: &mut Carried<Unique>,
    ) -> Result<(), LinkError> {
        let blank = Unique::default();
        let (given, table) = tables;
        let it = place.map_or(&blank, |it| &given.uniques[it]);
        let parts = Parts { table: &table.name, columns: &[column.0], references: "" };
        let signs = Signs { table: &table.name, columns: &[column.0] };
        let unique = Unique {
            id: self.id(it.id),
            name: self.derived_name(f::COLUMN_UNIQUE, names::UNIQUE, &it.name, (parts, signs))?,
            columns: vec![column.1],
            origin: self.origin(&it.origin)?,
            ..Unique::default()
        };
        carried.push(unique, place);
        Ok(())
    }

    pub(super) fn primary_key(
        &mut self,
        it: Option<&PrimaryKey>,
        columns: Columns,
        table: &str,
    ) -> Result<Option<PrimaryKey>, LinkError> {
        let blank = PrimaryKey::default();
        let has_key = it.is_some();
        let it = it.unwrap_or(&blank);
        let has = [
            it.without_overlaps,
            !it.include.is_empty(),
            it.deferral != Deferral::NotDeferrable,
            !it.storage_parameters.is_empty(),
            it.comment.is_some(),
            it.index_comment.is_some(),
            it.tablespace.is_some(),
        ];
        let code = if has_key { 1 + it.columns.len() * 2 + usize::from(has.contains(&true)) } else { 0 };
        let Some(code) = self.wire.count(f::KEY, code)?.checked_sub(1) else { return Ok(None) };
        let id = self.id(it.id);
        let mut own = Vec::new();
        for at in 0..code / 2 {
            own.push(self.column_at(
                f::KEY_COLUMN,
                it.columns.get(at).copied().unwrap_or_default(),
                columns,
            )?);
        }
        let has = if code % 2 == 1 { self.wire.flags(f::KEY_RARE, has)? } else { [false; 7] };
        let [without_overlaps, include, deferral, storage, comment, index_comment, tablespace] = has;
        let names = columns.names(&own);
        let parts = Parts { table, columns: &names, references: "" };
        let signs = Signs { table, columns: &names };
        Ok(Some(PrimaryKey {
            id,
            name: self.derived_name(f::KEY_RULE, names::PRIMARY_KEY, &it.name, (parts, signs))?,
            columns: own,
            without_overlaps,
            include: self.included(include, &it.include, columns)?,
            deferral: self.deferral(deferral, it.deferral)?,
            storage_parameters: self.options_if(storage, &it.storage_parameters)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            index_comment: self.text_if(index_comment, f::COMMENT, it.index_comment.as_ref())?,
            tablespace: self.text_if(tablespace, f::NAME_TEXT, it.tablespace.as_ref())?,
            origin: self.origin(&it.origin)?,
        }))
    }

    pub(super) fn unique(&mut self, it: &Unique, columns: Columns, table: &str) -> Result<Unique, LinkError> {
        let has = [
            it.nulls_not_distinct,
            it.without_overlaps,
            !it.include.is_empty(),
            it.deferral != Deferral::NotDeferrable,
            !it.storage_parameters.is_empty(),
            it.comment.is_some(),
            it.index_comment.is_some(),
            it.tablespace.is_some(),
        ];
        let [
            nulls_not_distinct,
            without_overlaps,
            include,
            deferral,
            storage,
            comment,
            index_comment,
            tablespace,
        ] = self.wire.flags(f::UNIQUE, has)?;
        let id = self.id(it.id);
        let own = self.columns_at(f::KEY_COLUMNS, f::KEY_COLUMN, &it.columns, columns)?;
        let names = columns.names(&own);
        let parts = Parts { table, columns: &names, references: "" };
        let signs = Signs { table, columns: &names };
        Ok(Unique {
            id,
            name: self.derived_name(f::UNIQUE_RULE, names::UNIQUE, &it.name, (parts, signs))?,
            columns: own,
            nulls_not_distinct,
            without_overlaps,
            include: self.included(include, &it.include, columns)?,
            deferral: self.deferral(deferral, it.deferral)?,
            storage_parameters: self.options_if(storage, &it.storage_parameters)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            index_comment: self.text_if(index_comment, f::COMMENT, it.index_comment.as_ref())?,
            tablespace: self.text_if(tablespace, f::NAME_TEXT, it.tablespace.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn check(&mut self, it: &Check, columns: Columns, table: &str) -> Result<Check, LinkError> {
        let has = [it.no_inherit, it.enforcement != Enforcement::Valid, it.comment.is_some()];
        let [no_inherit, enforcement, comment] = self.wire.flags(f::CHECK, has)?;
        let id = self.id(it.id);
        let all = columns.all_names();
        let signs = Signs { table, columns: &all };
        let expression = self.expression(f::CHECK_TEXT, &it.expression, signs)?;
        let named = first_column(&expression, columns);
        let parts = Parts { table, columns: named.as_slice(), references: "" };
        let name = self.derived_name(f::CHECK_RULE, names::CHECK, &it.name, (parts, signs))?;
        let enforcement = if enforcement { self.enforcement(it.enforcement)? } else { Enforcement::Valid };
        let comment = self.text_if(comment, f::COMMENT, it.comment.as_ref())?;
        Ok(Check { id, name, expression, no_inherit, enforcement, comment, origin: self.origin(&it.origin)? })
    }

    pub(super) fn exclusion(
        &mut self,
        it: &Exclusion,
        columns: Columns,
        table: &str,
    ) -> Result<Exclusion, LinkError> {
        let has = [
            !it.include.is_empty(),
            it.predicate.is_some(),
            it.deferral != Deferral::NotDeferrable,
            !it.storage_parameters.is_empty(),
            it.comment.is_some(),
            it.index_comment.is_some(),
            it.tablespace.is_some(),
        ];
        let [include, predicate, deferral, storage, comment, index_comment, tablespace] =
            self.wire.flags(f::EXCLUSION, has)?;
        let id = self.id(it.id);
        let method = self.wire.text(f::EXCLUSION_METHOD, &it.method)?;
        let all = columns.all_names();
        let signs = Signs { table, columns: &all };
        let blank = (super::blank_element(), String::new());
        let elements = self.list(f::ELEMENTS, it.elements.iter(), &blank, |pass, (element, operator)| {
            let element = pass.element(element, true, columns, signs)?;
            Ok((element, pass.wire.text(f::EXCLUSION_OPERATOR, operator)?))
        })?;
        let names = super::indexes::element_names(elements.iter().map(|it| &it.0), columns);
        let parts = Parts { table, columns: &names, references: "" };
        let name = self.derived_name(f::EXCLUSION_RULE, names::EXCLUSION, &it.name, (parts, signs))?;
        Ok(Exclusion {
            id,
            name,
            method,
            include: self.included(include, &it.include, columns)?,
            predicate: self.expression_if(predicate, f::PREDICATE, it.predicate.as_ref(), signs)?,
            deferral: self.deferral(deferral, it.deferral)?,
            storage_parameters: self.options_if(storage, &it.storage_parameters)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            index_comment: self.text_if(index_comment, f::COMMENT, it.index_comment.as_ref())?,
            tablespace: self.text_if(tablespace, f::NAME_TEXT, it.tablespace.as_ref())?,
            origin: self.origin(&it.origin)?,
            elements,
        })
    }

    pub(super) fn included(
        &mut self,
        has: bool,
        it: &[ColumnId],
        columns: Columns,
    ) -> Result<Vec<ColumnId>, LinkError> {
        if has { self.columns_at(f::KEY_INCLUDE, f::KEY_COLUMN, it, columns) } else { Ok(Vec::new()) }
    }

    pub(super) fn deferral(&mut self, has: bool, it: Deferral) -> Result<Deferral, LinkError> {
        if has { self.one_of(f::DEFERRAL, &DEFERRALS, it) } else { Ok(Deferral::NotDeferrable) }
    }

    pub(super) fn enforcement(&mut self, it: Enforcement) -> Result<Enforcement, LinkError> {
        self.one_of(f::ENFORCEMENT, &ENFORCEMENTS, it)
    }

    pub(super) fn options_if(
        &mut self,
        has: bool,
        it: &[(String, String)],
    ) -> Result<Vec<(String, String)>, LinkError> {
        if has { self.options(it) } else { Ok(Vec::new()) }
    }

    /// The place of a given table among the tables.
    pub(super) fn place_of_table(&self, it: TableId) -> usize {
        let new = self.renumbered.get(&Id::from(it)).map_or(0, |it| it.0);
        (new as usize).saturating_sub(self.first_table.0 as usize)
    }
}

/// The first column of the table that a condition names.
fn first_column<'c>(expression: &str, columns: Columns<'c>) -> Option<&'c str> {
    let words = expression.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty());
    let column = |word: &str| columns.new.iter().find(|it| it.name == word).map(|it| it.name.as_str());
    words.take(100).find_map(column)
}
