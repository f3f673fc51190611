//! Database objects that are no tables.

use super::super::LinkError;
use super::super::fields as f;
use super::super::names::Parts;
use super::super::wire::Values;
use super::pass::{Columns, Pass};
use crate::design::{
    ArgumentMode, CheckOption, CompositeAttribute, CompositeType, Domain, DomainCheck, EnumType, Extension,
    Function, FunctionArgument, FunctionBody, Namespace, RangeType, Sequence, SequenceOptions, Stage,
    TableId, Verbatim, View,
};

const MODES: [ArgumentMode; 4] =
    [ArgumentMode::In, ArgumentMode::Out, ArgumentMode::InOut, ArgumentMode::Variadic];
const STAGES: [Stage; 14] = [
    Stage::Prologue,
    Stage::Namespaces,
    Stage::Types,
    Stage::Functions,
    Stage::Tables,
    Stage::Constraints,
    Stage::Indexes,
    Stage::Views,
    Stage::Triggers,
    Stage::Policies,
    Stage::Comments,
    Stage::Privileges,
    Stage::Rows,
    Stage::Epilogue,
];
/// Common extensions with the comment that each brings along, as its control file has it.
const EXTENSIONS: &str = include_str!("extensions.txt");
/// The start, step and cache that `pg_dump` writes for each sequence of a `serial` column.
const DUMPED: SequenceOptions = SequenceOptions {
    data_type: None,
    start: Some(1),
    increment: Some(1),
    minimum: None,
    maximum: None,
    cache: Some(1),
    cycle: false,
    name: None,
};

