import { type SQL, relations, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgEnum,
  pgPolicy,
  pgSchema,
  pgSequence,
  pgTable as table,
  pgTableCreator,
  pgView,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

const ROLES = ["member", "moderator", "it's admin"] as const;
const LIMIT = 40;
type Settings = { mail: boolean; tags: string[] };

const bytes = customType<{ data: Buffer; config: { size: number } }>({
  dataType() {
    return "bytea";
  },
});

const timestamps = {
  createdAt: timestamp("created_at", { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at", { mode: "date" }).$onUpdate(() => new Date()),
};
const id = () => uuid("id").primaryKey().defaultRandom();

export const roleEnum = pgEnum("role", ROLES);
export const forum = pgSchema("forum");
export const kind = forum.enum("kind", ["open", "closed"]);
export const numbers = pgSequence("numbers", { startWith: 100, increment: 5 });
const prefixed = pgTableCreator((name) => `app_${name}`);

export const users = table(
  "users",
  {
    id: id(),
    name: varchar("name", { length: LIMIT }).notNull(),
    email: text().notNull().unique(),
    handle: varchar({ length: 20 }).unique("handle_once", { nulls: "not distinct" }),
    role: roleEnum("role").default("member").notNull(),
    roles: roleEnum("roles").array().default(["member"]),
    settings: jsonb("settings").$type<Settings>().default({ mail: true, tags: [] }).notNull(),
    tags: text("tags").array().notNull().default(sql`'{}'::text[]`),
    matrix: integer("matrix").array().array(),
    score: numeric("score", { precision: 10, scale: 2 }).default("1.50"),
    avatar: bytes("avatar", { size: 10 }),
    born: date("born"),
    active: boolean("active").default(true),
    invitedBy: uuid("invited_by").references((): AnyPgColumn => users.id, { onDelete: "set null", onUpdate: "cascade" }),
    lower: text("lower_name").generatedAlwaysAs((): SQL => sql`lower(${users.name})`),
    ...timestamps,
  },
  (t) => [
    uniqueIndex("users_lower_idx").on(sql`lower(${t.email})`),
    index().on(t.role, t.active.desc()),
    index("users_tags").using("gin", t.tags),
    index("recent").on(t.createdAt.desc().nullsFirst()).where(sql`${t.active} is true`),
    check("score_is_small", sql`${t.score} < 100`),
    pgPolicy("own_row", { as: "permissive", for: "select", to: ["public"], using: sql`${t.active}` }),
  ],
);

export const threads = forum.table(
  "threads",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    number: integer().generatedAlwaysAsIdentity({ startWith: 10 }),
    kind: kind().default("open"),
    owner: uuid("owner_id").notNull().references(() => users.id, { onDelete: "cascade" }),
    slug: text("slug").notNull(),
  },
  (thread) => ({
    byOwner: index("threads_owner").on(thread.owner).with({ fillfactor: 70 }),
    once: unique().on(thread.owner, thread.number),
  }),
);

export const posts = prefixed("posts", (t) => ({
  thread: bigint("thread_id", { mode: "number" }).notNull(),
  position: t.integer().notNull(),
  body: t.text().$defaultFn(() => "x"),
}), (t) => [
  primaryKey({ columns: [t.thread, t.position] }),
  foreignKey({ columns: [t.thread], foreignColumns: [threads.id], name: "posts_thread" }).onDelete("cascade"),
]);

export const usersRelations = relations(users, ({ many, one }) => ({
  threads: many(threads),
  inviter: one(users, { fields: [users.invitedBy], references: [users.id] }),
}));

export const activeUsers = pgView("active_users", { id: uuid(), name: text() }).as(
  sql`select ${users.id}, ${users.name} from ${users} where ${users.active}`,
);

export function helper<T extends { id: string }>(rows: T[]): T | undefined {
  return rows.find((row) => /^[a-z"'`]+$/.test(row.id));
}
