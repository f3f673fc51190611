//! Where tables stand and how edges run; no drawing.
//!
//! One unit is one CSS pixel at zoom 1; y grows downwards. Everything here uses additions, products, quotients
//! and square roots only, in a fixed order and with a seeded generator of its own, so that the browser and the
//! command give the same picture for the same design.

mod align;
mod arrange;
pub mod card;
mod columns;
mod communities;
mod contexts;
pub mod diagram;
mod far;
mod generator;
mod geometry;
mod graph;
mod label;
pub mod notation;
mod order;
mod pack;
mod place;
pub mod route;
mod scene;
mod schemas;
mod shelves;
mod snap;
mod stress;
mod style;
mod thumbnail;
mod tiles;

pub use align::{Axis, Side, aligned, distributed};
pub use arrange::{Arrangement, arrange};
pub use contexts::{CONTEXTS_ABOVE, Context, Evidence, contexts, contexts_by, in_contexts};
pub use far::{FAR_FONT, FarName, far_names};
pub use geometry::{GRID, Point, Rect, Size, bounds};
pub use graph::{Graph, Node};
pub use label::{LABEL_FONT, Label, label, labels};
pub use place::{place_beside, place_group, place_near};
pub use scene::{Hit, Scene};
pub use snap::{Snapped, snapped};
pub use style::{Style, arranged_as};
pub use thumbnail::{THUMBNAIL, thumbnail};
pub use tiles::{TILE, TileWindow, Tiles};
