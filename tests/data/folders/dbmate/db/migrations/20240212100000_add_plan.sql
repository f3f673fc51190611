-- migrate:up transaction:false
ALTER TABLE member ADD COLUMN plan text NOT NULL DEFAULT 'free';
COMMENT ON COLUMN member.plan IS 'What is paid for.';

-- migrate:down
ALTER TABLE member DROP COLUMN plan;
