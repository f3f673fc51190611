//! Types and names of expressions.

use squawk_syntax::ast::{self, AstNode, BinOp, LitKind, PrefixOp};

use crate::design::{BaseType, DataType};
use crate::pg::{Builtin, TypeFamily};

use super::super::data_type::data_type;
use super::super::syntax::{self, Name};
use super::{Scope, call, is_query};

const UNKNOWN: &str = "unknown";

/// What functions give that is no type of a column; of polymorphic ones their arguments decide.
///
/// Source: PostgreSQL manual, section "Pseudo-Types".
const NO_TYPE_OF_A_COLUMN: [&str; 11] = [
    "void",
    "record",
    "anyelement",
    "anyarray",
    "anynonarray",
    "anyenum",
    "anyrange",
    "anymultirange",
    "anycompatible",
    "anycompatiblearray",
    "anycompatiblenonarray",
];

/// The type of a bare constant in quotes, and of `NULL`, which others decide about.
pub fn unknown() -> DataType {
    DataType::new(BaseType::Other { namespace: Some("pg_catalog".into()), name: UNKNOWN.into() })
}

/// Whether a type is that of a bare constant.
pub fn is_unknown(it: &DataType) -> bool {
    matches!(&it.base, BaseType::Other { namespace: Some(_), name } if &**name == UNKNOWN)
}

/// `text`.
pub fn text() -> DataType {
    DataType::builtin(Builtin::Text)
}

fn boolean() -> DataType {
    DataType::builtin(Builtin::Boolean)
}

/// The type without its length or precision.
pub fn plain(mut it: DataType) -> DataType {
    it.modifiers.clear();
    it
}

/// The dotted name that an expression is.
pub fn path(expr: &ast::Expr) -> Option<Vec<String>> {
    match expr {
        ast::Expr::NameRef(it) => Some(vec![syntax::ident(it)]),
        ast::Expr::FieldExpr(it) => {
            let mut path = path(&it.base()?)?;
            path.push(syntax::ident(&it.field()?));
            Some(path)
        }
        _ => None,
    }
}

/// The name of the function that a call calls.
pub fn called(call: &ast::CallExpr) -> Option<Name> {
    let mut path = path(&call.expr()?)?;
    let name = path.pop()?;
    Some(Name { namespace: path.pop(), name })
}

/// The name of a column without `AS`, and whether it is better than that of a type around it.
pub fn name(expr: &ast::Expr) -> (String, bool) {
    const NONE: &str = "?column?";
    let none = || (NONE.to_owned(), false);
    match expr {
        ast::Expr::NameRef(_) | ast::Expr::FieldExpr(_) => {
            path(expr).and_then(|mut it| it.pop()).map_or_else(none, |it| (it, true))
        }
        ast::Expr::CallExpr(it) => {
            let own = called(it).map(|it| it.name);
            let first = || syntax::tokens(it.syntax()).next().map(|it| it.text().to_ascii_lowercase());
            own.or_else(first).map_or_else(none, |it| (it, true))
        }
        ast::Expr::CastExpr(it) => {
            let inner = it.expr().map_or_else(none, |it| name(&it));
            if inner.1 {
                return inner;
            }
            let of_type = it.ty().and_then(|it| syntax::name(&it)).map(|it| it.name);
            let word = || it.ty().and_then(|it| syntax::tokens(it.syntax()).next());
            let of_type = of_type.or_else(|| word().map(|it| it.text().to_ascii_lowercase()));
            of_type.map_or(inner, |it| (internal(&it).to_owned(), false))
        }
        ast::Expr::CaseExpr(it) => {
            let other = it.else_clause().and_then(|it| it.expr()).map_or_else(none, |it| name(&it));
            if other.1 { other } else { ("case".to_owned(), false) }
        }
        ast::Expr::ParenExpr(it) => match it.expr() {
            Some(inner) => name(&inner),
            // A query within parentheses has the name of its only column.
            None => {
                let query = it.syntax().children().find(is_query);
                let target = query.and_then(|it| it.descendants().find_map(ast::Target::cast));
                let named =
                    target.as_ref().and_then(|it| it.as_name()?.name()).map(|it| (syntax::ident(&it), true));
                named.or_else(|| Some(name(&target?.expr()?))).unwrap_or_else(none)
            }
        },
        ast::Expr::Collate(it) => it.expr().map_or_else(none, |it| name(&it)),
        ast::Expr::IndexExpr(it) => it.base().map_or_else(none, |it| name(&it)),
        ast::Expr::SliceExpr(it) => it.base().map_or_else(none, |it| name(&it)),
        ast::Expr::ArrayExpr(_) => ("array".to_owned(), true),
        ast::Expr::TupleExpr(_) => ("row".to_owned(), true),
        ast::Expr::Literal(it) if matches!(it.kind(), Some(LitKind::True(_) | LitKind::False(_))) => {
            ("bool".to_owned(), false)
        }
        ast::Expr::BetweenExpr(_)
        | ast::Expr::BinExpr(_)
        | ast::Expr::Literal(_)
        | ast::Expr::PostfixExpr(_)
        | ast::Expr::PrefixExpr(_) => none(),
    }
}

