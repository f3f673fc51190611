//! Where things stand on the diagram.

use super::super::LinkError;
use super::super::fields as f;
use super::super::wire::Values;
use super::pass::Pass;
use crate::design::{Area, Note, Placement, TableId};

/// The grids that coordinates may lie on, coarsest first.
const GRIDS: [i32; 5] = [16, 8, 4, 2, 1];

impl Pass<'_> {
    /// The placements in the order of their tables. One byte when there are none.
    pub(super) fn placements(&mut self) -> Result<Vec<Placement>, LinkError> {
        let mut given: Vec<&Placement> = self.given.placements().collect();
        given.sort_by_key(|it| it.table);
        let fits = |grid: &i32| given.iter().all(|it| it.x % grid == 0 && it.y % grid == 0);
        let grid = GRIDS.iter().position(fits).unwrap_or(GRIDS.len() - 1);
        let code = if given.is_empty() { 0 } else { grid + 1 };
        let Some(grid) = self.wire.choice(f::GRID, code, GRIDS.len() + 1)?.checked_sub(1) else {
            return Ok(Vec::new());
        };
        let grid = GRIDS[grid];

        // Tables stand in columns, so few left edges serve them all.
        let mut edges: Vec<i32> = given.iter().map(|it| it.x / grid).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut last = 0;
        let lefts = self.list(f::PLACES, edges.iter(), &0, |pass, it| {
            last = pass.coordinate(f::PLACE_LEFT, *it, last)?;
            Ok(last)
        })?;
        let mut given = given.into_iter().peekable();
        let mut out = Vec::new();
        let mut above = 0;
        for place in 0..self.tables.len() {
            let table = TableId(self.first_table.0 + place as u32);
            let it = given.next_if(|it| self.place_of_table(it.table) == place);
            let blank = Placement::default();
            let has =
                it.map_or([false; 5], |it| [true, it.pinned, it.collapsed, it.hidden, it.color.is_some()]);
            let [placed, pinned, collapsed, hidden, color] = self.wire.flags(f::PLACEMENT, has)?;
            if !placed {
                continue;
            }
            let it = it.unwrap_or(&blank);
            let left = lefts.binary_search(&(it.x / grid)).unwrap_or(0);
            let left = lefts[self.wire.index(f::PLACE_X, left, lefts.len())?];
            above = self.coordinate(f::PLACE_Y, it.y / grid, above)?;
            let whole = |it: i32| it.checked_mul(grid).ok_or(LinkError::Malformed("a place"));
            out.push(Placement {
                id: self.id(it.id),
                table,
                x: whole(left)?,
                y: whole(above)?,
                pinned,
                collapsed,
                hidden,
                color: self.color(color, it.color)?,
            });
        }
        Ok(out)
    }

    /// A coordinate as its difference from another.
    fn coordinate(
        &mut self,
        place: super::super::coder::Place,
        it: i32,
        from: i32,
    ) -> Result<i32, LinkError> {
        let step = self.wire.signed(place, i64::from(it) - i64::from(from))?;
        let sum = i64::from(from).checked_add(step).and_then(|it| i32::try_from(it).ok());
        sum.ok_or(LinkError::Malformed("a place"))
    }

    fn color(&mut self, has: bool, it: Option<u8>) -> Result<Option<u8>, LinkError> {
        if !has {
            return Ok(None);
        }
        Ok(Some(self.wire.choice(f::COLOR, it.unwrap_or(0).into(), 256)? as u8))
    }

    pub(super) fn area(&mut self, it: &Area) -> Result<Area, LinkError> {
        let id = self.id(it.id);
        let name = self.wire.text(f::AREA, &it.name)?;
        let [color] = self.wire.flags(f::AREA_FLAGS, [it.color.is_some()])?;
        let mut last = -1;
        let tables = self.list(f::AREA_TABLES, it.tables.iter(), &TableId(0), |pass, it| {
            let place = pass.place_of_table(*it) as i32;
            last = pass.coordinate(f::AREA_TABLE, place, last)?;
            let place = u32::try_from(last).ok().filter(|it| (*it as usize) < pass.tables.len());
            Ok(TableId(pass.first_table.0 + place.ok_or(LinkError::Malformed("a reference"))?))
        })?;
        Ok(Area { id, name, tables, color: self.color(color, it.color)?, origin: self.origin(&it.origin)? })
    }

    pub(super) fn note(&mut self, it: &Note) -> Result<Note, LinkError> {
        let [color] = self.wire.flags(f::NOTE, [it.color.is_some()])?;
        Ok(Note {
            id: self.id(it.id),
            text: self.wire.text(f::NOTE_TEXT, &it.text)?,
            x: self.coordinate(f::NOTE_PLACE, it.x, 0)?,
            y: self.coordinate(f::NOTE_PLACE, it.y, 0)?,
            width: self.wire.number32(f::NOTE_PLACE, it.width)?,
            height: self.wire.number32(f::NOTE_PLACE, it.height)?,
            color: self.color(color, it.color)?,
        })
    }
}
