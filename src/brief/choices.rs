//! What a person leaves out of a reading, and how they answer its questions.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::knowledge::assumed;
use super::{
    Attribute, Entity, EntityKind, Further, Identity, OnDelete, QuestionSubject, Reading, Relationship,
    RelationshipKind,
};
use crate::design::{Decision, Demand, Design, Edit, Proposal, Record, Refused};

/// Choices about a reading, by name: they hold while the text around them changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Entities that are left out, with all that hangs on them.
    pub entities: BTreeSet<String>,
    /// Attributes that are left out: entity and attribute.
    pub attributes: BTreeSet<(String, String)>,
    /// Relationships that are left out.
    pub relationships: BTreeSet<RelationshipKey>,
    /// References that are to be several on both sides.
    #[serde(default)]
    pub several: BTreeSet<RelationshipKey>,
    /// Demands that the text makes and that are not made.
    pub demands: BTreeSet<Demand>,
    /// Entities whose sizes the text tells and that are not expected.
    #[serde(default)]
    pub sizes: BTreeSet<String>,
    /// Which option was chosen, by the question's text; the first is what was assumed.
    pub answers: BTreeMap<String, usize>,
}

/// What makes a relationship the same one: from, to and role.
pub type RelationshipKey = (String, String, Option<String>);

impl Relationship {
    /// What makes it the same one in another reading.
    pub fn key(&self) -> RelationshipKey {
        (self.from.clone(), self.to.clone(), self.role.clone())
    }
}

