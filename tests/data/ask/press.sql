CREATE TABLE "sections" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "title" text NOT NULL,
    "slug" text NOT NULL UNIQUE,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE "authors" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "fullName" text NOT NULL,
    "emailAddress" text NOT NULL,
    "shortBio" text,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE "articles" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "sectionId" bigint NOT NULL REFERENCES "sections" ("id"),
    "authorId" bigint REFERENCES "authors" ("id"),
    "headline" varchar(200) NOT NULL,
    "bodyText" text,
    "articleStatus" text NOT NULL DEFAULT 'draft',
    "wordCount" integer,
    "publishedAt" timestamptz,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE "articleImages" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "articleId" bigint NOT NULL REFERENCES "articles" ("id"),
    "imageUrl" text NOT NULL,
    "altText" text,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE "subscribers" (
    "id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "emailAddress" text NOT NULL UNIQUE,
    "postalAddress" text,
    "createdAt" timestamptz NOT NULL DEFAULT now()
);
