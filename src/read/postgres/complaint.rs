//! What the parser complains of, in words of SQL: it names tokens as its own tree does.

/// A message with each token as it is written: `expected R_PAREN, found CREATE_KW` is ``expected `)`, found `CREATE` ``.
pub fn in_sql(message: &str) -> String {
    let is_part = |it: char| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_';
    let mut told = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(|it: char| it.is_alphabetic()) {
        let (before, from) = rest.split_at(at);
        told.push_str(before);
        let end = from.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        let token = if word.chars().all(is_part) { token(word) } else { None };
        match token {
            Some(token) => told.push_str(&token),
            None if word == "got" => told.push_str("found"),
            None => told.push_str(word),
        }
        rest = after;
    }
    told.push_str(rest);
    told
}

/// A token by its name in the tree; none for words that are SQL already.
fn token(name: &str) -> Option<String> {
    if let Some(keyword) = name.strip_suffix("_KW") {
        return Some(format!("`{keyword}`"));
    }
    let sign = match name {
        "EOF" => return Some("the end".to_owned()),
        "IDENT" => return Some("a name".to_owned()),
        "STRING"
        | "BYTE_STRING"
        | "BIT_STRING"
        | "DOLLAR_QUOTED_STRING"
        | "ESC_STRING"
        | "UNICODE_ESC_STRING" => {
            return Some("a text".to_owned());
        }
        "INT_NUMBER" | "FLOAT_NUMBER" => return Some("a number".to_owned()),
        "POSITIONAL_PARAM" => return Some("a parameter".to_owned()),
        "SEMICOLON" => ";",
        "COMMA" => ",",
        "L_PAREN" => "(",
        "R_PAREN" => ")",
        "L_BRACK" => "[",
        "R_BRACK" => "]",
        "L_CURLY" => "{",
        "R_CURLY" => "}",
        "L_ANGLE" => "<",
        "R_ANGLE" => ">",
        "LESS_LESS" => "<<",
        "GREATER_GREATER" => ">>",
        "LTEQ" => "<=",
        "GTEQ" => ">=",
        "NEQ" => "!=",
        "NEQB" => "<>",
        "AT" => "@",
        "POUND" => "#",
        "TILDE" => "~",
        "QUESTION" => "?",
        "AMP" => "&",
        "PIPE" => "|",
        "PLUS" => "+",
        "MINUS" => "-",
        "STAR" => "*",
        "SLASH" => "/",
        "CARET" => "^",
        "PERCENT" => "%",
        "UNDERSCORE" => "_",
        "DOT" => ".",
        "DOT_DOT" => "..",
        "COLON" => ":",
        "DOUBLE_COLON" => "::",
        "COLON_EQ" => ":=",
        "EQ" => "=",
        "FAT_ARROW" => "=>",
        "BANG" => "!",
        "BACKTICK" => "a backtick",
        "DOLLAR" => "$",
        _ => return None,
    };
    Some(format!("`{sign}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_as_they_are_written() {
        let told = [
            ("expected R_PAREN", "expected `)`"),
            ("expected command, found CREATE_KW", "expected command, found `CREATE`"),
            ("expected name, got EOF", "expected name, found the end"),
            ("expected RENAME, OWNER, or SET", "expected RENAME, OWNER, or SET"),
            ("unexpected trailing comma", "unexpected trailing comma"),
            ("größer als COMMA", "größer als `,`"),
        ];
        for (message, wanted) in told {
            assert_eq!(in_sql(message), wanted);
        }
    }

    #[test]
    fn no_name_of_a_token_is_left_in_what_is_told_of_broken_statements() {
        let broken = [
            "create table a (id int <)",
            "create table a id int)",
            "alter table a add b <",
            "create index on (",
            "select from where )",
            "comment on table a is",
            "grant on a to",
            "create type t as enum (a)",
        ];
        for sql in broken {
            let parsed = super::super::postgres(&format!("{sql};\n"), &crate::read::Options::default());
            for it in parsed.errors {
                let told = it.kind.to_string();
                let tree = told
                    .split(|it: char| !it.is_alphanumeric() && it != '_')
                    .find(|it| it.contains('_') && it.chars().all(|it| it.is_ascii_uppercase() || it == '_'));
                assert_eq!(tree, None, "{sql}: {told}");
            }
        }
    }
}