/// The name of a type in `pg_type`, which a cast gives to a column.
fn internal(word: &str) -> &str {
    match word {
        "int" | "integer" => "int4",
        "bigint" => "int8",
        "smallint" => "int2",
        "character" | "char" => "bpchar",
        "boolean" => "bool",
        "double" | "float" => "float8",
        "real" => "float4",
        "decimal" | "dec" => "numeric",
        other => other,
    }
}

/// The type that several expressions come to, as in `UNION`, `CASE` and `COALESCE`.
///
/// Source: PostgreSQL manual, "UNION, CASE, and Related Constructs".
pub fn common(types: impl IntoIterator<Item = DataType>) -> Option<DataType> {
    let mut result: Option<DataType> = None;
    for it in types {
        result = match result {
            Some(known) if known == it => Some(known),
            // A constant has no length, and so neither has what it comes together with.
            Some(known) if is_unknown(&it) => Some(plain(known)),
            Some(known) if is_unknown(&known) => Some(plain(it)),
            Some(known) => Some(wider(&plain(known), &plain(it))?),
            None => Some(it),
        };
    }
    result
}

/// Of two types, the one that both go into by themselves.
fn wider(one: &DataType, two: &DataType) -> Option<DataType> {
    if one == two {
        return Some(one.clone());
    }
    let (a, b) = (one.as_builtin()?, two.as_builtin()?);
    let families = [a.family(), b.family()];
    let rank = |it: Builtin| match it {
        Builtin::SmallInt => 1,
        Builtin::Integer => 2,
        Builtin::BigInt => 3,
        Builtin::Numeric => 4,
        Builtin::Real => 5,
        Builtin::Double => 6,
        Builtin::Date => 11,
        Builtin::Timestamp => 12,
        Builtin::TimestampTz => 13,
        _ => 0,
    };
    let numbers =
        families.iter().all(|it| matches!(it, TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float));
    let times = families.iter().all(|it| matches!(it, TypeFamily::DateTime));
    if numbers || times {
        return Some(if rank(a) >= rank(b) { one.clone() } else { two.clone() });
    }
    let letters = families.iter().all(|it| matches!(it, TypeFamily::Text | TypeFamily::Character));
    // The first of two that go into each other, but for `text`, which is preferred.
    let of_text = a == Builtin::Text || b == Builtin::Text;
    letters.then(|| if of_text { text() } else { one.clone() })
}

