//! How many rows a query gives, in the words and the order that PostgreSQL shows.

use super::node::Node;
use super::query::is_word;

/// The clauses behind a `SELECT` with `OFFSET` before `LIMIT`, and `FETCH FIRST 5 ROWS ONLY` as `LIMIT 5`.
///
/// Source: `get_select_query_def` in `src/backend/utils/adt/ruleutils.c`.
pub fn ordered(tail: Vec<Node>) -> Vec<Node> {
    let opens = |it: &Node| ["limit", "offset", "fetch", "for"].iter().any(|word| is_word(it, word));
    let Some(at) = tail.iter().position(opens) else { return tail };
    let mut rest = tail;
    let counted = rest.split_off(at);
    let (mut limit, mut offset, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut clauses: Vec<Vec<Node>> = Vec::new();
    for part in counted {
        match clauses.last_mut() {
            Some(last) if !opens(&part) => last.push(part),
            _ => clauses.push(vec![part]),
        }
    }
    for mut clause in clauses {
        let is_noise = |it: &Node, words: &[&str]| matches!(it, Node::Name(path) if matches!(path.as_slice(), [one] if words.contains(&one.as_str())));
        match clause.first() {
            Some(it) if is_word(it, "limit") => limit = clause,
            Some(it) if is_word(it, "offset") => {
                clause.retain(|it| !is_noise(it, &["row", "rows"]));
                offset = clause;
            }
            Some(it) if is_word(it, "fetch") && !clause.iter().any(|it| is_word(it, "with")) => {
                clause.retain(|it| !is_noise(it, &["first", "next", "row", "rows"]) && !is_word(it, "only"));
                let count = clause.pop().filter(|it| !is_word(it, "fetch"));
                limit = vec![Node::Word("limit".into()), count.unwrap_or(Node::Number("1".into()))];
            }
            _ => others.extend(clause),
        }
    }
    rest.extend(offset);
    rest.extend(limit);
    rest.extend(others);
    rest
}
