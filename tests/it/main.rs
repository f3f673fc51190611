//! The one native integration binary: what the rooms do together, against real servers and real files.

mod ask;
mod brief;
mod broken;
mod catalog;
mod contexts;
mod dbml;
mod depth;
mod design;
mod dialects;
mod diff;
mod draft;
mod dumps;
mod everything;
mod folders;
mod fresh;
mod habits;
mod house;
mod judgement;
mod lint;
mod postgres;
mod read;
mod revise;
mod share;
mod sql;
mod table;
mod texts;
