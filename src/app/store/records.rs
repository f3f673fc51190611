//! One signal a record that a view follows, so that a change redraws what shows that record and nothing else.

use relata::base::Gather as _;
use std::collections::BTreeMap;
use std::ops::Deref;

use leptos::prelude::*;
use relata::design::{Brief, BriefId, Conventions, Design, EnumId, EnumType, Record, Table, TableId};

/// The records of one kind: their identities in order of birth, and a signal for each.
pub struct Kind<I: 'static, T: 'static> {
    ids: RwSignal<Vec<I>>,
    signals: StoredValue<BTreeMap<I, ArcRwSignal<T>>>,
}

impl<I, T> Clone for Kind<I, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, T> Copy for Kind<I, T> {}

impl<I, T> Kind<I, T>
where
    I: Copy + Ord + Send + Sync,
    T: PartialEq + Send + Sync,
{
    fn new() -> Self {
        Self { ids: RwSignal::new(Vec::new()), signals: StoredValue::new(BTreeMap::new()) }
    }

    /// The identities in order of birth; changes only when a record is added or removed.
    pub fn ids(self) -> Signal<Vec<I>> {
        self.ids.into()
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.ids.with(Vec::len)
    }

    /// The record's signal; nothing when it is not, or no longer, there.
    pub fn get(self, id: I) -> Option<ArcRwSignal<T>> {
        self.signals.with_value(|it| it.get(&id).cloned())
    }

    fn put(self, id: I, record: T) {
        if let Some(signal) = self.get(id) {
            if signal.with_untracked(|it| *it != record) {
                signal.set(record);
            }
            return;
        }
        self.signals.update_value(|it| {
            it.insert(id, ArcRwSignal::new(record));
        });
        self.list();
    }

    fn drop(self, id: I) {
        if self.signals.try_update_value(|it| it.remove(&id)).flatten().is_some() {
            self.list();
        }
    }

    fn fill(self, records: impl Iterator<Item = (I, T)>) {
        let kept: BTreeMap<I, ArcRwSignal<T>> = records
            .map(|(id, record)| match self.get(id) {
                Some(signal) => {
                    signal.set(record);
                    (id, signal)
                }
                None => (id, ArcRwSignal::new(record)),
            })
            .gather();
        self.signals.set_value(kept);
        self.list();
    }

    fn list(self) {
        self.ids.set(self.signals.with_value(|it| it.keys().copied().collect()));
    }
}

macro_rules! records {
    ($($kind:ident $id:ident $field:ident;)+) => {
        /// The records of the open design as signals. Reading one subscribes to that one alone.
        #[derive(Clone, Copy)]
        pub struct Records(&'static Signals);

        /// The signals; they live as long as the page.
        pub struct Signals {
            title: RwSignal<String>,
            conventions: RwSignal<Conventions>,
            $(
                #[doc = concat!("Every `", stringify!($kind), "`.")]
                pub $field: Kind<$id, $kind>,
            )+
        }

        impl Records {
            /// No records.
            pub fn new() -> Self {
                Self(Box::leak(Box::new(Signals {
                    title: RwSignal::new(String::new()),
                    conventions: RwSignal::new(Conventions::default()),
                    $($field: Kind::new(),)+
                })))
            }

            /// Takes a record over after an edit; a removed one is named by its identity and its last state.
            pub(super) fn take(self, before: Option<&Record>, after: Option<&Record>) {
                match after {
                    Some(Record::Title(it)) => self.title.set(it.clone()),
                    Some(Record::Conventions(it)) => self.conventions.set(it.clone()),
                    $(Some(Record::$kind(it)) => self.$field.put(it.id, it.clone()),)+
                    Some(_) => {}
                    None => self.forget(before),
                }
            }

            fn forget(self, record: Option<&Record>) {
                match record {
                    $(Some(Record::$kind(it)) => self.$field.drop(it.id),)+
                    Some(_) | None => {}
                }
            }

            /// Takes a whole design over.
            pub(super) fn fill(self, design: &Design) {
                self.title.set(design.title().to_owned());
                self.conventions.set(design.conventions().clone());
                $(self.$field.fill(design.$field().map(|it| (it.id, it.clone())));)+
            }
        }
    };
}

// The kinds that views follow one by one; what else is shown reads the document whole. Each costs the page's module some ten
// kilobytes, so a kind comes in with the view that follows it.
records! {
    EnumType EnumId enums;
    Table TableId tables;
    Brief BriefId briefs;
}

impl Deref for Records {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

impl Records {
    /// The records of the page.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// What the design is called.
    pub fn title(self) -> Signal<String> {
        self.title.into()
    }

    /// What it does everywhere.
    pub fn conventions(self) -> Signal<Conventions> {
        self.conventions.into()
    }
}
