//! `CREATE SCHEMA`, `CREATE EXTENSION` and what changes them.

use squawk_syntax::ast::{self, AstNode};

use crate::design::{Extension, ExtensionId};
use crate::pg::tokens;
use crate::read::DiagnosticKind;

use super::builder::{Builder, Fate, Step};
use super::{privilege, syntax};

fn not_modelled(what: &str) -> DiagnosticKind {
    DiagnosticKind::NotModelled { what: what.into() }
}

/// Reads `CREATE SCHEMA`; gives its name and the objects in it, to be read like statements of their own.
pub fn create(
    b: &mut Builder,
    node: &ast::CreateSchema,
) -> Result<(String, Vec<ast::SchemaElement>), DiagnosticKind> {
    let name = match node.create_schema_target() {
        Some(ast::CreateSchemaTarget::NamedSchema(it)) => {
            if let (Some(schema), Some(role)) = (it.schema(), it.role_ref()) {
                let (schema, role) = (syntax::text(&schema), syntax::text(&role));
                let id = b.add_namespace(&syntax::ident(
                    &it.schema().ok_or_else(|| not_modelled("CREATE SCHEMA"))?,
                ));
                b.keep_quietly(
                    format!("ALTER SCHEMA {schema} OWNER TO {role}"),
                    crate::design::Stage::Privileges,
                    vec![id.into()],
                );
            }
            it.schema().map(|it| syntax::ident(&it))
        }
        Some(ast::CreateSchemaTarget::AuthorizationSchema(it)) => it.role().map(|it| syntax::ident(&it)),
        None => None,
    };
    let name = name.filter(|it| !it.is_empty()).ok_or_else(|| not_modelled("CREATE SCHEMA"))?;
    if name != "public" {
        b.add_namespace(&name);
    }
    Ok((name, node.schema_elements().collect()))
}

/// Reads `ALTER SCHEMA`.
pub fn alter(b: &mut Builder, node: &ast::AlterSchema) -> Step {
    let name = node.schema_ref().map(|it| syntax::ident(&it)).unwrap_or_default();
    match node.action() {
        Some(ast::AlterSchemaAction::OwnerTo(_)) => {
            privilege::keep(b, node.syntax());
            Ok(Fate::Modelled)
        }
        Some(ast::AlterSchemaAction::SchemaRenameTo(it)) => {
            let new = it.schema().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled("ALTER SCHEMA"))?;
            match b.known_namespace(&name) {
                Some(Some(id)) => {
                    b.rename_namespace(id, &new);
                    Ok(Fate::Modelled)
                }
                _ => Err(DiagnosticKind::Unknown { what: "schema", name }),
            }
        }
        None => Err(not_modelled("ALTER SCHEMA")),
    }
}

/// Reads `CREATE EXTENSION`.
pub fn create_extension(b: &mut Builder, node: &ast::CreateExtension) -> Step {
    let name =
        node.extension().map(|it| syntax::ident(&it)).ok_or_else(|| not_modelled("CREATE EXTENSION"))?;
    if name == "plpgsql" || b.extensions.values().any(|it| it.name == name) {
        // `plpgsql` is there in every database.
        return Ok(Fate::Skipped);
    }
    let version =
        node.extension_version_clause().and_then(|it| match (it.literal(), it.extension_version()) {
            (Some(literal), _) => syntax::string(&literal),
            (None, name) => name.map(|it| syntax::ident(&it)),
        });
    let id: ExtensionId = b.ids.take();
    let namespace = node.extension_schema().and_then(|it| it.schema_ref()).map(|it| syntax::ident(&it));
    // Without `SCHEMA` it goes where any new object goes.
    let by_path = b.first_place().map(|it| b.place_name(Some(it)).to_owned());
    let namespace = namespace.or(by_path);
    let extension = Extension {
        id,
        name,
        namespace: namespace.map(|it| crate::sql::ident(&it)),
        version,
        cascade: syntax::has(node, squawk_syntax::SyntaxKind::CASCADE_KW),
        comment: None,
        origin: b.origin(),
    };
    b.extensions.insert(id, extension);
    Ok(Fate::Modelled)
}

/// Reads `DROP EXTENSION`.
pub fn drop_extensions(b: &mut Builder, node: &ast::DropExtension) -> Step {
    for name in node.extension_refs().map(|it| syntax::ident(&it)) {
        b.extensions.retain(|_, it| it.name != name);
    }
    Ok(Fate::Modelled)
}

/// `CREATE LANGUAGE plpgsql`, which every database has since PostgreSQL 9.0: older dumps say it in words that the parser does
/// not know.
pub fn is_given_language(sql: &str) -> bool {
    let mut words = tokens(sql).filter(|it| !it.is_blank());
    let mut next = || words.next().map(|it| it.span.of(sql).to_ascii_lowercase());
    if next().as_deref() != Some("create") {
        return false;
    }
    let mut word = next();
    while word.as_deref().is_some_and(|it| matches!(it, "or" | "replace" | "trusted" | "procedural")) {
        word = next();
    }
    word.as_deref() == Some("language")
        && next().is_some_and(|it| it.trim_matches(['\'', '"']) == "plpgsql")
        && next().is_none_or(|it| it == ";")
}
