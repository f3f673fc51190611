//! Who may do what, as row security: functions that tell who is signed in, and the policies of each table.
//!
//! A role that the text allows nothing sees nothing: row security refuses what no policy allows.

mod expressions;
mod words;

use std::collections::BTreeMap;

use super::Proposer;
use crate::base::{SortedMap, Span};
use crate::brief::reading::{AccessAction, Condition, Identity, Permission, Reading};
use crate::design::naming::{fitted, free, in_expression};
use crate::design::{
    Design, Edit, Function, FunctionBody, Origin, Policy, PolicyCommand, Record, RowSecurity, Table, TableId,
};
use expressions::{Expressions, MEMBER, ROLE, USER};

/// Roles of whoever has not signed in.
const GUESTS: &[&str] = &["guest", "visitor", "public", "anonymous", "anonymous_user"];

impl Proposer {
    /// One part for the functions that tell who is signed in, one for the policies of each table.
    pub(super) fn security(&mut self, reading: &Reading) {
        let wanted: Vec<(String, TableId)> = self
            .tables
            .iter()
            .map(|(name, id)| (name.clone(), *id))
            .filter(|(_, id)| self.is_open(*id))
            .collect();
        // Nothing is applied before all is planned, which reads the design and takes identities.
        let design = std::mem::take(&mut self.design);
        let tables = self.tables.clone();
        let mut cx = Expressions::new(&design, &tables, reading);
        let mut planned: Vec<(TableId, Vec<Policy>, Vec<Span>, String)> = Vec::new();
        for (entity, id) in wanted {
            let Some(table) = design.table(id) else { continue };
            let own: Vec<&Permission> = reading.access.iter().filter(|it| it.entity == entity).collect();
            let (mut policies, mut spans) = self.of_roles(&mut cx, table, &own);
            let mut reason = words::of(&own);
            if let Some((container, span)) = &reading.isolated
                && let Some(expression) = cx.inside(table, container)
            {
                let restrictive = !own.is_empty();
                let name = fitted(format!("{container}_isolation"));
                let origin = self.origin(&[*span], false, "");
                let policy =
                    self.policy(name, PolicyCommand::All, Some(expression.clone()), Some(expression), origin);
                policies.insert(0, Policy { restrictive, ..policy });
                spans.push(*span);
                if !reason.is_empty() {
                    reason.push(' ');
                }
                reason.push_str(&format!("Rows of another {} are hidden.", container.replace('_', " ")));
            }
            // An entity of which nothing allowed could be put as a policy is closed: that is what its permissions come to.
            if !policies.is_empty() || !own.is_empty() {
                planned.push((id, policies, spans, reason));
            }
        }
        let identity = if planned.is_empty() { Vec::new() } else { self.identity(&design, reading, &cx) };
        self.design = design;
        let needs = self.add_identity(reading, identity);
        // Parts that are called after a column: what they give to a table is there before its rows are secured.
        let mut of_columns: SortedMap<String, Vec<usize>> = SortedMap::new();
        for (part, it) in self.proposal.parts.iter().enumerate() {
            if let Some((table, _)) = it.title.split_once('.') {
                of_columns.or_default(table.to_owned()).push(part);
            }
        }
        for (id, policies, spans, reason) in planned {
            let Some(mut table) = self.design.table(id).cloned() else { continue };
            table.row_security = RowSecurity::Enabled;
            for mut policy in policies {
                policy.name = free(policy.name, |name| table.policies.iter().any(|it| it.name == name));
                table.policies.push(policy);
            }
            let title = format!("Secure the rows of {}", table.name);
            let mut needs: Vec<usize> = needs.clone();
            needs.extend(self.adds.get(&id.into()));
            needs.extend(of_columns.get(&table.name).into_iter().flatten());
            needs.sort_unstable();
            needs.dedup();
            let edit = Edit::default().put(&self.design, Record::Table(table));
            self.push(title, reason, &spans, false, needs, edit);
        }
    }

    /// Whether nobody has secured the table yet.
    fn is_open(&self, id: TableId) -> bool {
        let closed = |it: &Table| it.row_security != RowSecurity::Disabled || !it.policies.is_empty();
        self.design.table(id).is_some_and(|it| !closed(it) && it.partition_of.is_none())
    }

    /// The policies of a table's permissions, and their places. What cannot be said in SQL is not allowed.
    fn of_roles(
        &mut self,
        cx: &mut Expressions<'_>,
        table: &Table,
        own: &[&Permission],
    ) -> (Vec<Policy>, Vec<Span>) {
        let mut out = Vec::new();
        let mut spans = Vec::new();
        let mut done: Vec<&Permission> = Vec::new();
        for it in own {
            if done.contains(it) {
                continue;
            }
            let alike: Vec<&&Permission> = own
                .iter()
                .filter(|other| other.role == it.role && other.only == it.only && other.becomes.is_none())
                .collect();
            let every =
                [AccessAction::Read, AccessAction::Create, AccessAction::Update, AccessAction::Delete];
            let all = it.becomes.is_none()
                && every.iter().all(|action| alike.iter().any(|it| it.action == *action));
            let role = it.role.as_deref();
            let Some(using) = cx.all(table, role, &it.only) else { continue };
            let kept: Vec<Condition> =
                it.only.iter().filter(|it| !matches!(it, Condition::Not(_))).cloned().collect();
            let Some(after) = cx.all(table, role, &kept) else { continue };
            let who = role.unwrap_or("everybody");
            let which = words::suffix(&it.only);
            let evidence: Vec<Span> = if all {
                alike.iter().flat_map(|it| it.evidence.clone()).collect()
            } else {
                it.evidence.clone()
            };
            let origin = self.origin(&evidence, false, "");
            let (command, verb, using, check) = match (all, it.action) {
                (true, _) => (PolicyCommand::All, "all", Some(using), Some(after)),
                (_, AccessAction::Read) => (PolicyCommand::Select, "reads", Some(using), None),
                (_, AccessAction::Create) => (PolicyCommand::Insert, "creates", None, Some(using)),
                (_, AccessAction::Delete) => (PolicyCommand::Delete, "deletes", Some(using), None),
                (_, AccessAction::Update) => match &it.becomes {
                    None => (PolicyCommand::Update, "changes", Some(using), Some(after)),
                    Some(becomes) => {
                        let Some((using, check)) = cx.becoming(table, role, &it.only, becomes) else {
                            continue;
                        };
                        (PolicyCommand::Update, "decides", Some(using), Some(check))
                    }
                },
            };
            let policy = self.policy(fitted(format!("{who}_{verb}{which}")), command, using, check, origin);
            spans.extend(evidence);
            out.push(policy);
            if all {
                done.extend(alike.into_iter().copied());
            }
        }
        spans.sort_unstable();
        spans.dedup();
        (out, spans)
    }

