import { script } from "./script.ts";

/*
 * All times are microseconds since 1970. A use at `t` counts up to, and not at, `t + per`. It counts from the later of two
 * clocks, the server's and the application's, which is believed up to a day ahead, and never from before the latest act; it is
 * freed by the earlier. So one clock that is wrong frees nothing early, and only the server's can hold things up for long.
 * Nothing expires by Redis' own means, which would forget too much on a clock that leaps and returns.
 *
 * KEYS[1] is the prefix with its hash tag, so that all keys below it lie in one slot:
 *   :latest             the time of the latest act
 *   :act:KEY            the reservation that holds a key
 *   :reservation:ID     key, state, until when it is remembered, its counters in JSON, and who it is about
 *   :subject:SUBJECT    reservations that are about a person
 *   :uses:COUNTER       reservations by the time of their use
 *   :until              reservations by when they may be forgotten
 */
const library = `
local P = KEYS[1]
local function number(n) return string.format('%.0f', n) end

local function clock()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end

local function dropUses(id)
  local counters = redis.call('HGET', P .. ':reservation:' .. id, 'counters')
  if not counters then return end
  for _, counter in ipairs(cjson.decode(counters)) do redis.call('ZREM', P .. ':uses:' .. counter, id) end
end

local function freeKey(id)
  local key = redis.call('HGET', P .. ':reservation:' .. id, 'key')
  if key and redis.call('GET', P .. ':act:' .. key) == id then redis.call('DEL', P .. ':act:' .. key) end
end

local function dropName(id)
  local subject = redis.call('HGET', P .. ':reservation:' .. id, 'subject')
  if subject then redis.call('SREM', P .. ':subject:' .. subject, id) end
end

local function release(id)
  dropUses(id)
  freeKey(id)
  redis.call('HSET', P .. ':reservation:' .. id, 'state', 'released', 'counters', '[]')
end

local function forget(id)
  dropUses(id)
  freeKey(id)
  dropName(id)
  redis.call('DEL', P .. ':reservation:' .. id)
  redis.call('ZREM', P .. ':until', id)
end
`;

/** ARGV: reservation, key, retention, counters in JSON, the application's time, the subject or ``, then count and window of each. */
export const reserve = script(`${library}
local id, key, retention, counters, told = ARGV[1], ARGV[2], tonumber(ARGV[3]), cjson.decode(ARGV[4]), tonumber(ARGV[5])
local own = clock()
local now = math.min(own, told)
local latest = tonumber(redis.call('GET', P .. ':latest') or '0')
local at = math.max(own, math.min(told, own + 86400000000), latest)
local earlier = redis.call('GET', P .. ':act:' .. key)
if earlier then
  local act = redis.call('HMGET', P .. ':reservation:' .. earlier, 'state', 'until')
  local till = tonumber(act[2])
  -- Its key is freed before a reservation goes, so one that is missing was lost, and what it held may have been done.
  if not (act[1] and till) then return {'lost'} end
  if till > now then return {'repeated', act[1]} end
end

local longest, full = 0, nil
for i, counter in ipairs(counters) do
  local count, per = tonumber(ARGV[5 + 2 * i]), tonumber(ARGV[6 + 2 * i])
  local uses, after = P .. ':uses:' .. counter, '(' .. number(now - per)
  local taken = redis.call('ZCOUNT', uses, after, '+inf')
  if taken >= count then
    local wait = math.huge
    if count > 0 then
      local nth = redis.call('ZRANGEBYSCORE', uses, after, '+inf', 'WITHSCORES', 'LIMIT', taken - count, 1)
      wait = tonumber(nth[2]) + per - now
    end
    if wait > longest then longest, full = wait, counter end
  end
end
if full then return {'exhausted', full, longest == math.huge and 'never' or number(longest)} end

if earlier then forget(earlier) end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', P .. ':until', '-inf', number(now), 'LIMIT', 0, 8)) do forget(old) end
local till = number(at + retention)
redis.call('HSET', P .. ':reservation:' .. id, 'key', key, 'state', 'held', 'until', till, 'counters', ARGV[4])
if ARGV[6] ~= '' then
  redis.call('HSET', P .. ':reservation:' .. id, 'subject', ARGV[6])
  redis.call('SADD', P .. ':subject:' .. ARGV[6], id)
end
redis.call('ZADD', P .. ':until', till, id)
redis.call('SET', P .. ':act:' .. key, id)
for _, counter in ipairs(counters) do redis.call('ZADD', P .. ':uses:' .. counter, number(at), id) end
redis.call('SET', P .. ':latest', number(at))
return {'reserved', id}`);

/** ARGV: reservation. */
export const commit = script(`${library}
local reservation = P .. ':reservation:' .. ARGV[1]
local state = redis.call('HGET', reservation, 'state')
if state == 'held' then
  redis.call('HSET', reservation, 'state', 'committed')
  state = 'committed'
end
return {state or 'unknown'}`);

/** ARGV: reservation. */
export const release = script(`${library}
local reservation = P .. ':reservation:' .. ARGV[1]
if redis.call('HGET', reservation, 'state') ~= 'held' then return {} end
release(ARGV[1])
return {}`);

/** ARGV: subject. */
export const forget = script(`${library}
for _, id in ipairs(redis.call('SMEMBERS', P .. ':subject:' .. ARGV[1])) do
  release(id)
  redis.call('HDEL', P .. ':reservation:' .. id, 'key', 'subject')
end
redis.call('DEL', P .. ':subject:' .. ARGV[1])
return {}`);

/** ARGV: counter, window, the application's time. */
export const spent = script(`${library}
local after = '(' .. number(math.min(clock(), tonumber(ARGV[3])) - tonumber(ARGV[2]))
return {tostring(redis.call('ZCOUNT', P .. ':uses:' .. ARGV[1], after, '+inf'))}`);
