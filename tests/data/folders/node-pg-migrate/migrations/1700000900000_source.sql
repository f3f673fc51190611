-- Up Migration
ALTER TABLE crm.lead ADD COLUMN source text DEFAULT 'web', ALTER COLUMN score SET NOT NULL;

-- Down Migration
ALTER TABLE crm.lead DROP COLUMN source, ALTER COLUMN score DROP NOT NULL;
