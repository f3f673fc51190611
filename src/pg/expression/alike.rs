//! Two trees compared, with leave for what PostgreSQL adds to what was written.

use super::constant;
use super::moment;
use super::node::{ALIAS, Node, TypeName};
use super::parse::{Parser, parse};
use super::types::may_be_implied;

/// Whether two texts of SQL say the same as far as can be told without the database: PostgreSQL, given one, might show the
/// other.
///
/// - Parentheses, blanks, comments, the case of words, and the spellings that the deparser exchanges do not count.
/// - A cast that one side lacks does not count where PostgreSQL adds it by itself: around constants, and to the types of
///   implicit casts.
/// - A name may be qualified on one side: `id` and `t.id`, `f()` and `public.f()`.
/// - A column of a query may be given the name on one side that it has anyway.
///
/// What it cannot tell is told as a difference: `*` and the columns it stands for, positions in `ORDER BY` (see
/// [`queries_alike`](super::queries_alike) for both), constants that PostgreSQL computed.
pub fn alike(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    match (parse(one), parse(two)) {
        (Some(one), Some(two)) => nodes(&one, &two),
        _ => false,
    }
}

/// Whether two bounds of partitions are the same, times in them in whatever zone.
pub fn bounds_alike(one: &str, two: &str) -> bool {
    match (parse(one), parse(two)) {
        (Some(one), Some(two)) => nodes(&moment::settled(one), &moment::settled(two)),
        _ => false,
    }
}

pub(super) fn nodes(one: &Node, two: &Node) -> bool {
    match (one, two) {
        (Node::Cast(a, x), Node::Cast(b, y)) if types(x, y) => values(a, b, x).unwrap_or_else(|| nodes(a, b)),
        (Node::Cast(a, target), b @ Node::Text(_)) | (b @ Node::Text(_), Node::Cast(a, target))
            if values(a, b, target) == Some(true) =>
        {
            true
        }
        // `date('now')`: a type that is called with a constant is a cast.
        (Node::Call(path, of), Node::Cast(inner, target))
        | (Node::Cast(inner, target), Node::Call(path, of))
            if is_type_called(path, of, target) && of.iter().any(|it| nodes(it, inner)) =>
        {
            true
        }
        (Node::Cast(inner, target), other) if goes_without_saying(inner, target) && nodes(inner, other) => {
            true
        }
        (other, Node::Cast(inner, target)) if goes_without_saying(inner, target) => nodes(other, inner),
        (Node::Name(a), Node::Name(b)) => paths(a, b),
        (Node::Text(a), Node::Text(b)) => a == b || relations(a, b),
        (Node::Number(a), Node::Number(b)) => a == b,
        // `DEFAULT '2'` of a number, `'t'` of a truth value: what the column's type makes of it is shown.
        (Node::Text(text), Node::Number(number)) | (Node::Number(number), Node::Text(text)) => text == number,
        (Node::Text(text), Node::Name(word)) | (Node::Name(word), Node::Text(text)) => truth(text, word),
        (Node::Operator(a, of_a), Node::Operator(b, of_b)) if a == ALIAS && b == ALIAS => aliases(of_a, of_b),
        (Node::Operator(a, of_a), Node::Operator(b, of_b)) => a == b && all(of_a, of_b),
        (Node::Call(a, of_a), Node::Call(b, of_b)) => paths(a, b) && all(of_a, of_b),
        (Node::Word(a), Node::Word(b)) => a == b,
        (Node::Parts(a), Node::Parts(b)) => parts(a, b),
        // `FROM t` is one part, `FROM t t` two.
        (Node::Parts(a), other) => parts(a, std::slice::from_ref(other)),
        (other, Node::Parts(b)) => parts(std::slice::from_ref(other), b),
        _ => false,
    }
}

fn is_type_called(path: &[String], arguments: &[Node], target: &TypeName) -> bool {
    target.rest.is_empty() && paths(path, &target.path) && matches!(arguments, [one] if one.is_constant())
}

