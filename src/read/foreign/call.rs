//! Calls of functions that PostgreSQL has in other words.
//!
//! Sources: MySQL 8.4 manual, chapter "Functions and Operators"; SQLite, "Date And Time Functions", "Built-In Scalar SQL
//! Functions", "JSON Functions"; PostgreSQL manual, chapter "Functions and Operators".

use super::cursor::{Cursor, split};
use super::expression::{Names, translated};
use super::token::{Kind, Token};
use crate::sql::literal;

/// Seconds since 1970.
const EPOCH: &str = "extract(epoch FROM CURRENT_TIMESTAMP)::bigint";

/// 32 hexadecimal digits.
const DIGITS: &str = "replace(gen_random_uuid()::text, '-', '')";

/// What SQLite lets follow a moment without changing it.
const ZONES: [&str; 5] = ["localtime", "utc", "subsec", "subsecond", "auto"];

/// Calls in calls, as far as they are looked into.
const DEEPEST: usize = 8;

/// Functions that other databases have and PostgreSQL has not, or not without arguments.
///
/// Sources: as above; SQL Server, "Functions (Transact-SQL)"; Oracle, "SQL Functions".
const OTHERS: [&str; 45] = [
    "adddate",
    "charindex",
    "curdate",
    "curtime",
    "datetime",
    "empty_clob",
    "getdate",
    "getutcdate",
    "group_concat",
    "hex",
    "hextoraw",
    "if",
    "ifnull",
    "iif",
    "instr",
    "isnull",
    "json_extract",
    "json_unquote",
    "json_valid",
    "julianday",
    "lcase",
    "len",
    "locate",
    "newid",
    "newsequentialid",
    "nvl",
    "ora_hash",
    "rand",
    "randomblob",
    "strftime",
    "subdate",
    "sysdate",
    "sysdatetime",
    "sysdatetimeoffset",
    "systimestamp",
    "sysutcdatetime",
    "sys_guid",
    "ucase",
    "unixepoch",
    "unix_timestamp",
    "utc_date",
    "utc_time",
    "utc_timestamp",
    "uuid_to_bin",
    "year",
];

/// What PostgreSQL says without parentheses, and other databases with none or with a pair around nothing.
const BARE: [&str; 6] =
    ["current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "uuid"];

/// Whether some words are another database's.
pub fn has_other_words(tokens: &[Token]) -> bool {
    let is = |at: usize, sign: char| tokens.get(at).is_some_and(|it| it.is(sign));
    tokens.iter().enumerate().filter(|it| it.1.kind == Kind::Word).any(|(at, token)| {
        let lower = token.value.to_lowercase();
        let calls = is(at + 1, '(') && OTHERS.contains(&lower.as_str());
        let bare = is(at + 1, '(') && is(at + 2, ')') && BARE.contains(&lower.as_str());
        calls || bare || !is(at + 1, '(') && present(token).is_some()
    })
}

/// The present moment as Oracle says it.
pub fn present(token: &Token) -> Option<&'static str> {
    (token.says("sysdate") || token.says("systimestamp")).then_some("CURRENT_TIMESTAMP")
}

/// Whether a call gives true or false, which MySQL and SQLite compare with numbers.
pub fn gives_truth(tokens: &[Token]) -> bool {
    let mut cursor = Cursor::new(tokens);
    let Some(name) = cursor.take().map(|it| it.value.to_lowercase()) else { return false };
    let arguments = split(cursor.parentheses().unwrap_or_default());
    let words = ["is", "not", "and", "or", "like", "between", "in", "exists"];
    let compares = |it: &&[Token]| {
        it.iter().any(|it| {
            ['=', '<', '>'].iter().any(|sign| it.is(*sign)) || words.iter().any(|word| it.says(word))
        })
    };
    match (name.as_str(), arguments.as_slice()) {
        ("if" | "iif", [_, yes, no]) => compares(yes) && compares(no),
        ("isnull", [_]) | ("regexp_like", [_, _]) => true,
        _ => false,
    }
}

/// A call that begins here, in PostgreSQL's words, and how many tokens it is; nothing where no words of its own are known.
pub fn call(tokens: &[Token], names: Names) -> Option<(String, usize)> {
    let mut cursor = Cursor::new(tokens);
    let name = cursor.take()?.value.to_lowercase();
    let inside = cursor.parentheses()?;
    // A call inside of another is read once with it and, where that is not known, once more without: calls in calls in calls
    // would never come to an end.
    if depth(inside) > DEEPEST {
        return None;
    }
    let length = cursor.place();
    let arguments = split(inside);
    let sql = worded(&name, &arguments, names)?;
    Some((sql, length))
}

