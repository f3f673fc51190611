DROP INDEX public.index_shops_on_name;
