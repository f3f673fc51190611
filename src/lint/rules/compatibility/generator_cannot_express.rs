//! Generator cannot express.

use crate::lint::prelude::*;

rule! {
    /// Flags two columns of one table whose names are the same once code is generated: `user_id` and `userId`.
    ///
    /// ## Why
    ///
    /// Generators of types and ORM code write names in the case of their language. Two columns become one member, which does
    /// not compile, or in which one hides the other.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// /*@ generate typescript */
    /// create table t (user_id bigint, "userId" bigint);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// /*@ generate typescript */
    /// create table t (user_id bigint);
    /// ```
    COM014 "generator-cannot-express" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    // Names in plain snake case differ in any other.
    let is_plain = |it: &str| !it.bytes().any(|it| it.is_ascii_uppercase()) && !it.contains("__");
    if t.columns.iter().all(|it| is_plain(&it.name)) {
        return;
    }
    let mut known: Vec<(String, &str)> = Vec::new();
    for c in t.cols() {
        let name = c.snake().split('_').filter(|it| !it.is_empty()).collect::<Vec<_>>().join("_");
        match known.iter().find(|it| it.0 == name) {
            Some((_, other)) => {
                let message = format!("in generated code `{}` and `{other}` have one name", c.name);
                cx.column(t, &c, message);
            }
            None => known.push((name, &c.column.name)),
        }
    }
}
