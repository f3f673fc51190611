//! What the design is for: conventions, load, briefs, stories, queries, decisions.

use super::super::LinkError;
use super::super::fields as f;
use super::super::wire::Values;
use super::pass::Pass;
use crate::design::{
    AccessPattern, Brief, Conventions, Decision, Demand, Demanded, KeyStyle, Load, Origin, Story, TableNames,
    ValueSetStyle, Volume,
};

impl Pass<'_> {
    pub(super) fn conventions(&mut self, it: &Conventions) -> Result<Conventions, LinkError> {
        let has = [
            it.timestamps,
            it.authorship,
            it.soft_delete,
            it.tenancy.is_some(),
            it.version,
            it.comments,
            it.table_names == TableNames::Plural,
        ];
        let [timestamps, authorship, soft_delete, tenancy, version, comments, plural] =
            self.wire.flags(f::CONVENTIONS, has)?;
        let keys = [KeyStyle::UuidV4, KeyStyle::UuidV7, KeyStyle::Identity];
        let sets = [ValueSetStyle::Enum, ValueSetStyle::Check, ValueSetStyle::Lookup];
        let target = self.wire.number32(f::CONVENTION_TARGET, it.target.into())?;
        Ok(Conventions {
            key: self.one_of(f::CONVENTION, &keys, it.key)?,
            table_names: if plural { TableNames::Plural } else { TableNames::Singular },
            timestamps,
            authorship,
            soft_delete,
            tenancy: self.text_if(tenancy, f::CONVENTION_TENANCY, it.tenancy.as_ref())?,
            version,
            value_sets: self.one_of(f::CONVENTION, &sets, it.value_sets)?,
            comments,
            target: u8::try_from(target).map_err(|_| LinkError::Malformed("a version"))?,
        })
    }

    pub(super) fn load(&mut self, it: &Load) -> Result<Load, LinkError> {
        let has = [
            !it.volumes.is_empty(),
            it.reads_per_write.is_some(),
            it.retention_days.is_some(),
            !it.demands.is_empty(),
        ];
        let [volumes, reads, retention, demands] = self.wire.flags(f::LOAD, has)?;
        let mut load = Load::default();
        if volumes {
            load.volumes = self.list(f::VOLUMES, it.volumes.iter(), &Volume::default(), Self::volume)?;
        }
        if reads {
            let bits = it.reads_per_write.unwrap_or(0.0).to_bits();
            // Short numbers have all their bits at the front.
            let read = f64::from_bits(self.wire.number(f::LOAD_READS, bits.reverse_bits())?.reverse_bits());
            load.reads_per_write = Some(read).filter(|it| it.is_finite());
        }
        if retention {
            load.retention_days =
                Some(self.wire.number32(f::LOAD_RETENTION, it.retention_days.unwrap_or(0))?);
        }
        if demands {
            let blank = Demanded { what: Demand::PostgreSql, origin: Origin::Hand };
            load.demands = self.list(f::DEMANDS, it.demands.iter(), &blank, Self::demanded)?;
        }
        Ok(load)
    }

    fn demanded(&mut self, it: &Demanded) -> Result<Demanded, LinkError> {
        Ok(Demanded {
            what: self.one_of(f::DEMAND, &Demand::ALL, it.what)?,
            origin: self.origin(&it.origin)?,
        })
    }

    fn volume(&mut self, it: &Volume) -> Result<Volume, LinkError> {
        let [per] = self.wire.flags(f::VOLUME, [it.per.is_some()])?;
        Ok(Volume {
            of: self.wire.text(f::VOLUME_OF, &it.of)?,
            count: self.wire.number(f::VOLUME_COUNT, it.count)?,
            per: self.text_if(per, f::VOLUME_PER, it.per.as_ref())?,
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn brief(&mut self, it: &Brief) -> Result<Brief, LinkError> {
        Ok(Brief {
            id: self.id(it.id),
            title: self.wire.text(f::BRIEF_TITLE, &it.title)?,
            text: self.wire.text(f::BRIEF, &it.text)?,
            accepted: None,
        })
    }

    pub(super) fn story(&mut self, it: &Story) -> Result<Story, LinkError> {
        Ok(Story {
            id: self.id(it.id),
            actor: self.wire.text(f::STORY_ACTOR, &it.actor)?,
            goal: self.wire.text(f::STORY_GOAL, &it.goal)?,
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn access_pattern(&mut self, it: &AccessPattern) -> Result<AccessPattern, LinkError> {
        let [calls, story] = self.wire.flags(f::PATTERN_FLAGS, [it.per_day.is_some(), it.story.is_some()])?;
        Ok(AccessPattern {
            id: self.id(it.id),
            name: self.wire.text(f::PATTERN_NAME, &it.name)?,
            query: self.wire.text(f::QUERY, &it.query)?,
            per_day: if calls {
                Some(self.wire.number(f::PATTERN_CALLS, it.per_day.unwrap_or(0))?)
            } else {
                None
            },
            story: if story { Some(self.reference(it.story.unwrap_or_default())?) } else { None },
            origin: self.origin(&it.origin)?,
        })
    }

    pub(super) fn decision(&mut self, it: &Decision) -> Result<Decision, LinkError> {
        Ok(Decision {
            id: self.id(it.id),
            title: self.wire.text(f::DECISION_TEXT, &it.title)?,
            reason: self.wire.text(f::DECISION_TEXT, &it.reason)?,
            rejected: self.texts(f::DECISION_REJECTED, f::DECISION_TEXT, &it.rejected)?,
            about: self.references(&it.about)?,
            origin: self.origin(&it.origin)?,
        })
    }
}
