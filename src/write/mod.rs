//! A design becomes everything but PostgreSQL DDL, one file a target.
