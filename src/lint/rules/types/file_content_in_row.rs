//! File content in row.

use crate::lint::prelude::*;

rule! {
    /// Flags a file that is held in a row.
    ///
    /// ## Why
    ///
    /// Backups, replicas and caches carry every byte. A store of objects with a key here costs less.
    ///
    /// ## Fails
    ///
    /// ```sql
    /// create table attachments (id bigint primary key, file_data bytea not null);
    /// ```
    ///
    /// ## Passes
    ///
    /// ```sql
    /// create table attachments (id bigint primary key, storage_key text not null unique, sha256 bytea not null);
    /// ```
    TYP013 "file-content-in-row" Warning [] Table(check)
}

fn check(cx: &mut Cx<'_>, t: &TableView<'_>) {
    for c in t.cols() {
        let bytes = c.is_type(Builtin::Bytea) && c.is(Topic::File) && !c.is(Topic::Hash);
        if !bytes {
            continue;
        }
        let small = crate::lint::words_of(&c.name)
            .iter()
            .any(|it| matches!(it.as_str(), "thumbnail" | "thumb" | "key" | "signature" | "icon"));
        if !small {
            cx.column(t, &c, format!("`{}` holds a file in the row", c.name));
        }
    }
}