    fn policy(
        &mut self,
        name: String,
        command: PolicyCommand,
        using: Option<String>,
        with_check: Option<String>,
        origin: Origin,
    ) -> Policy {
        Policy {
            id: self.ids.take(),
            name,
            restrictive: false,
            command,
            roles: Vec::new(),
            using,
            with_check,
            comment: None,
            origin,
        }
    }

    /// The functions that the expressions call and the design does not have.
    fn identity(&mut self, design: &Design, reading: &Reading, cx: &Expressions<'_>) -> Vec<Function> {
        let mut made: Vec<Function> = Vec::new();
        let key = cx.key_type();
        let guest = reading.access.iter().filter_map(|it| it.role.as_deref()).find(|it| GUESTS.contains(it));
        let role_of = |told: &str| match guest {
            Some(guest) => format!("coalesce({told}, '{guest}')"),
            None => told.to_owned(),
        };
        let (language, user, role) = match reading.identity {
            Identity::Settings => (
                "sql",
                format!("SELECT nullif(current_setting('app.user_id', true), '')::{key}"),
                format!("SELECT {}", role_of("nullif(current_setting('app.role', true), '')")),
            ),
            // PL/pgSQL looks for the functions when it is called: the schema loads where Supabase is not, too.
            Identity::Supabase => (
                "plpgsql",
                format!("\nBEGIN\n    RETURN auth.uid()::text::{key};\nEND;\n"),
                format!(
                    "\nBEGIN\n    RETURN {};\nEND;\n",
                    role_of("auth.jwt() -> 'app_metadata' ->> 'role'")
                ),
            ),
        };
        let mut wanted: BTreeMap<String, (Function, &str)> = BTreeMap::new();
        let plain = |language: &str, returns: &str, body: String, attributes: &[&str]| Function {
            returns: Some(returns.to_owned()),
            language: language.to_owned(),
            body: FunctionBody::Text(body),
            attributes: attributes.iter().map(|it| (*it).to_owned()).collect(),
            ..Function::default()
        };
        if cx.asks_user() {
            wanted.insert(
                USER.to_owned(),
                (plain(language, &key, user, &["STABLE"]), "The key of whoever is signed in."),
            );
        }
        if cx.asks_role() {
            wanted.insert(
                ROLE.to_owned(),
                (plain(language, "text", role, &["STABLE"]), "The role of whoever is signed in."),
            );
        }
        for (container, (body, reads)) in cx.memberships() {
            let attributes = ["STABLE", "SECURITY DEFINER", "SET search_path TO 'public'"];
            let returns = format!("SETOF {key}");
            let function = Function {
                reads: vec![(*reads).into()],
                ..plain("sql", &returns, body.clone(), &attributes)
            };
            let name = fitted(MEMBER.replace("{}", container));
            wanted.insert(
                name,
                (function, "What whoever is signed in belongs to, whatever row security hides."),
            );
        }
        for (name, (function, comment)) in wanted {
            if design.functions().any(|it| it.name == name) {
                continue;
            }
            let origin = Origin::Assumption { reason: "policies ask who is signed in".to_owned() };
            let comment = design.conventions().comments.then(|| comment.to_owned());
            made.push(Function { id: self.ids.take(), name, comment, origin, ..function });
        }
        made
    }

    /// The part that adds the functions which tell who is signed in.
    fn add_identity(&mut self, reading: &Reading, made: Vec<Function>) -> Vec<usize> {
        if made.is_empty() {
            return Vec::new();
        }
        let reason = match reading.identity {
            Identity::Settings => {
                "The application says so once a transaction: SET LOCAL app.user_id and app.role. Whoever owns the tables is not bound by policies: connect as another role."
            }
            Identity::Supabase => {
                "Supabase says so: auth.uid(), and the role in the app_metadata of auth.jwt()."
            }
        };
        let edit = Edit::adding(made.into_iter().map(Record::Function).collect::<Vec<_>>());
        let title = "Tell policies who is signed in".to_owned();
        self.push(title, reason.to_owned(), &[], true, Vec::new(), edit).into_iter().collect()
    }
}

/// `name` of a column as an expression writes it, with the alias of its table before it.
fn column(alias: &str, name: &str) -> String {
    format!("{alias}{}", in_expression(name))
}
