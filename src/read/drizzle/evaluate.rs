//! Runs the expressions of schema files, as far as they build tables.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::syntax::{Expr, ExprKind, File, Parameter};
use super::value::{Built, Closure, Part, Value};
use crate::base::Span;
use crate::read::translation::Translation;

/// The database that a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Core {
    /// `pg-core`
    Postgres,
    /// `mysql-core`
    MySql,
    /// `sqlite-core`
    Sqlite,
}

/// A table as it was built.
#[derive(Clone, Debug)]
pub struct TableValue {
    /// Its SQL schema.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// The database that it is for.
    pub core: Core,
    /// Its columns by property.
    pub columns: Vec<(String, Value)>,
    /// What makes its indexes and constraints.
    pub extra: Option<Value>,
    /// Whether `enableRLS` was called.
    pub row_security: bool,
    /// Its words.
    pub span: Span,
}

/// A type, a view or a sequence as it was built.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its SQL schema.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// What it was built of.
    pub arguments: Vec<Value>,
    /// Its words.
    pub span: Span,
}

/// How deep functions may call each other.
const DEEPEST: usize = 40;

/// The files with what they came to.
pub struct World<'t, 'a> {
    files: &'t [File],
    /// What there is to say.
    pub t: &'t mut Translation<'a>,
    /// Tables in order of their making.
    pub tables: Vec<TableValue>,
    /// Enumerated types.
    pub enums: Vec<Named>,
    /// SQL schemas.
    pub schemas: Vec<Named>,
    /// Views that were begun.
    pub views: Vec<Built>,
    /// Sequences.
    pub sequences: Vec<Named>,
    /// Names of columns come from those of properties, in snake case.
    pub snake_case: bool,
    /// The block that is being written.
    pub unit: usize,
    /// Names of indexes.
    pub taken: BTreeSet<String>,
    known: BTreeMap<(usize, String), Value>,
    depth: usize,
}

/// Names and values that a function can see.
type Scope = Vec<(String, Value)>;

impl<'t, 'a> World<'t, 'a> {
    /// Runs all declarations of all files.
    pub fn new(files: &'t [File], t: &'t mut Translation<'a>, snake_case: bool) -> Self {
        let mut world = Self {
            files,
            t,
            tables: Vec::new(),
            enums: Vec::new(),
            schemas: Vec::new(),
            views: Vec::new(),
            sequences: Vec::new(),
            snake_case,
            unit: 0,
            taken: BTreeSet::new(),
            known: BTreeMap::new(),
            depth: 0,
        };
        for (index, file) in files.iter().enumerate() {
            for binding in &file.bindings {
                let value = world.global(index, &binding.name);
                if let Some(Value::Built(built)) = value
                    && built.name().to_lowercase().ends_with("view")
                {
                    world.views.push((*built).clone());
                }
            }
        }
        world
    }

    /// What a name of a file means: its own declaration, an import's, or that of any file.
    fn global(&mut self, file: usize, name: &str) -> Option<Value> {
        let own = |index: usize, name: &str| {
            let file = self.files.get(index)?;
            file.bindings.iter().find(|it| it.name == name).map(|it| (index, name.to_owned(), &it.value))
        };
        let imported = self.files.get(file)?.imports.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        let elsewhere = imported.unwrap_or(name);
        let found = own(file, name).or_else(|| (0..self.files.len()).find_map(|it| own(it, elsewhere)));
        let Some((index, name, expr)) = found else {
            return imported.map(|it| Value::Name(it.to_owned()));
        };
        let key = (index, name);
        if let Some(value) = self.known.get(&key) {
            return Some(value.clone());
        }
        // A declaration that needs itself is not known while it is made.
        self.known.insert(key.clone(), Value::Unknown);
        let value = self.evaluate(expr, index, &Vec::new());
        self.known.insert(key, value.clone());
        Some(value)
    }

    /// The value of an expression.
    pub fn evaluate(&mut self, expr: &Expr, file: usize, scope: &Scope) -> Value {
        if self.depth > DEEPEST {
            return Value::Unknown;
        }
        self.depth += 1;
        let value = self.run(expr, file, scope);
        self.depth -= 1;
        value
    }

