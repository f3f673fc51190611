//! Types of columns: one byte for most, from lists that belong to the format.

use super::super::LinkError;
use super::super::fields as f;
use super::super::wire::Values;
use super::pass::Pass;
use crate::design::{BaseType, DataType, Id, IntervalFields};
use crate::pg::Builtin;

/// The built-in types by number, which is their place here after [`FIRST_BUILTIN`]. New ones need a new version.
const BUILTINS: &[Builtin] = &[
    Builtin::SmallInt,
    Builtin::Integer,
    Builtin::BigInt,
    Builtin::Numeric,
    Builtin::Real,
    Builtin::Double,
    Builtin::Money,
    Builtin::Varchar,
    Builtin::Character,
    Builtin::Text,
    Builtin::Name,
    Builtin::InternalChar,
    Builtin::Bytea,
    Builtin::Timestamp,
    Builtin::TimestampTz,
    Builtin::Date,
    Builtin::Time,
    Builtin::TimeTz,
    Builtin::Interval,
    Builtin::Boolean,
    Builtin::Point,
    Builtin::Line,
    Builtin::Lseg,
    Builtin::Box,
    Builtin::Path,
    Builtin::Polygon,
    Builtin::Circle,
    Builtin::Cidr,
    Builtin::Inet,
    Builtin::MacAddr,
    Builtin::MacAddr8,
    Builtin::Bit,
    Builtin::VarBit,
    Builtin::TsVector,
    Builtin::TsQuery,
    Builtin::Uuid,
    Builtin::Xml,
    Builtin::Json,
    Builtin::Jsonb,
    Builtin::JsonPath,
    Builtin::Int4Range,
    Builtin::Int8Range,
    Builtin::NumRange,
    Builtin::TsRange,
    Builtin::TsTzRange,
    Builtin::DateRange,
    Builtin::Int4MultiRange,
    Builtin::Int8MultiRange,
    Builtin::NumMultiRange,
    Builtin::TsMultiRange,
    Builtin::TsTzMultiRange,
    Builtin::DateMultiRange,
    Builtin::PgLsn,
    Builtin::PgSnapshot,
    Builtin::TxidSnapshot,
    Builtin::Oid,
    Builtin::Xid,
    Builtin::Xid8,
    Builtin::Cid,
    Builtin::Tid,
    Builtin::RegClass,
    Builtin::RegCollation,
    Builtin::RegConfig,
    Builtin::RegDictionary,
    Builtin::RegNamespace,
    Builtin::RegOper,
    Builtin::RegOperator,
    Builtin::RegProc,
    Builtin::RegProcedure,
    Builtin::RegRole,
    Builtin::RegType,
];

// What may stand before a type, in this order, each at most once.
const ARRAY: usize = 0;
const ARRAYS: usize = 1;
const INTERVAL_FIELDS: usize = 2;
const MODIFIERS: usize = 3;
// Types that are not built in.
const ENUM: usize = 4;
const DOMAIN: usize = 5;
const COMPOSITE: usize = 6;
const RANGE: usize = 7;
const ROW: usize = 8;
const OTHER: usize = 9;
const OTHER_IN_NAMESPACE: usize = 10;
/// Built-in types with one number between the parentheses.
const WITH_LENGTH: [(usize, Builtin); 4] =
    [(11, Builtin::Varchar), (12, Builtin::Character), (13, Builtin::Timestamp), (14, Builtin::TimestampTz)];
/// `numeric(p,s)`.
const NUMERIC: usize = 15;
const FIRST_BUILTIN: usize = 16;

/// How the modifiers of a type are written.
enum Modifiers {
    None,
    Length(usize, u32),
    Precision(u32, u32),
    Texts,
}

fn modifiers(it: &DataType) -> Modifiers {
    let number = |text: &String| text.parse::<u32>().ok().filter(|it| it.to_string() == *text);
    let BaseType::Builtin(builtin) = it.base else {
        return if it.modifiers.is_empty() { Modifiers::None } else { Modifiers::Texts };
    };
    match it.modifiers.as_slice() {
        [] => Modifiers::None,
        [length] => {
            let code = WITH_LENGTH.iter().find(|(_, it)| *it == builtin).map(|(code, _)| *code);
            match (code, number(length)) {
                (Some(code), Some(length)) => Modifiers::Length(code, length),
                _ => Modifiers::Texts,
            }
        }
        [precision, scale] if builtin == Builtin::Numeric => match (number(precision), number(scale)) {
            (Some(precision), Some(scale)) => Modifiers::Precision(precision, scale),
            _ => Modifiers::Texts,
        },
        _ => Modifiers::Texts,
    }
}

