//! One entity that was found: what it is, what it has, what it refers to, and why.

use leptos::html;
use leptos::prelude::*;
use relata::base::{Span, plural};
use relata::brief::{Attribute, Entity, EntityKind, Relationship, RelationshipKind, Several};
use relata::design::naming::table_name;

use super::linked::{Linked, attribute_id, entity_id, relationship_id};
use super::reader::Reader;
use crate::app::store::Document;

/// The card of the entity with this name.
#[component]
pub fn EntityCard(name: String) -> impl IntoView {
    let (reader, linked) = (Reader::from_context(), Linked::from_context());
    let wanted = name.clone();
    let entity = Memo::new(move |_| {
        reader.reading().with(|it| it.entities.iter().find(|it| it.name == wanted).cloned())
    });
    let owner = name.clone();
    let relationships = Memo::new(move |_| reader.reading().with(|it| shown_at(&owner, &it.relationships)));
    let id = entity_id(&name);
    let node = NodeRef::<html::Article>::new();
    bring_into_view(node, id.clone(), name.clone());
    let (lit, left) = (name.clone(), name.clone());
    let is_out = Memo::new(move |_| reader.leaves_out(&left));
    move || {
        let entity = entity.get()?;
        let (lit, id) = (lit.clone(), id.clone());
        let evidence = entity.evidence.clone();
        Some(view! {
            <article
                class="card entity"
                class:entity--on=move || linked.is_within(&lit)
                class:entity--out=is_out
                node_ref=node
                data-testid="entity"
                data-name=entity.name.clone()
                on:pointerenter=move |_| linked.point(vec![id.clone()])
            >
                <Head entity=entity.clone() is_out />
                <p class="entity__about">{entity.description.clone()}</p>
                <Why reason=entity.reason.clone() assumed=entity.assumed evidence />
                {(!entity.rows.is_empty())
                    .then(|| view! { <p class="entity__why">{say!("describe-rows", rows = entity.rows.join(", "))}</p> })}
                <ul class="chips">
                    {entity
                        .attributes
                        .iter()
                        .map(|it| view! { <AttributeChip owner=entity.name.clone() attribute=it.clone() /> })
                        .collect_view()}
                    {relationships
                        .get()
                        .into_iter()
                        .map(|(index, it)| view! { <RelationshipChip owner=entity.name.clone() index relationship=it /> })
                        .collect_view()}
                </ul>
            </article>
        })
    }
}

#[component]
fn Head(entity: Entity, #[prop(into)] is_out: Signal<bool>) -> impl IntoView {
    let linked = Linked::from_context();
    let (kind, class) = kind_words(entity.kind);
    let id = entity_id(&entity.name);
    let evidence = entity.evidence.clone();
    view! {
        <header class="entity__head">
            <h2>
                <button
                    class="entity__name"
                    title=say!("describe-show-words")
                    on:focus=move |_| linked.point(vec![id.clone()])
                    on:click=move |_| linked.show(&evidence)
                >
                    {entity.name.clone()}
                </button>
            </h2>
            <span class=class>{kind}</span>
            <Acts name=entity.name is_out />
        </header>
    }
}

/// Accept, or leave out; once it is accepted, it says so.
#[component]
fn Acts(name: String, is_out: Signal<bool>) -> impl IntoView {
    let (reader, document) = (Reader::from_context(), Document::from_context());
    let name = StoredValue::new(name);
    let is_accepted = Memo::new(move |_| {
        document.with_schema(|design| {
            let table = name.with_value(|it| table_name(it, design.conventions().table_names));
            design.table_named(None, &table).is_some()
        })
    });
    let verb = move || verb_of(is_out.get());
    let label = move || verb_with(is_out.get(), &name.get_value());
    let accept = move || {
        view! {
            <button
                class="button button--quiet"
                aria-label=say!("describe-accept-it", name = name.get_value())
                on:click=move |_| reader.accept(name.get_value())
            >
                {say!("page-accept")}
            </button>
        }
    };
    view! {
        <span class="entity__acts">
            <Show when=move || !is_accepted.get() fallback=|| view! { <span class="note entity__in">{say!("describe-in-design")}</span> }>
                {move || (!is_out.get()).then(accept)}
                <button class="button button--quiet" aria-label=label on:click=move |_| reader.toggle(&name.get_value())>
                    {verb}
                </button>
            </Show>
        </span>
    }
}

