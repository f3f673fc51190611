//! Views, plain and materialised.

use super::Ddl;
use crate::design::{CheckOption, View};

impl Ddl<'_> {
    /// `CREATE VIEW` or `CREATE MATERIALIZED VIEW`.
    pub(super) fn view(&mut self, view: &View) {
        let start = self.block();
        self.w.sql(match (view.materialized, view.recursive) {
            (true, _) => "CREATE MATERIALIZED VIEW ",
            (false, true) => "CREATE RECURSIVE VIEW ",
            (false, false) => "CREATE VIEW ",
        });
        self.name(view.namespace, &view.name);
        if !view.columns.is_empty() {
            self.w.sql(" (").idents(view.columns.iter().map(String::as_str)).sql(")");
        }
        let options = self.view_options(view);
        if !options.is_empty() {
            self.w.sql(" WITH ");
            self.parameters(&options);
        }
        self.w.sql(" AS\n");
        self.expression(view.id, &view.query);
        self.w.sql(match view.check_option {
            _ if view.materialized => "",
            None => "",
            Some(CheckOption::Local) => "\nWITH LOCAL CHECK OPTION",
            Some(CheckOption::Cascaded) => "\nWITH CASCADED CHECK OPTION",
        });
        self.w.sql(if view.materialized && view.with_no_data { "\nWITH NO DATA" } else { "" });
        self.w.sql(";\n").close(start, view.id);
        self.view_comments(view);
    }

    /// The options that the version knows.
    fn view_options(&mut self, view: &View) -> Vec<(String, String)> {
        let mut options = view.options.clone();
        if self.before(15) && options.iter().any(|it| it.0 == "security_invoker") {
            options.retain(|it| it.0 != "security_invoker");
            let message = "view reads with its owner's rights: security_invoker came with PostgreSQL 15";
            self.lose(view.id, message);
        }
        options
    }

    fn view_comments(&mut self, view: &View) {
        for (column, default) in &view.column_defaults {
            let start = self.w.here();
            self.w.sql("ALTER VIEW ");
            self.name(view.namespace, &view.name);
            self.w.sql(" ALTER COLUMN ").ident(column).sql(" SET DEFAULT ");
            self.expression(view.id, default);
            self.w.sql(";\n").close(start, view.id);
        }
        if let Some(comment) = &view.comment {
            let start = self.w.here();
            self.w.sql(if view.materialized { "COMMENT ON MATERIALIZED VIEW " } else { "COMMENT ON VIEW " });
            self.name(view.namespace, &view.name);
            self.w.sql(" IS ").literal(comment).sql(";\n").close(start, view.id);
        }
        for (column, comment) in &view.column_comments {
            let start = self.w.here();
            self.w.sql("COMMENT ON COLUMN ");
            self.name(view.namespace, &view.name);
            self.w.sql(".").ident(column).sql(" IS ").literal(comment).sql(";\n").close(start, view.id);
        }
    }
}
