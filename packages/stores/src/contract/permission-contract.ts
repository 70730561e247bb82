import assert from "node:assert/strict";
import type { Consent, PermissionRegister } from "@scruple/runtime/enforce";
import { type ContractCase, fresh } from "./contract-case.ts";

const email: Consent = { purpose: "direct_marketing", channel: "email" };
const nothing = { consents: [], objections: [] };

/**
 * What a permission register has to do.
 *
 * @param open opens the same register once more, as another process would
 */
export function permissionContract(open: () => Promise<PermissionRegister>): readonly ContractCase[] {
  const cases: ContractCase[] = [];
  const add = (name: string, run: (register: PermissionRegister, subject: string) => Promise<void>) =>
    cases.push({ name, run: async () => run(await open(), fresh("subject")) });

  add("knows nothing of who has said nothing", async (register, subject) => {
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("gives back what was given, and takes it back", async (register, subject) => {
    await register.give(subject, email);
    assert.deepEqual(await register.read(subject), { consents: [email], objections: [] });
    await register.withdraw(subject, email);
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("keeps consents and objections apart", async (register, subject) => {
    await register.give(subject, email);
    await register.object(subject, email);
    assert.deepEqual(await register.read(subject), { consents: [email], objections: [email] });
    await register.withdraw(subject, email);
    assert.deepEqual(await register.read(subject), { consents: [], objections: [email] });
    await register.retract(subject, email);
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("does a thing twice as well as once", async (register, subject) => {
    await register.give(subject, email);
    await register.give(subject, email);
    await register.object(subject, email);
    await register.object(subject, email);
    assert.deepEqual(await register.read(subject), { consents: [email], objections: [email] });
    await register.withdraw(subject, email);
    await register.withdraw(subject, email);
    await register.retract(subject, email);
    await register.retract(subject, email);
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("withdraws exactly one purpose on exactly one channel", async (register, subject) => {
    const others = [
      { ...email, channel: "any" },
      { ...email, channel: "sms" },
      { ...email, purpose: "analytics" },
    ];
    for (const consent of [email, ...others]) await register.give(subject, consent);
    await register.withdraw(subject, email);
    const { consents } = await register.read(subject);
    assert.deepEqual(
      consents.map((consent) => JSON.stringify(consent)).sort(),
      others.map((o) => JSON.stringify(o)).sort(),
    );
  });

  add("remembers that a consent was explicit, and withdraws it none the less", async (register, subject) => {
    await register.give(subject, email);
    assert.equal(
      (await register.read(subject)).consents.some(({ explicit }) => explicit),
      false,
    );
    await register.give(subject, { ...email, explicit: true });
    await register.give(subject, email);
    assert.equal(
      (await register.read(subject)).consents.some(({ explicit }) => explicit),
      true,
    );
    await register.withdraw(subject, email);
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("erases all that is known of a person, and of nobody else", async (register, subject) => {
    const other = fresh("subject");
    for (const person of [subject, other]) {
      await register.give(person, email);
      await register.object(person, { ...email, channel: "sms" });
    }
    await register.forget(subject);
    assert.deepEqual(await register.read(subject), nothing);
    assert.equal((await register.read(other)).consents.length, 1);
  });

  add("takes no name for another, however they look", async (register, subject) => {
    const names = [
      "__proto__",
      "constructor",
      "'; drop table x; --",
      "%",
      "*",
      "a:b",
      "Ä",
      "A\u0308",
      "ä",
      " ",
      "\n",
      "\0",
      "\ud800",
      "\udbff",
      "😀",
    ];
    for (const name of names) {
      const person = subject + name;
      // What a store cannot keep it may refuse; it must not keep it as something else.
      const isKept = await register.give(person, email).then(
        () => true,
        () => false,
      );
      for (const other of [subject, ...names.map((other) => subject + other)]) {
        const { consents } = await register.read(other).catch(() => nothing);
        assert.equal(consents.length, isKept && other === person ? 1 : 0, JSON.stringify({ given: name, read: other }));
      }
      if (isKept) await register.forget(person);
    }
  });

  add("shows at once to others what was written", async (register, subject) => {
    const elsewhere = await open();
    await register.give(subject, email);
    assert.equal((await elsewhere.read(subject)).consents.length, 1);
    await elsewhere.withdraw(subject, email);
    assert.deepEqual(await register.read(subject), nothing);
  });

  add("never shows half of a change of mind", async (register, subject) => {
    const elsewhere = await open();
    await register.object(subject, email);
    await register.give(subject, email);
    let isDone = false;
    const changes = (async () => {
      for (let i = 0; i < 40; i++) {
        await register.withdraw(subject, email);
        await register.retract(subject, email);
        await register.object(subject, email);
        await register.give(subject, email);
      }
      isDone = true;
    })();
    while (!isDone) {
      const { consents, objections } = await elsewhere.read(subject);
      assert.ok(
        consents.length === 0 || objections.length === 1,
        "a consent without the objection that it stood beside",
      );
      await new Promise(setImmediate);
    }
    await changes;
  });

  return cases;
}