    fn run(&mut self, expr: &Expr, file: usize, scope: &Scope) -> Value {
        match &expr.kind {
            ExprKind::Name(name) => match name.as_str() {
                "true" => Value::Boolean(true),
                "false" => Value::Boolean(false),
                "null" | "undefined" => Value::Null,
                _ => {
                    let local = scope.iter().rev().find(|it| it.0 == *name).map(|it| it.1.clone());
                    local.or_else(|| self.global(file, name)).unwrap_or_else(|| Value::Name(name.clone()))
                }
            },
            ExprKind::Text(it) => Value::Text(it.clone()),
            ExprKind::Number(it) => Value::Number(it.clone()),
            ExprKind::Minus(it) => match self.evaluate(it, file, scope) {
                Value::Number(it) => Value::Number(format!("-{it}")),
                _ => Value::Unknown,
            },
            ExprKind::Plus(left, right) => {
                let (left, right) = (self.evaluate(left, file, scope), self.evaluate(right, file, scope));
                match (left, right) {
                    (Value::Text(one), other) | (other @ Value::Number(_), Value::Text(one))
                        if other.words().is_some() =>
                    {
                        Value::Text(one + other.words().unwrap_or_default())
                    }
                    _ => Value::Unknown,
                }
            }
            ExprKind::Template(tag, texts, values) => {
                self.template(tag.as_deref(), texts, values, file, scope)
            }
            ExprKind::Array(items) => Value::Array(self.list(items, file, scope)),
            ExprKind::Spread(it) => self.evaluate(it, file, scope),
            ExprKind::Object(items) => {
                let mut found: Vec<(String, Value)> = Vec::new();
                for (name, value) in items {
                    let value = self.evaluate(value, file, scope);
                    match (name, value) {
                        (Some(name), value) => put(&mut found, name.clone(), value),
                        (None, Value::Object(items)) => {
                            for (name, value) in items {
                                put(&mut found, name, value);
                            }
                        }
                        (None, _) => {
                            let message =
                                "what is spread here is not declared in these files; give that file as well";
                            self.t.misread(expr.span, message);
                        }
                    }
                }
                Value::Object(found)
            }
            ExprKind::Member(object, name) => {
                let object = self.evaluate(object, file, scope);
                self.member(object, name)
            }
            ExprKind::Index(object, index) => {
                let object = self.evaluate(object, file, scope);
                match self.evaluate(index, file, scope) {
                    Value::Text(name) => self.member(object, &name),
                    Value::Number(at) => {
                        let at = at.parse::<usize>().ok();
                        at.and_then(|it| object.array().get(it)).cloned().unwrap_or(Value::Unknown)
                    }
                    _ => Value::Unknown,
                }
            }
            ExprKind::Arrow(parameters, body) => {
                let (parameters, body) = (parameters.clone(), (**body).clone());
                Value::Function(Rc::new(Closure { parameters, body, file, scope: scope.clone() }))
            }
            ExprKind::Call(callee, arguments) => {
                let callee = self.evaluate(callee, file, scope);
                let arguments = self.list(arguments, file, scope);
                self.call(callee, arguments, expr.span)
            }
            ExprKind::Other => Value::Unknown,
        }
    }

    /// Values, those that are spread each for itself.
    fn list(&mut self, items: &[Expr], file: usize, scope: &Scope) -> Vec<Value> {
        let mut found = Vec::new();
        for item in items {
            let value = self.evaluate(item, file, scope);
            match (&item.kind, value) {
                (ExprKind::Spread(_), Value::Array(items)) => found.extend(items),
                (_, value) => found.push(value),
            }
        }
        found
    }

    fn template(
        &mut self,
        tag: Option<&Expr>,
        texts: &[String],
        values: &[Expr],
        file: usize,
        scope: &Scope,
    ) -> Value {
        let values = self.list(values, file, scope);
        if let Some(tag) = tag {
            let tag = self.evaluate(tag, file, scope);
            if !matches!(&tag, Value::Name(it) if it == "sql") {
                return Value::Unknown;
            }
            let mut parts = Vec::new();
            let mut values = values.into_iter();
            for text in texts {
                parts.push(Part::Text(text.clone()));
                parts.extend(values.next().map(Part::Value));
            }
            return Value::Sql(parts);
        }
        let mut out = String::new();
        let mut values = values.iter();
        for text in texts {
            out += text;
            match values.next() {
                None => {}
                Some(value) => match value.words() {
                    Some(it) => out += it,
                    None => return Value::Unknown,
                },
            }
        }
        Value::Text(out)
    }