fn worded(name: &str, arguments: &[&[Token]], names: Names) -> Option<String> {
    let sql = |at: usize| translated(arguments.get(at)?, names).ok();
    let all = || arguments.iter().map(|it| translated(it, names).ok()).collect::<Option<Vec<_>>>();
    // `'localtime'` and its kind may follow, but nothing that adds days.
    let is_zone = |it: &&[Token]| text_of(it).is_some_and(|it| ZONES.contains(&it.to_lowercase().as_str()));
    let now = |at: usize| {
        arguments.get(at).is_none_or(|it| is_now(it)) && arguments.iter().skip(at + 1).all(is_zone)
    };
    Some(match (name, arguments.len()) {
        ("unix_timestamp", 0) => EPOCH.to_owned(),
        ("unixepoch", _) if now(0) => EPOCH.to_owned(),
        ("strftime", 1..) if now(1) => moment(text_of(arguments.first()?)?)?,
        ("datetime", _) if now(0) => "CURRENT_TIMESTAMP".to_owned(),
        ("date", _) if now(0) => "CURRENT_DATE".to_owned(),
        ("date", 1) => format!("date({})", sql(0)?),
        ("utc_date", 0) => "CURRENT_DATE".to_owned(),
        ("time", _) if now(0) => "LOCALTIME".to_owned(),
        ("curtime" | "current_time" | "utc_time", _) => "LOCALTIME".to_owned(),
        ("localtime" | "localtimestamp", _) => "LOCALTIMESTAMP".to_owned(),
        ("utc_timestamp", _) => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')".to_owned(),
        ("julianday", 1) if now(0) => "extract(julian FROM CURRENT_TIMESTAMP)".to_owned(),
        ("year" | "month" | "day" | "hour" | "minute" | "quarter" | "week", 1) => {
            format!("extract({name} FROM {})", sql(0)?)
        }
        ("cast", 1) => {
            let [what] = arguments else { return None };
            let at = what.iter().rposition(|it| it.says("as"))?;
            let (value, data_type) = (what.get(..at)?, cast_type(what.get(at + 1..)?)?);
            format!("CAST({} AS {data_type})", translated(value, names).ok()?)
        }
        ("date_add" | "adddate", 2) => format!("({} + {})", sql(0)?, sql(1)?),
        ("date_sub" | "subdate", 2) => format!("({} - {})", sql(0)?, sql(1)?),
        ("randomblob", 1) => format!("gen_random_bytes({})", sql(0)?),
        ("hex", 1) => match arguments.first()? {
            [random, _, size, _] if random.says("randomblob") && size.value == "16" => {
                format!("upper({DIGITS})")
            }
            _ => format!("upper(encode({}, 'hex'))", sql(0)?),
        },
        ("uuid_to_bin", 1..=2) => format!("uuid_send(({})::uuid)", sql(0)?),
        ("if" | "iif", 3) => format!("CASE WHEN {} THEN {} ELSE {} END", sql(0)?, sql(1)?, sql(2)?),
        ("isnull" | "nvl", 2) => format!("coalesce({})", all()?.join(", ")),
        ("len", 1) => format!("length({})", sql(0)?),
        ("charindex", 2) => format!("strpos({}, {})", sql(1)?, sql(0)?),
        ("rand", 0) => "random()".to_owned(),
        ("empty_clob", 0) => "''".to_owned(),
        ("newid" | "newsequentialid" | "sys_guid", 0) => "gen_random_uuid()".to_owned(),
        (
            "getdate" | "getutcdate" | "sysdatetime" | "sysutcdatetime" | "sysdatetimeoffset"
            | "systimestamp",
            0,
        ) => "CURRENT_TIMESTAMP".to_owned(),
        ("isnull", 1) => format!("({} IS NULL)", sql(0)?),
        ("instr", 2) => format!("strpos({}, {})", sql(0)?, sql(1)?),
        ("locate", 2) => format!("strpos({}, {})", sql(1)?, sql(0)?),
        ("regexp_like", 2) => format!("({} ~ {})", sql(0)?, sql(1)?),
        // Nothing, where a part is nothing; unlike PostgreSQL's function of that name, and immutable.
        ("concat", 1..) => {
            let text = |(it, tokens): (String, &&[Token])| match tokens {
                [one] if one.kind == Kind::Text => it,
                _ => format!("({it})::text"),
            };
            format!("({})", all()?.into_iter().zip(arguments).map(text).collect::<Vec<_>>().join(" || "))
        }
        ("json", 1) => format!("({})::jsonb", sql(0)?),
        ("json_array", _) if arguments.is_empty() => "'[]'::jsonb".to_owned(),
        ("json_object", _) if arguments.is_empty() => "'{}'::jsonb".to_owned(),
        ("json_array", _) => format!("jsonb_build_array({})", all()?.join(", ")),
        ("json_object", _) => format!("jsonb_build_object({})", all()?.join(", ")),
        ("json_extract", 2) => format!("(({})::jsonb #> {})", sql(0)?, path(text_of(arguments.get(1)?)?)?),
        ("json_unquote", 1) => {
            let mut inner = Cursor::new(arguments.first()?);
            let is_extract = inner.eat("json_extract");
            let parts = split(inner.parentheses().filter(|_| is_extract)?);
            let [from, of] = parts.as_slice() else { return None };
            format!("(({})::jsonb #>> {})", translated(from, names).ok()?, path(text_of(of)?)?)
        }
        ("group_concat", 1)
            if !arguments.first()?.iter().any(|it| it.says("order") || it.says("separator")) =>
        {
            format!("string_agg(({})::text, ',')", sql(0)?)
        }
        _ => return None,
    })
}

