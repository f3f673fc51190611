CREATE TABLE public.shops (
    id bigint NOT NULL,
    name character varying,
    created_at timestamp(6) without time zone NOT NULL
);
CREATE SEQUENCE public.shops_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.shops_id_seq OWNED BY public.shops.id;
ALTER TABLE ONLY public.shops ALTER COLUMN id SET DEFAULT nextval('public.shops_id_seq'::regclass);
ALTER TABLE ONLY public.shops ADD CONSTRAINT shops_pkey PRIMARY KEY (id);