    fn member(&mut self, object: Value, name: &str) -> Value {
        match &object {
            Value::Object(items) => match super::value::get(items, name) {
                Some(value) => value.clone(),
                None => Value::Null,
            },
            Value::Table(index) => {
                let is_column =
                    self.tables.get(*index).is_some_and(|it| it.columns.iter().any(|it| it.0 == name));
                if is_column {
                    Value::Column(*index, name.to_owned())
                } else {
                    Value::Method(Box::new(object), name.to_owned())
                }
            }
            Value::Enum(index) if name == "enumValues" => {
                self.enums.get(*index).and_then(|it| it.arguments.first()).cloned().unwrap_or(Value::Unknown)
            }
            Value::Unknown => Value::Unknown,
            _ => Value::Method(Box::new(object), name.to_owned()),
        }
    }

    /// Calls a function or a method.
    pub fn call(&mut self, callee: Value, arguments: Vec<Value>, span: Span) -> Value {
        match callee {
            Value::Function(it) => self.apply(&it, arguments),
            Value::Name(name) => self.builtin(None, &name, arguments, span),
            Value::Method(object, name) => self.method(*object, name, arguments, span),
            Value::Built(it) if it.name().ends_with("TableCreator") => self.created(&it, arguments, span),
            head @ (Value::Enum(_) | Value::Built(_)) => {
                Value::Built(Rc::new(Built { head, arguments, calls: Vec::new(), span }))
            }
            _ => Value::Unknown,
        }
    }

    /// Runs a function of these files.
    pub fn apply(&mut self, closure: &Closure, arguments: Vec<Value>) -> Value {
        let mut scope = closure.scope.clone();
        let mut arguments = arguments.into_iter();
        for parameter in &closure.parameters {
            let value = arguments.next().unwrap_or(Value::Null);
            match parameter {
                Parameter::Name(name) => scope.push((name.clone(), value)),
                Parameter::Properties(names) => {
                    for (property, name) in names {
                        let member = self.member(value.clone(), property);
                        scope.push((name.clone(), member));
                    }
                }
            }
        }
        self.evaluate(&closure.body, closure.file, &scope)
    }

    /// A function that these files do not declare.
    fn builtin(&mut self, schema: Option<String>, name: &str, arguments: Vec<Value>, span: Span) -> Value {
        let text = arguments.first().and_then(Value::text).map(str::to_owned);
        let core = match name {
            "pgTable" => Some(Core::Postgres),
            "mysqlTable" => Some(Core::MySql),
            "sqliteTable" => Some(Core::Sqlite),
            _ => self.undeclared_creator(name, &arguments, span),
        };
        if let (Some(core), Some(table)) = (core, text.clone()) {
            return self.table(schema, table, core, arguments, span);
        }
        match (name, text) {
            ("pgEnum", Some(text)) => {
                let arguments = arguments.into_iter().skip(1).collect();
                self.enums.push(Named { schema, name: text, arguments, span });
                Value::Enum(self.enums.len() - 1)
            }
            ("pgSchema" | "mysqlSchema", Some(text)) => {
                self.schemas.push(Named { schema: None, name: text.clone(), arguments: Vec::new(), span });
                Value::Schema(text)
            }
            ("pgSequence", Some(text)) => {
                let arguments = arguments.into_iter().skip(1).collect();
                self.sequences.push(Named { schema, name: text, arguments, span });
                Value::Unknown
            }
            ("pgTableCreator" | "mysqlTableCreator" | "sqliteTableCreator", _) => {
                let head = Value::Name(name.to_owned());
                Value::Built(Rc::new(Built { head, arguments, calls: Vec::new(), span }))
            }
            ("relations" | "defineRelations", _) => Value::Unknown,
            _ => {
                let head = Value::Name(name.to_owned());
                let calls =
                    schema.map(|it| ("schema".to_owned(), vec![Value::Text(it)])).into_iter().collect();
                Value::Built(Rc::new(Built { head, arguments, calls, span }))
            }
        }
    }

    fn table(
        &mut self,
        schema: Option<String>,
        name: String,
        core: Core,
        arguments: Vec<Value>,
        span: Span,
    ) -> Value {
        let mut arguments = arguments.into_iter().skip(1);
        let columns = match arguments.next() {
            Some(Value::Object(items)) => items,
            // The builders of columns are the properties of what the function is given.
            Some(Value::Function(it)) => match self.apply(&it, vec![Value::Name("columns".to_owned())]) {
                Value::Object(items) => items,
                _ => Vec::new(),
            },
            _ => {
                self.t.misread(span, format!("the columns of `{name}` are not written here"));
                Vec::new()
            }
        };
        let extra = arguments.next();
        self.tables.push(TableValue { schema, name, core, columns, extra, row_security: false, span });
        Value::Table(self.tables.len() - 1)
    }

