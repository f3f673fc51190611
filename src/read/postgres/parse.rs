//! The door to the parser: it recurses, so what would exhaust the stack is held back, and told.

use squawk_syntax::{Parse, SourceFile};

use crate::pg::{Token, TokenKind, tokens};
use crate::read::DiagnosticKind;

/// What a statement may weigh. At a level's weight of 10 that is 300 levels, or a chain of 3,000 operators; the stack of a
/// browser's worker, 1 MiB, was exhausted at three times that.
const HEAVIEST: usize = 3_000;

/// A level of parentheses, brackets or `CASE` costs the parser about 1 KiB of stack, a prefix 350 bytes, and an operator 100
/// bytes when the tree is dropped: operators of one kind nest to the left.
const LEVEL: usize = 10;
const PREFIX: usize = 4;

/// Shorter statements cannot be too deep.
const SHORT: usize = 400;

/// The parser gives up, with a panic, when it looks ahead over 15 million tokens; it asks up to four times for each.
const MOST_TOKENS: usize = 3_000_000;

/// The syntax tree of a text of one statement.
///
/// # Errors
/// When it is nested more deeply, or is longer, than can be parsed.
pub fn parse(sql: &str) -> Result<Parse<SourceFile>, DiagnosticKind> {
    if sql.len() > SHORT {
        weigh(sql)
            .and_then(|()| weigh_body(sql))
            .map_err(|it| DiagnosticKind::Syntax { message: it.to_owned() })?;
    }
    Ok(SourceFile::parse(sql))
}

/// The parser reads the body of a function in SQL as well, when it is asked for errors.
fn weigh_body(sql: &str) -> Result<(), &'static str> {
    let is = |it: &Token, word: &str| it.span.of(sql).eq_ignore_ascii_case(word);
    let mut words = tokens(sql).filter(|it| !it.is_blank()).peekable();
    if !words.next().is_some_and(|it| is(&it, "create")) {
        return Ok(());
    }
    let (mut in_sql, mut texts) = (false, Vec::new());
    while let Some(token) = words.next() {
        let next = |it: &Token| it.span.of(sql).trim_matches('\'').eq_ignore_ascii_case("sql");
        in_sql |= is(&token, "language") && words.peek().is_some_and(next);
        let text = token.span.of(sql);
        if matches!(token.kind, TokenKind::Text | TokenKind::Dollar) && text.len() > SHORT {
            texts.push(text);
        }
    }
    texts.into_iter().filter(|_| in_sql).try_for_each(|it| weigh(between_quotes(it)))
}

/// What stands between the quotes of a text.
fn between_quotes(text: &str) -> &str {
    match text.strip_prefix('$').and_then(|it| it.find('$')) {
        Some(tag) => text.get(tag + 2..text.len().saturating_sub(tag + 2)).unwrap_or_default(),
        None => text.trim_start_matches(['e', 'E']).trim_matches('\''),
    }
}

/// What stands open, and how much weighs upon it: operators of one kind nest to the left, and those between two `OR` or `AND`
/// only with each other.
struct Level {
    is_case: bool,
    links: usize,
    logic: usize,
    heaviest: usize,
    /// Queries and tables that are put together nest to the left however much stands between them.
    together: usize,
}

impl Level {
    fn new(is_case: bool) -> Self {
        Self { is_case, links: 0, logic: 0, heaviest: 0, together: 0 }
    }

    fn weight(&self) -> usize {
        self.together + self.logic + self.heaviest.max(self.links)
    }

    /// `AND` and `OR` stand above what is on both sides of them.
    fn divide(&mut self) {
        self.heaviest = self.heaviest.max(self.links);
        self.links = 0;
        self.logic += 1;
    }

    fn clear(&mut self) {
        *self = Self { together: self.together, ..Self::new(self.is_case) };
    }
}