impl Pass<'_> {
    pub(super) fn namespace(&mut self, it: &Namespace) -> Result<Namespace, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::NAMESPACE, &it.name)?;
        let comment = self.flagged_text(f::NAMESPACE_FLAGS, f::COMMENT, it.comment.as_ref())?;
        Ok(Namespace { id, name, comment, origin: self.origin(&it.origin)? })
    }

    pub(super) fn extension(&mut self, it: &Extension) -> Result<Extension, LinkError> {
        let id = self.id(it.id);
        let known: Vec<(&str, &str)> = EXTENSIONS.lines().filter_map(|it| it.split_once(": ")).collect();
        let code = known.iter().position(|known| known.0 == it.name).map_or(0, |it| it + 1);
        let code = self.wire.choice(f::EXTENSION_KNOWN, code, known.len() + 1)?;
        let known = code.checked_sub(1).map(|it| known[it]);
        let name = match known {
            Some((name, _)) => name.to_owned(),
            None => self.wire.text(f::EXTENSION, &it.name)?,
        };
        let own_comment = known.is_some_and(|known| it.comment.as_deref() == Some(known.1));
        let other_comment = it.comment.is_some() && !own_comment;
        let has = [it.namespace.is_some(), it.version.is_some(), it.cascade, other_comment, own_comment];
        let [namespace, version, cascade, comment, own_comment] = self.wire.flags(f::EXTENSION_FLAGS, has)?;
        let own_comment = known.filter(|_| own_comment).map(|it| it.1.to_owned());
        Ok(Extension {
            id,
            name,
            namespace: self.text_if(namespace, f::EXTENSION_TEXT, it.namespace.as_ref())?,
            version: self.text_if(version, f::EXTENSION_TEXT, it.version.as_ref())?,
            cascade,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?.or(own_comment),
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn enum_type(&mut self, it: &EnumType) -> Result<EnumType, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::ENUM, &it.name)?;
        let [namespace, comment] =
            self.wire.flags(f::ENUM_FLAGS, [it.namespace.is_some(), it.comment.is_some()])?;
        Ok(EnumType {
            id,
            name,
            namespace: self.namespace_if(namespace, it.namespace)?,
            values: self.texts(f::ENUM_VALUES, f::ENUM_VALUE, &it.values)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn domain(&mut self, it: &Domain) -> Result<Domain, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::DOMAIN, &it.name)?;
        let data_type = self.data_type(&it.data_type)?;
        let has = [
            it.namespace.is_some(),
            it.collation.is_some(),
            it.not_null,
            it.default.is_some(),
            !it.checks.is_empty(),
            it.comment.is_some(),
        ];
        let [namespace, collation, not_null, default, checks, comment] =
            self.wire.flags(f::DOMAIN_FLAGS, has)?;
        let namespace = self.namespace_if(namespace, it.namespace)?;
        let checks = if checks {
            self.list(f::DOMAIN_CHECKS, it.checks.iter(), &super::blank_domain_check(), Self::domain_check)?
        } else {
            Vec::new()
        };
        Ok(Domain {
            id,
            namespace,
            name,
            data_type,
            collation: self.text_if(collation, f::DOMAIN_TEXT, it.collation.as_ref())?,
            not_null,
            default: self.text_if(default, f::DOMAIN_TEXT, it.default.as_ref())?,
            checks,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    fn domain_check(&mut self, it: &DomainCheck) -> Result<DomainCheck, LinkError> {
        let [comment] = self.wire.flags(f::DOMAIN_CHECK, [it.comment.is_some()])?;
        Ok(DomainCheck {
            id: self.id(it.id),
            name: self.wire.text(f::DOMAIN_CHECK_NAME, &it.name)?,
            expression: self.wire.text(f::CHECK_TEXT, &it.expression)?,
            enforcement: self.enforcement(it.enforcement)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
        })
    }

    pub(super) fn composite(&mut self, it: &CompositeType) -> Result<CompositeType, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::COMPOSITE, &it.name)?;
        let has = [it.namespace.is_some(), it.comment.is_some()];
        let [namespace, comment] = self.wire.flags(f::COMPOSITE_FLAGS, has)?;
        let namespace = self.namespace_if(namespace, it.namespace)?;
        let blank = super::blank_attribute();
        let attributes = self.list(f::ATTRIBUTES, it.attributes.iter(), &blank, Self::attribute)?;
        Ok(CompositeType {
            id,
            namespace,
            name,
            attributes,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    fn attribute(&mut self, it: &CompositeAttribute) -> Result<CompositeAttribute, LinkError> {
        let name = self.wire.text(f::ATTRIBUTE, &it.name)?;
        let data_type = self.data_type(&it.data_type)?;
        let has = [it.collation.is_some(), it.comment.is_some()];
        let [collation, comment] = self.wire.flags(f::ATTRIBUTE_FLAGS, has)?;
        Ok(CompositeAttribute {
            name,
            data_type,
            collation: self.text_if(collation, f::COLUMN_TEXT, it.collation.as_ref())?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
        })
    }

    pub(super) fn range(&mut self, it: &RangeType) -> Result<RangeType, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::RANGE, &it.name)?;
        let subtype = self.data_type(&it.subtype)?;
        let has = [it.namespace.is_some(), !it.options.is_empty(), it.comment.is_some()];
        let [namespace, options, comment] = self.wire.flags(f::RANGE_FLAGS, has)?;
        Ok(RangeType {
            id,
            name,
            subtype,
            namespace: self.namespace_if(namespace, it.namespace)?,
            options: self.options_if(options, &it.options)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    /// Sequences come after the tables: most belong to a column and are named after it.
    pub(super) fn sequence(&mut self, it: &Sequence) -> Result<Sequence, LinkError> {
        let plain = it.options == SequenceOptions::default();
        // What pg_dump writes differs from table to table in the type alone.
        let dumped = SequenceOptions { data_type: it.options.data_type.clone(), ..DUMPED };
        let is_dumped = it.options == dumped && it.options.data_type.is_none();
        let has = [
            it.owned_by.is_some(),
            it.namespace.is_some(),
            it.unlogged,
            plain,
            is_dumped,
            it.comment.is_some(),
        ];
        let [owned, namespace, unlogged, plain, is_dumped, comment] = self.wire.flags(f::SEQUENCE, has)?;
        let id = self.id(it.id);
        let mut owned_by = None;
        let mut derived = String::new();
        if owned {
            let (table, column) = it.owned_by.unwrap_or_default();
            let given = self.given.table(table);
            let at = given.map_or(0, |it| it.columns.iter().position(|it| it.id == column).unwrap_or(0));
            let place = self.place_of_table(table);
            // Most belong to the table after the last one's.
            let step = self.wire.signed(f::SEQUENCE_OWNER, place as i64 - self.next_owner)?;
            let place = self.next_owner.checked_add(step).and_then(|it| usize::try_from(it).ok());
            let place =
                place.filter(|it| *it < self.tables.len()).ok_or(LinkError::Malformed("a reference"))?;
            self.next_owner = place as i64 + 1;
            let column = self.wire.index(f::SEQUENCE_COLUMN, at, self.columns[place].len())?;
            let (column, name) = &self.columns[place][column];
            derived = Parts { table: &self.tables[place], columns: &[name], references: "" }.sequence_name();
            owned_by = Some((TableId(self.first_table.0 + place as u32), *column));
        }
        let has_own_name = self.wire.flag(f::SEQUENCE_NAMED, it.name != derived)?;
        let name = if has_own_name { self.wire.text(f::SEQUENCE_NAME, &it.name)? } else { derived };
        let namespace = self.namespace_if(namespace, it.namespace)?;
        let options = match (plain, is_dumped) {
            (true, _) => SequenceOptions::default(),
            (false, true) => DUMPED,
            (false, false) => self.sequence_options(&it.options)?,
        };
        Ok(Sequence {
            id,
            namespace,
            name,
            unlogged,
            options,
            owned_by,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn function(&mut self, it: &Function) -> Result<Function, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::FUNCTION, &it.name)?;
        let has = [
            it.namespace.is_some(),
            it.procedure,
            !it.arguments.is_empty(),
            it.returns.is_some(),
            !it.attributes.is_empty(),
            !it.reads.is_empty(),
            it.comment.is_some(),
            !it.search_path.is_empty(),
        ];
        let [namespace, procedure, arguments, returns, attributes, reads, comment, search_path] =
            self.wire.flags(f::FUNCTION_FLAGS, has)?;
        let namespace = self.namespace_if(namespace, it.namespace)?;
        let arguments = if arguments {
            self.list(f::ARGUMENTS, it.arguments.iter(), &super::blank_argument(), Self::argument)?
        } else {
            Vec::new()
        };
        let returns = self.text_if(returns, f::FUNCTION_TEXT, it.returns.as_ref())?;
        let language = self.wire.text(f::FUNCTION_LANGUAGE, &it.language)?;
        let attributes = if attributes {
            self.texts(f::FUNCTION_ATTRIBUTES, f::FUNCTION_TEXT, &it.attributes)?
        } else {
            Vec::new()
        };
        let search_path = if search_path {
            self.texts(f::FUNCTION_PATH, f::NAME_TEXT, &it.search_path)?
        } else {
            Vec::new()
        };
        Ok(Function {
            id,
            namespace,
            name,
            procedure,
            arguments,
            returns,
            language,
            search_path,
            attributes,
            body: self.body(&it.body)?,
            reads: if reads { self.references(&it.reads)? } else { Vec::new() },
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    fn argument(&mut self, it: &FunctionArgument) -> Result<FunctionArgument, LinkError> {
        let [name, default] = self.wire.flags(f::ARGUMENT, [it.name.is_some(), it.default.is_some()])?;
        Ok(FunctionArgument {
            mode: self.one_of(f::ARGUMENT_MODE, &MODES, it.mode)?,
            name: self.text_if(name, f::ARGUMENT_TEXT, it.name.as_ref())?,
            data_type: self.wire.text(f::ARGUMENT_TEXT, &it.data_type)?,
            default: self.text_if(default, f::DEFAULT_TEXT, it.default.as_ref())?,
        })
    }

    fn body(&mut self, it: &FunctionBody) -> Result<FunctionBody, LinkError> {
        let (code, text, symbol) = match it {
            FunctionBody::Text(text) => (0, text, None),
            FunctionBody::Sql(text) => (1, text, None),
            FunctionBody::Library { file, symbol: None } => (2, file, None),
            FunctionBody::Library { file, symbol } => (3, file, symbol.as_ref()),
        };
        let code = self.wire.choice(f::FUNCTION_BODY, code, 4)?;
        let text = self.wire.text(f::BODY, text)?;
        Ok(match code {
            0 => FunctionBody::Text(text),
            1 => FunctionBody::Sql(text),
            code => FunctionBody::Library { file: text, symbol: self.text_if(code == 3, f::BODY, symbol)? },
        })
    }

    pub(super) fn view(&mut self, it: &View) -> Result<View, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::VIEW, &it.name)?;
        let rare = [
            it.with_no_data,
            it.recursive,
            !it.options.is_empty(),
            it.check_option == Some(CheckOption::Local),
            it.check_option == Some(CheckOption::Cascaded),
            !it.triggers.is_empty(),
            !it.column_comments.is_empty(),
            !it.column_defaults.is_empty(),
        ];
        let has = [
            it.namespace.is_some(),
            it.materialized,
            !it.columns.is_empty(),
            !it.indexes.is_empty(),
            !it.reads.is_empty(),
            it.comment.is_some(),
            rare.contains(&true),
        ];
        let [namespace, materialized, columns, indexes, reads, comment, has_rare] =
            self.wire.flags(f::VIEW_FLAGS, has)?;
        let rare = if has_rare { self.wire.flags(f::VIEW_RARE, rare)? } else { [false; 8] };
        let [with_no_data, recursive, options, local, cascaded, triggers, column_comments, column_defaults] =
            rare;
        let namespace = self.namespace_if(namespace, it.namespace)?;
        let columns =
            if columns { self.texts(f::VIEW_COLUMNS, f::VIEW_COLUMN, &it.columns)? } else { Vec::new() };
        let query = self.wire.text(f::QUERY, &it.query)?;
        let none = Columns { old: &[], new: &[] };
        let indexes = if indexes {
            let blank = super::blank_index();
            self.list(f::INDEXES, it.indexes.iter(), &blank, |pass, it| pass.index(it, none, &name))?
        } else {
            Vec::new()
        };
        let triggers = if triggers {
            let blank = super::blank_trigger();
            self.list(f::TRIGGERS, it.triggers.iter(), &blank, |pass, it| pass.trigger(it, none, &name))?
        } else {
            Vec::new()
        };
        Ok(View {
            id,
            namespace,
            materialized,
            with_no_data,
            recursive,
            columns,
            query,
            options: self.options_if(options, &it.options)?,
            check_option: match (local, cascaded) {
                (true, _) => Some(CheckOption::Local),
                (false, true) => Some(CheckOption::Cascaded),
                (false, false) => None,
            },
            indexes,
            triggers,
            reads: if reads { self.references(&it.reads)? } else { Vec::new() },
            column_comments: self.options_if(column_comments, &it.column_comments)?,
            column_defaults: self.options_if(column_defaults, &it.column_defaults)?,
            comment: self.text_if(comment, f::COMMENT, it.comment.as_ref())?,
            origin: self.origin(&it.origin)?,
            name,
        })
    }

    pub(super) fn verbatim(&mut self, it: &Verbatim) -> Result<Verbatim, LinkError> {
        let [needs] = self.wire.flags(f::VERBATIM, [!it.needs.is_empty()])?;
        Ok(Verbatim {
            id: self.id(it.id),
            stage: self.one_of(f::VERBATIM_STAGE, &STAGES, it.stage)?,
            position: self.wire.number32(f::VERBATIM_POSITION, it.position)?,
            sql: self.wire.text(f::VERBATIM_TEXT, &it.sql)?,
            needs: if needs { self.references(&it.needs)? } else { Vec::new() },
            origin: self.origin(&it.origin)?,
        })
    }
}
