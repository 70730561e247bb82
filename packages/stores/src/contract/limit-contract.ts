import assert from "node:assert/strict";
import type { LimitStore, Reserved, ReserveRequest, Use } from "@scruple/runtime/enforce";
import { type ContractCase, fresh } from "./contract-case.ts";

/** What the contract has to know of a limit store to try it. */
export interface LimitHarness {
  /** Opens the same store once more, as another process would. */
  open(): Promise<LimitStore>;
  /**
   * The clock that the store goes by: `requests`, their `now`; a function that sets the store's own clock, in milliseconds
   * since 1970; or `own`, one that cannot be set, and the cases about time are left out.
   */
  readonly clock: "requests" | "own" | ((now: number) => Promise<void>);
}

const minute = 60;

/**
 * What a limit store has to do. Its clock is set forwards from case to case, from 1990 on: a store that nothing else was
 * written to is needed.
 */
export function limitContract(harness: LimitHarness): readonly ContractCase[] {
  const cases: ContractCase[] = [];
  const { clock } = harness;
  let epoch = Date.UTC(1990, 0);
  const add = (name: string, run: (world: World) => Promise<void>): void =>
    void cases.push({
      name,
      run: async () => {
        // Long enough for the case before to be over.
        epoch += 200 * 86_400_000;
        await run(await World.begin(harness, clock === "own" ? Date.now() : epoch));
      },
    });
  const addTimed: typeof add = (name, run) => {
    if (clock !== "own") add(name, run);
  };

  add("grants as many uses as there are, and no more", async (world) => {
    for (let i = 0; i < 3; i++) await world.grant({ count: 3 });
    await world.refuse({ count: 3 });
    assert.equal(await world.spent(), 3);
  });

  add("grants none where there are none", async (world) => {
    await world.refuse({ count: 0 });
  });

  add("counts an act without uses by its key alone", async (world) => {
    const key = fresh("key");
    const reserved = await world.store.reserve({ key, subject: null, uses: [], now: world.now });
    assert.equal(reserved.status, "reserved");
    assert.deepEqual(await world.store.reserve({ key, subject: null, uses: [], now: world.now }), {
      status: "repeated",
      state: "held",
    });
  });

  add("holds all uses of an act or none", async (world) => {
    const [wide, narrow] = [fresh("counter"), fresh("counter")];
    const uses = [
      { counter: wide, count: 5, per: minute },
      { counter: narrow, count: 1, per: minute },
    ];
    assert.equal((await world.reserve(uses)).status, "reserved");
    const second = await world.reserve(uses);
    assert.equal(second.status, "exhausted");
    assert.equal(second.status === "exhausted" && second.counter, narrow);
    assert.equal(await world.store.spent(wide, minute, world.now), 1);
    assert.equal(await world.store.spent(narrow, minute, world.now), 1);
  });

  add("keeps counters apart, however they are named", async (world) => {
    for (const name of ["", ":", "%", "*", "{x}", "__proto__", "Ä", "'--"]) {
      const counter = world.counter + name;
      assert.equal((await world.reserve([{ counter, count: 1, per: minute }])).status, "reserved", name);
      assert.equal((await world.reserve([{ counter, count: 1, per: minute }])).status, "exhausted", name);
    }
  });

  add("frees what is released, and its key", async (world) => {
    const key = fresh("key");
    const held = await world.grant({ count: 1, key });
    await world.refuse({ count: 1 });
    await world.store.release(held);
    assert.equal(await world.spent(), 0);
    await world.grant({ count: 1, key });
  });

  add("keeps what is committed, whoever releases it afterwards", async (world) => {
    const held = await world.grant({ count: 1 });
    await world.store.commit(held);
    await world.store.release(held);
    assert.equal(await world.spent(), 1);
    await world.refuse({ count: 1 });
  });

  add("commits and releases twice as well as once", async (world) => {
    const committed = await world.grant({ count: 2 });
    await world.store.commit(committed);
    await world.store.commit(committed);
    const released = await world.grant({ count: 2 });
    await world.store.release(released);
    await world.store.release(released);
    assert.equal(await world.spent(), 1);
  });

  add("never releases what was reserved under the same key later", async (world) => {
    const key = fresh("key");
    const first = await world.grant({ count: 1, key });
    await world.store.release(first);
    await world.grant({ count: 1, key });
    await world.store.release(first);
    assert.equal(await world.spent(), 1);
    await world.refuse({ count: 1 });
  });

  add("does not commit what was released: others may have its uses", async (world) => {
    const released = await world.grant({ count: 1 });
    await world.store.release(released);
    await world.grant({ count: 1 });
    await assert.rejects(world.store.commit(released));
    assert.equal(await world.spent(), 1);
  });

  add("does not commit what it has never heard of", async (world) => {
    await assert.rejects(world.store.commit(fresh("reservation")));
  });

  add("answers a key that was used before, and holds nothing more", async (world) => {
    const key = fresh("key");
    const held = await world.grant({ count: 5, key });
    assert.deepEqual(await world.take({ count: 5, key }), { status: "repeated", state: "held" });
    await world.store.commit(held);
    assert.deepEqual(await world.take({ count: 5, key }), { status: "repeated", state: "committed" });
    assert.equal(await world.spent(), 1);
  });

  add("says that a key was used before, rather than that its limit is reached", async (world) => {
    const key = fresh("key");
    await world.store.commit(await world.grant({ count: 1, key }));
    assert.deepEqual(await world.take({ count: 1, key }), { status: "repeated", state: "committed" });
  });

  add("leaves a key free that was refused", async (world) => {
    const key = fresh("key");
    const held = await world.grant({ count: 1 });
    await world.refuse({ count: 1, key });
    await world.store.release(held);
    await world.grant({ count: 1, key });
  });

  add("goes on counting what nobody ends, and is seen from elsewhere", async (world) => {
    await world.grant({ count: 1 });
    const elsewhere = await harness.open();
    const request = {
      key: fresh("key"),
      subject: null,
      uses: [{ counter: world.counter, count: 1, per: minute }],
      now: world.now,
    };
    assert.equal((await elsewhere.reserve(request)).status, "exhausted");
    assert.equal(await elsewhere.spent(world.counter, minute, world.now), 1);
  });

  add("never grants more than there are, however many ask at once", async (world) => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => harness.open()));
    const uses = [{ counter: world.counter, count: 7, per: minute }];
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, i) =>
        stores[i % stores.length]!.reserve({ key: fresh("key"), subject: null, uses, now: world.now }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === "reserved").length, 7);
    assert.equal(await world.spent(), 7);
  });

  add("never grants more than there are while others let go", async (world) => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => harness.open()));
    const uses = [{ counter: world.counter, count: 3, per: minute }];
    let held = 0;
    let most = 0;
    await Promise.all(
      stores.map(async (store) => {
        for (let i = 0; i < 15; i++) {
          const answer = await store.reserve({ key: fresh("key"), subject: null, uses, now: world.now });
          if (answer.status !== "reserved") continue;
          held += 1;
          most = Math.max(most, held);
          await new Promise(setImmediate);
          held -= 1;
          await store.release(answer.reservation);
        }
      }),
    );
    assert.ok(most >= 1 && most <= 3, `${most} were held at once`);
    assert.equal(await world.spent(), 0);
  });

  add("grants one act of many that come with one key at once", async (world) => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => harness.open()));
    const request = {
      key: fresh("key"),
      subject: null,
      uses: [{ counter: world.counter, count: 50, per: minute }],
      now: world.now,
    };
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => stores[i % stores.length]!.reserve(request)),
    );
    assert.equal(answers.filter(({ status }) => status === "reserved").length, 1);
    assert.equal(answers.filter(({ status }) => status === "repeated").length, 39);
    assert.equal(await world.spent(), 1);
  });

  add("never waits for itself when acts count against the same limits in another order", async (world) => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => harness.open()));
    const uses = ["a", "b", "c"].map((name) => ({ counter: world.counter + name, count: 1000, per: minute }));
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        stores[i % stores.length]!.reserve({
          key: fresh("key"),
          subject: null,
          uses: i % 2 === 0 ? uses : uses.toReversed(),
          now: world.now,
        }),
      ),
    );
    assert.equal(answers.filter(({ status }) => status === "reserved").length, 60);
  });

  add("forgets a person: what counts, what is held, and the keys", async (world) => {
    const subject = fresh("subject");
    const use: Use = { counter: world.counter, count: 2, per: minute };
    const acts = [fresh("key"), fresh("key")].map((key) => ({ key, subject, uses: [use], now: world.now }));
    const taken = await Promise.all(acts.map((act) => world.store.reserve(act)));
    const [done, held] = taken.map((answer) => (answer.status === "reserved" ? answer.reservation : ""));
    await world.store.commit(done!);
    await (await harness.open()).forget(subject);
    assert.equal(await world.spent(), 0);
    await assert.rejects(world.store.commit(held!), "What was under way counts nothing any more.");
    await world.store.release(held!);
    for (const act of acts) assert.equal((await world.store.reserve(act)).status, "reserved");
    await world.refuse({ count: 2 });
    await world.store.forget(subject);
    await world.store.forget(subject);
    assert.equal(await world.spent(), 0);
  });

  add("forgets nothing of anybody else", async (world) => {
    const subject = fresh("subject");
    const others = [null, `${subject}x`, subject.slice(0, -1), subject.toUpperCase(), "%", "*"];
    const act = { uses: [{ counter: world.counter, count: 10, per: minute }], now: world.now };
    for (const other of others) await world.store.reserve({ ...act, key: fresh("key"), subject: other });
    await world.store.forget(subject);
    assert.equal(await world.spent(), others.length);
  });

  add("grants nothing that cannot be counted", async (world) => {
    const use: Use = { counter: world.counter, count: 1, per: minute };
    const requests: readonly Partial<ReserveRequest>[] = [
      { uses: [{ ...use, count: Number.NaN }] },
      { uses: [{ ...use, count: Number.POSITIVE_INFINITY }] },
      { uses: [{ ...use, per: Number.NaN }] },
      { uses: [{ ...use, per: 0 }] },
      { uses: [{ ...use, per: -1 }] },
      { now: Number.NaN },
    ];
    for (const request of requests) {
      const answer = await world.store
        .reserve({ key: fresh("key"), subject: null, uses: [use], now: world.now, ...request })
        .catch(() => undefined);
      assert.notEqual(answer?.status, "reserved", JSON.stringify(request));
    }
    assert.equal(await world.spent(), 0);
  });

  addTimed("frees a use when its window has passed, to the millisecond", async (world) => {
    await world.grant({ count: 1 });
    await world.set(minute * 1000 - 1);
    await world.refuse({ count: 1 });
    assert.equal(await world.spent(), 1);
    await world.set(minute * 1000);
    assert.equal(await world.spent(), 0);
    await world.grant({ count: 1 });
  });

  addTimed("lets windows roll: never more than there are in any of them", async (world) => {
    await world.grant({ count: 2 });
    await world.set(40_000);
    await world.grant({ count: 2 });
    await world.refuse({ count: 2 });
    await world.set(60_000);
    await world.grant({ count: 2 });
    await world.refuse({ count: 2 });
    await world.set(99_999);
    await world.refuse({ count: 2 });
    await world.set(100_000);
    await world.grant({ count: 2 });
  });

  addTimed("says when all would fit", async (world) => {
    const other = fresh("counter");
    const uses = [
      { counter: world.counter, count: 2, per: minute },
      { counter: other, count: 1, per: 3 * minute },
    ];
    await world.grant({ count: 2 });
    await world.set(10_000);
    await world.grant({ count: 2 });
    await world.set(20_000);
    assert.deepEqual(await world.reserve(uses.slice(0, 1)), {
      status: "exhausted",
      counter: world.counter,
      retryAfter: 40,
    });
    // A limit that is lowered has more uses than it grants: two of them have to go.
    assert.deepEqual(await world.take({ count: 1 }), { status: "exhausted", counter: world.counter, retryAfter: 50 });
    assert.equal((await world.reserve(uses.slice(1))).status, "reserved");
    assert.deepEqual(await world.reserve(uses), { status: "exhausted", counter: other, retryAfter: 180 });
    await world.set(199_999);
    assert.equal((await world.reserve(uses)).status, "exhausted");
    await world.set(200_000);
    assert.equal((await world.reserve(uses)).status, "reserved");
  });

  addTimed("counts a use from the moment at which it was reserved", async (world) => {
    const held = await world.grant({ count: 1 });
    await world.set(30_000);
    await world.store.commit(held);
    await world.set(59_999);
    await world.refuse({ count: 1 });
    await world.set(60_000);
    await world.grant({ count: 1 });
  });

  addTimed("counts a use that nobody ends for as long as one that was committed", async (world) => {
    await world.grant({ count: 1 });
    await world.set(59_999);
    await world.refuse({ count: 1 });
    await world.set(60_000);
    await world.grant({ count: 1 });
  });

  addTimed("remembers a key for as long as the longest of its windows", async (world) => {
    const key = fresh("key");
    const uses = [
      { counter: world.counter, count: 5, per: minute },
      { counter: fresh("counter"), count: 5, per: 90 * 86_400 },
    ];
    const first = await world.store.reserve({ key, subject: null, uses, now: world.now });
    assert.equal(first.status, "reserved");
    await world.set(90 * 86_400_000 - 1);
    assert.deepEqual(await world.store.reserve({ key, subject: null, uses, now: world.now }), {
      status: "repeated",
      state: "held",
    });
  });

  addTimed("remembers uses for a window that begins before others that have passed", async (world) => {
    const long = fresh("counter");
    assert.equal((await world.reserve([{ counter: long, count: 1, per: 100 * 86_400 }])).status, "reserved");
    await world.set(60 * 86_400_000);
    // Acts that come and go must not take with them what a longer window still counts.
    for (let i = 0; i < 20; i++) await world.reserve([{ counter: fresh("counter"), count: 1, per: 1 }]);
    assert.equal((await world.reserve([{ counter: long, count: 1, per: 100 * 86_400 }])).status, "exhausted");
  });

  addTimed("frees nothing when the clock is set back", async (world) => {
    await world.set(50_000);
    await world.grant({ count: 1 });
    await world.set(0);
    await world.refuse({ count: 1 });
    await world.set(-3_600_000);
    await world.refuse({ count: 1 });
    await world.set(60_000);
    await world.refuse({ count: 1 });
    await world.set(110_000);
    await world.grant({ count: 1 });
  });

  addTimed(
    "counts what was reserved while the clock was behind from the latest moment that it knows",
    async (world) => {
      await world.set(600_000);
      await world.grant({ counter: fresh("counter"), count: 1 });
      await world.set(0);
      await world.grant({ count: 1 });
      // The clock is right again: a minute has not passed since.
      await world.set(601_000);
      await world.refuse({ count: 1 });
      await world.set(660_000);
      await world.grant({ count: 1 });
    },
  );

  addTimed("frees nothing of others' when somebody is forgotten and the clock is set back", async (world) => {
    const subject = fresh("subject");
    await world.set(50_000);
    await world.store.reserve({ key: fresh("key"), subject, uses: [], now: world.now });
    await world.set(0);
    await world.store.forget(subject);
    await world.grant({ count: 1 });
    await world.set(109_999);
    await world.refuse({ count: 1 });
  });

  addTimed("never goes beyond a limit on a clock that jumps about", async (world) => {
    // What has really passed, and how wrong the clock is meanwhile; never ahead of what it has been.
    const grants: number[] = [];
    for (let second = 0; second < 400; second += 4) {
      const wrong = [0, -7, -90, -1, -30][(second / 4) % 5]! * 1000;
      await world.set(second * 1000 + wrong);
      const { status } = await world.take({ count: 3 });
      if (status === "reserved") grants.push(second);
    }
    for (const from of grants) {
      const inWindow = grants.filter((at) => at >= from && at < from + minute - 20).length;
      assert.ok(inWindow <= 3, `${inWindow} uses within less than a minute`);
    }
    assert.ok(grants.length >= 12, `${grants.length} uses in 400 s`);
  });

  return cases;
}

