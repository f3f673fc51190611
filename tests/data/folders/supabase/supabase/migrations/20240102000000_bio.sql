alter table public.profile add column bio text;
create policy "Owners change theirs" on public.profile for update to public using (handle = current_user);
