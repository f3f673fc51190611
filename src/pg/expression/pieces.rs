//! Tokens as the reader of expressions wants them: values unquoted, words folded, operators whole.

use crate::pg::{TokenKind, tokens};

/// A token that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word without quotes, in lower case.
    Word(String),
    /// A name between quotes.
    Quoted(String),
    /// The value of a text constant.
    Text(String),
    Number(String),
    /// An operator, `::` and `:=` included.
    Operator(String),
    /// One of `( ) [ ] , ; .`
    Sign(char),
}

/// Signs of which operators are made (manual, "Lexical Structure", "Operators").
const OPERATOR_SIGNS: &str = "+-*/<>=~!@#%^&|`?:";

/// The pieces of a text, without blanks and comments.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let mut end = 0;
    for token in tokens(text).filter(|it| !it.is_blank()) {
        let written = token.span.of(text);
        let touches = token.span.start == end;
        end = token.span.end;
        let piece = match token.kind {
            TokenKind::Word => Piece::Word(written.to_lowercase()),
            TokenKind::Quoted => Piece::Quoted(token.name(text).unwrap_or_default().into_owned()),
            TokenKind::Text => Piece::Text(text_value(written)),
            TokenKind::Dollar => {
                let tag = written.get(1..).and_then(|it| it.find('$')).map_or(0, |it| it + 2);
                Piece::Text(
                    written.get(tag..written.len().saturating_sub(tag)).unwrap_or_default().to_owned(),
                )
            }
            TokenKind::Number => Piece::Number(written.to_lowercase()),
            TokenKind::Cast => Piece::Operator("::".into()),
            TokenKind::Sign => {
                let sign = written.chars().next().unwrap_or(' ');
                if !OPERATOR_SIGNS.contains(sign) {
                    found.push(Piece::Sign(sign));
                    continue;
                }
                // Signs that touch make one operator; a `-` or `+` at its end belongs to what follows, and so does `*`
                // after a comparison.
                match found.last_mut() {
                    Some(Piece::Operator(last)) if touches && last != "::" && goes_on(last, sign) => {
                        last.push(sign);
                        continue;
                    }
                    _ => Piece::Operator(written.to_owned()),
                }
            }
            TokenKind::Space | TokenKind::LineComment | TokenKind::BlockComment => continue,
        };
        found.push(piece);
    }
    found
}

/// Whether a sign belongs to the operator before it: `+` and `-` end only operators that hold one of `~!@#%^&|?`, but for
/// the arrows of JSON.
fn goes_on(operator: &str, sign: char) -> bool {
    let special = |it: &str| it.contains(|sign| "~!@#%^&|`?".contains(sign));
    match sign {
        '-' | '+' => special(operator) || operator == "<" && sign == '-',
        _ => true,
    }
}

/// The value of a text constant (manual, "String Constants").
fn text_value(written: &str) -> String {
    let open = written.find('\'').unwrap_or(0);
    let inner = written.get(open + 1..written.len().saturating_sub(1)).unwrap_or_default().replace("''", "'");
    if !written.starts_with(['e', 'E']) {
        return inner;
    }
    let mut out = String::with_capacity(inner.len());
    let mut signs = inner.chars();
    while let Some(sign) = signs.next() {
        match (sign, if sign == '\\' { signs.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('r')) => out.push('\r'),
            ('\\', Some(other)) => out.push(other),
            (other, _) => out.push(other),
        }
    }
    out
}
