//! The words of a text that ask something of the software or its database, and so name nothing of the domain: the reads and
//! writes of "20 reads per write" are no tables.

use super::numbers::{consistency, databases, ratio};
use super::{Said, Sentence, firm};
use crate::base::{Span, one_of};
use crate::brief::fact::{Fact, Facts};
use crate::brief::phrases::Phrase;
use crate::brief::reading::ConstraintKind;
use crate::brief::relations::Vote;

/// Qualities that are asked of a system, never of its matter. Source: the vocabulary of ISO/IEC 25010 and of service level agreements.
const QUALITIES: &str = "latency uptime throughput scalability scalable failover encrypted encryption gdpr hipaa rps qps tls p95 \
    p99";

/// The same in two words.
const TWO_WORDS: &[(&str, &[&str])] = &[
    ("response", &["time", "times"]),
    ("requests", &["per", "a", "each"]),
    ("queries", &["per", "a", "each"]),
    ("transactions", &["per"]),
    ("concurrent", &["users", "connections", "sessions", "requests"]),
    ("high", &["availability"]),
    ("horizontally", &["scalable"]),
];

/// A demand of so many words says nothing else.
const BRIEFLY: usize = 5;

/// The places whose words are only demands, in order. Linear.
pub fn demands(said: &[Said]) -> Vec<Span> {
    let mut out = Vec::new();
    for it in said {
        of_sentence(&mut out, &Sentence::new(&it.words));
    }
    out
}

fn of_sentence(out: &mut Vec<Span>, it: &Sentence<'_>) {
    let (mut wholly, mut words) = (false, Vec::new());
    let mut asks = |kind: ConstraintKind, _: Span| match kind {
        // "The product is multi-tenant": its subject is the software.
        ConstraintKind::Tenancy if it.says("is are be") => wholly = true,
        ConstraintKind::Tenancy => words.push(&["multi", "tenan"] as &[&str]),
        // "Audit log for bookings": what it is kept of is told elsewhere, if it is a thing of the domain.
        ConstraintKind::Audit if it.words.len() <= BRIEFLY => wholly = true,
        ConstraintKind::Audit => words.push(&["audit", "log", "trail"]),
        ConstraintKind::PostgreSql(_)
        | ConstraintKind::MySql
        | ConstraintKind::Sqlite
        | ConstraintKind::ReadsPerWrite { .. }
        | ConstraintKind::Strong
        | ConstraintKind::Eventual
        | ConstraintKind::SoftDelete => wholly = true,
        // What is kept for seven years is a thing, and so is what is there already.
        ConstraintKind::RetentionDays(_) | ConstraintKind::Existing(_) => {}
    };
    databases(it, &mut asks);
    ratio(it, &mut asks);
    consistency(it, &mut asks);
    firm::tenancy(it, &mut asks);
    firm::deletion(it, &mut asks);
    firm::audit(it, &mut asks);
    // What else such a sentence tells is told of something that has properties.
    let tells = it.says("has have contains consists");
    if !words.is_empty()
        && let Some(end) = asker(it)
    {
        out.push(it.span(0, end));
    }
    if (wholly || parts_tenants(it) || asks_quality(it)) && !tells {
        return out.push(it.whole());
    }
    for (at, word) in it.words.iter().enumerate() {
        if words.iter().any(|with| with.iter().any(|with| word.text.starts_with(with))) {
            out.push(it.span(at, at));
        }
    }
}

/// "Every tenant sees only its own data": whom a software keeps apart is said elsewhere, if it is a thing of the domain.
fn parts_tenants(it: &Sentence<'_>) -> bool {
    let own = it.find("own").is_some_and(|at| ["data", "records", "rows"].contains(&it.word(at + 1)));
    let apart = own
        || it.begins("isolat segregat").is_some()
        || it.begins("separat").is_some()
        || it.begins("tenant's").is_some() && it.says("other another data")
        || it.says("other's others' others other’s");
    it.begins("tenant").is_some() && apart
}

