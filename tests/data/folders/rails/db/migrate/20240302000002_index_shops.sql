CREATE UNIQUE INDEX index_shops_on_name ON public.shops USING btree (name);
