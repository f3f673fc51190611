//! Letter case of names.

use heck::{ToLowerCamelCase, ToPascalCase, ToSnakeCase, ToTitleCase};

/// `Order Line`, `orderLine` and `order-line` as `order_line`.
pub fn snake_case(name: &str) -> String {
    name.to_snake_case()
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

/// The words of a name in lower case: `orderLine` gives `order`, `line`.
pub fn words(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}
