//! Where things stand on the diagram.

use serde::{Deserialize, Serialize};

use super::{AreaId, NoteId, Origin, PlacementId, TableId, is_default};

/// Where a table stands. A table without one is placed by the layout.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Placement {
    /// Its identity.
    pub id: PlacementId,
    /// The table; at most one placement each.
    pub table: TableId,
    /// Left edge in diagram units (1 unit is 1 CSS pixel at zoom 1).
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Layouts leave it where it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pinned: bool,
    /// Only the title is drawn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collapsed: bool,
    /// Not drawn.
    #[serde(default, skip_serializing_if = "is_default")]
    pub hidden: bool,
    /// A colour of the palette, 1 to 8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub color: Option<u8>,
}

/// A bounded context, drawn as an area that holds its tables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its identity.
    pub id: AreaId,
    /// Its title.
    pub name: String,
    /// Its tables; each table is in one area at most.
    pub tables: Vec<TableId>,
    /// A colour of the palette, 1 to 8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub color: Option<u8>,
    /// Where it came from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Origin,
}

/// A note on the diagram.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its identity.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// Left edge in diagram units.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// A colour of the palette, 1 to 8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub color: Option<u8>,
}
