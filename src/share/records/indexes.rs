//! Indexes, triggers and policies of a table.

use super::super::LinkError;
use super::super::fields as f;
use super::super::names::{self, Parts};
use super::super::signs::Signs;
use super::super::wire::Values;
use super::keys::Carried;
use super::pass::{Columns, Pass};
use crate::design::{
    ColumnId, Deferral, FunctionId, Id, Index, IndexElement, IndexKey, IndexParent, Narrowed, Policy,
    PolicyCommand, Table, Trigger, TriggerEvent, TriggerFiring, TriggerFunction, TriggerTiming,
};

const METHODS: [&str; 7] = ["", "btree", "gin", "gist", "hash", "brin", "spgist"];
const TIMINGS: [TriggerTiming; 3] = [TriggerTiming::Before, TriggerTiming::After, TriggerTiming::InsteadOf];
const EVENTS: [TriggerEvent; 4] =
    [TriggerEvent::Insert, TriggerEvent::Update, TriggerEvent::Delete, TriggerEvent::Truncate];
const FIRINGS: [TriggerFiring; 4] =
    [TriggerFiring::Enabled, TriggerFiring::Disabled, TriggerFiring::Replica, TriggerFiring::Always];
const NARROWED: [Narrowed; 2] = [Narrowed::Predicate, Narrowed::Constraint];
const COMMANDS: [PolicyCommand; 5] = [
    PolicyCommand::All,
    PolicyCommand::Select,
    PolicyCommand::Insert,
    PolicyCommand::Update,
    PolicyCommand::Delete,
];