/// What a click does to something that is left out, or is not.
fn verb_of(is_out: bool) -> String {
    if is_out { say!("describe-take-in") } else { say!("describe-leave-out") }
}

/// The same, with what it is done to.
fn verb_with(is_out: bool, name: &str) -> String {
    if is_out { say!("describe-take-in-it", name = name) } else { say!("describe-leave-out-it", name = name) }
}

/// Why it is there: an assumption says so, a reason stands as it is.
#[component]
fn Why(reason: String, assumed: bool, evidence: Vec<Span>) -> impl IntoView {
    let words = match (reason.is_empty(), assumed) {
        (true, true) => Some(say!("page-assumed-note")),
        (false, true) => Some(say!("describe-assumed-because", reason = reason)),
        (false, false) => Some(format!("{reason}.")),
        (true, false) if evidence.is_empty() => Some(say!("describe-follows")),
        (true, false) => None,
    };
    words.map(|it| view! { <p class="note entity__why">{it}</p> })
}

#[component]
fn AttributeChip(owner: String, attribute: Attribute) -> impl IntoView {
    let reader = Reader::from_context();
    let id = attribute_id(&owner, &attribute.name);
    let optional = if attribute.nullable { "?" } else { "" };
    let value = attribute
        .values
        .as_ref()
        .map_or_else(|| attribute.type_name.clone(), |it| say!("describe-values", count = it.len()));
    let words = format!("{} {value}{optional}", attribute.name);
    let values = attribute.values.as_ref().map(|it| format!("{}. ", it.join(", "))).unwrap_or_default();
    let empty = if attribute.nullable { say!("describe-may-be-empty") + " " } else { String::new() };
    let hint = format!("{values}{}{empty}", unique_words(&attribute));
    let name = attribute.name.clone();
    let (owner_out, name_out) = (owner.clone(), name.clone());
    let is_out = Signal::derive(move || reader.leaves_out_attribute(&owner_out, &name_out));
    let on_toggle = Callback::new(move |()| reader.toggle_attribute(&owner, &name));
    view! { <Chip id owner_id=None words hint assumed=attribute.assumed evidence=attribute.evidence is_out on_toggle /> }
}

fn unique_words(attribute: &Attribute) -> String {
    match (&attribute.unique_in, attribute.unique) {
        (Some(within), _) => say!("describe-unique-within", name = within) + " ",
        (None, true) => say!("describe-unique") + " ",
        (None, false) => String::new(),
    }
}

#[component]
fn RelationshipChip(owner: String, index: usize, relationship: Relationship) -> impl IntoView {
    let reader = Reader::from_context();
    let other = if relationship.from == owner { &relationship.to } else { &relationship.from };
    let role = relationship.role.clone().unwrap_or_else(|| other.clone());
    let optional = if relationship.nullable { "?" } else { "" };
    let hint = relationship_hint(&relationship);
    let key = StoredValue::new(relationship.key());
    let is_several = Signal::derive(move || reader.has_several(index, &key.get_value()));
    let (kind, ends) = (relationship.kind, (role.clone(), format!("{other}{optional}")));
    let words = Signal::derive(move || {
        let arrow = match kind {
            RelationshipKind::ManyToMany => "⇄",
            RelationshipKind::ManyToOne if is_several.get() => "⇄",
            RelationshipKind::ManyToOne => "→",
            RelationshipKind::OneToOne => "↔",
        };
        format!("{} {arrow} {}", ends.0, ends.1)
    });
    let on_several = Callback::new(move |()| reader.toggle_several(index, key.get_value()));
    let several = relationship.several;
    let beside =
        several.map(|it| view! { <SeveralButton role several=it is_several on_several /> }.into_any());
    let is_out = Signal::derive(move || reader.leaves_out_relationship(&key.get_value()));
    let on_toggle = Callback::new(move |()| reader.toggle_relationship(key.get_value()));
    let owner_id = Some(entity_id(&owner));
    view! {
        <Chip
            id=relationship_id(index)
            owner_id
            words
            hint
            assumed=relationship.assumed
            evidence=relationship.evidence
            is_out
            on_toggle
            beside
        />
    }
}

