//! Prose becomes facts, facts become concepts, concepts become a proposal.
