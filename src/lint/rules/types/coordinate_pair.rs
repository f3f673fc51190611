//! Coordinate pair.

use crate::lint::prelude::*;

rule! {
    /// Flags coordinates that are held as text or in single precision, or without bounds.
    ///
    /// ## Why
    ///
    /// `real` is off by metres, text takes anything, and swapped coordinates are only seen when a bound refuses them.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table stores (id bigint primary key, lat text not null, lng text not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table stores (id bigint primary key, lat double precision not null check (lat between -90 and 90), lng double precision not null check (lng between -180 and 180));
    /// ```
    TYP024 "coordinate-pair" Info [Unsafe] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    let lat = t.cols().find(|it| it.ends(Topic::Latitude));
    let lng = t.cols().find(|it| it.ends(Topic::Longitude));
    let (Some(lat), Some(lng)) = (lat, lng) else { return };
    let coarse = [lat, lng].iter().any(|it| it.is_text() || it.is_type(Builtin::Real));
    let unbounded =
        [lat, lng].iter().any(|it| !it.facts.demand.upper && it.builtin() == Some(Builtin::Numeric));
    if coarse || unbounded {
        let what = if coarse { "have a type that does not hold them well" } else { "have no bounds" };
        let remedies: Option<Vec<Remedy>> =
            [lat, lng].iter().map(|it| it.retyped(t.id, Builtin::Double)).collect();
        cx.columns(t, &[lat.id, lng.id], format!("`{}` and `{}` {what}", lat.name, lng.name))
            .risky_if("Make them double precision", remedies.map(Remedy::All));
    }
}
