//! Undo and redo.

use super::{Design, Edit, Refused};

/// What was done and what was taken back, newest last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One act.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it did, as a phrase that fits after "Undo": `rename table task`.
    pub label: String,
    /// The edit.
    pub edit: Edit,
}

impl History {
    /// Applies an edit and remembers it. What was taken back before can no longer be redone.
    ///
    /// # Errors
    /// As [`Design::apply`]; nothing is remembered then.
    pub fn apply(
        &mut self,
        design: &mut Design,
        label: impl Into<String>,
        edit: Edit,
    ) -> Result<(), Refused> {
        if edit.is_empty() {
            return Ok(());
        }
        design.apply(&edit)?;
        self.done.push(Step { label: label.into(), edit });
        self.undone.clear();
        Ok(())
    }

    /// Takes the newest act back and gives the edit that did so.
    ///
    /// # Errors
    /// As [`Design::apply`]: when the design was changed past this history.
    pub fn undo(&mut self, design: &mut Design) -> Result<Option<Edit>, Refused> {
        let Some(step) = self.done.last().cloned() else { return Ok(None) };
        let edit = step.edit.clone().inverse();
        design.apply(&edit)?;
        self.done.pop();
        self.undone.push(step);
        Ok(Some(edit))
    }

    /// Does again what was last taken back, and gives the edit.
    ///
    /// # Errors
    /// As [`Design::apply`].
    pub fn redo(&mut self, design: &mut Design) -> Result<Option<Edit>, Refused> {
        let Some(step) = self.undone.last().cloned() else { return Ok(None) };
        design.apply(&step.edit)?;
        self.undone.pop();
        self.done.push(step.clone());
        Ok(Some(step.edit))
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|it| it.label.as_str())
    }

    /// What redo would do.
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|it| it.label.as_str())
    }
}