/// Whether two texts are the same time, span of time or JSON, where they are.
fn values(one: &Node, two: &Node, target: &TypeName) -> Option<bool> {
    match (one, two) {
        (Node::Text(one), Node::Text(two)) => {
            moment::same(one, two, target).or_else(|| constant::same(one, two, target))
        }
        _ => None,
    }
}

fn all(one: &[Node], two: &[Node]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(a, b)| nodes(a, b))
}

/// Parts in order; a name on one side alone is what its column is called anyway.
fn parts(one: &[Node], two: &[Node]) -> bool {
    // The same names in another order are other tables, numbered or not.
    let (names, others) = (table_names(one), table_names(two));
    let sorted = |list: &[&Node]| {
        let mut list: Vec<String> =
            list.iter().filter_map(|it| it.output_name().map(str::to_owned)).collect();
        list.sort();
        list
    };
    if names != others && sorted(&names) == sorted(&others) {
        return false;
    }
    let (mut at, mut other) = (0, 0);
    loop {
        match (one.get(at), two.get(other)) {
            (None, None) => return true,
            (Some(a), Some(b)) if nodes(a, b) => {
                at += 1;
                other += 1;
            }
            (Some(_), _) if is_own_name(one, at) || is_no_name(one, at, two, other) => at += 1,
            (_, Some(_)) if is_own_name(two, other) || is_no_name(two, other, one, at) => other += 1,
            _ => return false,
        }
    }
}

/// Whether a name is what PostgreSQL shows for a value that has none, as the value on the other side.
fn is_no_name(parts: &[Node], at: usize, others: &[Node], other: usize) -> bool {
    let is_unnamed = |it: &Node| !matches!(it, Node::Word(_)) && it.output_name().is_none();
    matches!(parts.get(at), Some(Node::Name(name)) if name == &["?column?"])
        && other.checked_sub(1).and_then(|it| others.get(it)).is_some_and(is_unnamed)
}

fn is_own_name(parts: &[Node], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|it| parts.get(it)).and_then(Node::output_name);
    match (before, parts.get(at)) {
        (Some(before), Some(Node::Name(name))) => {
            matches!(name.as_slice(), [one] if one == before || is_numbered(one, before))
        }
        // A function in `FROM` is shown with the names of its columns.
        (Some(before), Some(Node::Call(name, columns))) => {
            matches!(name.as_slice(), [one] if one == before)
                && columns.iter().all(|it| matches!(it, Node::Name(_)))
        }
        _ => false,
    }
}

/// What the tables of a `FROM` are called.
fn table_names(parts: &[Node]) -> Vec<&Node> {
    let mut names = Vec::new();
    for it in parts {
        if let Node::Operator(sign, of) = it
            && sign == ALIAS
        {
            names.extend(of.first());
        }
    }
    names
}

/// Names of tables in `FROM`: PostgreSQL numbers one that is taken, and shows those of a function's columns.
fn aliases(one: &[Node], two: &[Node]) -> bool {
    let (Some((Node::Name(a), columns)), Some((Node::Name(b), others))) =
        (one.split_first(), two.split_first())
    else {
        return false;
    };
    let same = match (a.as_slice(), b.as_slice()) {
        ([a], [b]) => a == b || is_numbered(a, b) || is_numbered(b, a),
        _ => false,
    };
    same && (columns.is_empty() || others.is_empty() || all(columns, others))
}

