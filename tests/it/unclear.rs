//! What a brief ties in a way that is not clear is asked, and each answer ties it.

use std::collections::BTreeSet;
use std::path::Path;

use relata::brief::{self, Choices, Question, QuestionSubject, RelationshipKind};
use relata::design::{Design, Edit};
use relata::sql;

use crate::brief::texts;
use crate::postgres::{self, rehearse};
use crate::prompts::accepted;

/// How many references lead from one table to another or back, and how many other tables refer to both: one that also keeps who made
/// its rows refers to people more than once.
fn ties(design: &Design, ends: [&str; 2]) -> [usize; 2] {
    let name = |id| design.tables().find(|it| it.id == id).map_or("", |it| it.name.as_str());
    let all: Vec<(&str, &str)> =
        design.foreign_keys().map(|it| (it.0.name.as_str(), name(it.1.references))).collect();
    let [one, other] = ends;
    let direct = all.iter().filter(|it| **it == (one, other) || **it == (other, one)).count();
    let to = |end: &str| all.iter().filter(|it| it.1 == end).map(|it| it.0).collect::<BTreeSet<_>>();
    let both = to(one).into_iter().filter(|it| !ends.contains(it) && to(other).contains(it)).count();
    [direct, both]
}

/// The design once a question is answered in words, and what undoes that.
fn answered(before: &Design, question: &Question, option: usize) -> (Design, Edit) {
    let words = format!("{} {}", question.parts().0, question.options[option]);
    let proposal =
        brief::answer(before, &words).unwrap_or_else(|| panic!("{words}: not taken for an answer"));
    let proposal = proposal.unwrap_or_else(|it| panic!("{words}: {it}"));
    let edit = proposal.decided(before, &proposal.usual(), "").expect("it fits");
    let mut after = before.clone();
    after.apply(&edit).expect("valid");
    assert!(brief::settled(&after, question), "{words}");
    (after, edit)
}

#[test]
fn an_answer_given_later_in_words_ties_what_it_would_have_tied_at_once() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/brief");
    let mut count = 0;
    for (name, text) in texts(&folder.join("fresh")) {
        let reading = brief::read(&text);
        let before = accepted(&text, &reading);
        for question in &reading.questions {
            let QuestionSubject::Tie(kinds) = &question.subject else { continue };
            for option in 0..question.options.len() {
                let told = format!("{name}: {} {}", question.text, question.options[option]);
                let (mut after, edit) = answered(&before, question, option);
                assert_eq!(after.violations(), [], "{told}");
                let answers = [(question.text.clone(), option)].into();
                let at_once = accepted(&text, &reading.chosen(&Choices { answers, ..Choices::default() }));
                let ends = [kinds[0].from.as_str(), kinds[0].to.as_str()];
                assert_eq!(ties(&after, ends), ties(&at_once, ends), "{told}");
                assert_eq!(after.tables().len(), at_once.tables().len(), "{told}");
                after.apply(&edit.inverse()).expect("its inverse");
                assert!(after == before, "{told}");
                count += 1;
            }
        }
    }
    assert!(count > 30, "{count} answers");
}

#[test]
fn each_answer_ties_what_is_asked_as_it_tells_and_loads() {
    let server = postgres::newest();
    let database = server.map(|it| it.database("unclear"));
    let mut client = database.as_ref().map(postgres::Database::client);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/brief");
    let mut count = 0;
    for (name, text) in ["fresh", "long", "styles", "voices"].iter().flat_map(|it| texts(&folder.join(it))) {
        let reading = brief::read(&text);
        let before = accepted(&text, &reading);
        for question in &reading.questions {
            let QuestionSubject::Tie(kinds) = &question.subject else { continue };
            assert_eq!(question.options.len(), kinds.len() + 1, "{name}: {question:?}");
            assert!(!question.evidence.is_empty(), "{name}: {question:?}");
            for (option, kind) in (1..).zip(kinds) {
                let told = format!("{name}: {} {}", question.text, question.options[option]);
                let answers = [(question.text.clone(), option)].into();
                let chosen = reading.chosen(&Choices { answers, ..Choices::default() });
                let design = accepted(&text, &chosen);
                assert_eq!(design.violations(), [], "{told}");
                let ends = [kind.from.as_str(), kind.to.as_str()];
                let [direct, both] = ties(&before, ends);
                let wanted = match kind.kind {
                    RelationshipKind::ManyToMany => [direct, both + 1],
                    RelationshipKind::ManyToOne | RelationshipKind::OneToOne => [direct + 1, both],
                };
                assert_eq!(ties(&design, ends), wanted, "{told}");
                if let Some(client) = &mut client {
                    let written = sql::ddl(&design, &sql::Options::of(&design)).text;
                    rehearse(client, &written).unwrap_or_else(|it| panic!("{told}: {it}"));
                }
                count += 1;
            }
        }
    }
    assert!(count > 30, "{count} answers");
}