impl Reading {
    /// The reading as a person wants it: answers first, then without what is left out.
    #[must_use]
    pub fn chosen(&self, choices: &Choices) -> Cow<'_, Self> {
        if *choices == Choices::default() {
            return Cow::Borrowed(self);
        }
        let mut chosen = self.clone();
        for question in &self.questions {
            if let Some(option) = choices.answers.get(&question.text).and_then(|it| it.checked_sub(1)) {
                chosen.answer(&question.subject, option);
            }
        }
        for index in 0..chosen.relationships.len() {
            if chosen.relationships.get(index).is_some_and(|it| choices.several.contains(&it.key())) {
                chosen.widen(index);
            }
        }
        let gone = |name: &str| choices.entities.contains(name);
        chosen.entities.retain(|it| !gone(&it.name));
        for entity in &mut chosen.entities {
            let name = entity.name.clone();
            let is_left = |it: &Attribute| choices.attributes.contains(&(name.clone(), it.name.clone()));
            entity.attributes.retain(|it| !is_left(it));
        }
        chosen.relationships.retain(|it| !gone(&it.from) && !gone(&it.to));
        chosen.relationships.retain(|it| !it.via.as_deref().is_some_and(gone));
        chosen.relationships.retain(|it| !choices.relationships.contains(&it.key()));
        chosen.constraints.retain(|it| !it.kind.demand().is_some_and(|it| choices.demands.contains(&it)));
        chosen.load.retain(|of, _| !gone(of) && !choices.sizes.contains(of));
        chosen.rules.retain(|it| !gone(&it.entity));
        chosen.access.retain(|it| !gone(&it.entity));
        chosen.isolated = chosen.isolated.filter(|(name, _)| !gone(name));
        chosen.tenant = chosen.tenant.filter(|(name, _)| !gone(name));
        super::describe::retell(&mut chosen, self);
        Cow::Owned(chosen)
    }

    /// The edit of a proposal that was made of what was chosen, with the decisions: what was taken and what was left out, and each
    /// question that was answered.
    ///
    /// # Errors
    /// When a part does not fit the design any more.
    pub fn decided(&self, design: &Design, choices: &Choices, proposal: &Proposal) -> Result<Edit, Refused> {
        let mut edit = proposal.decided(design, &proposal.usual(), "")?;
        let left_out = self.entities.iter().filter(|it| choices.entities.contains(&it.name));
        let left_out: Vec<String> =
            left_out.map(|it| format!("A table for {}", it.name.replace('_', " "))).collect();
        for replaced in &mut edit.records {
            if let (None, Some(Record::Decision(it))) = (&replaced.before, &mut replaced.after) {
                it.rejected.extend(left_out.iter().cloned());
            }
        }
        let mut after = design.clone();
        after.apply(&edit)?;
        for question in &self.questions {
            let Some(answer) = choices.answers.get(&question.text) else { continue };
            let Some(taken) = question.options.get(*answer) else { continue };
            let (asked, why) = question.parts();
            if after.decisions().any(|it| it.title == asked && it.reason.starts_with(taken.as_str())) {
                continue;
            }
            let others = question.options.iter().filter(|it| *it != taken);
            let decision = Decision {
                id: after.ids().take(),
                title: asked.to_owned(),
                reason: if why.is_empty() { taken.clone() } else { format!("{taken}; {why}") },
                rejected: others.cloned().collect(),
                ..Decision::default()
            };
            let next = Edit::adding([decision]);
            after.apply(&next)?;
            edit = edit.then(next);
        }
        Ok(edit)
    }

    /// One entity with all that it cannot do without: what its foreign keys reference, and what those reference. Or one
    /// subject of a large brief, by its name, without what links it to others.
    #[must_use]
    pub fn only(&self, what: &str) -> Self {
        let mut kept: BTreeSet<&str> = BTreeSet::new();
        let subject = self.contexts.iter().find(|it| it.name == what);
        let mut open: Vec<&str> = match subject {
            Some(it) => it.entities.iter().map(String::as_str).collect(),
            None => vec![what],
        };
        while let Some(name) = open.pop() {
            if !kept.insert(name) || subject.is_some() {
                continue;
            }
            for relationship in &self.relationships {
                match (&relationship.via, relationship.kind) {
                    (Some(via), RelationshipKind::ManyToMany) if via == name => {
                        open.extend([relationship.from.as_str(), relationship.to.as_str()]);
                    }
                    (_, RelationshipKind::ManyToMany) => {}
                    _ if relationship.from == name => open.push(&relationship.to),
                    _ => {}
                }
            }
        }
        let mut only = self.clone();
        only.contexts.retain(|it| subject.is_some_and(|of| of.name == it.name));
        only.entities.retain(|it| kept.contains(it.name.as_str()));
        only.relationships.retain(|it| {
            kept.contains(it.from.as_str())
                && kept.contains(it.to.as_str())
                && it.via.as_deref().is_none_or(|via| kept.contains(via))
        });
        only.rules.retain(|it| kept.contains(it.entity.as_str()));
        only.access.retain(|it| kept.contains(it.entity.as_str()));
        only.isolated = only.isolated.filter(|(name, _)| kept.contains(name.as_str()));
        only.tenant = only.tenant.filter(|(name, _)| kept.contains(name.as_str()));
        only.stories.clear();
        only
    }

    /// Takes another answer of a question than the first: a junction in place of a foreign key, a table in place of a set of
    /// values. `option` counts from the second.
    fn answer(&mut self, subject: &QuestionSubject, option: usize) {
        match subject {
            QuestionSubject::Tie(all) => {
                let Some(taken) = all.get(option) else { return };
                if let Some(via) = &taken.via {
                    self.join(via, taken);
                }
                self.relationships.push(taken.clone());
            }
            QuestionSubject::Open | QuestionSubject::Existing(_) => {}
            QuestionSubject::HiddenManyToMany { relationship, .. } => self.widen(*relationship),
            QuestionSubject::ValueSet { entity, attribute } => self.list_values(entity, attribute),
            QuestionSubject::Identity => {
                self.identity = match self.identity {
                    Identity::Settings => Identity::Supabase,
                    Identity::Supabase => Identity::Settings,
                };
            }
            QuestionSubject::Further(further) => self.extend(further),
        }
    }

    fn extend(&mut self, further: &Further) {
        for entity in &further.entities {
            if self.entities.iter().all(|it| it.name != entity.name) {
                self.entities.push(entity.clone());
            }
        }
        for (owner, attribute) in &further.attributes {
            let owner = self.entities.iter_mut().find(|it| it.name == *owner);
            if let Some(owner) = owner.filter(|it| it.attributes.iter().all(|it| it.name != attribute.name)) {
                owner.attributes.push(attribute.clone());
            }
        }
        for relationship in &further.relationships {
            if self.relationships.iter().all(|it| it.key() != relationship.key()) {
                self.relationships.push(relationship.clone());
            }
        }
    }

    fn widen(&mut self, index: usize) {
        let one = |it: &&mut Relationship| it.kind == RelationshipKind::ManyToOne;
        let Some(relationship) = self.relationships.get_mut(index).filter(one) else { return };
        let other = relationship.role.as_deref().unwrap_or(&relationship.to);
        let junction = format!("{}_{other}", relationship.from);
        relationship.kind = RelationshipKind::ManyToMany;
        relationship.nullable = false;
        relationship.on_delete = OnDelete::Cascade;
        relationship.via = Some(junction.clone());
        relationship.several = None;
        let joined = relationship.clone();
        self.join(&junction, &joined);
    }

    /// Adds the junction of a many-to-many, unless it is there.
    fn join(&mut self, name: &str, relationship: &Relationship) {
        if self.entities.iter().any(|it| it.name == name) {
            return;
        }
        let other = relationship.role.as_deref().unwrap_or(&relationship.to);
        self.entities.push(Entity {
            kind: EntityKind::Junction,
            description: format!("Joins a {} to each {other}.", relationship.from),
            assumed: relationship.assumed,
            evidence: relationship.evidence.clone(),
            ..assumed(name, "chosen as an answer")
        });
    }

    fn list_values(&mut self, entity: &str, attribute: &str) {
        let Some(owner) = self.entities.iter_mut().find(|it| it.name == entity) else { return };
        let Some(at) = owner.attributes.iter().position(|it| it.name == attribute) else { return };
        let found = owner.attributes.remove(at);
        let is_taken = self.entities.iter().any(|it| it.name == attribute);
        let list = if is_taken { format!("{entity}_{attribute}") } else { attribute.to_owned() };
        let rows = found.values.unwrap_or_default();
        let name = Attribute {
            unique: true,
            assumed: found.assumed,
            evidence: found.evidence.clone(),
            ..Attribute::assumed("name", "text", false)
        };
        self.relationships.push(Relationship {
            from: entity.to_owned(),
            to: list.clone(),
            role: None,
            kind: RelationshipKind::ManyToOne,
            via: None,
            nullable: found.nullable,
            on_delete: OnDelete::Restrict,
            assumed: found.assumed,
            reason: "the values are kept as a list of their own".to_owned(),
            evidence: found.evidence.clone(),
            several: None,
        });
        self.entities.push(Entity {
            description: format!("A list of values: {}.", rows.join(", ")),
            name: list,
            kind: EntityKind::Lookup,
            assumed: found.assumed,
            evidence: found.evidence,
            attributes: vec![name],
            reason: "chosen as an answer".to_owned(),
            rows,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::Question;

    fn entity(name: &str, attributes: &[&str]) -> Entity {
        let attribute = |it: &&str| Attribute {
            values: Some(vec!["low".to_owned(), "high".to_owned()]),
            assumed: false,
            ..Attribute::assumed(it, "text", false)
        };
        Entity {
            name: name.to_owned(),
            kind: EntityKind::Core,
            description: String::new(),
            assumed: false,
            evidence: Vec::new(),
            attributes: attributes.iter().map(attribute).collect(),
            reason: String::new(),
            rows: Vec::new(),
        }
    }

    fn reading() -> Reading {
        let relationship = Relationship {
            from: "task".to_owned(),
            to: "user".to_owned(),
            role: Some("assignee".to_owned()),
            kind: RelationshipKind::ManyToOne,
            via: None,
            nullable: true,
            on_delete: OnDelete::SetNull,
            assumed: false,
            reason: String::new(),
            evidence: Vec::new(),
            several: None,
        };
        let ask = |text: &str, subject| Question {
            text: text.to_owned(),
            options: vec!["no".to_owned(), "yes".to_owned()],
            evidence: Vec::new(),
            subject,
        };
        Reading {
            entities: vec![entity("task", &["priority"]), entity("user", &[])],
            relationships: vec![relationship],
            questions: vec![
                ask("several?", QuestionSubject::HiddenManyToMany { relationship: 0, likelihood: 60 }),
                ask(
                    "a list?",
                    QuestionSubject::ValueSet { entity: "task".to_owned(), attribute: "priority".to_owned() },
                ),
            ],
            ..Reading::default()
        }
    }

    #[test]
    fn what_is_left_out_is_told_of_no_table() {
        let text = "A course has a title and belongs to a workshop. A workshop has a name and an address.";
        let reading = crate::brief::read(text);
        let relationships = reading.relationships.iter().map(Relationship::key).collect();
        let chosen = reading.chosen(&Choices { relationships, ..Choices::default() });
        let told = |it: &Reading| it.entities.first().map(|it| it.description.clone()).unwrap_or_default();
        assert_eq!(told(&reading), "A course belongs to a workshop and has a title.");
        assert_eq!(told(&chosen), "A course has a title.");
    }

    #[test]
    fn an_answer_ties_in_the_way_that_it_tells() {
        let mut reading = reading();
        let said = || Relationship::assumed("task", "sprint", "both");
        let via = Some("task_sprint".to_owned());
        let many = Relationship { kind: RelationshipKind::ManyToMany, via, ..said() };
        let first = reading.questions.pop().expect("a question");
        let options = ["not at all", "one", "several"].map(str::to_owned).to_vec();
        let subject = QuestionSubject::Tie(vec![said(), many]);
        reading.questions = vec![Question { text: "how?".to_owned(), options, subject, ..first }];
        reading.entities.push(entity("sprint", &[]));
        let tied = |option: usize| {
            let answers = [("how?".to_owned(), option)].into();
            let chosen = reading.chosen(&Choices { answers, ..Choices::default() });
            let names: Vec<String> = chosen.entities.iter().map(|it| it.name.clone()).collect();
            (chosen.relationships.iter().skip(1).map(|it| it.kind).collect::<Vec<_>>(), names)
        };
        let known = ["task", "user", "sprint"].map(str::to_owned).to_vec();
        let with = |name: &str| [known.clone(), vec![name.to_owned()]].concat();
        assert_eq!(tied(0), (vec![], known.clone()));
        assert_eq!(tied(1), (vec![RelationshipKind::ManyToOne], known.clone()));
        assert_eq!(tied(2), (vec![RelationshipKind::ManyToMany], with("task_sprint")));
        assert_eq!(tied(3), (vec![], known.clone()), "there is no such answer");
    }

    #[test]
    fn what_is_left_out_takes_its_relationships_along() {
        let choices = Choices { entities: ["user".to_owned()].into(), ..Choices::default() };
        let chosen = reading().chosen(&choices).into_owned();
        assert_eq!(chosen.entities.len(), 1);
        assert!(chosen.relationships.is_empty());
    }

    #[test]
    fn what_is_left_out_and_what_is_answered_is_kept_as_decisions() {
        let choices = Choices {
            entities: ["user".to_owned()].into(),
            answers: [("a list?".to_owned(), 1)].into(),
            ..Choices::default()
        };
        let reading = reading();
        let mut design = Design::new();
        let proposal = crate::brief::propose(&design, &reading.chosen(&choices), crate::design::BriefId(4));
        let edit = reading.decided(&design, &choices, &proposal).expect("fits");
        design.apply(&edit).expect("valid");
        let told: Vec<(&str, &str)> = design
            .decisions()
            .map(|it| (it.title.as_str(), it.rejected.last().map_or("", String::as_str)))
            .collect();
        assert_eq!(told, [("What the brief tells", "A table for user"), ("a list?", "no")]);
        let again = reading.decided(&design, &choices, &Proposal::default()).expect("fits");
        assert!(again.records.iter().all(|it| it.after.as_ref().and_then(|it| match it {
            Record::Decision(it) => Some(it.title == "a list?"),
            _ => None,
        }) != Some(true)));
    }

    #[test]
    fn an_answer_makes_a_junction() {
        let choices = Choices { answers: [("several?".to_owned(), 1)].into(), ..Choices::default() };
        let chosen = reading().chosen(&choices).into_owned();
        assert_eq!(chosen.relationships[0].kind, RelationshipKind::ManyToMany);
        assert_eq!(chosen.relationships[0].via.as_deref(), Some("task_assignee"));
        assert_eq!(chosen.entities[2].kind, EntityKind::Junction);
    }

    #[test]
    fn an_answer_makes_a_list_of_values() {
        let choices = Choices { answers: [("a list?".to_owned(), 1)].into(), ..Choices::default() };
        let chosen = reading().chosen(&choices).into_owned();
        assert!(chosen.entities[0].attributes.is_empty());
        assert_eq!(
            (chosen.entities[2].name.as_str(), chosen.entities[2].kind),
            ("priority", EntityKind::Lookup)
        );
        assert_eq!(chosen.entities[2].rows, ["low", "high"]);
        assert_eq!(chosen.relationships[1].to, "priority");
        let mut design = Design::new();
        let proposal = crate::brief::propose(&design, &chosen, crate::design::BriefId(4));
        design.apply(&proposal.decided(&design, &proposal.usual(), "").expect("fits")).expect("valid");
        let list = design.table_named(None, "priority").expect("the list");
        let rows = list.seed.as_ref().map(|it| it.rows.concat());
        assert_eq!(rows, Some(vec!["'low'".to_owned(), "'high'".to_owned()]));
    }

    #[test]
    fn an_entity_brings_what_it_references() {
        assert_eq!(reading().only("task").entities.len(), 2);
        let user = reading().only("user");
        assert_eq!((user.entities.len(), user.relationships.len()), (1, 0));
    }

    #[test]
    fn the_first_answer_changes_nothing() {
        let choices = Choices { answers: [("several?".to_owned(), 0)].into(), ..Choices::default() };
        assert_eq!(*reading().chosen(&choices), reading());
    }
}
