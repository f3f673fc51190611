CREATE SCHEMA "forum";

CREATE TYPE "forum"."kind" AS ENUM('open', 'closed');
CREATE TYPE "public"."role" AS ENUM('member', 'moderator', 'it''s admin');
CREATE SEQUENCE "public"."numbers" INCREMENT BY 5 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100 CACHE 1;
CREATE TABLE "app_posts" (
	"thread_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"body" text,
	CONSTRAINT "app_posts_thread_id_position_pk" PRIMARY KEY("thread_id","position")
);

CREATE TABLE "forum"."threads" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "forum"."threads_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 10 CACHE 1),
	"kind" "forum"."kind" DEFAULT 'open',
	"owner_id" uuid NOT NULL,
	"slug" text NOT NULL,
	CONSTRAINT "threads_owner_id_number_unique" UNIQUE("owner_id","number")
);

CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" varchar(40) NOT NULL,
	"email" text NOT NULL,
	"handle" varchar(20),
	"role" "role" DEFAULT 'member' NOT NULL,
	"roles" "role"[] DEFAULT '{"member"}',
	"settings" jsonb DEFAULT '{"mail":true,"tags":[]}'::jsonb NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"matrix" integer[][],
	"score" numeric(10, 2) DEFAULT '1.50',
	"avatar" "bytea",
	"born" date,
	"active" boolean DEFAULT true,
	"invited_by" uuid,
	"lower_name" text GENERATED ALWAYS AS (lower("users"."name")) STORED,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "handle_once" UNIQUE NULLS NOT DISTINCT("handle"),
	CONSTRAINT "score_is_small" CHECK ("users"."score" < 100)
);

ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "app_posts" ADD CONSTRAINT "posts_thread" FOREIGN KEY ("thread_id") REFERENCES "forum"."threads"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "forum"."threads" ADD CONSTRAINT "threads_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
ALTER TABLE "users" ADD CONSTRAINT "users_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE cascade;
CREATE INDEX "threads_owner" ON "forum"."threads" USING btree ("owner_id") WITH (fillfactor=70);
CREATE UNIQUE INDEX "users_lower_idx" ON "users" USING btree (lower("email"));
CREATE INDEX "users_role_active_index" ON "users" USING btree ("role","active" DESC NULLS LAST);
CREATE INDEX "users_tags" ON "users" USING gin ("tags");
CREATE INDEX "recent" ON "users" USING btree ("created_at" DESC NULLS FIRST) WHERE "users"."active" is true;
CREATE VIEW "public"."active_users" AS (select "users"."id", "users"."name" from "users" where "users"."active");
CREATE POLICY "own_row" ON "users" AS PERMISSIVE FOR SELECT TO public USING ("users"."active");