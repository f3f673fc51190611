//! `CREATE TYPE`, `CREATE DOMAIN` and what changes them.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{
    BaseType, ColumnValue, CompositeAttribute, CompositeId, CompositeType, Domain, DomainCheck, DomainId,
    EnumId, EnumType, RangeId, RangeType,
};
use crate::pg::is_usual_class;
use crate::read::DiagnosticKind;
use crate::sql::literal;

use super::builder::{Builder, Fate, Place, Relation, Step};
use super::constraint::Options;
use super::data_type::data_type;
use super::syntax::{self, Name};
use super::{column, naming, privilege, rename};

fn not_modelled(what: &str) -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: what.into() }
}

fn unknown(name: &Name) -> DiagnosticKind {
    DiagnosticKind::Unknown { what: "type", name: name.to_string() }
}

fn taken(b: &Builder, place: Place, name: &str) -> bool {
    b.types.contains_key(&(place, name.to_owned())) || b.is_relation(place, name)
}

/// Reads `CREATE TYPE`.
pub fn create(b: &mut Builder, node: &ast::CreateType) -> Step {
    let name =
        node.type_name().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("CREATE TYPE"))?;
    let place = b.place_of_new(&name);
    let kind = node.kind();
    if matches!(kind, None | Some(ast::CreateTypeKind::BaseType(_))) {
        return Err(not_modelled("CREATE TYPE of a base type"));
    }
    if taken(b, place, &name.name) {
        b.say(DiagnosticKind::Exists { name: name.to_string() });
        return Ok(Fate::Skipped);
    }
    let origin = b.origin();
    let base = match kind {
        Some(ast::CreateTypeKind::EnumType(it)) => {
            let id: EnumId = b.ids.take();
            let variants = it.variant_list().into_iter().flat_map(|it| it.variants());
            let values =
                variants.filter_map(|it| it.literal()).filter_map(|it| syntax::string(&it)).collect();
            let record =
                EnumType { id, namespace: place, name: name.name.clone(), values, comment: None, origin };
            b.enums.insert(id, record);
            BaseType::Enum(id)
        }
        Some(ast::CreateTypeKind::CompositeType(it)) => {
            let id: CompositeId = b.ids.take();
            let fields = it.composite_field_list().into_iter().flat_map(|it| it.composite_field_defs());
            let attributes = fields.filter_map(|it| attribute(b, it.name(), it.ty(), it.collate())).collect();
            let record = CompositeType {
                id,
                namespace: place,
                name: name.name.clone(),
                attributes,
                comment: None,
                origin,
            };
            b.composites.insert(id, record);
            b.relations.insert((place, name.name.clone()), Relation::Composite(id));
            BaseType::Composite(id)
        }
        Some(ast::CreateTypeKind::RangeType(it)) => {
            let id: RangeId = b.ids.take();
            let record = range(b, id, place, &name.name, &it)?;
            b.ranges.insert(id, record);
            BaseType::Range(id)
        }
        Some(ast::CreateTypeKind::BaseType(_)) | None => return Err(not_modelled("CREATE TYPE")),
    };
    b.types.insert((place, name.name), base);
    Ok(Fate::Modelled)
}

fn attribute(
    b: &Builder,
    name: Option<impl AstNode>,
    ty: Option<ast::Type>,
    collate: Option<ast::Collate>,
) -> Option<CompositeAttribute> {
    let data_type = data_type(b, &ty?);
    Some(CompositeAttribute {
        name: syntax::ident(&name?),
        collation: column::collation(b, collate, &data_type),
        data_type,
        comment: None,
    })
}

