//! Practice for a worker that has nothing to do yet. A browser runs code at a third of its speed until it has run it for
//! some hundred milliseconds, which would otherwise be those of the first file.

use std::fmt::Write as _;

use crate::design::Design;
use crate::layout::diagram;
use crate::read;

use super::packed;

/// Rounds after which more practice gains nothing: 160 tables.
pub const ROUNDS: usize = 8;

/// Tables of a round; reading and placing them takes some 50 ms at first.
const TABLES: usize = 20;

/// Reads, writes and places a schema that nobody keeps.
pub fn exercise(round: usize) {
    let design: Design = read::postgres(&schema(round), &read::Options::default()).tree.design;
    let cards = diagram::cards(&design);
    drop(diagram::arranged(&design, &cards));
    drop(packed::texts(design.records()));
}

/// A schema as dumps have them, other names in each round.
fn schema(round: usize) -> String {
    let mut sql = String::from("CREATE TYPE public.state AS ENUM ('open', 'closed');\n");
    for table in 0..TABLES {
        let name = format!("t{round}_{table}");
        // Writing to a string does not fail.
        let _ = write!(
            sql,
            "CREATE TABLE public.{name} (id bigint GENERATED ALWAYS AS IDENTITY, one_id bigint NOT NULL, other_id integer, \
             title character varying(80) DEFAULT ''::character varying NOT NULL, state public.state, amount numeric(12,2), \
             tags text[], made_at timestamp with time zone DEFAULT now() NOT NULL, \
             CONSTRAINT {name}_amount CHECK ((amount >= (0)::numeric)));\n\
             ALTER TABLE ONLY public.{name} ADD CONSTRAINT {name}_pkey PRIMARY KEY (id);\n\
             CREATE INDEX {name}_made ON public.{name} USING btree (made_at DESC) WHERE (amount IS NOT NULL);\n\
             CREATE UNIQUE INDEX {name}_title ON public.{name} (lower((title)::text));\n\
             COMMENT ON TABLE public.{name} IS 'What is kept';\n",
        );
    }
    for table in 0..TABLES {
        let (one, other) = ((table * 7 + round) % TABLES, (table + 3) % TABLES);
        let _ = write!(
            sql,
            "ALTER TABLE ONLY public.t{round}_{table} ADD CONSTRAINT t{round}_{table}_one \
             FOREIGN KEY (one_id) REFERENCES public.t{round}_{one}(id) ON DELETE CASCADE;\n\
             ALTER TABLE ONLY public.t{round}_{table} ADD FOREIGN KEY (other_id) REFERENCES public.t{round}_{other}(id);\n",
        );
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_what_is_practised_with_is_read() {
        let read = read::postgres(&schema(3), &read::Options::default());
        let design = read.tree.design;
        assert_eq!(design.tables().len(), TABLES);
        assert_eq!(design.verbatims().len(), 0);
        assert!(design.foreign_keys().count() > TABLES);
    }
}
