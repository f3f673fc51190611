//! Unsatisfiable fk cycle.

use crate::lint::prelude::*;

rule! {
    /// Flags tables that reference each other in a circle of columns that must not be null.
    ///
    /// ## Why
    ///
    /// No first row can be inserted, unless a foreign key of the circle is deferrable or may be null.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table a (id bigint primary key, b_id bigint not null);
    /// create table b (id bigint primary key, a_id bigint not null references a);
    /// alter table a add foreign key (b_id) references b;
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table a (id bigint primary key, b_id bigint);
    /// create table b (id bigint primary key, a_id bigint not null references a);
    /// alter table a add foreign key (b_id) references b;
    /// ```
    REL011 "unsatisfiable-fk-cycle" Error [] Design(check, &[Reads::Tables])
}

fn check(cx: &mut Cx<'_>) {
    let edges: Vec<(TableId, TableId)> =
        cx.known().flat_map(|(id, facts)| facts.needs.iter().map(move |it| (id, *it))).collect();
    let circle = in_circles(&edges);
    let tables: Vec<&Table> = circle.iter().filter_map(|it| cx.design.table(*it)).collect();
    let Some(first) = tables.first() else { return };
    let names: Vec<String> = tables.iter().map(|it| format!("`{}`", it.name)).collect();
    let objects: Vec<Id> = circle.iter().map(|it| Id::from(*it)).collect();
    let message = format!("no first row can be inserted: {} reference each other", names.join(", "));
    cx.member(first, objects, "", message);
}

/// The nodes that a walk can come to and leave again without end, in order.
fn in_circles(edges: &[(TableId, TableId)]) -> Vec<TableId> {
    let mut nodes: Vec<TableId> = edges.iter().flat_map(|it| [it.0, it.1]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let place = |id: TableId| nodes.binary_search(&id).ok();
    let mut places: Vec<(usize, usize)> =
        edges.iter().filter_map(|it| Some((place(it.0)?, place(it.1)?))).collect();
    let mut left = vec![true; nodes.len()];
    // What references nothing in the rest is in no circle, nor is what nothing there references.
    remove_ends(&places, &mut left);
    if !left.contains(&true) {
        return Vec::new();
    }
    for it in &mut places {
        *it = (it.1, it.0);
    }
    remove_ends(&places, &mut left);
    nodes.into_iter().zip(left).filter(|it| it.1).map(|it| it.0).collect()
}

/// Takes out the nodes from which every walk ends.
fn remove_ends(edges: &[(usize, usize)], left: &mut [bool]) {
    let mut leading = vec![0_usize; left.len()];
    let mut back: Vec<(usize, usize)> = Vec::new();
    for (from, to) in edges.iter().filter(|it| left[it.0] && left[it.1]) {
        leading[*from] += 1;
        back.push((*to, *from));
    }
    back.sort_unstable();
    let mut open: Vec<usize> = (0..left.len()).filter(|it| left[*it] && leading[*it] == 0).collect();
    while let Some(end) = open.pop() {
        left[end] = false;
        let start = back.partition_point(|it| it.0 < end);
        for (_, from) in back.iter().skip(start).take_while(|it| it.0 == end) {
            leading[*from] -= 1;
            if leading[*from] == 0 {
                open.push(*from);
            }
        }
    }
}
