alter table public.profile drop column bio;
