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

    /// Applies an edit as [`Self::apply`] does, as one act with the newest when that has the same label: a text as
    /// it is being written, a thing as it is being dragged.
    ///
    /// # Errors
    /// As [`Design::apply`].
    pub fn extend(
        &mut self,
        design: &mut Design,
        label: impl Into<String>,
        edit: Edit,
    ) -> Result<(), Refused> {
        let label = label.into();
        let goes_on = self.undone.is_empty() && self.undo_label() == Some(&label);
        let last = self.done.last_mut().filter(|_| goes_on);
        let Some(last) = last else { return self.apply(design, label, edit) };
        design.apply(&edit)?;
        last.edit = std::mem::take(&mut last.edit).then(edit);
        Ok(())
    }

    /// Takes the newest act back and gives the edit that did so. What was changed past this history, in another
    /// tab for example, stays: only what the act itself did is taken back.
    ///
    /// # Errors
    /// As [`Design::apply`].
    pub fn undo(&mut self, design: &mut Design) -> Result<Option<Edit>, Refused> {
        let Some(step) = self.done.last().cloned() else { return Ok(None) };
        let edit = step.edit.clone().inverse().rebased(design);
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
        let edit = step.edit.rebased(design);
        design.apply(&edit)?;
        self.undone.pop();
        self.done.push(step);
        Ok(Some(edit))
    }

    /// What was done, newest first.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().rev().map(|it| it.label.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::{Brief, BriefId, Note, NoteId};

    fn written(design: &Design, text: &str) -> Edit {
        Edit::default()
            .put(design, Brief { id: BriefId(4), title: String::new(), text: text.into(), accepted: None })
    }

    #[test]
    fn writing_on_is_one_act() {
        let (mut design, mut history) = (Design::new(), History::default());
        for text in ["a", "ab", "abc"] {
            let edit = written(&design, text);
            history.extend(&mut design, "write", edit).expect("valid");
        }
        assert_eq!(design.brief(BriefId(4)).map(|it| it.text.as_str()), Some("abc"));
        history.undo(&mut design).expect("fits");
        assert_eq!((design.briefs().len(), history.undo_label()), (0, None));
        history.redo(&mut design).expect("fits");
        assert_eq!(design.brief(BriefId(4)).map(|it| it.text.as_str()), Some("abc"));
    }

    #[test]
    fn undo_leaves_what_others_did_meanwhile() {
        let (mut design, mut history) = (Design::new(), History::default());
        let edit = written(&design, "a");
        history.apply(&mut design, "write", edit).expect("valid");
        let note = Note { id: NoteId(9), text: "elsewhere".into(), ..Note::default() };
        design.apply(&Edit::adding([note])).expect("valid");
        let elsewhere = written(&design, "ab");
        design.apply(&elsewhere).expect("valid");
        history.undo(&mut design).expect("carried over");
        assert_eq!((design.briefs().len(), design.notes().len()), (0, 1));
    }
}
