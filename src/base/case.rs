//! Letter case of names.

use std::borrow::Cow;

use heck::{ToLowerCamelCase, ToPascalCase, ToTitleCase};

use super::lower;

/// `Order Line`, `orderLine` and `order-line` as `order_line`.
pub fn snake_case(name: &str) -> String {
    snake_cased(name).into_owned()
}

/// The same, without a copy of what is in snake case already, as most names are.
pub fn snake_cased(name: &str) -> Cow<'_, str> {
    // One look at each byte: rules ask this of every column many times.
    let mut before = b'_';
    let is_snake = name.bytes().all(|it| {
        let plain = it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_' && before != b'_';
        before = it;
        plain
    });
    if is_snake && (before != b'_' || name.is_empty()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(in_snake_case(name))
    }
}

/// Words end where `heck` ends them: at what is no letter or digit, before a capital behind a small letter, and before the
/// last of several capitals. Its own way is written for all cases at once and weighs six times as much in the page.
fn in_snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    let mut letters = name.chars().peekable();
    let mut is_begun = false;
    let mut is_small = None;
    while let Some(letter) = letters.next() {
        if !letter.is_alphanumeric() {
            (is_begun, is_small) = (false, None);
            continue;
        }
        let is_capital = letter.is_uppercase();
        let ends =
            is_capital && is_small.is_some_and(|it| it || letters.peek().is_some_and(|it| it.is_lowercase()));
        if (ends || !is_begun) && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(lower::letter(letter));
        is_begun = true;
        if is_capital || letter.is_lowercase() {
            is_small = Some(!is_capital);
        }
    }
    snake
}

/// `order_line` as `OrderLine`.
pub fn pascal_case(name: &str) -> String {
    name.to_pascal_case()
}

/// `order_line` as `orderLine`.
pub fn camel_case(name: &str) -> String {
    name.to_lower_camel_case()
}

/// `order_line` as `Order Line`.
pub fn title_case(name: &str) -> String {
    name.to_title_case()
}

/// A word without an ending that it may have. The standard library's way with longer endings searches the whole word.
pub fn without_end<'a>(word: &'a str, end: &str) -> &'a str {
    word.strip_suffix(end).unwrap_or(word)
}

/// With a capital: `the order` as `The order`.
pub fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|it| it.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is told as part of another sentence, as a sentence of its own.
pub fn sentence(words: &str) -> String {
    let words = capitalized(words.trim());
    if words.ends_with(['.', '!', '?']) { words } else { words + "." }
}

/// The words of a name in lower case: `orderLine` gives `order`, `line`.
pub fn words(name: &str) -> Vec<String> {
    in_snake_case(name).split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_in_snake_case_is_taken_as_it_is() {
        for name in
            ["order_line", "a1_2b", "", "x", "_id", "a__b", "orderLine", "ÄPFEL", "a_", "Id2Name", "HTMLPage"]
        {
            assert_eq!(snake_cased(name), in_snake_case(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn words_end_where_the_library_ends_them(name in "[ _.aAbB1éÉжЖß-]{0,12}") {
            prop_assert_eq!(in_snake_case(&name), heck::ToSnakeCase::to_snake_case(name.as_str()));
        }
    }
}
