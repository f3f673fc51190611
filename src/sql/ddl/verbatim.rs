//! Statements kept as they were written.

use super::Ddl;
use crate::design::Verbatim;

impl Ddl<'_> {
    /// The statement with a semicolon of its own.
    pub(super) fn verbatim(&mut self, verbatim: &Verbatim) {
        let start = self.block();
        self.tell_newer(verbatim.id, &verbatim.sql);
        self.w.raw(&verbatim.sql);
        self.w
            .sql(if verbatim.sql.trim_end().ends_with(';') { "\n" } else { ";\n" })
            .close(start, verbatim.id);
    }
}