/// "The product needs an audit trail", "our company wants …": where what asks for it ends, which is a thing of the domain only where
/// more is told of it.
fn asker(it: &Sentence<'_>) -> Option<usize> {
    const ASKS: &str = "needs need must should shall wants requires demands has keeps supports";
    let is_the_one = one_of(it.word(0), "the our this");
    (1..=3).find(|at| is_the_one && one_of(it.word(at + 1), ASKS))
}

fn asks_quality(it: &Sentence<'_>) -> bool {
    let two = TWO_WORDS
        .iter()
        .any(|(first, next)| it.find(first).is_some_and(|at| next.contains(&it.word(at + 1))));
    two || it.says(QUALITIES)
        || it.words.iter().any(|it| it.text.starts_with("99.") && it.text.ends_with('%'))
}

fn is_within(span: Span, demands: &[Span]) -> bool {
    // A sentence ends with its full stop, a demand with its last word.
    demands.iter().any(|it| it.start <= span.start && span.end <= it.end + 1)
}

fn touches(span: Span, demands: &[Span]) -> bool {
    demands.iter().any(|it| it.overlaps(span))
}

impl Facts {
    /// Leaves out what only demands tell of things; the rules that they set stay.
    pub fn set_aside(&mut self, demands: Vec<Span>) {
        let free = |it: &Phrase| !touches(it.span, &demands);
        self.all.retain(|it| match it {
            Fact::Seen { phrase, .. } => free(phrase),
            Fact::Owns { owner, item, .. } => free(owner) && !touches(item.span, &demands),
            Fact::Nested { inner, outer } => free(inner) && free(outer),
            Fact::Pays { left, right, .. } => free(left) && free(right),
            Fact::Defined { of, .. } | Fact::Lookup { of } => free(of),
            Fact::Values { .. } | Fact::Alias { .. } | Fact::Rule { .. } | Fact::Story { .. } => true,
        });
        self.demands = demands;
    }
}

/// Leaves out ties that only demands tell of.
pub fn untie(votes: &mut Vec<Vote>, demands: &[Span]) {
    votes.retain(|it| !is_within(it.span, demands));
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, named: &[&str]) {
        let reading = crate::brief::read(text);
        let told: Vec<&str> =
            reading.entities.iter().filter(|it| !it.assumed).map(|it| it.name.as_str()).collect();
        assert_eq!(told, named, "{text}");
    }

    #[test]
    fn what_is_demanded_of_the_software_names_no_tables() {
        let shop = "Customers place orders. An order has a number and a date. ";
        for demand in [
            "About 20 reads per write.",
            "Every tenant sees only its own data.",
            "90% of queries are reads.",
            "It must run on MySQL 8.",
            "Orders are kept for 7 years.",
            "We expect 2 million orders in the first year.",
            "The product is multi-tenant; tenants never see each other's data.",
            "Up to 200 requests per second at peak.",
            "The product needs an audit trail.",
            "Our company wants an audit log of every change.",
            "- Read-heavy: 50 reads per write\n- Multi-tenant: each tenant is isolated\n- Audit log for bookings",
        ] {
            check(&format!("{shop}{demand}"), &["customer", "order"]);
            check(
                &format!("{shop}\n\nConstraints:\n\n- {}\n", demand.trim_end_matches('.')),
                &["customer", "order"],
            );
        }
    }

    #[test]
    fn whoever_is_told_of_elsewhere_stays() {
        check(
            "A ward has a name. A nurse belongs to a ward. The ward needs an audit trail.",
            &["ward", "nurse"],
        );
        check(
            "A ward has a name. Every nurse needs an audit trail and has a badge number.",
            &["ward", "nurse"],
        );
        check(
            "Each tenant has a name and a logo. Projects have a title and belong to a tenant. Every tenant sees only its own data.",
            &["tenant", "project"],
        );
        check(
            "A read has a gate and a time. A gate has a number. About 20 reads per write.",
            &["read", "gate"],
        );
    }
}