/// The type's number, without what stands before it.
fn base_code(it: &DataType, modifiers: &Modifiers) -> usize {
    match (&it.base, modifiers) {
        (_, Modifiers::Length(code, _)) => *code,
        (_, Modifiers::Precision(..)) => NUMERIC,
        (BaseType::Builtin(builtin), _) => {
            FIRST_BUILTIN + BUILTINS.iter().position(|it| it == builtin).unwrap_or(0)
        }
        (BaseType::Enum(_), _) => ENUM,
        (BaseType::Domain(_), _) => DOMAIN,
        (BaseType::Composite(_), _) => COMPOSITE,
        (BaseType::Range(_), _) => RANGE,
        (BaseType::Row(_), _) => ROW,
        (BaseType::Other { namespace: None, .. }, _) => OTHER,
        (BaseType::Other { namespace: Some(_), .. }, _) => OTHER_IN_NAMESPACE,
    }
}

impl Pass<'_> {
    pub(super) fn data_type(&mut self, it: &DataType) -> Result<DataType, LinkError> {
        let given = modifiers(it);
        let mut codes = Vec::new();
        match it.dimensions {
            0 => {}
            1 => codes.push(ARRAY),
            _ => codes.push(ARRAYS),
        }
        if it.interval_fields.is_some() {
            codes.push(INTERVAL_FIELDS);
        }
        if matches!(given, Modifiers::Texts) {
            codes.push(MODIFIERS);
        }
        codes.push(base_code(it, &given));
        let mut codes = codes.into_iter();
        let mut code = |pass: &mut Self| {
            pass.wire.choice(f::TYPE, codes.next().unwrap_or(0), FIRST_BUILTIN + BUILTINS.len())
        };

        let mut next = code(self)?;
        let mut dimensions = 0;
        if next == ARRAY {
            dimensions = 1;
            next = code(self)?;
        } else if next == ARRAYS {
            let read = self.wire.number32(f::TYPE_DIMENSIONS, it.dimensions.into())?;
            dimensions = u8::try_from(read).map_err(|_| LinkError::Malformed("a type"))?;
            next = code(self)?;
        }
        let mut interval_fields = None;
        if next == INTERVAL_FIELDS {
            let words =
                self.wire.text(f::TYPE_FIELDS, it.interval_fields.map_or("", IntervalFields::words))?;
            interval_fields = Some(IntervalFields::of(&words).ok_or(LinkError::Malformed("a type"))?);
            next = code(self)?;
        }
        let mut modifiers = Vec::new();
        if next == MODIFIERS {
            modifiers = self.texts(f::TYPE_MODIFIERS, f::TYPE_MODIFIER, &it.modifiers)?;
            next = code(self)?;
        }
        let base = self.base_type(next, it, &given, &mut modifiers)?;
        Ok(DataType { base, modifiers, interval_fields, dimensions })
    }

    fn base_type(
        &mut self,
        code: usize,
        it: &DataType,
        given: &Modifiers,
        modifiers: &mut Vec<String>,
    ) -> Result<BaseType, LinkError> {
        if let Some(builtin) = code.checked_sub(FIRST_BUILTIN).and_then(|it| BUILTINS.get(it)) {
            return Ok(BaseType::Builtin(*builtin));
        }
        if let Some((_, builtin)) = WITH_LENGTH.iter().find(|(it, _)| *it == code) {
            let length = if let Modifiers::Length(_, length) = given { *length } else { 0 };
            *modifiers = vec![self.wire.number32(f::TYPE_LENGTH, length)?.to_string()];
            return Ok(BaseType::Builtin(*builtin));
        }
        let used = it.uses().unwrap_or(Id(0));
        let (namespace, name) = match &it.base {
            BaseType::Other { namespace, name } => (namespace.as_deref(), &**name),
            _ => (None, ""),
        };
        Ok(match code {
            NUMERIC => {
                let (precision, scale) =
                    if let Modifiers::Precision(p, s) = given { (*p, *s) } else { (0, 0) };
                let precision = self.wire.number32(f::TYPE_PRECISION, precision)?;
                let scale = self.wire.number32(f::TYPE_SCALE, scale)?;
                *modifiers = vec![precision.to_string(), scale.to_string()];
                BaseType::Builtin(Builtin::Numeric)
            }
            ENUM => BaseType::Enum(self.type_reference(used)?.into()),
            DOMAIN => BaseType::Domain(self.type_reference(used)?.into()),
            COMPOSITE => BaseType::Composite(self.type_reference(used)?.into()),
            RANGE => BaseType::Range(self.type_reference(used)?.into()),
            ROW => BaseType::Row(self.type_reference(used)?.into()),
            OTHER => BaseType::Other { namespace: None, name: self.wire.text(f::TYPE_NAME, name)?.into() },
            OTHER_IN_NAMESPACE => BaseType::Other {
                namespace: Some(self.wire.text(f::TYPE_NAMESPACE, namespace.unwrap_or(""))?.into()),
                name: self.wire.text(f::TYPE_NAME, name)?.into(),
            },
            _ => return Err(LinkError::Malformed("a type")),
        })
    }

    fn type_reference(&mut self, it: Id) -> Result<Id, LinkError> {
        let new = self.renumbered.get(&it).map_or(0, |it| it.0);
        Ok(Id(self.wire.number32(f::TYPE_INDEX, new)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_type_has_a_number() {
        for builtin in Builtin::ALL {
            assert!(BUILTINS.contains(builtin), "{} has no number", builtin.name());
        }
    }
}
