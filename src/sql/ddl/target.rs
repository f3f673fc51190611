//! What older versions of PostgreSQL cannot say, and what is written instead.

use super::Ddl;
use crate::design::{BaseType, ColumnId, DataType, Enforcement, ForeignKey, Id, Table};
use crate::pg::{Builtin, function_since, newer_words};
use crate::pg::{TokenKind, tokens};
use crate::sql::{Role, mentions};

impl Ddl<'_> {
    /// SQL text as it was written, with functions of newer versions replaced where there is an equal.
    pub(super) fn expression(&mut self, about: impl Into<Id>, text: &str) {
        let about = about.into();
        self.tell_newer(about, text);
        if self.options.target >= 18 || !text.contains('(') {
            self.w.raw(text);
            return;
        }
        let mut rest = 0;
        let mut written = String::new();
        for mention in mentions(text).into_iter().filter(|it| it.role == Role::Call && it.parts.len() == 1) {
            let part = mention.last();
            let name = part.name.as_str();
            let Some(since) =
                function_since(name).filter(|it| self.before(*it) && !self.is_own_function(name))
            else {
                continue;
            };
            if matches!(name, "uuidv7" | "uuidv4") {
                written.push_str(text.get(rest..part.span.start as usize).unwrap_or(""));
                written.push_str("gen_random_uuid");
                rest = part.span.end as usize;
                if name == "uuidv7" {
                    let message = "`uuidv7()` written as `gen_random_uuid()`: it came with PostgreSQL 18";
                    self.lose(about, message);
                }
            } else {
                self.lose(about, format!("`{name}()` is not known before PostgreSQL {since}"));
            }
        }
        written.push_str(text.get(rest..).unwrap_or(""));
        self.w.raw(&written);
    }

    /// Tells of words in a text that the version does not know; they stay, since there is nothing to write instead.
    pub(super) fn tell_newer(&mut self, about: impl Into<Id>, text: &str) {
        if self.options.target >= 18 {
            return;
        }
        let about = about.into();
        for (what, since) in newer_words(text) {
            if self.before(since) {
                self.lose(about, format!("`{what}` is not known before PostgreSQL {since}"));
            }
        }
    }

    fn is_own_function(&self, name: &str) -> bool {
        self.design.functions().any(|it| it.name == name)
    }

    /// A default, between parentheses where the grammar wants them.
    pub(super) fn default_expression(&mut self, about: impl Into<Id>, text: &str) {
        let parenthesised = needs_parentheses(text);
        self.w.sql(if parenthesised { "(" } else { "" });
        self.expression(about, text);
        self.w.sql(if parenthesised { ")" } else { "" });
    }

    /// The type of a column; multiranges become arrays of ranges before PostgreSQL 14.
    pub(super) fn column_type(&mut self, about: ColumnId, data_type: &DataType) {
        // A negative scale, and one beyond the precision.
        if let (true, BaseType::Builtin(Builtin::Numeric), [precision, scale]) =
            (self.before(15), &data_type.base, data_type.modifiers.as_slice())
        {
            let number = |it: &str| it.trim().parse::<i32>().ok();
            if let (Some(precision), Some(scale)) = (number(precision), number(scale))
                && !(0..=precision).contains(&scale)
            {
                let message = format!(
                    "`numeric({precision},{scale})` written as `numeric`: such scales came with PostgreSQL 15"
                );
                self.lose(about, message);
                return self.data_type(&DataType { modifiers: Vec::new(), ..data_type.clone() });
            }
        }
        let range = match data_type.base {
            BaseType::Builtin(it) if self.before(14) => range_of(it),
            _ => None,
        };
        let Some(range) = range else { return self.data_type(data_type) };
        let message =
            format!("multirange written as `{}[]`: multiranges came with PostgreSQL 14", range.name());
        self.lose(about, message);
        self.data_type(&DataType::builtin(range).array(data_type.dimensions.saturating_add(1)));
    }

    /// Which rows a constraint binds, as far as the version can say; none is to leave it out.
    pub(super) fn enforcement(
        &mut self,
        table: &Table,
        about: impl Into<Id>,
        enforcement: Enforcement,
        is_foreign_key: bool,
    ) -> Option<Enforcement> {
        match enforcement {
            Enforcement::NotEnforced if self.before(18) => {
                self.lose(about, "constraint left out: NOT ENFORCED came with PostgreSQL 18");
                None
            }
            Enforcement::NotValid if is_foreign_key && table.partitioning.is_some() && self.before(18) => {
                let message =
                    "foreign key written as valid: partitioned tables take NOT VALID since PostgreSQL 18";
                self.lose(about, message);
                Some(Enforcement::Valid)
            }
            other => Some(other),
        }
    }

    /// Whether the version has no word for a foreign key at all; says so.
    pub(super) fn is_lost(&mut self, fk: &ForeignKey) -> bool {
        let lost = self.loses(fk);
        if lost {
            let clause = if fk.period { "PERIOD" } else { "NOT ENFORCED" };
            self.lose(fk.id, format!("`{}` left out: {clause} came with PostgreSQL 18", fk.name));
        }
        lost
    }

    /// Whether the version has no word for a foreign key at all.
    pub(super) fn loses(&self, fk: &ForeignKey) -> bool {
        self.before(18) && (fk.period || fk.enforcement == Enforcement::NotEnforced)
    }

    /// Whether the primary key is written as something that does not imply `NOT NULL`.
    pub(super) fn loses_key(&self, table: &Table) -> bool {
        self.before(18) && table.primary_key.as_ref().is_some_and(|it| it.without_overlaps)
    }

    /// Whether to write `NULLS NOT DISTINCT`.
    pub(super) fn nulls_not_distinct(&mut self, about: impl Into<Id>, wanted: bool) -> bool {
        if wanted && self.before(15) {
            self.lose(about, "nulls count as distinct: NULLS NOT DISTINCT came with PostgreSQL 15");
            return false;
        }
        wanted
    }
}

fn range_of(builtin: Builtin) -> Option<Builtin> {
    match builtin {
        Builtin::Int4MultiRange => Some(Builtin::Int4Range),
        Builtin::Int8MultiRange => Some(Builtin::Int8Range),
        Builtin::NumMultiRange => Some(Builtin::NumRange),
        Builtin::TsMultiRange => Some(Builtin::TsRange),
        Builtin::TsTzMultiRange => Some(Builtin::TsTzRange),
        Builtin::DateMultiRange => Some(Builtin::DateRange),
        _ => None,
    }
}

/// Whether an expression is more than `DEFAULT` takes bare (`b_expr` of `gram.y`).
fn needs_parentheses(text: &str) -> bool {
    /// The operators of `a_expr` that `b_expr` lacks.
    const WORDS: [&str; 13] = [
        "and", "at", "between", "collate", "ilike", "in", "is", "isnull", "like", "not", "notnull", "or",
        "similar",
    ];
    let mut depth = 0_i32;
    tokens(text).any(|it| {
        match it.span.of(text) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        depth == 0
            && it.kind == TokenKind::Word
            && it.name(text).is_some_and(|name| WORDS.contains(&name.as_ref()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_get_parentheses_only_where_the_grammar_wants_them() {
        assert!(needs_parentheses("now() at time zone 'utc'") && needs_parentheses("a is null"));
        assert!(!needs_parentheses("now()") && !needs_parentheses("'a and b'::text"));
        assert!(!needs_parentheses("(a and b)") && !needs_parentheses("1 + 2"));
    }
}
