import { compile } from "@scruple/compiler";
import { emitJavaScript } from "@scruple/emit";
import { peers } from "../engines/index.mjs";
import { createMapGuard } from "../engines/map-guard.mjs";
import { generatePolicy, policyName } from "../policy.mjs";
import { median, medianRatio } from "../statistics.mjs";
import { importGuard } from "./import-guard.mjs";

const rules = 100;
const fieldCount = 50;

/**
 * A profile of 50 fields, of which what may be used is given out: by `minimize`, stores and audit trail in memory included,
 * and by peers that are asked about each field and do nothing else.
 *
 * @throws where they disagree
 */
export async function benchMinimized({ rounds, patience }) {
  const policy = generatePolicy({ rules });
  const fields = policy.flat.fields.slice(0, fieldCount);
  const request = mostTelling(policy, fields);
  const module = await importGuard(emitJavaScript(compile(policy.files).model(policyName)));
  const { interaction, purpose, channel, subject, facts, consents, objections } = request;
  const of = (list) => list.map((one) => ({ ...one, subject: subject.id }));
  const guard = module.default.inMemory({
    subjects: { [subject.id]: subject },
    consents: of(consents),
    objections: of(objections),
  });
  const profile = Object.fromEntries(fields.map((field) => [field, `value of ${field}`]));
  const call = { subject: subject.id, operation: "use", on: channel, for: purpose, facts };
  const own = async () => Object.keys((await guard[interaction].minimize(call, profile)).values);
  const expected = (await own()).sort().join(" ");

  const engines = await Promise.all(
    peers.map(async ({ name, title, create }) => {
      const engine = await create(policy);
      await engine.prepare?.(fields.map((data) => ({ ...request, data })));
      const ask = async () => {
        const given = [];
        for (const data of fields) if ((await engine.decide({ ...request, data })) === "allow") given.push(data);
        return given;
      };
      const given = (await ask()).sort().join(" ");
      if (given !== expected) throw new Error(`${name} gives out ${given} and the guard ${expected}.`);
      return { title, ask, times: [] };
    }),
  );
  const time = async (ask) => {
    const begin = performance.now();
    await ask();
    return (performance.now() - begin) * 1e6;
  };
  for (let i = 0; i < 400; i++) await own();
  const ownTimes = [];
  for (let round = 0; round < rounds; round++) {
    ownTimes.push(await time(own));
    for (const { ask, times } of engines) {
      const isSlow = times.length >= 3 && median(times) * times.length > (patience * 1e6) / 2;
      if (!isSlow) times.push(await time(ask));
    }
  }
  return {
    rules,
    fields: fieldCount,
    given: expected === "" ? 0 : expected.split(" ").length,
    nanoseconds: median(ownTimes),
    peers: engines.map(({ title, times }) => ({
      title,
      nanoseconds: median(times),
      ratio: medianRatio(times, ownTimes.slice(0, times.length)),
    })),
  };
}

/** Of many requests, the one for which most of the fields are given out. */
function mostTelling(policy, fields) {
  const byHand = createMapGuard(policy);
  const given = (request) => fields.filter((data) => byHand.decide({ ...request, data }) === "allow").length;
  const isWhole = ({ operation, recipient, subject, consents, objections }) =>
    operation === "use" && !recipient && subject.id && consents && objections;
  const counted = policy
    .requests(400)
    .filter(isWhole)
    .map((request) => ({ request, count: given(request) }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).request;
}
