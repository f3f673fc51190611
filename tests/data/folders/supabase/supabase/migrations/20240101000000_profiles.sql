create table public.profile (
    id uuid primary key,
    handle text unique not null check (char_length(handle) >= 3)
);
alter table public.profile enable row level security;
create policy "Profiles are visible to everyone" on public.profile for select using (true);