impl Scope<'_> {
    /// The type of an expression.
    pub(super) fn type_of(&self, expr: &ast::Expr) -> Option<DataType> {
        match expr {
            ast::Expr::Literal(it) => constant(it),
            ast::Expr::NameRef(it) => self.name_type(it, expr),
            ast::Expr::FieldExpr(_) => self.column(expr).map(|it| it.data_type.clone()),
            ast::Expr::ParenExpr(it) => match it.expr() {
                Some(inner) => self.type_of(&inner),
                None => self.first_column(it.syntax()),
            },
            ast::Expr::CastExpr(it) => Some(data_type(self.b, &it.ty()?)),
            ast::Expr::Collate(it) => self.type_of(&it.expr()?),
            ast::Expr::CallExpr(it) => self.call_type(it),
            ast::Expr::CaseExpr(it) => {
                let branches = it.when_clause_list()?.when_clauses();
                let mut types: Vec<DataType> =
                    branches.map(|it| self.type_of(&it.then()?)).collect::<Option<_>>()?;
                types.push(match it.else_clause() {
                    Some(other) => self.type_of(&other.expr()?)?,
                    None => unknown(),
                });
                common(types)
            }
            ast::Expr::BinExpr(it) => self.operator_type(it),
            ast::Expr::PrefixExpr(it) => match it.op()? {
                PrefixOp::Not(_) => Some(boolean()),
                PrefixOp::Minus(_) | PrefixOp::Plus(_) => self.type_of(&it.expr()?).map(plain),
                _ => None,
            },
            ast::Expr::PostfixExpr(it) => {
                let is = syntax::words(it);
                (is.contains(" IS ") || is.ends_with("NULL")).then(boolean)
            }
            ast::Expr::BetweenExpr(_) => Some(boolean()),
            ast::Expr::ArrayExpr(it) => {
                let element = match it.select_variant() {
                    Some(query) => self.query(query.syntax())?.into_iter().next()?.data_type,
                    None => common(it.exprs().map(|it| self.type_of(&it)).collect::<Option<Vec<_>>>()?)?,
                };
                let element = if is_unknown(&element) { text() } else { element };
                Some(element.array(1))
            }
            ast::Expr::IndexExpr(it) => {
                let base = self.type_of(&it.base()?)?;
                match (base.dimensions, base.as_builtin()) {
                    (0, Some(Builtin::Jsonb)) => Some(base),
                    (0, _) => None,
                    _ => Some(base.array(0)),
                }
            }
            ast::Expr::SliceExpr(it) => self.type_of(&it.base()?),
            ast::Expr::TupleExpr(_) => None,
        }
    }

    /// The type of the only column of a query within parentheses.
    fn first_column(&self, around: &squawk_syntax::SyntaxNode) -> Option<DataType> {
        let query = around.children().find(is_query)?;
        self.query(&query)?.into_iter().next().map(|it| it.data_type)
    }

    fn name_type(&self, node: &ast::NameRef, expr: &ast::Expr) -> Option<DataType> {
        if let Some(column) = self.column(expr) {
            return Some(column.data_type.clone());
        }
        let builtin = match syntax::text(node).to_ascii_lowercase().as_str() {
            "current_timestamp" => Builtin::TimestampTz,
            "current_date" => Builtin::Date,
            "current_time" => Builtin::TimeTz,
            "localtimestamp" => Builtin::Timestamp,
            "localtime" => Builtin::Time,
            "current_user" | "session_user" | "user" | "current_role" | "current_schema"
            | "current_catalog" => Builtin::Name,
            _ => return None,
        };
        Some(DataType::builtin(builtin))
    }

    fn operator_type(&self, node: &ast::BinExpr) -> Option<DataType> {
        let operands = || Some((self.type_of(&node.lhs()?)?, self.type_of(&node.rhs()?)?));
        match node.op()? {
            BinOp::And(_)
            | BinOp::Or(_)
            | BinOp::Eq(_)
            | BinOp::Gteq(_)
            | BinOp::Lteq(_)
            | BinOp::LAngle(_)
            | BinOp::RAngle(_)
            | BinOp::Neq(_)
            | BinOp::Neqb(_)
            | BinOp::Ilike(_)
            | BinOp::Like(_)
            | BinOp::In(_)
            | BinOp::Is(_)
            | BinOp::IsNot(_)
            | BinOp::IsDistinctFrom(_)
            | BinOp::IsNotDistinctFrom(_)
            | BinOp::NotIlike(_)
            | BinOp::NotIn(_)
            | BinOp::NotLike(_)
            | BinOp::NotSimilarTo(_)
            | BinOp::SimilarTo(_)
            | BinOp::Overlaps(_) => Some(boolean()),
            BinOp::Plus(_) | BinOp::Minus(_) | BinOp::Star(_) | BinOp::Slash(_) | BinOp::Percent(_) => {
                let (one, two) = operands()?;
                let minus = matches!(node.op()?, BinOp::Minus(_));
                arithmetic(one, two, minus)
            }
            BinOp::AtTimeZone(_) => match self.type_of(&node.lhs()?)?.as_builtin()? {
                Builtin::TimestampTz => Some(DataType::builtin(Builtin::Timestamp)),
                Builtin::Timestamp | Builtin::Date => Some(DataType::builtin(Builtin::TimestampTz)),
                _ => None,
            },
            BinOp::CustomOp(it) => {
                let operator: String = it.tokens().map(|it| it.text().to_owned()).collect();
                let of = |it: &DataType| it.as_builtin();
                match operator.as_str() {
                    "||" => {
                        let (one, two) = operands()?;
                        let array = [&one, &two].into_iter().find(|it| it.dimensions > 0);
                        let own = [&one, &two].into_iter().find(|it| {
                            matches!(of(it), Some(Builtin::Jsonb | Builtin::TsVector | Builtin::Bytea))
                        });
                        Some(array.or(own).cloned().map_or_else(text, plain))
                    }
                    "->>" | "#>>" => Some(text()),
                    "->" | "#>" | "#-" => {
                        let one = self.type_of(&node.lhs()?)?;
                        matches!(of(&one), Some(Builtin::Json | Builtin::Jsonb)).then_some(one)
                    }
                    "@>" | "<@" | "&&" | "?" | "?|" | "?&" | "~" | "~*" | "!~" | "!~*" | "@@" => {
                        Some(boolean())
                    }
                    _ => None,
                }
            }
            BinOp::Caret(_)
            | BinOp::ColonColon(_)
            | BinOp::ColonEq(_)
            | BinOp::Escape(_)
            | BinOp::FatArrow(_)
            | BinOp::OperatorCall(_) => None,
        }
    }

    /// The type of a call, of functions that PostgreSQL or the text has.
    fn call_type(&self, node: &ast::CallExpr) -> Option<DataType> {
        if node.exists_fn().is_some() {
            return Some(boolean());
        }
        if node.extract_fn().is_some() {
            return Some(DataType::builtin(Builtin::Numeric));
        }
        if node.substring_fn().is_some() || node.trim_fn().is_some() {
            return Some(text());
        }
        if node.position_fn().is_some() {
            return Some(DataType::builtin(Builtin::Integer));
        }
        let name = called(node)?;
        if self.b.routines(&name).is_some() {
            return self.own_function(&name);
        }
        let arguments = node.arg_list()?.args();
        // Only what the result depends on has to be known.
        let arguments: Vec<Option<DataType>> = arguments.map(|it| self.type_of(&it.expr()?)).collect();
        call::result(&name.name, &arguments)
    }

    /// What the function of this name gives that the text makes; none where there are several, or it gives no plain type.
    fn own_function(&self, name: &Name) -> Option<DataType> {
        let (_, ids) = self.b.routines(name)?;
        let [id] = ids.as_slice() else { return None };
        let returns = self.b.functions.get(id)?.returns.clone();
        let returns = returns?;
        let tree = super::parse(&format!("SELECT NULL::{returns}")).ok()?;
        let cast = tree.tree().syntax().descendants().find_map(ast::CastExpr::cast)?;
        let whole = tree.errors().is_empty().then(|| cast.ty()).flatten()?;
        let found = data_type(self.b, &whole);
        // What a polymorphic function gives is what it is given.
        let is_none =
            matches!(&found.base, BaseType::Other { name, .. } if NO_TYPE_OF_A_COLUMN.contains(&&**name));
        (!is_none).then_some(found)
    }

    /// The type of what a function in `FROM` gives row by row.
    pub(super) fn element_of(&self, node: &ast::CallExpr) -> Option<DataType> {
        let name = called(node)?;
        let mut arguments = node.arg_list()?.args().filter_map(|it| it.expr());
        match name.name.as_str() {
            "unnest" => {
                let array = self.type_of(&arguments.next()?)?;
                (array.dimensions > 0 && arguments.next().is_none()).then(|| array.array(0))
            }
            "generate_series" => {
                let types: Vec<DataType> =
                    arguments.take(2).map(|it| self.type_of(&it)).collect::<Option<_>>()?;
                let found = common(types)?;
                match found.as_builtin()? {
                    Builtin::Date => Some(DataType::builtin(Builtin::TimestampTz)),
                    Builtin::SmallInt => Some(DataType::builtin(Builtin::Integer)),
                    _ => Some(plain(found)),
                }
            }
            _ => None,
        }
    }
}

