//! `SELECT AddGeometryColumn(…)` of PostGIS: a column, and where it asks for it the checks of old.
//!
//! Source: PostGIS manual, "`AddGeometryColumn`".

use squawk_syntax::ast;

use crate::sql::{ident, literal};

use super::builder::{Builder, Fate, Step};
use super::syntax;

/// What a call adds to a table, as `ALTER TABLE`; nothing where an argument is no constant.
fn statement(arguments: &[String]) -> Option<String> {
    let (place, rest) = arguments.split_at_checked(arguments.len().checked_sub(5)?)?;
    // The last argument is whether the type says it all, where there is one.
    let (place, rest, typed) = match (rest, place) {
        ([.., last], [place @ .., first]) if matches!(last.as_str(), "true" | "false") => {
            let mut all = vec![first.clone()];
            all.extend(rest.iter().take(4).cloned());
            (place, all, last == "true")
        }
        _ => (place, rest.to_vec(), true),
    };
    let [table, column, srid, kind, dimensions] = rest.as_slice() else { return None };
    let [.., namespace] = place else { return body(&ident(table), column, srid, kind, dimensions, typed) };
    body(&format!("{}.{}", ident(namespace), ident(table)), column, srid, kind, dimensions, typed)
}

fn body(table: &str, column: &str, srid: &str, kind: &str, dimensions: &str, typed: bool) -> Option<String> {
    let srid: i32 = srid.parse().ok()?;
    let dimensions: u8 = dimensions.parse().ok()?;
    let is_word = !kind.is_empty() && kind.bytes().all(|it| it.is_ascii_alphabetic());
    if !is_word || column.is_empty() {
        return None;
    }
    let name = ident(column);
    let srid = srid.max(0);
    if typed {
        let has = |end: &str| kind.to_ascii_uppercase().ends_with(end);
        let more = match dimensions {
            3 if !has("Z") && !has("M") => "Z",
            4 if !has("ZM") => "ZM",
            _ => "",
        };
        return Some(format!("ALTER TABLE {table} ADD COLUMN {name} geometry({kind}{more},{srid})"));
    }
    let check = |what: &str| ident(&format!("enforce_{what}_{column}"));
    let of_kind = if kind.eq_ignore_ascii_case("geometry") {
        String::new()
    } else {
        let (rule, kind) = (check("geotype"), literal(&kind.to_ascii_uppercase()));
        format!(", ADD CONSTRAINT {rule} CHECK (geometrytype({name}) = {kind} OR {name} IS NULL)")
    };
    Some(format!(
        "ALTER TABLE {table} ADD COLUMN {name} geometry, ADD CONSTRAINT {} CHECK (st_srid({name}) = {srid}), \
         ADD CONSTRAINT {} CHECK (st_ndims({name}) = {dimensions}){of_kind}",
        check("srid"),
        check("dims"),
    ))
}

/// Reads a call; nothing where it is left to PostGIS.
pub fn add_column(b: &mut Builder, arguments: Option<&ast::ArgList>) -> Option<Step> {
    let arguments: Vec<String> =
        arguments?.args().map(|it| constant(&syntax::text(&it))).collect::<Option<_>>()?;
    let sql = statement(&arguments)?;
    let stmt = super::understood(b, &sql).ok()?;
    let ast::Stmt::AlterTable(node) = &stmt else { return None };
    let table = node.table_relation_name().and_then(|it| it.table_name_ref());
    let known = table.as_ref().and_then(syntax::name).is_some_and(|it| b.table(&it).is_ok());
    if !known {
        return None;
    }
    Some(super::dispatch::statement(b, &stmt, None).map(|_| Fate::Modelled))
}

/// The value of a text, a number or a truth value.
fn constant(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\'')) {
        return (!inner.replace("''", "").contains('\'')).then(|| inner.replace("''", "'"));
    }
    let is_plain = text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    (is_plain && !text.is_empty()).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(arguments: &str, expected: &str) {
        let all: Vec<String> = arguments.split(' ').map(str::to_owned).collect();
        assert_eq!(statement(&all).unwrap_or_default(), expected);
    }

    #[test]
    fn each_form_of_the_call_is_a_column() {
        check("t geom 4326 POINT 2", "ALTER TABLE t ADD COLUMN geom geometry(POINT,4326)");
        check("app t geom -1 MULTIPOLYGON 3", "ALTER TABLE app.t ADD COLUMN geom geometry(MULTIPOLYGONZ,0)");
        check("db app t geom 4326 POINT 2 true", "ALTER TABLE app.t ADD COLUMN geom geometry(POINT,4326)");
        check(
            "t g 4326 POINT 2 false",
            "ALTER TABLE t ADD COLUMN g geometry, ADD CONSTRAINT enforce_srid_g CHECK (st_srid(g) = 4326), \
             ADD CONSTRAINT enforce_dims_g CHECK (st_ndims(g) = 2), \
             ADD CONSTRAINT enforce_geotype_g CHECK (geometrytype(g) = 'POINT' OR g IS NULL)",
        );
        check("t g x POINT 2", "");
    }
}