fn range(
    b: &Builder,
    id: RangeId,
    place: Place,
    name: &str,
    node: &ast::RangeType,
) -> Result<RangeType, DiagnosticKind> {
    let mut subtype = None;
    let mut options = Vec::new();
    for it in node.attribute_list().into_iter().flat_map(|it| it.attribute_options()) {
        let (Some(key), Some(value)) = (it.name(), it.attribute_value()) else { continue };
        let key = syntax::ident(&key);
        if key == "subtype" {
            subtype = value.syntax().descendants().find_map(ast::Type::cast).map(|it| data_type(b, &it));
        } else {
            options.push((key, b.sql(&value)));
        }
    }
    let subtype = subtype.ok_or_else(|| not_modelled("CREATE TYPE AS RANGE without a subtype"))?;
    if let BaseType::Builtin(of) = &subtype.base {
        // PostgreSQL does not tell the class that it would take anyway.
        options.retain(|(key, class)| key != "subtype_opclass" || !is_usual_class(class, *of));
    }
    Ok(RangeType {
        id,
        namespace: place,
        name: name.to_owned(),
        subtype,
        options,
        comment: None,
        origin: b.origin(),
    })
}

/// Reads `CREATE DOMAIN`.
pub fn create_domain(b: &mut Builder, node: &ast::CreateDomain) -> Step {
    let name = node.domain().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("CREATE DOMAIN"))?;
    let ty = node.ty().ok_or_else(|| not_modelled("CREATE DOMAIN"))?;
    let place = b.place_of_new(&name);
    if taken(b, place, &name.name) {
        b.say(DiagnosticKind::Exists { name: name.to_string() });
        return Ok(Fate::Skipped);
    }
    let id: DomainId = b.ids.take();
    let mut domain = Domain {
        id,
        namespace: place,
        name: name.name.clone(),
        data_type: data_type(b, &ty),
        collation: None,
        not_null: false,
        default: None,
        checks: Vec::new(),
        comment: None,
        origin: b.origin(),
    };
    for qualifier in node.domain_qualifiers() {
        match qualifier {
            ast::DomainQualifier::Collate(it) => {
                domain.collation = it.collation_ref().map(|it| b.sql(&it));
            }
            ast::DomainQualifier::Constraint(it) => constrain(b, &mut domain, &it),
        }
    }
    b.domains.insert(id, domain);
    b.types.insert((place, name.name), BaseType::Domain(id));
    Ok(Fate::Modelled)
}

fn constrain(b: &mut Builder, domain: &mut Domain, node: &ast::Constraint) {
    match node {
        ast::Constraint::NotNullConstraint(_) => domain.not_null = true,
        ast::Constraint::NullConstraint(_) => domain.not_null = false,
        ast::Constraint::DefaultConstraint(it) => domain.default = it.expr().map(|it| b.sql(&it)),
        ast::Constraint::CheckConstraint(it) => {
            let written = node.constraint_name().map(|it| syntax::ident(&it));
            let taken = |name: &str| domain.checks.iter().any(|it| it.name == name);
            let name = written.unwrap_or_else(|| {
                naming::free_name(&domain.name, None, "check", |it| {
                    taken(it) || b.is_constraint(domain.namespace, it)
                })
            });
            b.add_constraint_name(domain.namespace, &name);
            domain.checks.push(DomainCheck {
                id: b.ids.take(),
                name,
                expression: it.expr().map_or_else(String::new, |it| b.expression(&it)),
                enforcement: Options::of(it.constraint_options()).enforcement,
                comment: None,
            });
        }
        _ => {}
    }
}