fn weigh(sql: &str) -> Result<(), &'static str> {
    const TOO_DEEP: &str = "it is nested too deeply";
    let mut levels = vec![Level::new(false)];
    let (mut below, mut count) = (0, 0);
    let (mut last, mut before): (Option<Token>, Option<Token>) = (None, None);
    for token in tokens(sql).filter(|it| !it.is_blank()) {
        count += 1;
        if count > MOST_TOKENS {
            return Err("it is too long");
        }
        let opens = |levels: &mut Vec<Level>, below: &mut usize, is_case| {
            *below += LEVEL + levels.last().map_or(0, Level::weight);
            levels.push(Level::new(is_case));
        };
        let closes = |levels: &mut Vec<Level>, below: &mut usize| {
            if levels.len() > 1 {
                levels.pop();
                *below = below.saturating_sub(LEVEL + levels.last().map_or(0, Level::weight));
            }
        };
        let word = token.span.of(sql);
        match token.kind {
            TokenKind::Sign => match word {
                "(" | "[" => opens(&mut levels, &mut below, false),
                ")" | "]" => {
                    // An `END` that is missing closes with what is around it.
                    while levels.len() > 1 && levels.last().is_some_and(|it| it.is_case) {
                        closes(&mut levels, &mut below);
                    }
                    closes(&mut levels, &mut below);
                    // What follows a subscript is one link further.
                    add(&mut levels, usize::from(word == "]"));
                }
                "," | ";" => levels.iter_mut().last().into_iter().for_each(Level::clear),
                "." => add(&mut levels, usize::from(before.is_some_and(|it| it.is(sql, ".")))),
                _ => add(&mut levels, link(sql, last, token)),
            },
            TokenKind::Cast => add(&mut levels, 1),
            TokenKind::Word => match word.to_ascii_lowercase().as_str() {
                "case" => opens(&mut levels, &mut below, true),
                "end" if levels.last().is_some_and(|it| it.is_case) => closes(&mut levels, &mut below),
                "explain" | "prepare" => add(&mut levels, LEVEL),
                "not" => add(&mut levels, PREFIX),
                "and" | "or" => levels.iter_mut().last().into_iter().for_each(Level::divide),
                "is" | "isnull" | "notnull" | "in" | "like" | "ilike" | "between" | "similar" | "collate"
                | "at" | "operator" => {
                    add(&mut levels, 1);
                }
                "union" | "except" | "intersect" | "join" => {
                    levels.iter_mut().last().into_iter().for_each(|it| it.together += 1);
                }
                _ => {}
            },
            _ => {}
        }
        if below + levels.last().map_or(0, Level::weight) > HEAVIEST {
            return Err(TOO_DEEP);
        }
        (before, last) = (last, Some(token));
    }
    Ok(())
}

fn add(levels: &mut [Level], links: usize) {
    if let Some(level) = levels.last_mut() {
        level.links += links;
    }
}

/// What a sign weighs that may be a part of an operator: one that follows another is a prefix, unless the two are one.
fn link(sql: &str, last: Option<Token>, token: Token) -> usize {
    let Some(last) = last.filter(|it| it.kind == TokenKind::Sign) else { return 1 };
    let same = last.span.of(sql) == token.span.of(sql);
    if last.span.end == token.span.start && !same { 1 } else { PREFIX }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_taken(sql: &str) -> bool {
        parse(sql).is_ok()
    }

    #[test]
    fn what_would_exhaust_the_stack_is_not_parsed() {
        let nested = |open: &str, close: &str, times: usize| {
            format!("select {}x{} from t", open.repeat(times), close.repeat(times))
        };
        for (open, close) in [
            ("(", ")"),
            ("(select ", ")"),
            ("case when true then ", " end"),
            ("array[", "]"),
            ("f(", ")"),
            ("not ", ""),
            ("- ", ""),
            ("", "+1"),
            ("", " or a.b = 1"),
            ("", "::int"),
            ("", "[1]"),
            ("", ".a"),
            ("", " union select 1"),
            ("", " union select 1, 2"),
            ("", " or y union select 1"),
            ("explain ", ""),
        ] {
            assert!(!is_taken(&nested(open, close, 10_000)), "{open}x{close}");
            assert!(is_taken(&nested(open, close, 150)), "{open}x{close}");
        }
        assert!(is_taken(&nested("", " or a.b = 1 + 1", 2_500)));
    }

    #[test]
    fn length_alone_is_no_depth() {
        assert!(is_taken(&format!("create table t ({} int)", "a.b = c, (d + e), ".repeat(10_000))));
        assert!(is_taken(&format!("select '{}'", "(".repeat(100_000))));
        assert!(is_taken(&format!("select {} 1", "case when a then b end, ".repeat(10_000))));
    }
}
