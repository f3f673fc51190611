//! A design becomes everything but PostgreSQL DDL, one file a target.

mod diagram_svg;
mod svg;

pub use diagram_svg::{DrawOptions, Theme, draw, only};
