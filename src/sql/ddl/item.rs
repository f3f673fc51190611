//! The things that make up a written schema.

use crate::design::{
    CompositeType, Domain, EnumType, Extension, Function, Id, Index, Namespace, RangeType, Sequence, Stage,
    Table, Trigger, Verbatim, View,
};

/// One thing to write.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    Namespace(&'a Namespace),
    Extension(&'a Extension),
    Enum(&'a EnumType),
    Domain(&'a Domain),
    Composite(&'a CompositeType),
    Range(&'a RangeType),
    Sequence(&'a Sequence),
    Table(&'a Table),
    Index(Owner<'a>, &'a Index),
    Function(&'a Function),
    View(&'a View),
    Trigger(Owner<'a>, &'a Trigger),
    Policies(&'a Table),
    Rows(&'a Table),
    Verbatim(&'a Verbatim),
}

/// What an index or trigger belongs to.
#[derive(Clone, Copy)]
pub enum Owner<'a> {
    Table(&'a Table),
    View(&'a View),
}

/// The parts of a written schema, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Prologue,
    Namespaces,
    Extensions,
    NamespaceVerbatims,
    Enums,
    Domains,
    Composites,
    Ranges,
    TypeVerbatims,
    FunctionVerbatims,
    Sequences,
    Tables,
    TableVerbatims,
    ConstraintVerbatims,
    Indexes,
    IndexVerbatims,
    Functions,
    Views,
    ViewVerbatims,
    Triggers,
    TriggerVerbatims,
    Policies,
    PolicyVerbatims,
    CommentVerbatims,
    PrivilegeVerbatims,
    Rows,
    RowVerbatims,
    Epilogue,
}

impl Item<'_> {
    /// Where it is written unless something earlier needs it.
    pub fn level(self) -> Level {
        match self {
            Self::Namespace(_) => Level::Namespaces,
            Self::Extension(_) => Level::Extensions,
            Self::Enum(_) => Level::Enums,
            Self::Domain(_) => Level::Domains,
            Self::Composite(_) => Level::Composites,
            Self::Range(_) => Level::Ranges,
            Self::Sequence(_) => Level::Sequences,
            Self::Table(_) => Level::Tables,
            Self::Index(Owner::Table(_), _) => Level::Indexes,
            Self::Function(_) => Level::Functions,
            Self::View(_) | Self::Index(Owner::View(_), _) => Level::Views,
            Self::Trigger(..) => Level::Triggers,
            Self::Policies(_) => Level::Policies,
            Self::Rows(_) => Level::Rows,
            Self::Verbatim(it) => match it.stage {
                Stage::Prologue => Level::Prologue,
                Stage::Namespaces => Level::NamespaceVerbatims,
                Stage::Types => Level::TypeVerbatims,
                Stage::Functions => Level::FunctionVerbatims,
                Stage::Tables => Level::TableVerbatims,
                Stage::Constraints => Level::ConstraintVerbatims,
                Stage::Indexes => Level::IndexVerbatims,
                Stage::Views => Level::ViewVerbatims,
                Stage::Triggers => Level::TriggerVerbatims,
                Stage::Policies => Level::PolicyVerbatims,
                Stage::Comments => Level::CommentVerbatims,
                Stage::Privileges => Level::PrivilegeVerbatims,
                Stage::Rows => Level::RowVerbatims,
                Stage::Epilogue => Level::Epilogue,
            },
        }
    }

    /// The identity under which others need it.
    pub fn id(self) -> Id {
        match self {
            Self::Namespace(it) => it.id.into(),
            Self::Extension(it) => it.id.into(),
            Self::Enum(it) => it.id.into(),
            Self::Domain(it) => it.id.into(),
            Self::Composite(it) => it.id.into(),
            Self::Range(it) => it.id.into(),
            Self::Sequence(it) => it.id.into(),
            Self::Table(it) | Self::Policies(it) | Self::Rows(it) => it.id.into(),
            Self::Index(_, it) => it.id.into(),
            Self::Function(it) => it.id.into(),
            Self::View(it) => it.id.into(),
            Self::Trigger(_, it) => it.id.into(),
            Self::Verbatim(it) => it.id.into(),
        }
    }

    /// The record that it is, or is a part of.
    pub fn record(self) -> Id {
        match self {
            Self::Index(owner, _) | Self::Trigger(owner, _) => owner.id(),
            other => other.id(),
        }
    }

    /// Whether it goes by the place of its table, and at which place within it.
    pub fn place_in_owner(self) -> Option<(Id, usize)> {
        match self {
            Self::Index(owner, it) => Some((owner.id(), owner.indexes().iter().position(|i| i.id == it.id)?)),
            Self::Trigger(owner, it) => {
                Some((owner.id(), owner.triggers().iter().position(|t| t.id == it.id)?))
            }
            Self::Policies(table) | Self::Rows(table) => Some((table.id.into(), 0)),
            _ => None,
        }
    }
}

impl<'a> Owner<'a> {
    /// Identity of the table or view.
    pub fn id(self) -> Id {
        match self {
            Self::Table(it) => it.id.into(),
            Self::View(it) => it.id.into(),
        }
    }

    fn indexes(self) -> &'a [Index] {
        match self {
            Self::Table(it) => &it.indexes,
            Self::View(it) => &it.indexes,
        }
    }

    fn triggers(self) -> &'a [Trigger] {
        match self {
            Self::Table(it) => &it.triggers,
            Self::View(it) => &it.triggers,
        }
    }
}