interface Taking {
  readonly count: number;
  readonly counter?: string;
  readonly key?: string;
}

/** A store, a counter of its own, and a time of its own. */
class World {
  readonly store: LimitStore;
  readonly counter = fresh("counter");
  now: number;
  readonly #base: number;
  readonly #harness: LimitHarness;

  static async begin(harness: LimitHarness, base: number): Promise<World> {
    const world = new World(await harness.open(), base, harness);
    await world.set(0);
    return world;
  }

  private constructor(store: LimitStore, base: number, harness: LimitHarness) {
    this.store = store;
    this.now = base;
    this.#base = base;
    this.#harness = harness;
  }

  /** Sets the clock, in milliseconds from when this world began. */
  async set(milliseconds: number): Promise<void> {
    this.now = this.#base + milliseconds;
    if (typeof this.#harness.clock === "function") await this.#harness.clock(this.now);
  }

  reserve(uses: readonly Use[]): Promise<Reserved> {
    return this.store.reserve({ key: fresh("key"), subject: null, uses, now: this.now });
  }

  /** Asks for one use within a minute. */
  take({ count, counter = this.counter, key = fresh("key") }: Taking): Promise<Reserved> {
    return this.store.reserve({ key, subject: null, uses: [{ counter, count, per: minute }], now: this.now });
  }

  async grant(taking: Taking): Promise<string> {
    const answer = await this.take(taking);
    assert.equal(answer.status, "reserved");
    return answer.status === "reserved" ? answer.reservation : "";
  }

  async refuse(taking: Taking): Promise<void> {
    assert.equal((await this.take(taking)).status, "exhausted");
  }

  spent(): Promise<number> {
    return this.store.spent(this.counter, minute, this.now);
  }
}