fn constant(node: &ast::Literal) -> Option<DataType> {
    let builtin = match node.kind()? {
        LitKind::IntNumber(it) => {
            let digits: String = it.text().chars().filter(|it| *it != '_').collect();
            match digits.parse::<i64>() {
                Ok(it) if i32::try_from(it).is_ok() => Builtin::Integer,
                Ok(_) => Builtin::BigInt,
                Err(_) => Builtin::Numeric,
            }
        }
        LitKind::NumericNumber(_) => Builtin::Numeric,
        LitKind::True(_) | LitKind::False(_) => Builtin::Boolean,
        LitKind::BitString(_) | LitKind::ByteString(_) => Builtin::Bit,
        LitKind::Null(_)
        | LitKind::String(_)
        | LitKind::EscString(_)
        | LitKind::DollarQuotedString(_)
        | LitKind::UnicodeEscString(_)
        | LitKind::NationalString(_) => return Some(unknown()),
        LitKind::Default(_) | LitKind::Off(_) | LitKind::On(_) | LitKind::PositionalParam(_) => return None,
    };
    Some(DataType::builtin(builtin))
}

/// `+`, `-`, `*`, `/` and `%`.
///
/// Source: PostgreSQL manual, "Mathematical Operators" and "Date/Time Operators".
fn arithmetic(one: DataType, two: DataType, minus: bool) -> Option<DataType> {
    let (one, two) = (plain(one), plain(two));
    if is_unknown(&one) {
        return Some(two);
    }
    if is_unknown(&two) {
        return Some(one);
    }
    let (a, b) = (one.as_builtin()?, two.as_builtin()?);
    let is_number =
        |it: Builtin| matches!(it.family(), TypeFamily::Integer | TypeFamily::Numeric | TypeFamily::Float);
    let found = match (a, b) {
        (Builtin::Date, Builtin::Date) if minus => Builtin::Integer,
        (Builtin::Date, Builtin::Integer) | (Builtin::Integer, Builtin::Date) => Builtin::Date,
        (Builtin::Date, Builtin::Interval) | (Builtin::Interval, Builtin::Date) => Builtin::Timestamp,
        (Builtin::Timestamp, Builtin::Timestamp) | (Builtin::TimestampTz, Builtin::TimestampTz) if minus => {
            Builtin::Interval
        }
        (
            Builtin::Timestamp | Builtin::TimestampTz | Builtin::Time | Builtin::Interval,
            Builtin::Interval,
        ) => a,
        (Builtin::Interval, Builtin::Timestamp | Builtin::TimestampTz | Builtin::Time) => b,
        (Builtin::Interval, it) | (it, Builtin::Interval) if is_number(it) => Builtin::Interval,
        // Of `real` with anything but itself, PostgreSQL makes `double precision`.
        (Builtin::Real, it) | (it, Builtin::Real) if is_number(it) && it != Builtin::Real => Builtin::Double,
        _ if is_number(a) && is_number(b) => return wider(&one, &two),
        _ => return None,
    };
    Some(DataType::builtin(found))
}
