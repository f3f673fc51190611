insert into public.profile (id, handle) values ('00000000-0000-0000-0000-000000000001', 'first');