/// Reads `ALTER DOMAIN`.
pub fn alter_domain(b: &mut Builder, node: &ast::AlterDomain) -> Step {
    let name =
        node.domain_ref().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("ALTER DOMAIN"))?;
    let takes_away = matches!(
        node.action(),
        Some(
            ast::AlterDomainAction::DropConstraint(_)
                | ast::AlterDomainAction::DropDefault(_)
                | ast::AlterDomainAction::DropNotNull(_)
        )
    );
    let Some((_, BaseType::Domain(id))) = b.base_type(&name) else {
        if takes_away && !b.ran_code {
            return Err(DiagnosticKind::LeftOut { what: "DROP of a part of a domain that is not there" });
        }
        return Err(unknown(&name));
    };
    let Some(mut domain) = b.domains.get(&id).cloned() else { return Err(unknown(&name)) };
    match node.action() {
        Some(ast::AlterDomainAction::OwnerTo(_)) => {
            privilege::keep(b, node.syntax());
            return Ok(Fate::Modelled);
        }
        Some(ast::AlterDomainAction::SetDefault(it)) => domain.default = it.expr().map(|it| b.sql(&it)),
        Some(ast::AlterDomainAction::DropDefault(_)) => domain.default = None,
        Some(ast::AlterDomainAction::SetNotNull(_)) => domain.not_null = true,
        Some(ast::AlterDomainAction::DropNotNull(_)) => domain.not_null = false,
        Some(ast::AlterDomainAction::AddConstraint(it)) => {
            if let Some(node) = it.constraint() {
                constrain(b, &mut domain, &node);
            }
        }
        Some(ast::AlterDomainAction::DropConstraint(it)) => {
            let gone = it.constraint_name_ref().and_then(|it| syntax::name(&it));
            domain.checks.retain(|check| Some(&check.name) != gone.as_ref().map(|it| &it.name));
        }
        Some(ast::AlterDomainAction::RenameConstraint(it)) => {
            let old = it.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            let new = it.constraint_name().map(|it| syntax::ident(&it));
            if let Some(check) = domain.checks.iter_mut().find(|it| Some(&it.name) == old.as_ref()) {
                check.name = new.unwrap_or_default();
            }
        }
        Some(ast::AlterDomainAction::ValidateConstraint(it)) => {
            let valid = it.constraint_name_ref().and_then(|it| syntax::name(&it)).map(|it| it.name);
            if let Some(check) = domain.checks.iter_mut().find(|it| Some(&it.name) == valid.as_ref()) {
                check.enforcement = crate::design::Enforcement::Valid;
            }
        }
        Some(ast::AlterDomainAction::DomainRenameTo(it)) => {
            let new = it.domain().and_then(|it| syntax::name(&it)).ok_or_else(|| unknown(&name))?;
            return rename::type_to(b, &name, &new.name);
        }
        Some(ast::AlterDomainAction::SetSchema(it)) => {
            return rename::type_schema(b, &name, it.schema_ref().map(|it| syntax::ident(&it)));
        }
        None => return Err(not_modelled("ALTER DOMAIN")),
    }
    b.domains.insert(id, domain);
    Ok(Fate::Modelled)
}

