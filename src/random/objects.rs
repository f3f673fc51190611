//! SQL schemas, extensions, types and sequences by chance.

use super::Maker;
use crate::design::{
    BaseType, CompositeAttribute, CompositeType, DataType, Domain, DomainCheck, Enforcement, EnumType,
    Extension, Namespace, Origin, RangeType, Sequence, SequenceOptions,
};
use crate::pg::Builtin;
use crate::sql::literal;

impl Maker<'_> {
    pub(super) fn objects(&mut self) {
        for _ in 0..self.dice.below(3) {
            let namespace = Namespace {
                id: self.ids.take(),
                name: self.name(),
                comment: self.comment(),
                ..Namespace::default()
            };
            self.namespaces.push(namespace.id);
            self.namespace_names.push(namespace.name.clone());
            self.records.push(namespace.into());
        }
        for name in self.options.extensions.clone() {
            if self.dice.chance(60) {
                let comment = self.comment();
                let extension =
                    Extension { id: self.ids.take(), name: name.clone(), comment, ..Extension::default() };
                self.records.push(extension.into());
                self.extensions.push(name);
            }
        }
        if self.has_extension("citext") {
            let citext = BaseType::Other { namespace: None, name: "citext".into() };
            self.types.push((DataType::new(citext), Some("'x'::citext".into())));
        }
        for _ in 0..self.dice.below(4) {
            self.enum_type();
        }
        for _ in 0..self.dice.below(3) {
            self.domain();
        }
        for _ in 0..self.dice.below(3) {
            self.composite();
        }
        if self.dice.chance(30) {
            self.range();
        }
    }

    fn enum_type(&mut self) {
        const VALUES: [&str; 7] = ["pending", "confirmed", "it's", "two words", "ß", "\"x\"", "back\\slash"];
        let values: Vec<String> = self.dice.some(&VALUES, 5).into_iter().map(str::to_owned).collect();
        let it = EnumType {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            values,
            comment: self.comment(),
            ..EnumType::default()
        };
        let default = it.values.first().map(|it| literal(it));
        self.types.push((DataType::new(BaseType::Enum(it.id)), default));
        self.records.push(it.into());
    }

    fn domain(&mut self) {
        let (data_type, expression, default) = match self.dice.below(4) {
            0 => (DataType::builtin(Builtin::Text), "VALUE ~ '^[a-z$$]+$'", Some("'a'")),
            1 => (DataType::builtin(Builtin::Integer), "VALUE > 0 AND VALUE <> 13", Some("1")),
            2 => (DataType::builtin(Builtin::Numeric).with_modifiers([12, 2]), "VALUE >= 0", Some("0")),
            _ => (
                DataType::builtin(Builtin::Varchar).with_modifiers([40]),
                "length(VALUE) > 0 AND VALUE <> '--'",
                None,
            ),
        };
        let is_text = matches!(data_type.as_builtin(), Some(Builtin::Text | Builtin::Varchar));
        let mut checks = Vec::new();
        for enforcement in [Enforcement::Valid, Enforcement::NotValid] {
            if self.dice.chance(60) {
                checks.push(DomainCheck {
                    id: self.ids.take(),
                    name: self.name(),
                    expression: expression.into(),
                    enforcement,
                    comment: self.comment(),
                });
            }
        }
        let it = Domain {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            data_type,
            collation: (is_text && self.dice.chance(20)).then(|| "\"C\"".into()),
            not_null: false,
            default: default.filter(|_| self.dice.chance(50)).map(str::to_owned),
            checks,
            comment: self.comment(),
            origin: Origin::Hand,
        };
        self.types.push((DataType::new(BaseType::Domain(it.id)), default.map(str::to_owned)));
        self.records.push(it.into());
    }

    fn composite(&mut self) {
        let mut attributes = Vec::new();
        for _ in 0..=self.dice.below(3) {
            let own = self.dice.pick(&self.types).filter(|_| attributes.len() > 1).map(|it| it.0.clone());
            attributes.push(CompositeAttribute {
                name: self.name(),
                data_type: own.unwrap_or_else(|| DataType::builtin(Builtin::Text)),
                collation: None,
                comment: self.comment(),
            });
        }
        let it = CompositeType {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            attributes,
            comment: self.comment(),
            ..CompositeType::default()
        };
        self.types.push((DataType::new(BaseType::Composite(it.id)), None));
        self.records.push(it.into());
    }

    fn range(&mut self) {
        let it = RangeType {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            subtype: DataType::builtin(Builtin::Double),
            options: vec![("subtype_diff".into(), "float8mi".into())],
            comment: self.comment(),
            origin: Origin::Hand,
        };
        self.types.push((DataType::new(BaseType::Range(it.id)), Some("'[1,2)'".into())));
        self.records.push(it.into());
    }

    /// A sequence of its own, and its name as SQL text refers to it.
    pub(super) fn sequence(&mut self, options: SequenceOptions) -> (Sequence, String) {
        let it = Sequence {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            unlogged: false,
            options,
            owned_by: None,
            comment: self.comment(),
            origin: Origin::Hand,
        };
        let written = self.written(it.namespace, &it.name);
        (it, written)
    }
}
