//! What the model knows before the first byte.

use super::coder::Model;

/// A model for the records of a link.
pub fn model() -> Model {
    Model::new()
}