/// Reads `ALTER TYPE`.
pub fn alter(b: &mut Builder, node: &ast::AlterType) -> Step {
    let name =
        node.type_name_ref().and_then(|it| syntax::name(&it)).ok_or_else(|| not_modelled("ALTER TYPE"))?;
    let action = node.action().ok_or_else(|| not_modelled("ALTER TYPE"))?;
    if let ast::AlterTypeAction::OwnerTo(_) = action {
        privilege::keep(b, node.syntax());
        return Ok(Fate::Modelled);
    }
    let base = b.base_type(&name).map(|it| it.1).ok_or_else(|| unknown(&name))?;
    match (action, base) {
        (ast::AlterTypeAction::TypeRenameTo(it), _) => {
            let new = it.type_name().and_then(|it| syntax::name(&it)).ok_or_else(|| unknown(&name))?;
            rename::type_to(b, &name, &new.name)
        }
        (ast::AlterTypeAction::SetSchema(it), _) => {
            rename::type_schema(b, &name, it.schema_ref().map(|it| syntax::ident(&it)))
        }
        (ast::AlterTypeAction::AddValue(it), BaseType::Enum(id)) => add_value(b, id, &it),
        (ast::AlterTypeAction::RenameValue(it), BaseType::Enum(id)) => {
            let old = it.from().and_then(|it| syntax::string(&it));
            let new = it.to().and_then(|it| syntax::string(&it));
            let values = b.enums.get_mut(&id).map(|it| &mut it.values);
            if let (Some(values), Some(old), Some(new)) = (values, old, new) {
                values.iter_mut().filter(|it| **it == old).for_each(|it| it.clone_from(&new));
                rename_in_defaults(b, &BaseType::Enum(id), &old, &new);
            }
            Ok(Fate::Modelled)
        }
        (ast::AlterTypeAction::RenameAttribute(it), BaseType::Composite(id)) => {
            let old = it.composite_field_ref().map(|it| syntax::ident(&it));
            let new = it.composite_field().map(|it| syntax::ident(&it)).unwrap_or_default();
            let attributes = b.composites.get_mut(&id).map(|it| &mut it.attributes);
            let same = attributes.into_iter().flatten().find(|it| Some(&it.name) == old.as_ref());
            same.map(|it| it.name = new).ok_or_else(|| unknown(&name))?;
            Ok(Fate::Modelled)
        }
        (ast::AlterTypeAction::AlterTypeAttributeActionList(it), BaseType::Composite(id)) => {
            let Some(mut composite) = b.composites.get(&id).cloned() else { return Err(unknown(&name)) };
            for action in it.actions() {
                alter_attribute(b, &mut composite, &action);
            }
            b.composites.insert(id, composite);
            Ok(Fate::Modelled)
        }
        _ => Err(not_modelled("ALTER TYPE")),
    }
}

/// Defaults hold the value itself, not its name, so that they follow when it gets another.
fn rename_in_defaults(b: &mut Builder, base: &BaseType, old: &str, new: &str) {
    let (old, new) = (literal(old), literal(new));
    for column in b.tables.values_mut().flat_map(|it| &mut it.columns).filter(|it| it.data_type.base == *base)
    {
        if let ColumnValue::Default(text) = &mut column.value
            && text.contains(&old)
        {
            *text = text.replace(&old, &new);
        }
    }
}

fn alter_attribute(b: &Builder, composite: &mut CompositeType, action: &ast::AlterTypeAttributeAction) {
    match action {
        ast::AlterTypeAttributeAction::AddAttribute(it) => {
            composite.attributes.extend(attribute(b, it.composite_field(), it.ty(), it.collate()));
        }
        ast::AlterTypeAttributeAction::DropAttribute(it) => {
            let gone = it.composite_field_ref().map(|it| syntax::ident(&it));
            composite.attributes.retain(|it| Some(&it.name) != gone.as_ref());
        }
        ast::AlterTypeAttributeAction::AlterAttribute(it) => {
            let changed = it.composite_field_ref().map(|it| syntax::ident(&it));
            let found = composite.attributes.iter_mut().find(|it| Some(&it.name) == changed.as_ref());
            if let (Some(attribute), Some(ty)) = (found, it.ty()) {
                attribute.data_type = data_type(b, &ty);
            }
        }
    }
}

fn add_value(b: &mut Builder, id: EnumId, node: &ast::AddValue) -> Step {
    let value = node.literal().and_then(|it| syntax::string(&it)).unwrap_or_default();
    let Some(values) = b.enums.get_mut(&id).map(|it| &mut it.values) else {
        return Err(not_modelled("ALTER TYPE ADD VALUE"));
    };
    if values.contains(&value) {
        return Ok(Fate::Skipped);
    }
    let position = |literal: Option<ast::Literal>| {
        let neighbour = literal.and_then(|it| syntax::string(&it));
        values.iter().position(|it| Some(it) == neighbour.as_ref())
    };
    let at = match node.value_position() {
        Some(ast::ValuePosition::BeforeValue(it)) => position(it.literal()),
        Some(ast::ValuePosition::AfterValue(it)) => position(it.literal()).map(|it| it + 1),
        None => None,
    };
    let at = at.unwrap_or(values.len());
    values.insert(at, value);
    Ok(Fate::Modelled)
}