/// Whether a name is what PostgreSQL makes of another that is taken already: `task_1`.
pub(super) fn is_numbered(name: &str, plain: &str) -> bool {
    let number = name.strip_prefix(plain).and_then(|it| it.strip_prefix('_'));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether PostgreSQL would show this cast although nobody wrote it.
fn goes_without_saying(inner: &Node, target: &TypeName) -> bool {
    // `VALUE` is of the type below a domain.
    inner.is_constant() || matches!(inner, Node::Name(path) if path == &["value"]) || may_be_implied(target)
}

fn types(one: &TypeName, two: &TypeName) -> bool {
    paths(&one.path, &two.path) && one.rest == two.rest
}

/// Names of which one may say more of where it is.
fn paths(one: &[String], two: &[String]) -> bool {
    let (longer, shorter) = if one.len() >= two.len() { (one, two) } else { (two, one) };
    let ending = longer.get(longer.len() - shorter.len()..).unwrap_or_default();
    let same = |a: &String, b: &String, is_last: bool| {
        a == b || !is_last && (is_numbered(a, b) || is_numbered(b, a))
    };
    let pairs = ending.iter().zip(shorter).enumerate();
    !shorter.is_empty() && pairs.into_iter().all(|(at, (a, b))| same(a, b, at + 1 == shorter.len()))
}

/// Texts that name relations, as in `nextval('public.task_id_seq')`, with or without quotes.
fn relations(one: &str, two: &str) -> bool {
    match (path_in(one), path_in(two)) {
        (Some(one), Some(two)) => paths(&one, &two),
        _ => false,
    }
}

/// The name that a text is, part by part; nothing when it is none.
fn path_in(text: &str) -> Option<Vec<String>> {
    let mut parser = Parser::new(text);
    let path = parser.path();
    (parser.is_at_end() && !path.is_empty()).then_some(path)
}

fn truth(text: &str, word: &[String]) -> bool {
    match word {
        [one] if one == "true" => matches!(text, "t" | "true" | "yes" | "on" | "1"),
        [one] if one == "false" => matches!(text, "f" | "false" | "no" | "off" | "0"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(one: &str, two: &str) {
        assert!(alike(one, two), "{:?}\n{:?}", parse(one), parse(two));
        assert!(alike(two, one));
    }

    #[track_caller]
    fn other(one: &str, two: &str) {
        assert!(!alike(one, two) && !alike(two, one), "{:?}\n{:?}", parse(one), parse(two));
    }

    #[test]
    fn what_the_deparser_writes_is_what_was_written() {
        same("'x'", "'x'::text");
        same("NOW()", "now()");
        same("a > 0", "((a > 0))");
        same("status in ('a','b')", "((status)::text = ANY (ARRAY['a'::text, 'b'::text]))");
        same("status NOT IN ('a','b')", "(status <> ALL (ARRAY['a'::text, 'b'::text]))");
        same("kind IN (1)", "(kind = 1)");
        same("x BETWEEN 1 AND 5 AND y", "((x >= 1) AND (x <= 5) AND y)");
        same("name != ''", "((name)::text <> ''::text)");
        same("name LIKE 'a%' or name not ilike 'b'", "((name ~~ 'a%'::text) OR (name !~~* 'b'::text))");
        same("cast(x as VARCHAR(5))", "(x)::character varying(5)");
        same("now() at time zone 'utc'", "timezone('utc'::text, now())");
        same("CASE WHEN a THEN 1 END", "CASE\n    WHEN a THEN 1\n    ELSE NULL::integer\nEND");
        same("nextval('s_seq')", "nextval('public.s_seq'::regclass)");
        same("nextval('public.s_seq')", "\"nextval\"('\"public\".\"s_seq\"'::\"regclass\")");
        same("data->>'a'", "(data ->> 'a'::text)");
        same("-1", "'-1'::integer");
        same("NULL", "NULL::character varying");
        same("'true'", "true");
        same("trim(a) = b", "(TRIM(BOTH FROM a) = b)");
        same("trim(leading 'x' from a)", "ltrim(a, 'x'::text)");
        same("substring(a from 1 for 2)", "\"substring\"(a, 1, 2)");
        same("date '2020-01-01'", "'2020-01-01'::date");
        same("value ~ E'^\\\\d$'", "(VALUE ~ '^\\d$'::text)");
        same("not a is null", "(NOT (a IS NULL))");
        same("(a, b) = (1, 2)", "(ROW(a, b) = ROW(1, 2))");
        same("select 'x', a + 1", "SELECT 'x'::text AS \"?column?\", (a + 1) AS \"?column?\"");
        same(
            "select case a when 1 then 2 end",
            "SELECT CASE a WHEN 1 THEN 2 ELSE NULL::integer END AS \"case\"",
        );
        same("select (select max(a) from t)", "SELECT ( SELECT max(t.a) AS max FROM t) AS max");
        same("a is not distinct from b", "(NOT (a IS DISTINCT FROM b))");
        same("a between symmetric 1 and 2", "(((a >= 1) AND (a <= 2)) OR ((a >= 2) AND (a <= 1)))");
        same("position('x' in a) > 0", "(POSITION(('x'::text) IN (a)) > 0)");
        same("'1970-01-01 00:00:01+00:00'", "'1970-01-01 00:00:01'::timestamp without time zone");
        same("'2017-12-14 01:02:30'::timestamptz", "'2017-12-14 02:02:30+01'::timestamp with time zone");
        same("date('now'::text)", "('now'::text)::date");
        same("value <> ''", "((VALUE)::tsvector <> ''::tsvector)");
    }

    #[test]
    fn queries_are_the_same_up_to_what_is_filled_in() {
        same(
            "select p.id, count(*) from Person as p inner join t on t.id = p.id where p.x = 1 group by p.id order by p.id asc",
            " SELECT p.id,\n    count(*) AS count\n   FROM (public.person p\n     JOIN public.t ON ((t.id = p.id)))\n  \
             WHERE (p.x = 1)\n  GROUP BY p.id\n  ORDER BY p.id",
        );
        same("select id from t", "SELECT t.id\n   FROM public.t");
        same(
            "select a from t where b in (select c from u)",
            "SELECT t.a FROM t WHERE (t.b IN ( SELECT u.c FROM u))",
        );
        same("grant all privileges on t to PUBLIC", "GRANT ALL ON TABLE public.t TO PUBLIC");
        other("select * from t", "SELECT t.id FROM t");
        other("select a from t", "select a from t where true");
        other("select a as b from t", "select a from t");
        other("select a from t", "select a as \"?column?\" from t");
        other("position('x' in a)", "position(a in 'x')");
        other("select a from t union select b from u", "select a from t union all select b from u");
    }

    #[test]
    fn what_differs_is_told() {
        other("a > 0", "a >= 0");
        other("'x'", "'y'");
        other("a and b or c", "a and (b or c)");
        other("a - (b - c)", "a - b - c");
        other("a.x = 1", "b.x = 1");
        other("public.f()", "other.f()");
        other("date(a)", "a::date");
        other("x::date", "x");
        other("a in (1, 2)", "a in (1, 2, 3)");
        other("'1'", "'true'");
        other("current_date", "'current_date'");
        other("not (a or b)", "not a or b");
        other("nextval('a_seq')", "nextval('b_seq')");
        other("\"A\"", "a");
        other("'1970-01-01 00:00:01'", "'1970-01-01 00:00:02'::timestamp without time zone");
        other("'2017-12-14 01:02:30'", "'2017-12-14 01:02:30+01'");
    }

    #[test]
    fn bounds_of_partitions_are_times_in_any_zone() {
        let shown = "FOR VALUES FROM ('2022-01-01 00:00:00+00') TO ('2022-02-01 00:00:00+00')";
        assert!(bounds_alike("FOR VALUES FROM ('2022-01-01 01:00+01') TO ('2022-02-01')", shown));
        assert!(!bounds_alike("FOR VALUES FROM ('2022-01-01') TO ('2022-02-02')", shown));
    }

    #[test]
    fn any_text_is_read() {
        for text in [
            "",
            "(",
            ")",
            "((((",
            "case",
            "a in",
            "a is",
            "::",
            "cast(",
            "array[",
            "x.",
            "$$",
            "not",
            "a between",
        ] {
            assert!(alike(text, text));
            alike(text, "a");
        }
        let deep = "(".repeat(100_000);
        assert!(!alike(&deep, "a"));
    }
}
