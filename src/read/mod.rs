//! Text becomes a design: PostgreSQL DDL, and whatever else holds a schema.
