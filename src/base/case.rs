//! Letter case of names.

use std::borrow::Cow;

use heck::{ToLowerCamelCase, ToPascalCase, ToSnakeCase, ToTitleCase};

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
        Cow::Owned(name.to_snake_case())
    }
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
    name.to_snake_case().split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_snake_case_is_taken_as_it_is() {
        for name in ["order_line", "a1_2b", "", "x", "_id", "a__b", "orderLine", "ÄPFEL", "a_", "Id2Name"] {
            assert_eq!(snake_cased(name), name.to_snake_case(), "{name}");
        }
    }
}
