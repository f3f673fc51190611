//! The built-in data types (PostgreSQL manual, chapter "Data Types"; `pg_type` for the rest).

use serde::{Deserialize, Serialize};

/// Types that compare and reference each other without a cast, for the purpose of foreign keys.
///
/// Source: the cross-type operators of the `integer_ops`, `float_ops`, `text_ops` and `datetime_ops` B-tree families.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeFamily {
    /// `smallint`, `integer`, `bigint`; `numeric` compares with them too.
    Integer,
    /// `numeric`.
    Numeric,
    /// `real`, `double precision`.
    Float,
    /// `text`, `varchar`, `name`.
    Text,
    /// `character(n)`.
    Character,
    /// `date`, `timestamp`, `timestamptz`.
    DateTime,
    /// A type that only its own kind compares with.
    Own(Builtin),
}

macro_rules! family {
    ($own:expr, _) => {
        $own
    };
    ($own:expr, $family:ident) => {
        TypeFamily::$family
    };
}

macro_rules! builtins {
    ($($variant:ident $name:literal $family:tt, [$($alias:literal),*];)+) => {
        /// A built-in type, named as `format_type()` names it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
        pub enum Builtin {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $variant,)+
        }

        impl Builtin {
            /// Every built-in type, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The canonical name, such as `timestamp with time zone`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Reads a canonical name or an alias, in lower case; internal names such as `int4` included.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name $(| $alias)* => Some(Self::$variant),)+ _ => None }
            }

            /// What it compares with.
            pub fn family(self) -> TypeFamily {
                match self { $(Self::$variant => family!(TypeFamily::Own(self), $family),)+ }
            }
        }
    };
}

builtins! {
    SmallInt "smallint" Integer, ["int2"];
    Integer "integer" Integer, ["int", "int4"];
    BigInt "bigint" Integer, ["int8"];
    Numeric "numeric" Numeric, ["decimal", "dec"];
    Real "real" Float, ["float4"];
    Double "double precision" Float, ["float8", "float"];
    Money "money" _, [];
    Varchar "character varying" Text, ["varchar", "char varying", "nchar varying", "national character varying"];
    Character "character" Character, ["char", "bpchar", "nchar", "national character"];
    Text "text" Text, [];
    Name "name" Text, [];
    InternalChar "\"char\"" _, [];
    Bytea "bytea" _, [];
    Timestamp "timestamp without time zone" DateTime, ["timestamp"];
    TimestampTz "timestamp with time zone" DateTime, ["timestamptz"];
    Date "date" DateTime, [];
    Time "time without time zone" _, ["time"];
    TimeTz "time with time zone" _, ["timetz"];
    Interval "interval" _, [];
    Boolean "boolean" _, ["bool"];
    Point "point" _, [];
    Line "line" _, [];
    Lseg "lseg" _, [];
    Box "box" _, [];
    Path "path" _, [];
    Polygon "polygon" _, [];
    Circle "circle" _, [];
    Cidr "cidr" _, [];
    Inet "inet" _, [];
    MacAddr "macaddr" _, [];
    MacAddr8 "macaddr8" _, [];
    Bit "bit" _, [];
    VarBit "bit varying" _, ["varbit"];
    TsVector "tsvector" _, [];
    TsQuery "tsquery" _, [];
    Uuid "uuid" _, [];
    Xml "xml" _, [];
    Json "json" _, [];
    Jsonb "jsonb" _, [];
    JsonPath "jsonpath" _, [];
    Int4Range "int4range" _, [];
    Int8Range "int8range" _, [];
    NumRange "numrange" _, [];
    TsRange "tsrange" _, [];
    TsTzRange "tstzrange" _, [];
    DateRange "daterange" _, [];
    Int4MultiRange "int4multirange" _, [];
    Int8MultiRange "int8multirange" _, [];
    NumMultiRange "nummultirange" _, [];
    TsMultiRange "tsmultirange" _, [];
    TsTzMultiRange "tstzmultirange" _, [];
    DateMultiRange "datemultirange" _, [];
    PgLsn "pg_lsn" _, [];
    PgSnapshot "pg_snapshot" _, [];
    TxidSnapshot "txid_snapshot" _, [];
    Oid "oid" _, [];
    Xid "xid" _, [];
    Xid8 "xid8" _, [];
    Cid "cid" _, [];
    Tid "tid" _, [];
    RegClass "regclass" _, [];
    RegCollation "regcollation" _, [];
    RegConfig "regconfig" _, [];
    RegDictionary "regdictionary" _, [];
    RegNamespace "regnamespace" _, [];
    RegOper "regoper" _, [];
    RegOperator "regoperator" _, [];
    RegProc "regproc" _, [];
    RegProcedure "regprocedure" _, [];
    RegRole "regrole" _, [];
    RegType "regtype" _, [];
}

impl Builtin {
    /// The short name that people write, such as `timestamptz`; the canonical one where there is none.
    pub fn short_name(self) -> &'static str {
        match self {
            Self::Varchar => "varchar",
            Self::Character => "char",
            Self::Timestamp => "timestamp",
            Self::TimestampTz => "timestamptz",
            Self::Time => "time",
            Self::TimeTz => "timetz",
            Self::VarBit => "varbit",
            other => other.name(),
        }
    }

    /// Whether a foreign key may join the two (`numeric` and the integers share operators by implicit cast).
    pub fn comparable(self, other: Self) -> bool {
        use TypeFamily::{Character, Integer, Numeric, Text};
        let (a, b) = (self.family(), other.family());
        a == b
            || matches!(
                (a, b),
                (Integer, Numeric) | (Numeric, Integer) | (Text, Character) | (Character, Text)
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_aliases_are_known() {
        for builtin in Builtin::ALL {
            assert_eq!(Builtin::from_name(builtin.name()), Some(*builtin));
            assert_eq!(Builtin::from_name(builtin.short_name()), Some(*builtin));
        }
        assert_eq!(Builtin::from_name("int8"), Some(Builtin::BigInt));
        assert!(Builtin::Integer.comparable(Builtin::BigInt));
        assert!(!Builtin::Uuid.comparable(Builtin::Text));
    }
}
