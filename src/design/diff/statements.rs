//! Statements that are kept as written, compared: the order of their options says nothing, and some have two spellings.

use std::borrow::Cow;

use super::by_name::unplaced;
use super::collation;
use super::words::{Words, is_same_path};
use crate::design::{Design, Verbatim};
use crate::pg::{alike, canonical_type, tokens};

/// Statements in the order in which they are written.
pub fn in_order(design: &Design) -> Vec<&Verbatim> {
    let mut all: Vec<&Verbatim> = design.verbatims().collect();
    all.sort_by_key(|it| (it.stage, it.position, it.id));
    all
}

/// Whether two statements do the same.
pub fn same(one: &str, two: &str) -> bool {
    alike(one, two)
        || match (Definition::of(one), Definition::of(two)) {
            (Some(one), Some(two)) => one.is_like(&two),
            _ => match (Cast::of(one), Cast::of(two)) {
                (Some(one), Some(two)) => one.is_like(&two),
                _ => false,
            },
        }
}

/// `CREATE CAST (a AS b) WITH FUNCTION f`, whose arguments need not be said where there is one function of the name.
struct Cast {
    types: String,
    function: Vec<String>,
    arguments: Option<Vec<String>>,
    context: String,
}

impl Cast {
    fn of(sql: &str) -> Option<Self> {
        let mut words = Words::of(sql);
        words.take_all(&["create", "cast"]).then_some(())?;
        let types = words.bracketed()?;
        words.take_all(&["with", "function"]).then_some(())?;
        let function = words.path()?;
        let inner = |it: &str| it.strip_prefix('(').and_then(|it| it.strip_suffix(')')).map(listed);
        let arguments = words.bracketed().and_then(|it| inner(&it));
        let arguments = arguments.map(|it| it.iter().map(|it| plain_type(it)).collect());
        let context = words.rest().unwrap_or_default().to_lowercase();
        Some(Self { types, function, arguments, context })
    }

    /// The type that is cast, which the function takes first.
    fn source(&self) -> String {
        let inner = self.types.trim_start_matches('(').trim_end_matches(')');
        let end = inner.to_lowercase().find(" as ").unwrap_or(inner.len());
        plain_type(inner.get(..end).unwrap_or_default())
    }

    fn is_like(&self, other: &Self) -> bool {
        let takes_source = |it: &[String]| it.first() == Some(&self.source());
        let same_arguments = match (&self.arguments, &other.arguments) {
            (Some(one), Some(two)) => one == two,
            (Some(said), None) | (None, Some(said)) => takes_source(said),
            (None, None) => true,
        };
        // As a call, so that the types may say where they are on one side alone.
        let types = |it: &str| format!("cast(x as y){it}");
        is_same_path(&self.function, &other.function)
            && same_arguments
            && self.context == other.context
            && alike(&types(&self.types), &types(&other.types))
    }
}

/// The statement in the spelling that PostgreSQL shows: `CLUSTER t USING i` is `ALTER TABLE t CLUSTER ON i` (manual, `CLUSTER`:
/// the table remembers the index). Whether something was there before is not kept.
pub fn shown(sql: &str) -> Cow<'_, str> {
    let mut words = Words::of(sql);
    if words.take_all(&["create", "or", "replace"])
        && let Some(rest) = words.rest()
    {
        return Cow::Owned(format!("CREATE {rest}"));
    }
    let mut words = Words::of(sql);
    if words.take("create")
        && let Some(kind) = words.rest().and_then(|it| it.split_whitespace().next())
        && words.name().is_some()
        && words.take_all(&["if", "not", "exists"])
        && let Some(rest) = words.rest()
    {
        let plain = format!("CREATE {kind} {rest}");
        return Cow::Owned(collation::copied(&plain).unwrap_or(plain));
    }
    if let Some(written_out) = collation::copied(sql) {
        return Cow::Owned(written_out);
    }
    let mut words = sql.split_whitespace();
    let mut after =
        |word: &str| words.next().filter(|it| it.eq_ignore_ascii_case(word)).and_then(|_| words.next());
    match after("cluster").and_then(|table| Some((table, after("using")?))) {
        Some((table, index)) if words.next().is_none() => {
            Cow::Owned(format!("ALTER TABLE {table} CLUSTER ON {index}"))
        }
        _ => Cow::Borrowed(sql),
    }
}

/// `CREATE kind name (arguments) (option = value, …)`: what makes aggregates, operators, collations and the like.
struct Definition {
    /// Up to the options, or to the arguments where there are any.
    head: String,
    /// The types of the arguments; of aggregates alone.
    arguments: Option<Vec<String>>,
    /// Names in lower case, in order.
    options: Vec<(String, String)>,
}

impl Definition {
    fn of(sql: &str) -> Option<Self> {
        if !sql.get(..6)?.eq_ignore_ascii_case("create") {
            return None;
        }
        let mut groups: Vec<(usize, usize)> = Vec::new();
        let (mut depth, mut start, mut end) = (0_i32, 0, 0);
        for token in tokens(sql).filter(|it| !it.is_blank()) {
            if token.is(sql, "(") {
                if depth == 0 {
                    start = token.span.start as usize;
                }
                depth += 1;
            } else if token.is(sql, ")") {
                depth -= 1;
                if depth == 0 {
                    groups.push((start, token.span.end as usize));
                }
            }
            end = token.span.end as usize;
        }
        let (from, to) = *groups.last()?;
        if to != end {
            return None;
        }
        let listed = |from: usize, to: usize| listed(sql.get(from + 1..to - 1).unwrap_or_default());
        let mut options = Vec::new();
        for option in listed(from, to) {
            let (name, value) = option.split_once('=').unwrap_or((&option, "true"));
            options.push((name.trim().to_lowercase(), value.trim().to_owned()));
        }
        let mut arguments = match groups.as_slice() {
            [(first, last), _] => Some(listed(*first, *last).iter().map(|it| plain_type(it)).collect()),
            _ => None,
        };
        // The old way to say what an aggregate is of, and the old name of an operator's function.
        if let Some(at) = options.iter().position(|it| it.0 == "basetype") {
            arguments = Some(vec![plain_type(&options.remove(at).1)]);
        }
        for option in options.iter_mut().filter(|it| it.0 == "procedure") {
            "function".clone_into(&mut option.0);
        }
        if collation::is_one(sql) {
            options = collation::plain(&options);
        }
        options.sort();
        // The name of an operator is no name that could be told from its SQL schema.
        let head = sql.get(..groups.first()?.0)?.trim().replace("public.", "");
        Some(Self { head, arguments, options })
    }

