CREATE SCHEMA wms;
CREATE TABLE wms.articles (
    article_no varchar(20) PRIMARY KEY,
    descr text,
    unit varchar(10) NOT NULL DEFAULT 'pcs',
    active boolean NOT NULL DEFAULT true
);
CREATE TABLE wms.locations (
    loc_id serial PRIMARY KEY,
    aisle varchar(5) NOT NULL,
    shelf varchar(5) NOT NULL
);
CREATE TABLE wms.stock (
    loc_id integer NOT NULL REFERENCES wms.locations (loc_id),
    article_no varchar(20) NOT NULL REFERENCES wms.articles (article_no),
    qty numeric(12,3) NOT NULL DEFAULT 0,
    PRIMARY KEY (loc_id, article_no)
);
CREATE TABLE wms.movements (
    mov_id bigserial PRIMARY KEY,
    article_no varchar(20) NOT NULL REFERENCES wms.articles (article_no),
    from_loc integer REFERENCES wms.locations (loc_id),
    to_loc integer REFERENCES wms.locations (loc_id),
    qty numeric(12,3) NOT NULL,
    moved_at timestamptz NOT NULL DEFAULT now(),
    remark text
);
CREATE TABLE wms.bins (
    bin_code varchar(10) PRIMARY KEY,
    aisle varchar(5) NOT NULL,
    shelf varchar(5) NOT NULL,
    colour varchar(20)
);
