/** What brings a database from one version to the next. Only ever added to: databases out there have had the first ones. */
export const migrations: readonly string[] = [
  `
  create table scruple_permissions (
    subject text not null,
    kind text not null check (kind in ('consent', 'objection')),
    purpose text not null,
    channel text not null,
    explicit integer not null check (explicit in (0, 1)),
    primary key (subject, kind, purpose, channel)
  ) strict, without rowid;

  create table scruple_acts (
    reservation text primary key,
    act_key text not null,
    state text not null check (state in ('held', 'committed', 'released')),
    at integer not null,
    until integer not null
  ) strict, without rowid;
  create unique index scruple_acts_key on scruple_acts (act_key) where state <> 'released';
  create index scruple_acts_at on scruple_acts (at);
  create index scruple_acts_until on scruple_acts (until);

  create table scruple_uses (
    counter text not null,
    at integer not null,
    reservation text not null,
    primary key (counter, at, reservation)
  ) strict, without rowid;
  create index scruple_uses_reservation on scruple_uses (reservation);

  create table scruple_audit (
    position integer primary key,
    hash text not null,
    entry text not null
  ) strict;
  `,
  // What a use counts ends with whom it counts for, behind the first space.
  `
  alter table scruple_acts add column subject text;
  update scruple_acts set subject = (
    select substr(counter, instr(counter, ' ') + 1) from scruple_uses
    where scruple_uses.reservation = scruple_acts.reservation limit 1);
  create index scruple_acts_subject on scruple_acts (subject) where subject is not null;

  create table scruple_audit_start (
    single integer primary key check (single = 1),
    position integer not null,
    hash text not null
  ) strict;
  `,
];
