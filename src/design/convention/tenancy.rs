//! Tenants: a column that tells whose a row is, and row security that hides it from the others.
//!
//! Whoever connects says for whom by `SET app.tenant_id = '…'`; without it no row is seen. The table of the tenants
//! itself is left open, since somebody must be able to sign one up.

use super::column::{insert_scaffold, take_back};
use super::draft::Draft;
use super::key::key_type;
use super::mention::mentions;
use super::settings::Settings;
use crate::base;
use crate::design::naming::{Derived, free, in_expression};
use crate::design::{
    Column, ColumnId, ConventionKind, DataType, ForeignKey, Origin, Policy, PolicyCommand, ReferentialAction,
    RowSecurity, Table, TableId,
};

const MADE: Origin = Origin::Convention(ConventionKind::Tenancy);
const POLICY: &str = "tenant_isolation";

pub fn conform(draft: &mut Draft<'_>, id: TableId, settings: &Settings) {
    let tenants = settings.tenancy.as_deref().and_then(|name| draft.owning(|it| tenant_table(it, name)));
    let tenant = tenants.filter(|it| it.id != id).and_then(|it| {
        let key = it.primary_key.as_ref()?.columns.first().copied()?;
        let column = format!("{}_id", base::singular(&it.name));
        Some(Tenant { table: it.id, key, data_type: key_type(it)?.clone(), column })
    });
    remove(draft, id, tenant.as_ref());
    if let Some(tenant) = tenant {
        own(draft, id, &tenant);
        secure(draft, id, &tenant);
    }
}

/// How a row tells its tenant.
struct Tenant {
    table: TableId,
    key: ColumnId,
    data_type: DataType,
    column: String,
}

/// Takes back what separates tenants, unless it is of these tenants already.
fn remove(draft: &mut Draft<'_>, id: TableId, wanted: Option<&Tenant>) {
    let Some(table) = draft.table(id) else { return };
    let is_other =
        |it: &&ForeignKey| it.origin == MADE && wanted.is_none_or(|wanted| wanted.table != it.references);
    let columns: Vec<ColumnId> =
        table.foreign_keys.iter().filter(is_other).flat_map(|it| it.columns.clone()).collect();
    let names: Vec<String> = table.column_names(&columns).map(str::to_owned).collect();
    let told_by = wanted.and_then(|it| owner(table, it));
    let stays = |it: &&Policy| {
        it.origin != MADE
            || told_by
                .is_some_and(|column| it.using.as_ref().is_some_and(|text| mentions(text, &column.name)))
    };
    let kept: Vec<Policy> = table.policies.iter().filter(stays).cloned().collect();
    if kept.len() < table.policies.len()
        && let Some(table) = draft.table_mut(id)
    {
        table.policies = kept;
        // It came with the policy: a table of which nobody may see anything was not switched on here.
        if table.policies.is_empty() && table.row_security == RowSecurity::Enabled {
            table.row_security = RowSecurity::Disabled;
        }
    }
    for name in names {
        take_back(draft, id, &name, ConventionKind::Tenancy);
    }
}

/// Gives the table a column that tells the tenant, unless a reference tells it already.
fn own(draft: &mut Draft<'_>, id: TableId, tenant: &Tenant) {
    let Some(table) = draft.table(id) else { return };
    if table.partition_of.is_some()
        || owner(table, tenant).is_some()
        || table.column_named(&tenant.column).is_some()
    {
        return;
    }
    let taken = |name: &str| table.foreign_keys.iter().any(|it| it.name == name);
    let name = free(Derived::ForeignKey.name(&table.name, [&tenant.column]), taken);
    let column = Column {
        origin: MADE,
        ..Column::new(draft.ids.take(), tenant.column.as_str(), tenant.data_type.clone())
    };
    let fk = ForeignKey {
        id: draft.ids.take(),
        name,
        columns: vec![column.id],
        references: tenant.table,
        ref_columns: vec![tenant.key],
        on_delete: ReferentialAction::Cascade,
        origin: MADE,
        ..ForeignKey::default()
    };
    if let Some(table) = draft.table_mut(id) {
        insert_scaffold(table, column);
        table.foreign_keys.push(fk);
    }
}

/// Row security by the column that tells the tenant. A policy beside others restricts what they allow.
fn secure(draft: &mut Draft<'_>, id: TableId, tenant: &Tenant) {
    let Some(table) = draft.table(id) else { return };
    let Some(column) = owner(table, tenant) else { return };
    let Some(data_type) = column.data_type.as_builtin() else { return };
    let asks = |it: &Policy| it.using.as_ref().is_some_and(|it| mentions(it, &column.name));
    let is_closed = table.row_security != RowSecurity::Disabled && table.policies.is_empty();
    if is_closed || table.policies.iter().any(asks) {
        return;
    }
    let tenant = format!("NULLIF(current_setting('app.tenant_id', true), '')::{}", data_type.name());
    let name = free(POLICY.to_owned(), |name| table.policies.iter().any(|it| it.name == name));
    let restrictive = !table.policies.is_empty();
    let using = format!("{} = {tenant}", in_expression(&column.name));
    let policy = Policy {
        id: draft.ids.take(),
        name,
        restrictive,
        command: PolicyCommand::All,
        roles: Vec::new(),
        using: Some(using),
        with_check: None,
        comment: None,
        origin: MADE,
    };
    if let Some(table) = draft.table_mut(id) {
        if table.row_security == RowSecurity::Disabled {
            table.row_security = RowSecurity::Enabled;
        }
        table.policies.push(policy);
    }
}

/// The column that tells whose a row is: the one of the usual name, else one that refers to the tenants and must be given.
fn owner<'a>(table: &'a Table, tenant: &Tenant) -> Option<&'a Column> {
    let refers = |it: &&ForeignKey| it.references == tenant.table && it.columns.len() == 1;
    let columns = || {
        table.foreign_keys.iter().filter(refers).flat_map(|it| &it.columns).filter_map(|it| table.column(*it))
    };
    columns().find(|it| it.name == tenant.column).or_else(|| columns().find(|it| !it.nullable))
}

/// The table of that name, in whichever number.
fn tenant_table(draft: &Draft<'_>, name: &str) -> Option<TableId> {
    let wanted = base::singular(name);
    draft.tables().find(|it| it.name == name || base::singular(&it.name) == wanted).map(|it| it.id)
}
