-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "citext";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pgcrypto" WITH SCHEMA "public";

-- CreateEnum
CREATE TYPE "public"."roles" AS ENUM ('USER', 'admin');

-- CreateTable
CREATE TABLE "public"."User" (
    "id" SERIAL NOT NULL,
    "big" BIGSERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "role" "public"."roles" NOT NULL DEFAULT 'USER',
    "roles" "public"."roles"[] DEFAULT ARRAY['USER', 'admin']::"public"."roles"[],
    "bio" VARCHAR(200),
    "tags" TEXT[] DEFAULT ARRAY['a', 'b']::TEXT[],
    "nums" INTEGER[],
    "score" DOUBLE PRECISION NOT NULL DEFAULT 1.5,
    "dec" DECIMAL(65,30) NOT NULL DEFAULT 3.14,
    "dec2" DECIMAL(12,2) NOT NULL,
    "money" MONEY,
    "json" JSONB NOT NULL DEFAULT '{"a": 1}',
    "jsons" JSONB[],
    "jb" JSON,
    "by" BYTEA,
    "bydef" BYTEA NOT NULL DEFAULT '\x68656c6c6f',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "d" DATE NOT NULL DEFAULT '2020-01-01 00:00:00 +00:00',
    "t" TIME(3),
    "tz" TIMESTAMPTZ,
    "u" UUID NOT NULL,
    "u2" UUID NOT NULL DEFAULT gen_random_uuid(),
    "c" TEXT NOT NULL,
    "ulid" TEXT NOT NULL,
    "nano" TEXT NOT NULL,
    "b" BOOLEAN NOT NULL DEFAULT false,
    "big2" BIGINT NOT NULL DEFAULT 9007199254740993,
    "neg" INTEGER NOT NULL DEFAULT -5,
    "small" SMALLINT NOT NULL,
    "oid" OID,
    "inet" INET,
    "bit" BIT(3),
    "varbit" VARBIT,
    "xml" XML,
    "ch" CHAR,
    "ci" CITEXT,
    "real" REAL,
    "uns" circle,
    "uns2" tsvector DEFAULT to_tsvector('english'::regconfig, ''::text),
    "gen" TEXT NOT NULL DEFAULT 'it''s "x" \ y
 z',

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."posts" (
    "a" INTEGER NOT NULL,
    "b" TEXT NOT NULL,
    "authorId" INTEGER NOT NULL,
    "optId" INTEGER,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("a","b")
);

-- CreateTable
CREATE TABLE "public"."Comment" (
    "id" TEXT NOT NULL,
    "pa" INTEGER,
    "pb" TEXT,
    "text" TEXT NOT NULL,
    "parentId" TEXT,

    CONSTRAINT "Comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit"."Category" (
    "name" VARCHAR(30) NOT NULL,

    CONSTRAINT "cat_key" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit"."Profile" (
    "id" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "extra" INTEGER,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "public"."AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsTooLong" (
    "idWithAnExtremelyLongNameToo" INTEGER NOT NULL,
    "another" INTEGER NOT NULL,

    CONSTRAINT "AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsTo_pkey" PRIMARY KEY ("another","idWithAnExtremelyLongNameToo")
);

-- CreateTable
CREATE TABLE "public"."_friends" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_friends_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "audit"."_likes" (
    "A" VARCHAR(30) NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_likes_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "audit"."_CategoryToComment" (
    "A" VARCHAR(30) NOT NULL,
    "B" TEXT NOT NULL,

    CONSTRAINT "_CategoryToComment_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "public"."User"("email");

-- CreateIndex
CREATE INDEX "User_name_email_idx" ON "public"."User"("name", "email" DESC);

-- CreateIndex
CREATE INDEX "User_json_idx" ON "public"."User" USING GIN ("json" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "tags_gin" ON "public"."User" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "User_inet_idx" ON "public"."User" USING GIST ("inet" inet_ops);

-- CreateIndex
CREATE INDEX "User_bio_idx" ON "public"."User"("bio" text_pattern_ops);

-- CreateIndex
CREATE INDEX "User_score_idx" ON "public"."User" USING HASH ("score");

-- CreateIndex
CREATE INDEX "User_createdAt_idx" ON "public"."User" USING BRIN ("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "User_name_role_key" ON "public"."User"("name", "role");

-- CreateIndex
CREATE UNIQUE INDEX "mapped_u" ON "public"."User"("dec", "b");

-- CreateIndex
CREATE UNIQUE INDEX "Profile_userId_key" ON "audit"."Profile"("userId");

-- CreateIndex
CREATE INDEX "AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsToo_idx" ON "public"."AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsTooLong"("idWithAnExtremelyLongNameToo", "another");

-- CreateIndex
CREATE UNIQUE INDEX "AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsToo_key" ON "public"."AVeryLongModelNameThatGoesOnAndOnForeverAndEverUntilItIsTooLong"("idWithAnExtremelyLongNameToo", "another");

-- CreateIndex
CREATE INDEX "_friends_B_index" ON "public"."_friends"("B");

-- CreateIndex
CREATE INDEX "_likes_B_index" ON "audit"."_likes"("B");

-- CreateIndex
CREATE INDEX "_CategoryToComment_B_index" ON "audit"."_CategoryToComment"("B");

-- AddForeignKey
ALTER TABLE "public"."posts" ADD CONSTRAINT "posts_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "public"."User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."Comment" ADD CONSTRAINT "cpost" FOREIGN KEY ("pa", "pb") REFERENCES "public"."posts"("a", "b") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "public"."Comment" ADD CONSTRAINT "Comment_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "public"."Comment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."Profile" ADD CONSTRAINT "Profile_userId_fkey" FOREIGN KEY ("userId") REFERENCES "public"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."_friends" ADD CONSTRAINT "_friends_A_fkey" FOREIGN KEY ("A") REFERENCES "public"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "public"."_friends" ADD CONSTRAINT "_friends_B_fkey" FOREIGN KEY ("B") REFERENCES "public"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_likes" ADD CONSTRAINT "_likes_A_fkey" FOREIGN KEY ("A") REFERENCES "audit"."Category"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_likes" ADD CONSTRAINT "_likes_B_fkey" FOREIGN KEY ("B") REFERENCES "public"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_CategoryToComment" ADD CONSTRAINT "_CategoryToComment_A_fkey" FOREIGN KEY ("A") REFERENCES "audit"."Category"("name") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_CategoryToComment" ADD CONSTRAINT "_CategoryToComment_B_fkey" FOREIGN KEY ("B") REFERENCES "public"."Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
