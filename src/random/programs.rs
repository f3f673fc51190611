//! Functions, triggers, policies and views by chance.

use super::Maker;
use crate::design::{
    ArgumentMode, CheckOption, ColumnValue, Deferral, Function, FunctionArgument, FunctionBody, Index,
    IndexElement, IndexKey, NamespaceId, Origin, Policy, PolicyCommand, RowSecurity, Table, Trigger,
    TriggerEvent, TriggerFiring, TriggerFunction, TriggerTiming, View,
};
use crate::sql::ident;

/// A trigger's function that says `$$` and reads what is not there until it runs.
const TOUCH: &str = "\nBEGIN\n    -- it's $$ here\n    PERFORM 1;\n    RETURN NEW;\nEND\n";

impl Maker<'_> {
    /// Functions that tables may call; they come before tables.
    pub(super) fn text_functions(&mut self) {
        for _ in 0..self.dice.below(3) {
            let bodies = [
                FunctionBody::Text("SELECT lower($1) || '$body$'".into()),
                FunctionBody::Sql("RETURN lower(value)".into()),
                FunctionBody::Sql("BEGIN ATOMIC\n    SELECT upper(value);\nEND".into()),
            ];
            let body = bodies[self.dice.below(3)].clone();
            let mut it = self.function("sql", Some("text"), body);
            it.arguments.push(argument(Some("value"), "text"));
            it.attributes = vec!["IMMUTABLE".into(), "STRICT".into(), "PARALLEL SAFE".into()];
            self.text_functions.push(self.written(it.namespace, &it.name));
            self.records.push(it.into());
        }
    }

    fn function(&mut self, language: &str, returns: Option<&str>, body: FunctionBody) -> Function {
        Function {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            returns: returns.map(str::to_owned),
            language: language.into(),
            body,
            comment: self.comment(),
            ..Function::default()
        }
    }

    pub(super) fn programs(&mut self) {
        let touch = self.function("plpgsql", Some("trigger"), FunctionBody::Text(TOUCH.into()));
        let readable: Vec<(Option<NamespaceId>, String)> =
            self.tables.iter().map(|it| (it.namespace, it.name.clone())).collect();
        if let Some((namespace, name)) = self.dice.pick(&readable).cloned() {
            self.readers(&self.written(namespace, &name));
        }
        for index in 0..self.tables.len() {
            let mut table = self.tables[index].clone();
            if self.dice.chance(30) && table.partition_of.is_none() {
                let trigger = self.trigger(&table, &touch);
                table.triggers.push(trigger);
            }
            if self.dice.chance(20) {
                self.policies(&mut table);
            }
            self.tables[index] = table;
        }
        let mut sources = readable;
        for _ in 0..self.dice.below(4) {
            let Some((namespace, name)) = self.dice.pick(&sources).cloned() else { break };
            let source = self.written(namespace, &name);
            let view = self.view(&source, &touch);
            if !view.with_no_data {
                sources.push((view.namespace, view.name.clone()));
            }
            // Views of views may stand before them in the document.
            let place = self.dice.below(self.records.len() + 1);
            self.records.insert(place, view.into());
        }
        self.records.push(touch.into());
    }

    /// Functions that read a table, in each way of writing a body.
    fn readers(&mut self, table: &str) {
        let count = format!("SELECT count(*) FROM {table}");
        let mut it = self.function("sql", Some("bigint"), FunctionBody::Text(count.clone()));
        it.attributes =
            vec!["STABLE".into(), "SECURITY DEFINER".into(), "SET search_path TO 'public'".into()];
        if it.namespace.is_some() || table.contains('.') || self.dice.chance(50) {
            it.attributes.truncate(1);
        }
        self.records.push(it.into());
        if self.dice.chance(50) {
            let body = format!(
                "\nDECLARE\n    found {table}%ROWTYPE;\nBEGIN\n    RETURN QUERY SELECT * FROM {table};\nEND\n"
            );
            let mut it = self.function("plpgsql", Some(&format!("SETOF {table}")), FunctionBody::Text(body));
            it.arguments = vec![
                argument(None, "integer"),
                FunctionArgument { default: Some("'it''s'::text".into()), ..argument(Some("order"), "text") },
            ];
            self.records.push(it.into());
        }
        if self.dice.chance(50) {
            let body = FunctionBody::Sql(format!("BEGIN ATOMIC\n    {count};\nEND"));
            let it = self.function("sql", Some("bigint"), body);
            self.records.push(it.into());
            let mut it = self.function("plpgsql", None, FunctionBody::Text("BEGIN\n    b := a;\nEND".into()));
            it.procedure = true;
            it.arguments = vec![
                argument(Some("a"), "integer"),
                FunctionArgument { mode: ArgumentMode::Out, ..argument(Some("b"), "integer") },
            ];
            self.records.push(it.into());
        }
        if self.dice.chance(20) {
            let body = FunctionBody::Library {
                file: "$libdir/plpgsql".into(),
                symbol: Some("plpgsql_call_handler".into()),
            };
            let it = self.function("c", Some("language_handler"), body);
            self.records.push(it.into());
        }
    }

    fn trigger(&mut self, table: &Table, function: &Function) -> Trigger {
        let timing = self.dice.one(&[TriggerTiming::Before, TriggerTiming::After]);
        let events = match self.dice.below(4) {
            0 => vec![TriggerEvent::Insert, TriggerEvent::Update],
            1 => vec![TriggerEvent::Update],
            2 => vec![TriggerEvent::Delete],
            _ => vec![TriggerEvent::Insert],
        };
        let updates = events == [TriggerEvent::Update];
        let computes = table.columns.iter().any(|it| matches!(it.value, ColumnValue::Generated { .. }));
        let is_plain = table.partitioning.is_none() && table.inherits.is_empty();
        let constraint = (timing == TriggerTiming::After && is_plain && self.dice.chance(20))
            .then(|| self.dice.one(&[Deferral::NotDeferrable, Deferral::InitiallyDeferred]));
        let transition = timing == TriggerTiming::After && updates && is_plain && constraint.is_none();
        let columns = Self::columns_of(table, |_| true);
        let update_of = if updates && !transition && !columns.is_empty() && self.dice.chance(50) {
            self.dice.some(&columns, 2)
        } else {
            Vec::new()
        };
        let firings = [TriggerFiring::Disabled, TriggerFiring::Replica, TriggerFiring::Always];
        Trigger {
            id: self.ids.take(),
            name: self.words.derived(&["trg", &table.name]),
            timing,
            events,
            update_of,
            for_each_row: true,
            condition: (updates && is_plain && !computes && self.dice.chance(40))
                .then(|| "OLD.* IS DISTINCT FROM NEW.*".into()),
            old_table: (transition && self.dice.chance(30)).then(|| "old rows".into()),
            new_table: None,
            constraint,
            from_table: None,
            function: TriggerFunction::Function(function.id),
            arguments: if self.dice.chance(20) { vec!["'it''s'".into(), "'2'".into()] } else { Vec::new() },
            firing: if self.dice.chance(85) { TriggerFiring::Enabled } else { self.dice.one(&firings) },
            comment: self.comment(),
            origin: Origin::Hand,
        }
    }

    fn policies(&mut self, table: &mut Table) {
        table.row_security = self.dice.one(&[
            RowSecurity::Disabled,
            RowSecurity::Enabled,
            RowSecurity::Forced,
            RowSecurity::ForcedButDisabled,
        ]);
        for _ in 0..self.dice.below(3) {
            let command = self.dice.one(&[
                PolicyCommand::All,
                PolicyCommand::Select,
                PolicyCommand::Insert,
                PolicyCommand::Update,
                PolicyCommand::Delete,
            ]);
            let checks =
                matches!(command, PolicyCommand::All | PolicyCommand::Insert | PolicyCommand::Update);
            let expression = match self.dice.pick(&table.columns) {
                Some(column) => format!("{} IS NOT NULL", ident(&column.name)),
                None => "true".into(),
            };
            table.policies.push(Policy {
                id: self.ids.take(),
                name: self.words.derived(&["policy", &table.name]),
                restrictive: self.dice.chance(20),
                command,
                roles: if self.dice.chance(30) { vec!["CURRENT_USER".into()] } else { Vec::new() },
                using: (command != PolicyCommand::Insert).then(|| expression.clone()),
                with_check: checks.then_some(expression),
                comment: self.comment(),
                origin: Origin::Hand,
            });
        }
    }

    /// Makes it a view that rows can be written through.
    fn check_option(&mut self, view: &mut View) {
        let plain = self.tables.iter().filter(|it| it.partition_of.is_none() && !it.columns.is_empty());
        let plain: Vec<Table> = plain.cloned().collect();
        let Some(table) = self.dice.pick(&plain) else { return };
        let name = self.written(table.namespace, &table.name);
        view.query = format!("SELECT {} AS one FROM {name}", ident(&table.columns[0].name));
        view.check_option = Some(self.dice.one(&[CheckOption::Local, CheckOption::Cascaded]));
    }

    fn view(&mut self, source: &str, touch: &Function) -> View {
        let mut view = View {
            id: self.ids.take(),
            namespace: self.namespace(),
            name: self.name(),
            materialized: self.dice.chance(30),
            query: format!(
                "SELECT 1 AS one, 'a;b'::text AS \"it's\"\nFROM {source} AS t /* all */ WHERE true"
            ),
            column_comments: vec![("one".into(), "The first, it's \"one\"".into())],
            comment: self.comment(),
            ..View::default()
        };
        if view.materialized {
            view.with_no_data = self.dice.chance(50);
            let name = self.words.derived(&["idx", &view.name]);
            let mut index = Index::over(self.ids.take(), name, &[]);
            index.elements = vec![IndexElement {
                key: IndexKey::Expression("one".into()),
                ..IndexElement::column(crate::design::ColumnId(0))
            }];
            index.unique = self.dice.chance(50);
            view.indexes.push(index);
            return view;
        }
        match self.dice.below(4) {
            0 => view.columns = vec!["one".into(), "Order".into()],
            1 => {
                let options = ["security_barrier", "security_invoker"];
                view.options = options.map(|it| (it.to_owned(), "true".to_owned())).to_vec();
            }
            2 => self.check_option(&mut view),
            _ => {
                view.triggers.push(Trigger {
                    timing: TriggerTiming::InsteadOf,
                    constraint: None,
                    condition: None,
                    old_table: None,
                    update_of: Vec::new(),
                    firing: TriggerFiring::Enabled,
                    ..self.trigger(&Table { name: view.name.clone(), ..Table::default() }, touch)
                });
            }
        }
        view
    }
}

fn argument(name: Option<&str>, data_type: &str) -> FunctionArgument {
    FunctionArgument {
        mode: ArgumentMode::In,
        name: name.map(str::to_owned),
        data_type: data_type.into(),
        default: None,
    }
}
