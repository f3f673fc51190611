//! Briefs of our own, to begin with.

/// A brief to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// What the product is.
    pub title: &'static str,
    /// What is to be seen in it.
    pub about: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// From three fields.
pub const SAMPLES: [Sample; 3] = [
    Sample {
        title: "Task tracker",
        about: "Organizations, projects, tasks with subtasks, comments",
        text: include_str!("agency-tasks.md"),
    },
    Sample {
        title: "Repair café",
        about: "Events, volunteers with skills, repairs, spare parts",
        text: include_str!("repair-cafe.md"),
    },
    Sample {
        title: "Solar installer",
        about: "Customers, surveys, quotes, installations, inspections",
        text: include_str!("solar-installer.md"),
    },
];