/// The type of a cast.
fn cast_type(tokens: &[Token]) -> Option<String> {
    let mut words: Vec<String> =
        tokens.iter().map_while(|it| (it.kind == Kind::Word).then(|| it.value.to_lowercase())).collect();
    let rest = tokens.get(words.len()..).unwrap_or_default();
    let inside = Cursor::new(rest).parentheses().unwrap_or_default();
    let size: String = inside.iter().map(|it| it.value.as_str()).collect();
    let size = if size.is_empty() { size } else { format!("({size})") };
    // `CHARACTER SET utf8`
    if let Some(at) = words.iter().position(|it| it == "character" || it == "charset") {
        words.truncate(at.max(1));
    }
    Some(match words.join(" ").as_str() {
        "signed" | "unsigned" | "signed integer" | "unsigned integer" | "integer" | "int" | "bigint" => {
            "bigint".to_owned()
        }
        "char" | "nchar" | "character" | "varchar" | "text" => {
            if size.is_empty() {
                "text".to_owned()
            } else {
                format!("varchar{size}")
            }
        }
        "decimal" | "numeric" => format!("numeric{size}"),
        "real" | "double" | "float" => "double precision".to_owned(),
        "datetime" | "timestamp" => format!("timestamp{size}"),
        "date" | "time" => format!("{}{size}", words.concat()),
        "json" => "jsonb".to_owned(),
        "binary" | "blob" => "bytea".to_owned(),
        _ => return None,
    })
}

fn depth(tokens: &[Token]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for token in tokens {
        depth = if token.is('(') { depth + 1 } else { depth.saturating_sub(usize::from(token.is(')'))) };
        deepest = deepest.max(depth);
    }
    deepest
}

fn is_now(tokens: &[Token]) -> bool {
    match tokens {
        [one] => one.value.eq_ignore_ascii_case("now") || one.says("current_timestamp"),
        _ => false,
    }
}

fn text_of(tokens: &[Token]) -> Option<&str> {
    match tokens {
        [one] if matches!(one.kind, Kind::Text | Kind::Double) => Some(&one.value),
        _ => None,
    }
}

/// The present moment as `strftime` writes it.
fn moment(format: &str) -> Option<String> {
    if format == "%s" {
        return Some(EPOCH.to_owned());
    }
    let mut pattern = String::new();
    let mut signs = format.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '%' => {
                pattern += match signs.next()? {
                    'Y' => "YYYY",
                    'm' => "MM",
                    'd' => "DD",
                    'H' => "HH24",
                    'M' => "MI",
                    'S' => "SS",
                    'f' => "SS.MS",
                    'F' => "YYYY-MM-DD",
                    'T' => "HH24:MI:SS",
                    'j' => "DDD",
                    _ => return None,
                }
            }
            _ if sign.is_alphabetic() => pattern.extend(['"', sign, '"']),
            '"' | '\\' => return None,
            _ => pattern.push(sign),
        }
    }
    Some(format!("to_char(CURRENT_TIMESTAMP AT TIME ZONE 'UTC', {})", literal(&pattern)))
}

/// `$.a.b[0]` as PostgreSQL's path `'{a,b,0}'`.
pub fn path(written: &str) -> Option<String> {
    let rest = written.strip_prefix('$')?.replace('[', ".").replace([']', '"'], "");
    let parts: Vec<&str> = rest.split('.').skip(1).collect();
    let is_plain =
        |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || "_-".contains(it));
    if !parts.iter().all(is_plain) {
        return None;
    }
    Some(literal(&format!("{{{}}}", parts.join(","))))
}