impl Pass<'_> {
    pub(super) fn carried_index(
        &mut self,
        column: (&str, ColumnId),
        tables: (&Table, &Table),
        place: Option<usize>,
        carried: &mut Carried<Index>,
    ) -> Result<(), LinkError> {
        let blank = super::blank_index();
        let (given, table) = tables;
        let it = place.map_or(&blank, |it| &given.indexes[it]);
        let parts = Parts { table: &table.name, columns: &[column.0], references: "" };
        let rule = names::rule_number(names::INDEX, &it.name, parts);
        let code = rule * 2 + usize::from(it.unique);
        let code = self.wire.choice(f::COLUMN_INDEX, code, (names::INDEX.len() + 1) * 2)?;
        let id = self.id(it.id);
        let signs = Signs { table: &table.name, columns: &[column.0] };
        let name = self.name_by(names::INDEX, code / 2, &it.name, (parts, signs))?;
        let mut index = Index::over(id, name, &[column.1]);
        index.unique = code % 2 == 1;
        index.origin = self.origin(&it.origin)?;
        carried.push(index, place);
        Ok(())
    }

    pub(super) fn index(&mut self, it: &Index, columns: Columns, table: &str) -> Result<Index, LinkError> {
        let plain = |it: &IndexElement| match it.key {
            IndexKey::Column(id) => *it == IndexElement::column(id),
            IndexKey::Expression(_) => {
                *it == IndexElement { key: it.key.clone(), ..IndexElement::column(ColumnId(0)) }
            }
        };
        let rare = [
            it.nulls_not_distinct,
            !it.storage_parameters.is_empty(),
            it.tablespace.is_some(),
            it.only,
            matches!(it.attached_to, Some(IndexParent::Index(_))),
            matches!(it.attached_to, Some(IndexParent::Constraint(_))),
            it.narrowed.is_some(),
        ];
        let has = [
            it.unique,
            it.method != METHODS[1],
            it.elements.iter().any(|it| !plain(it)),
            it.predicate.is_some(),
            !it.include.is_empty(),
            it.comment.is_some(),
            rare.contains(&true),
        ];
        let [unique, method, flagged, predicate, include, comment, has_rare] =
            self.wire.flags(f::INDEX, has)?;
        let id = self.id(it.id);
        let all = columns.all_names();
        let signs = Signs { table, columns: &all };
        let method = if method { self.method(&it.method)? } else { METHODS[1].to_owned() };
        let elements = self.list(f::ELEMENTS, it.elements.iter(), &super::blank_element(), |pass, it| {
            pass.element(it, flagged, columns, signs)
        })?;
        let predicate = self.expression_if(predicate, f::PREDICATE, it.predicate.as_ref(), signs)?;
        let names = element_names(elements.iter(), columns);
        let parts = Parts { table, columns: &names, references: "" };
        let name = self.derived_name(f::INDEX_RULE, names::INDEX, &it.name, (parts, signs))?;
        let include = self.included(include, &it.include, columns)?;
        let comment = self.text_if(comment, f::COMMENT, it.comment.as_ref())?;
        let rare = if has_rare { self.wire.flags(f::INDEX_RARE, rare)? } else { [false; 7] };
        let [nulls_not_distinct, storage, tablespace, only, of_index, of_constraint, narrowed] = rare;
        let storage_parameters = self.options_if(storage, &it.storage_parameters)?;
        let tablespace = self.text_if(tablespace, f::TABLE_TEXT, it.tablespace.as_ref())?;
        let parent = match it.attached_to {
            Some(IndexParent::Index(id)) => Id::from(id),
            Some(IndexParent::Constraint(id)) => Id::from(id),
            None => Id(0),
        };
        let attached_to = match (of_index, of_constraint) {
            (true, _) => Some(IndexParent::Index(self.reference(parent)?.into())),
            (false, true) => Some(IndexParent::Constraint(self.reference(parent)?.into())),
            (false, false) => None,
        };
        let narrowed = if narrowed {
            Some(self.one_of(f::INDEX_NARROWED, &NARROWED, it.narrowed.unwrap_or(Narrowed::Predicate))?)
        } else {
            None
        };
        Ok(Index {
            id,
            name,
            unique,
            method,
            elements,
            include,
            nulls_not_distinct,
            predicate,
            storage_parameters,
            tablespace,
            only,
            attached_to,
            narrowed,
            comment,
            origin: self.origin(&it.origin)?,
        })
    }

    fn method(&mut self, it: &str) -> Result<String, LinkError> {
        let code = METHODS.iter().position(|method| *method == it).unwrap_or(0);
        match self.wire.choice(f::INDEX_METHOD, code, METHODS.len())? {
            0 => self.wire.text(f::INDEX_METHOD_TEXT, it),
            code => Ok(METHODS[code].to_owned()),
        }
    }

    /// An element of an index or exclusion; `flagged` when any of them says more than what is indexed.
    pub(super) fn element(
        &mut self,
        it: &IndexElement,
        flagged: bool,
        columns: Columns,
        signs: Signs,
    ) -> Result<IndexElement, LinkError> {
        let (code, text) = match &it.key {
            IndexKey::Column(id) => (columns.place_of(*id) + 1, ""),
            IndexKey::Expression(text) => (0, text.as_str()),
        };
        let key = match self.wire.index(f::ELEMENT, code, columns.new.len() + 1)? {
            0 => IndexKey::Expression(self.expression(f::ELEMENT_TEXT, text, signs)?),
            code => IndexKey::Column(columns.new[code - 1].id),
        };
        let mut element = IndexElement { key, ..IndexElement::column(ColumnId(0)) };
        if flagged {
            let has = [
                it.collation.is_some(),
                it.operator_class.is_some(),
                it.descending,
                it.nulls_first == Some(true),
                it.nulls_first == Some(false),
                it.statistics.is_some(),
            ];
            let [collation, class, descending, first, last, statistics] =
                self.wire.flags(f::ELEMENT_FLAGS, has)?;
            element.collation = self.text_if(collation, f::COLUMN_TEXT, it.collation.as_ref())?;
            element.operator_class = self.text_if(class, f::ELEMENT_CLASS, it.operator_class.as_ref())?;
            element.descending = descending;
            element.nulls_first = (first || last).then_some(first);
            if statistics {
                let read = self.wire.signed(f::ELEMENT_STATISTICS, it.statistics.unwrap_or(0).into())?;
                element.statistics = Some(i32::try_from(read).map_err(|_| LinkError::Malformed("a number"))?);
            }
        }
        Ok(element)
    }

    pub(super) fn trigger(
        &mut self,
        it: &Trigger,
        columns: Columns,
        table: &str,
    ) -> Result<Trigger, LinkError> {
        let has = [
            !it.update_of.is_empty(),
            it.condition.is_some(),
            it.old_table.is_some(),
            it.new_table.is_some(),
            it.constraint.is_some(),
            it.from_table.is_some(),
            it.firing != TriggerFiring::Enabled,
            it.comment.is_some(),
        ];
        let timing = TIMINGS.iter().position(|timing| *timing == it.timing).unwrap_or(0);
        let rare = has.contains(&true);
        let code = (timing * 2 + usize::from(it.for_each_row)) * 2 + usize::from(rare);
        let code = self.wire.choice(f::TRIGGER, code, 12)?;
        let events = self.wire.flags(f::TRIGGER_EVENTS, EVENTS.map(|event| it.events.contains(&event)))?;
        let has = if code % 2 == 1 { self.wire.flags(f::TRIGGER_RARE, has)? } else { [false; 8] };
        let [update_of, condition, old_table, new_table, constraint, from_table, firing, comment] = has;
        let id = self.id(it.id);
        let update_of = self.included(update_of, &it.update_of, columns)?;
        let all = columns.all_names();
        let signs = Signs { table, columns: &all };
        let parts = Parts { table, columns: &columns.names(&update_of), references: "" };
        let name = self.derived_name(f::TRIGGER_RULE, names::TRIGGER, &it.name, (parts, signs))?;
        let function = self.trigger_function(&it.function)?;
        Ok(Trigger {
            id,
            name,
            timing: TIMINGS[code / 4],
            events: EVENTS.into_iter().zip(events).filter_map(|(event, has)| has.then_some(event)).collect(),
            update_of,
            for_each_row: code / 2 % 2 == 1,
            condition: self.text_if(condition, f::TRIGGER_TEXT, it.condition.as_ref())?,
            old_table: self.text_if(old_table, f::TRIGGER_TEXT, it.old_table.as_ref())?,
            new_table: self.text_if(new_table, f::TRIGGER_TEXT, it.new_table.as_ref())?,
            constraint: if constraint {
                Some(self.deferral(true, it.constraint.unwrap_or(Deferral::NotDeferrable))?)
            } else {
                None
            },
            from_table: self.text_if(from_table, f::TRIGGER_TEXT, it.from_table.as_ref())?,
            function,
            arguments: self.texts(f::TRIGGER_ARGUMENTS, f::TRIGGER_TEXT, &it.arguments)?,
            firing: if firing {
                self.one_of(f::TRIGGER_FIRING, &FIRINGS, it.firing)?
            } else {
                TriggerFiring::Enabled
            },
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    fn trigger_function(&mut self, it: &TriggerFunction) -> Result<TriggerFunction, LinkError> {
        let (code, text) = match it {
            TriggerFunction::Function(id) => (self.renumbered.get(&Id::from(*id)).map_or(0, |it| it.0), ""),
            TriggerFunction::Other(text) => (0, text.as_str()),
        };
        Ok(match self.wire.number32(f::TRIGGER_FUNCTION, code)? {
            0 => TriggerFunction::Other(self.wire.text(f::TRIGGER_TEXT, text)?),
            id => TriggerFunction::Function(FunctionId(id)),
        })
    }

    pub(super) fn policy(&mut self, it: &Policy, columns: Columns) -> Result<Policy, LinkError> {
        let has = [it.restrictive, it.using.is_some(), it.with_check.is_some(), it.comment.is_some()];
        let [restrictive, using, with_check, comment] = self.wire.flags(f::POLICY, has)?;
        let all = columns.all_names();
        let signs = Signs::of(&all);
        Ok(Policy {
            id: self.id(it.id),
            name: self.wire.text(f::POLICY_NAME, &it.name)?,
            restrictive,
            command: self.one_of(f::POLICY_COMMAND, &COMMANDS, it.command)?,
            roles: self.texts(f::POLICY_ROLES, f::POLICY_ROLE, &it.roles)?,
            using: self.expression_if(using, f::POLICY_TEXT, it.using.as_ref(), signs)?,
            with_check: self.expression_if(with_check, f::POLICY_TEXT, it.with_check.as_ref(), signs)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }
}

/// What the elements of an index are called in its name.
pub fn element_names<'n>(
    elements: impl Iterator<Item = &'n IndexElement>,
    columns: Columns<'n>,
) -> Vec<&'n str> {
    let name = |it: &'n IndexElement| match &it.key {
        IndexKey::Column(id) => columns.name(*id),
        IndexKey::Expression(text) => names::expression_name(text),
    };
    elements.take(names::MOST_COLUMNS + 1).map(name).collect()
}
