//! A design as compact records, described once for both directions.

mod column;
mod data_type;
mod diagram;
mod indexes;
mod intent;
mod keys;
mod object;
mod pass;
mod table;

use std::collections::BTreeMap;

use super::LinkError;
use super::coder::{Stop, Wire};
use super::fields as f;
use super::wire::Values;
use crate::design::{
    AccessPattern, Area, BaseType, Brief, Column, ColumnId, CompositeAttribute, CompositeType, ConstraintId,
    DataType, Decision, Design, DomainCheck, Enforcement, EnumType, Extension, Function, FunctionArgument,
    Id, Index, IndexElement, Namespace, Note, Origin, Policy, PolicyCommand, Record, Sequence, Story,
    Trigger, TriggerFunction, TriggerTiming, Verbatim, View,
};
use pass::{Origins, Pass};

/// Writes a design to a wire.
pub fn write(wire: &mut dyn Wire, design: &Design) -> Result<(), LinkError> {
    // One pass to learn what is where; references are written by the identity that the other side will give.
    let mut nowhere = Nowhere { left: super::MOST_BYTES };
    let mut first = Pass::new(&mut nowhere, design, BTreeMap::new(), Origins::Each);
    first.records()?;
    let origins = first.seen_origins.take().unwrap_or(Origins::Same(Origin::Hand));
    let renumbered = first.renumbered;
    Pass::new(wire, design, renumbered, origins).records()?;
    Ok(())
}

/// Reads the records of a design from a wire.
pub fn read(wire: &mut dyn Wire) -> Result<Vec<Record>, LinkError> {
    let nothing = Design::new();
    Pass::new(wire, &nothing, BTreeMap::new(), Origins::Each).records()
}

/// A wire that leads nowhere, and ends where a link does: before any work goes into what is too long.
struct Nowhere {
    left: usize,
}

impl Wire for Nowhere {
    fn byte(&mut self, _: super::coder::Place, byte: u8) -> Result<u8, Stop> {
        self.left = self.left.checked_sub(1).ok_or(Stop::TooLong)?;
        Ok(byte)
    }
}

impl Pass<'_> {
    /// Every record but the named versions, in an order in which most references point back.
    fn records(&mut self) -> Result<Vec<Record>, LinkError> {
        self.origin_mode()?;
        let given = self.given;
        let mut out = Vec::new();
        out.push(Record::Title(self.wire.text(f::TITLE, given.title())?));
        // First, so that its words are known when names and origins follow.
        add(&mut out, self.list(f::BRIEFS, given.briefs(), &Brief::default(), Self::brief)?);
        out.push(Record::Conventions(self.conventions(given.conventions())?));
        out.push(Record::Load(self.load(given.load())?));

        let namespaces =
            self.list(f::NAMESPACES, given.namespaces(), &Namespace::default(), Self::namespace)?;
        self.has_namespaces = !namespaces.is_empty();
        add(&mut out, namespaces);
        add(&mut out, self.list(f::EXTENSIONS, given.extensions(), &Extension::default(), Self::extension)?);
        add(&mut out, self.list(f::ENUMS, given.enums(), &EnumType::default(), Self::enum_type)?);
        add(&mut out, self.list(f::DOMAINS, given.domains(), &blank_domain(), Self::domain)?);
        add(
            &mut out,
            self.list(f::COMPOSITES, given.composites(), &CompositeType::default(), Self::composite)?,
        );
        add(&mut out, self.list(f::RANGES, given.ranges(), &blank_range(), Self::range)?);
        add(&mut out, self.list(f::FUNCTIONS, given.functions(), &Function::default(), Self::function)?);
        add(&mut out, self.tables()?);
        add(&mut out, self.list(f::SEQUENCES, given.sequences(), &Sequence::default(), Self::sequence)?);
        add(&mut out, self.list(f::VIEWS, given.views(), &View::default(), Self::view)?);
        add(&mut out, self.list(f::VERBATIMS, given.verbatims(), &blank_verbatim(), Self::verbatim)?);
        add(&mut out, self.placements()?);
        add(&mut out, self.list(f::AREAS, given.areas(), &Area::default(), Self::area)?);
        add(&mut out, self.list(f::NOTES, given.notes(), &Note::default(), Self::note)?);
        add(&mut out, self.list(f::STORIES, given.stories(), &Story::default(), Self::story)?);
        let blank = AccessPattern::default();
        add(&mut out, self.list(f::PATTERNS, given.access_patterns(), &blank, Self::access_pattern)?);
        add(&mut out, self.list(f::DECISIONS, given.decisions(), &Decision::default(), Self::decision)?);
        Ok(out)
    }

    /// Whether all has one origin, which is then written once.
    fn origin_mode(&mut self) -> Result<(), LinkError> {
        let (same, origin) = match &self.origins {
            Origins::Same(origin) => (true, origin.clone()),
            Origins::Each => (false, Origin::Hand),
        };
        self.origins = if self.wire.flag(f::ORIGINS, same)? {
            Origins::Same(self.written_origin(&origin)?)
        } else {
            Origins::Each
        };
        Ok(())
    }
}

fn add<T: Into<Record>>(out: &mut Vec<Record>, records: Vec<T>) {
    out.extend(records.into_iter().map(Into::into));
}

// What stands in for a given value when there is none. None of it reaches a design.

fn blank_type() -> DataType {
    DataType::new(BaseType::Other { namespace: None, name: Box::default() })
}

fn blank_column() -> Column {
    Column::new(ColumnId(0), "", blank_type())
}

fn blank_element() -> IndexElement {
    IndexElement::column(ColumnId(0))
}

fn blank_index() -> Index {
    Index::over(Id(0).into(), "", &[])
}

fn blank_trigger() -> Trigger {
    let function = TriggerFunction::Other(String::new());
    Trigger::of_row(Id(0).into(), String::new(), TriggerTiming::Before, Vec::new(), function)
}

fn blank_policy() -> Policy {
    Policy {
        id: Id(0).into(),
        name: String::new(),
        restrictive: false,
        command: PolicyCommand::All,
        roles: Vec::new(),
        using: None,
        with_check: None,
        comment: None,
        origin: Origin::Hand,
    }
}

fn blank_domain() -> crate::design::Domain {
    crate::design::Domain {
        id: Id(0).into(),
        namespace: None,
        name: String::new(),
        data_type: blank_type(),
        collation: None,
        not_null: false,
        default: None,
        checks: Vec::new(),
        comment: None,
        origin: Origin::Hand,
    }
}

fn blank_domain_check() -> DomainCheck {
    DomainCheck {
        id: ConstraintId(0),
        name: String::new(),
        expression: String::new(),
        enforcement: Enforcement::Valid,
        comment: None,
    }
}

fn blank_attribute() -> CompositeAttribute {
    CompositeAttribute { name: String::new(), data_type: blank_type(), collation: None, comment: None }
}

fn blank_range() -> crate::design::RangeType {
    crate::design::RangeType {
        id: Id(0).into(),
        namespace: None,
        name: String::new(),
        subtype: blank_type(),
        options: Vec::new(),
        comment: None,
        origin: Origin::Hand,
    }
}

fn blank_argument() -> FunctionArgument {
    FunctionArgument {
        mode: crate::design::ArgumentMode::In,
        name: None,
        data_type: String::new(),
        default: None,
    }
}

fn blank_verbatim() -> Verbatim {
    Verbatim {
        id: Id(0).into(),
        sql: String::new(),
        stage: crate::design::Stage::Prologue,
        position: 0,
        needs: Vec::new(),
        origin: Origin::Hand,
    }
}
