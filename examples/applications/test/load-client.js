import autocannon from "autocannon";
import { Clock } from "../lib/clock.js";
import { crowd, wrong } from "./crowd.js";

/** The people at the desk, in a process of their own: what they cost the machine is not the server's. */
process.once("message", async ({ address, seconds, connections, passengers }) => {
  const people = crowd(new Clock(), passengers);
  const mistakes = [];
  const asked = { "/api/greet": 0, "/api/picture": 0, "/api/offer": 0 };
  /** How many offers were sent to each passenger, as far as answers tell. */
  const offers = new Map();
  let next = 0;
  const setupRequest = (request, context) => {
    const number = next++;
    const id = `p${(number * 7) % passengers}`;
    const path = number % 10 < 7 ? "/api/greet" : number % 10 < 8 ? "/api/picture" : "/api/offer";
    const listening = number % 3 === 0;
    Object.assign(context, { path, id, listening, person: people.get(id) });
    const body = path === "/api/greet" ? { person: id, listening } : { person: id, key: `act ${number}` };
    return { ...request, path, body: JSON.stringify(body) };
  };
  const onResponse = (status, text, context) => {
    asked[context.path] += 1;
    const mistake = wrong(context, status, text);
    if (mistake !== undefined && mistakes.length < 20) mistakes.push(mistake);
    if (context.path === "/api/offer" && status === 200) offers.set(context.id, (offers.get(context.id) ?? 0) + 1);
  };
  const { errors, latency, timeouts } = await autocannon({
    url: address,
    duration: seconds,
    connections,
    timeout: 600,
    requests: [{ method: "POST", headers: { "content-type": "application/json" }, setupRequest, onResponse }],
  });
  for (const [id, sent] of offers) if (sent > 2) mistakes.push(`${id} got ${sent} offers`);
  process.send({
    asked,
    mistakes,
    failed: errors + timeouts,
    latency: { p50: latency.p50, p99: latency.p99 },
    offersSent: [...offers.values()].reduce((sum, sent) => sum + sent, 0),
  });
  process.disconnect();
});