    fn is_like(&self, other: &Self) -> bool {
        let same_value = |one: &str, two: &str| alike(one, two) || plain_type(one) == plain_type(two);
        let pairs = self.options.iter().zip(&other.options);
        alike(&self.head, &other.head)
            && self.arguments == other.arguments
            && self.options.len() == other.options.len()
            && pairs.into_iter().all(|(one, two)| one.0 == two.0 && same_value(&one.1, &two.1))
    }
}

/// A type, or a name with a type, as PostgreSQL shows it.
fn plain_type(text: &str) -> String {
    unplaced(canonical_type(text))
}

/// Cuts a text at its commas outside of brackets and texts.
fn listed(text: &str) -> Vec<String> {
    let (mut depth, mut start) = (0_i32, 0);
    let mut found = Vec::new();
    for token in tokens(text) {
        if token.is(text, "(") {
            depth += 1;
        } else if token.is(text, ")") {
            depth -= 1;
        } else if depth == 0 && token.is(text, ",") {
            found.push(text.get(start..token.span.start as usize).unwrap_or_default().trim().to_owned());
            start = token.span.end as usize;
        }
    }
    found.push(text.get(start..).unwrap_or_default().trim().to_owned());
    found.retain(|it| !it.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_options_says_nothing() {
        assert!(same(
            "create aggregate s.median (INTEGER) (SFUNC=array_append, STYPE=INTEGER[], FINALFUNC=s.f, INITCOND='{}')",
            "CREATE AGGREGATE s.median(integer) (SFUNC = array_append, STYPE = integer[], INITCOND = '{}', FINALFUNC = s.f)",
        ));
        assert!(same(
            "CREATE AGGREGATE concat ( sfunc = pair, basetype = text, stype = text, initcond = '' )",
            "CREATE AGGREGATE public.concat(text) (SFUNC = public.pair, STYPE = text, INITCOND = '')",
        ));
        assert!(same(
            "CREATE OPERATOR ~~ (LEFTARG=anynonarray, RIGHTARG=text, PROCEDURE=f)",
            "CREATE OPERATOR public.~~ (\n    FUNCTION = public.f,\n    LEFTARG = anynonarray,\n    RIGHTARG = text )",
        ));
        assert!(!same(
            "CREATE AGGREGATE a(int) (SFUNC=f, STYPE=int)",
            "CREATE AGGREGATE a(int) (SFUNC=g, STYPE=int)"
        ));
        assert!(!same("CREATE AGGREGATE a(int) (SFUNC=f)", "CREATE AGGREGATE a(text) (SFUNC=f)"));
        let collation =
            "CREATE COLLATION public.c (provider = icu, deterministic = false, locale = 'und-u-kn-true')";
        let written = "create collation if not exists c (DETERMINISTIC = 'no', LOCALE = '@colNumeric=yes', PROVIDER = 'ICU')";
        assert!(same(&shown(written), collation));
        assert!(!same(&shown(&written.replace("=yes", "=no")), collation));
        assert!(!same(&shown(&written.replace("DETERMINISTIC = 'no', ", "")), collation));
        let byte = "CREATE COLLATION public.b (provider = libc, locale = 'C')";
        assert!(same("create collation b (lc_collate = \"C\", lc_ctype = 'C')", byte));
        assert!(!same("create collation b (lc_collate = 'C', lc_ctype = 'POSIX')", byte));
        assert!(same(&shown("create collation b from \"C\""), byte));
        assert!(!same(&shown("create collation b from \"POSIX\""), byte));
        let german = "CREATE COLLATION public.g (provider = icu, locale = 'de-AT')";
        assert!(same(&shown("create collation if not exists g from pg_catalog.\"de-AT-x-icu\""), german));
        let cast = "CREATE CAST (text AS public.mood) WITH FUNCTION public.to_mood(text) AS ASSIGNMENT";
        assert!(same("create cast (text as mood) with function to_mood as assignment", cast));
        assert!(same("create cast (text as mood) with function to_mood(text) as assignment", cast));
        assert!(!same("create cast (text as mood) with function to_mood", cast));
        assert!(!same("create cast (text as mood) with function to_mood(varchar) as assignment", cast));
        assert!(!same("create cast (text as mind) with function to_mood as assignment", cast));
        assert!(!same("create cast (text as mood) with function in_mood as assignment", cast));
        assert!(!same("CREATE OPERATOR ~~ (LEFTARG=a)", "CREATE OPERATOR !~ (LEFTARG=a)"));
        assert_eq!(
            shown("create or replace aggregate a(int) (SFUNC=f)"),
            "CREATE aggregate a(int) (SFUNC=f)"
        );
        assert_eq!(shown("CLUSTER s.t USING i"), "ALTER TABLE s.t CLUSTER ON i");
    }
}