/// Makes what refers to one refer to several, and back; says how likely that is to come, and why.
#[component]
fn SeveralButton(
    role: String,
    several: Several,
    is_several: Signal<bool>,
    on_several: Callback<()>,
) -> impl IntoView {
    let Several { likelihood, why } = several;
    let name = say!("describe-several", name = plural(&role.replace('_', " ")), likelihood = likelihood);
    view! {
        <button
            class="entity__several"
            class=("entity__several--likely", likelihood >= relata::brief::LIKELY_SEVERAL)
            aria-label=name.clone()
            aria-pressed=move || is_several.get().to_string()
            title=format!("{name}: {}.", why.words())
            on:click=move |_| on_several.run(())
        >
            {format!("⇄ {likelihood} %")}
        </button>
    }
}

fn relationship_hint(relationship: &Relationship) -> String {
    use relata::brief::OnDelete;
    let kind = match relationship.kind {
        RelationshipKind::ManyToOne => say!("describe-many-to-one"),
        RelationshipKind::OneToOne => say!("describe-one-to-one"),
        RelationshipKind::ManyToMany => say!("describe-many-to-many"),
    };
    let to = relationship.to.as_str();
    let deletion = match relationship.on_delete {
        OnDelete::Cascade => say!("describe-goes-with", name = to),
        OnDelete::SetNull => say!("describe-stays", name = to),
        OnDelete::Restrict => say!("describe-keeps", name = to),
    };
    format!("{kind} {deletion} {}", relationship.reason)
}

/// A chip that points at its words, and is left out or taken in by the cross or the Delete key.
#[component]
fn Chip(
    id: String,
    owner_id: Option<String>,
    #[prop(into)] words: Signal<String>,
    hint: String,
    assumed: bool,
    evidence: Vec<Span>,
    is_out: Signal<bool>,
    on_toggle: Callback<()>,
    #[prop(optional_no_strip)] beside: Option<AnyView>,
) -> impl IntoView {
    let linked = Linked::from_context();
    let lit = id.clone();
    let point = StoredValue::new(std::iter::once(id).chain(owner_id.clone()).collect::<Vec<_>>());
    let pointed = move || linked.point(point.get_value());
    let verb = move || verb_of(is_out.get());
    let title = if assumed { format!("{hint} {}", say!("page-assumed-note")) } else { hint };
    view! {
        <li
            class="chip entity__chip"
            class:chip--assumed=assumed
            class:chip--on=move || linked.is_at(&lit)
            class:chip--out=is_out
            title=title
            on:pointerenter=move |_| pointed()
        >
            <button
                class="entity__words"
                on:focus=move |_| pointed()
                on:click=move |_| linked.show(&evidence)
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "Delete" | "Backspace") {
                        on_toggle.run(());
                    }
                }
            >
                {words}
                {assumed.then(|| view! { <span class="only-heard">", "{say!("page-assumed")}</span> })}
            </button>
            {beside}
            <button
                class="entity__toggle"
                tabindex="-1"
                aria-label=move || verb_with(is_out.get(), &words.get())
                title=verb
                on:click=move |_| on_toggle.run(())
            >
                {move || if is_out.get() { "+" } else { "×" }}
            </button>
        </li>
    }
}

/// The relationships that show at an entity: those whose key it holds, and many-to-many at the side named first.
fn shown_at(entity: &str, all: &[Relationship]) -> Vec<(usize, Relationship)> {
    let at = |it: &Relationship| {
        it.via.as_deref().map_or(it.from == entity, |via| via == entity || it.from == entity)
    };
    all.iter().enumerate().filter(|(_, it)| at(it)).map(|(index, it)| (index, it.clone())).collect()
}

fn kind_words(kind: EntityKind) -> (String, &'static str) {
    match kind {
        EntityKind::Core => (say!("kind-core"), "kind"),
        EntityKind::Lookup => (say!("kind-lookup"), "kind kind--lookup"),
        EntityKind::Junction => (say!("kind-junction"), "kind kind--junction"),
        EntityKind::Infrastructure => (say!("kind-infrastructure"), "kind kind--infrastructure"),
    }
}

/// Scrolls the card into view when its words, or those of an attribute of it, are clicked in the text.
fn bring_into_view(node: NodeRef<html::Article>, id: String, name: String) {
    let linked = Linked::from_context();
    let attributes = format!("attribute:{name}.");
    Effect::new(move || {
        let is_wanted =
            linked.wanted().with(|it| it.as_ref().is_some_and(|it| *it == id || it.starts_with(&attributes)));
        if is_wanted && let Some(card) = node.get_untracked() {
            card.scroll_into_view();
        }
    });
}
