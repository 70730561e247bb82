/**
 * What brings a schema from one version to the next. Only ever added to: databases out there have had the first ones. What
 * a function does is changed by one of another name, for as long as processes of both versions run.
 *
 * All times are microseconds since 1970. A use at `t` counts up to, and not at, `t + per`. It counts from the later of two
 * clocks, the server's and the application's, which is believed up to a day ahead, and never from before the latest act; it is
 * freed by the earlier. So one clock that is wrong frees nothing early, and only the server's can hold things up for long.
 *
 * @param schema its name, in quotation marks
 */
export function migrations(schema: string): readonly string[] {
  return [
    `
    create table ${schema}.permissions (
      subject text not null,
      kind text not null check (kind in ('consent', 'objection')),
      purpose text not null,
      channel text not null,
      explicit boolean not null,
      primary key (subject, kind, purpose, channel)
    );

    create table ${schema}.acts (
      reservation text primary key,
      act_key text not null,
      state text not null check (state in ('held', 'committed', 'released')),
      at bigint not null,
      until bigint not null
    );
    create unique index acts_key on ${schema}.acts (act_key) where state <> 'released';
    create index acts_at on ${schema}.acts (at);
    create index acts_until on ${schema}.acts (until);

    create table ${schema}.uses (
      counter text not null,
      at bigint not null,
      reservation text not null references ${schema}.acts on delete cascade,
      primary key (counter, at, reservation)
    );
    create index uses_reservation on ${schema}.uses (reservation);

    create table ${schema}.audit (
      position bigint primary key,
      hash text not null,
      entry text not null
    );

    create function ${schema}.clock() returns bigint language sql volatile as $$
      select floor(extract(epoch from clock_timestamp()) * 1000000)::bigint
    $$;

    -- Waits for others that ask for the same, and makes what comes next in this transaction see what they did.
    create function ${schema}.alone(p_names text[], p_timeout bigint) returns void language plpgsql as $$
    declare
      v_lock bigint;
    begin
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'the stores need transactions that are "read committed", and these are "%"',
          current_setting('transaction_isolation');
      end if;
      perform set_config('lock_timeout', p_timeout::text, true);
      -- In one order, so that nobody waits for who waits for them.
      for v_lock in
        select distinct hashtextextended('${schema}.' || name, 0) as lock from unnest(p_names) as name order by lock
      loop
        perform pg_advisory_xact_lock(v_lock);
      end loop;
    end
    $$;

    create function ${schema}.reserve(
      p_reservation text, p_key text, p_retention bigint,
      p_counters text[], p_counts bigint[], p_windows bigint[], p_told bigint, p_timeout bigint,
      out status text, out what text, out wait bigint
    ) language plpgsql as $$
    declare
      v_own bigint;
      v_now bigint;
      v_at bigint;
      v_act ${schema}.acts%rowtype;
      v_taken bigint;
      v_wait bigint;
    begin
      perform ${schema}.alone('key ' || p_key || array(select 'counter ' || c from unnest(p_counters) as c), p_timeout);
      v_own := ${schema}.clock();
      v_now := least(v_own, p_told);
      select * into v_act from ${schema}.acts where act_key = p_key and state <> 'released';
      if found and v_act.until > v_now then
        status := 'repeated';
        what := v_act.state;
        return;
      end if;

      status := 'reserved';
      what := p_reservation;
      wait := 0;
      for i in 1 .. cardinality(p_counters) loop
        select count(*) into v_taken from ${schema}.uses
          where counter = p_counters[i] and at > v_now - p_windows[i];
        if v_taken < p_counts[i] then continue; end if;
        if p_counts[i] = 0 then
          v_wait := 9223372036854775807;
        else
          select at + p_windows[i] - v_now into v_wait from ${schema}.uses
            where counter = p_counters[i] and at > v_now - p_windows[i]
            order by at offset v_taken - p_counts[i] limit 1;
        end if;
        if v_wait > wait then
          status := 'exhausted';
          what := p_counters[i];
          wait := v_wait;
        end if;
      end loop;
      if status = 'exhausted' then return; end if;

      delete from ${schema}.acts where reservation = v_act.reservation;
      delete from ${schema}.acts where reservation in (
        select reservation from ${schema}.acts where until <= v_now order by until limit 8 for update skip locked);
      select greatest(v_own, least(p_told, v_own + 86400000000), max(at)) into v_at from ${schema}.acts;
      insert into ${schema}.acts values (p_reservation, p_key, 'held', v_at, v_at + p_retention);
      insert into ${schema}.uses select c, v_at, p_reservation from unnest(p_counters) as c;
    end
    $$;

    create function ${schema}.settle(p_reservation text, p_state text) returns text language plpgsql as $$
    declare
      v_state text;
    begin
      select state into v_state from ${schema}.acts where reservation = p_reservation for update;
      if not found then return 'unknown'; end if;
      if v_state <> 'held' then return v_state; end if;
      update ${schema}.acts set state = p_state where reservation = p_reservation;
      if p_state = 'released' then delete from ${schema}.uses where reservation = p_reservation; end if;
      return p_state;
    end
    $$;

    create function ${schema}.append(
      p_index bigint, p_hash text, p_hashes text[], p_entries text[], p_timeout bigint,
      out added boolean, out "index" bigint, out hash text
    ) language plpgsql as $$
    begin
      perform ${schema}.alone(array['audit'], p_timeout);
      select a.position, a.hash into "index", hash from ${schema}.audit a order by a.position desc limit 1;
      added := coalesce("index", -1) = p_index and (hash is null or hash = p_hash);
      if not added then return; end if;
      insert into ${schema}.audit
        select p_index + e.n, e.hash, e.entry from unnest(p_hashes, p_entries) with ordinality as e (hash, entry, n);
      "index" := p_index + cardinality(p_hashes);
      hash := p_hashes[cardinality(p_hashes)];
    end
    $$;
    `,
    // What a use counts ends with whom it counts for, behind the first space.
    `
    alter table ${schema}.acts add column subject text;
    update ${schema}.acts a set subject = (
      select substr(counter, strpos(counter, ' ') + 1) from ${schema}.uses u where u.reservation = a.reservation limit 1);
    create index acts_subject on ${schema}.acts (subject) where subject is not null;

    create table ${schema}.audit_start (
      single boolean primary key default true check (single),
      position bigint not null,
      hash text not null
    );

    create function ${schema}.reserve_for(
      p_subject text, p_reservation text, p_key text, p_retention bigint,
      p_counters text[], p_counts bigint[], p_windows bigint[], p_told bigint, p_timeout bigint,
      out status text, out what text, out wait bigint
    ) language plpgsql as $$
    begin
      select r.status, r.what, r.wait into status, what, wait from ${schema}.reserve(
        p_reservation, p_key, p_retention, p_counters, p_counts, p_windows, p_told, p_timeout) as r;
      if status = 'reserved' then
        update ${schema}.acts set subject = p_subject where reservation = p_reservation;
      end if;
    end
    $$;

    create function ${schema}.forget(p_subject text) returns void language plpgsql as $$
    begin
      delete from ${schema}.uses where reservation in (
        select reservation from ${schema}.acts where subject = p_subject order by reservation for update);
      update ${schema}.acts set state = 'released', act_key = '', subject = null where subject = p_subject;
    end
    $$;
    `,
  ];
}
