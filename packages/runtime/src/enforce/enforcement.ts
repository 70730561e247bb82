import type { Guard, Site } from "../index.ts";
import { type Action, act } from "./act.ts";
import { assert, decide, preview } from "./answer.ts";
import { type Behind, behindOf, type GivenOptions } from "./behind.ts";
import { smallWorld } from "./in-memory/small-world.ts";
import { minimize } from "./minimize.ts";
import type { PolicyTypes } from "./policy-types.ts";
import { prepare } from "./prepare.ts";
import { show } from "./show.ts";
import type { Factory } from "./types.ts";

/** The calls of each interaction, which an emitted module exports under the name of its policy. */
export function enforcement<P extends PolicyTypes>(core: Guard): Factory<P> {
  const make = (options: GivenOptions) => guardOf(behindOf(core, options));
  const inMemory = (given: Parameters<typeof smallWorld>[1]) => {
    const { options, ...world } = smallWorld(core, given);
    const guard = make(options);
    // Where an interaction bears the name of a part of the world, what stands there is both.
    for (const [name, part] of Object.entries(world))
      guard[name] = Object.hasOwn(guard, name) ? Object.assign(part, guard[name]) : part;
    return guard;
  };
  return Object.assign(make, { inMemory }) as unknown as Factory<P>;
}

function guardOf(behind: Behind): Record<string, object> {
  return Object.assign(
    Object.create(later(behind)),
    Object.fromEntries(behind.surface.interactions.map((site) => [site.name, callsOf(behind, site)])),
  );
}

/** Says why there are no calls of an interaction that a model has brought which is in force since the guard was made. */
function later({ core, surface: { interactions: known } }: Behind): object {
  const isNew = (name: unknown) =>
    core.surface.interactions.some((one) => one.name === name) && !known.some((one) => one.name === name);
  return new Proxy(Object.create(null), {
    get(_, name) {
      if (!isNew(name)) return undefined;
      throw new TypeError(
        `The interaction \`${String(name)}\` came with a model that is later than this guard of \`${core.policy.name}\`. Build the policy and start the application anew to call it.`,
      );
    },
  });
}

function callsOf(behind: Behind, site: Site): object {
  return Object.freeze({
    show: (call: unknown, loaders: unknown) => show(behind, site, call, loaders),
    minimize: (call: unknown, profile: unknown) => minimize(behind, site, call, profile),
    decide: (call: unknown, data: unknown) => decide(behind, site, call, data),
    assert: (call: unknown, data: unknown) => assert(behind, site, call, data),
    preview: (call: unknown, data: unknown) => preview(behind, site, call, data),
    prepare: (act: object) => prepare(behind, site, act),
    act: (call: unknown, loaders: unknown, action: Action) => act(behind, site, call, loaders, action),
  });
}