    fn method(&mut self, object: Value, name: String, arguments: Vec<Value>, span: Span) -> Value {
        match (object, name.as_str()) {
            (Value::Schema(schema), "table") => {
                let schema = Some(schema).filter(|it| it != "public");
                self.builtin(schema, "pgTable", arguments, span)
            }
            (Value::Schema(schema), "enum") => self.builtin(Some(schema), "pgEnum", arguments, span),
            (Value::Schema(schema), "view") => self.builtin(Some(schema), "pgView", arguments, span),
            (Value::Schema(schema), "materializedView") => {
                self.builtin(Some(schema), "pgMaterializedView", arguments, span)
            }
            (Value::Schema(schema), "sequence") => self.builtin(Some(schema), "pgSequence", arguments, span),
            (Value::Name(it), "raw") if it == "sql" => match arguments.into_iter().next() {
                Some(Value::Text(it)) => Value::Sql(vec![Part::Text(it)]),
                _ => Value::Unknown,
            },
            (Value::Name(it), "identifier") if it == "sql" => match arguments.into_iter().next() {
                Some(Value::Text(it)) => Value::Sql(vec![Part::Text(crate::sql::ident(&it))]),
                _ => Value::Unknown,
            },
            (Value::Name(it), "stringify") if it == "JSON" => arguments
                .first()
                .and_then(Value::json)
                .map_or(Value::Unknown, |it| Value::Text(it.to_string())),
            (Value::Name(it), "keys" | "values") if it == "Object" => match arguments.into_iter().next() {
                Some(Value::Object(items)) if name == "keys" => {
                    Value::Array(items.into_iter().map(|it| Value::Text(it.0)).collect())
                }
                Some(Value::Object(items)) => Value::Array(items.into_iter().map(|it| it.1).collect()),
                _ => Value::Unknown,
            },
            (Value::Name(it), "freeze") if it == "Object" => {
                arguments.into_iter().next().unwrap_or(Value::Unknown)
            }
            // An SQL schema of a file that is not here.
            (Value::Name(it), "table")
                if arguments.len() > 1 && arguments.first().is_some_and(|it| it.text().is_some()) =>
            {
                self.t.misread(
                    span,
                    format!("`{it}` is not declared in these files; the table is made in `public`"),
                );
                self.builtin(None, "pgTable", arguments, span)
            }
            // `import * as t`, or what a function of columns is given.
            (Value::Name(_), _) => self.builtin(None, &name, arguments, span),
            (Value::Array(items), "map") => match arguments.into_iter().next() {
                Some(Value::Function(it)) => {
                    Value::Array(items.into_iter().map(|item| self.apply(&it, vec![item])).collect())
                }
                _ => Value::Unknown,
            },
            (Value::Table(index), "enableRLS") => {
                if let Some(table) = self.tables.get_mut(index) {
                    table.row_security = true;
                }
                Value::Table(index)
            }
            (Value::Built(built), _) => {
                let mut built = (*built).clone();
                built.calls.push((name, arguments));
                built.span = built.span.cover(span);
                Value::Built(Rc::new(built))
            }
            (head @ (Value::Column(..) | Value::Sql(_)), _) => {
                let calls = vec![(name, arguments)];
                Value::Built(Rc::new(Built { head, arguments: Vec::new(), calls, span }))
            }
            _ => Value::Unknown,
        }
    }

    /// A table by the function that a creator gave: `createTable("users", …)` names it `prefix_users`.
    fn created(&mut self, creator: &Built, arguments: Vec<Value>, span: Span) -> Value {
        let core = match creator.name() {
            "pgTableCreator" => "pgTable",
            "mysqlTableCreator" => "mysqlTable",
            _ => "sqliteTable",
        };
        let mut arguments = arguments;
        if let (Some(Value::Function(it)), Some(first)) =
            (creator.arguments.first(), arguments.first().cloned())
        {
            let name = self.apply(it, vec![first]);
            if let Some(first) = arguments.first_mut() {
                *first = name;
            }
        }
        self.builtin(None, core, arguments, span)
    }
}

fn put(object: &mut Vec<(String, Value)>, name: String, value: Value) {
    match object.iter_mut().find(|it| it.0 == name) {
        Some(it) => it.1 = value,
        None => object.push((name, value)),
    }
}
