import { applyEdits } from "@scruple/syntax";
import { checkMarked, readMarked } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import type { Program } from "../program.ts";

function firstError(program: Program) {
  return program.diagnostics.find(({ severity }) => severity === "error")!;
}

it("finds a policy's own names in any of its files", () => {
  checkMarked(`
//- a.scruple
policy shop
purpose letters within marketing
//- b.scruple
policy shop
purpose marketing`);
});

it("suggests the nearest name, and offers to write it", () => {
  const program = checkMarked(`policy shop
purpose marketing
purpose letters within markting
//                     ^^^^^^^^ SCR2004 No purpose is named \`markting\` here. Did you mean \`marketing\`?`);
  expect(program.diagnostics.find(({ code }) => code === "SCR2004")?.fixes).toEqual([
    { title: "Write `marketing`", edits: [{ start: expect.any(Number), end: expect.any(Number), text: "marketing" }] },
  ]);
});

it("suggests the policy that declares an unknown name, and offers to use it", () => {
  const program = checkMarked(`
//- shop.scruple
policy shop
purpose letters within loyalty
//                     ^^^^^^^ SCR2004 \`words\` declares one: say \`use words\`.
//- words.scruple
policy words
purpose loyalty`);
  const [fix] = program.diagnostics.find(({ code }) => code === "SCR2004")!.fixes;
  expect(fix).toEqual({ title: "Add `use words`", edits: [{ start: 11, end: 11, text: "\n\nuse words" }] });
});

it("adds a `use` above one that is half written, which would go on with it", () => {
  const added = (text: string) => {
    const { diagnostics } = compile([{ path: "a.scruple", text }]);
    const fixes = diagnostics.filter(({ code }) => code === "SCR2004").flatMap((one) => one.fixes);
    return fixes.map(({ edits }) => applyEdits(text, edits));
  };
  const rest = "\nr: deny use any to customer";
  expect(added(`policy a\nuse std.channels\nuse std.${rest}`)).toEqual([
    `policy a\nuse std.channels\nuse std.recipients\nuse std.${rest}`,
  ]);
  expect(added(`policy a.\ncategory kind${rest}`)).toEqual([]);
});

describe("offers no `use` that would", () => {
  const offered = (text: string) => checkMarked(text).diagnostics.flatMap(({ fixes }) => fixes);
  const fixesIn = (text: string) => compile(readMarked(text).files).diagnostics.flatMap(({ fixes }) => fixes);

  it("turn in a circle", () => {
    const circle = `
//- a.scruple
policy a
use b
category thing
//- b.scruple
policy b
r: deny use thing
//          ^^^^^ SCR2004 \`a\` declares one, but uses \`b\` itself: move the declaration
s: deny use a.thing
//          ^^^^^^^ SCR2007 which this policy does not use, and which uses \`b\` itself: move the declaration`;
    expect(offered(circle)).toEqual([]);
    const around = circle.replace("use b\n", "use m\n").concat("\n//- m.scruple\npolicy m\nuse b");
    expect(offered(around)).toEqual([]);
  });

  it("give a name two meanings", () => {
    const both = `
//- a.scruple
policy a
category thing
category other
//- b.scruple
policy b
use c
q: deny use other
r: deny use thing
//          ^^^^^ SCR2004 \`a\` declares one, but has a \`other\`, as \`c\` has
//- c.scruple
policy c
category other`;
    expect(offered(both)).toEqual([]);
    expect(fixesIn(both.replace("use c\n", "use c\ncategory other\n"))).toHaveLength(1);
  });

  it("give a fact or an attribute two types", () => {
    const types = (mine: string, theirs: string) => `
//- a.scruple
policy a
use deep
category thing
//- b.scruple
policy b
r: deny use thing
//          ^^^^^ SCR2004 \`a\` declares one, but gives
//- deep.scruple
policy deep
${theirs}
//- user.scruple
policy user
use b
${mine}`;
    expect(offered(types("facts { k : int }", "facts { k : bool }"))).toEqual([]);
    expect(offered(types("subject { k : int }", "subject { k : bool }"))).toEqual([]);
    expect(fixesIn(types("facts { k : int }", "subject { k : bool } facts { k : int }"))).toHaveLength(1);
  });
});

it("says what is to be written as it has to be written", () => {
  const program = checkMarked(`
//- shop.scruple
policy shop
use \`l-1\`.in
use \`l-3\`
purpose a within loyalty
//               ^^^^^^^ SCR2004 declares one: say \`use \`l-2\`.of\`.
purpose b within \`l-2\`.of.loyalty
//               ^^^^^^^^^^^^^^^^ SCR2007 \`loyalty\` belongs to \`\`l-2\`.of\`, which this policy does not use. Say \`use \`l-2\`.of\` first.
purpose c within care
//               ^^^^ SCR2003 \`care\` could mean \`\`l-1\`.in.care\` or \`\`l-3\`.care\`.
purpose d within \`l-1\`.in.cara
//               ^^^^^^^^^^^^^ SCR2004 Did you mean \`\`l-1\`.in.care\`?
//- in.scruple
policy \`l-1\`.in
purpose care
//- of.scruple
policy \`l-2\`.of
purpose loyalty
//- other.scruple
policy \`l-3\`
purpose care`);
  expect(program.diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toContain("Add `use `l-2`.of`");
});

it("suggests std where std declares the name", () => {
  checkMarked(`policy shop
purpose letters within direct_marketing
//                     ^^^^^^^^^^^^^^^^ SCR2004 \`std.purposes\` declares one`);
});

it("reports a name once, however often a hierarchy hangs on it", () => {
  checkMarked(`policy shop
category a within nothing
//                ^^^^^^^ SCR2004
category b within a
source s provided { f : b }`);
});

it("says so where a name is declared as something else", () => {
  checkMarked(`policy shop
recipient customer
channel email reaches customer
channel sms reaches email
//                  ^^^^^ SCR2005 \`email\` is a channel, but a recipient is needed here.`);
});

it("brings names by use, but not what the used policy uses", () => {
  checkMarked(`
//- a.scruple
policy a
use b
purpose mine within yours, theirs
//                         ^^^^^^ SCR2004 \`c\` declares one
//- b.scruple
policy b
use c
purpose yours within theirs
//- c.scruple
policy c
purpose theirs`);
});

it("lets the policy's own names come first, and reaches the other by its policy", () => {
  checkMarked(`
//- a.scruple
policy a
use b
purpose care
purpose mine within care, b.care, a.care
//- b.scruple
policy b
purpose care`);
});

it("asks to qualify what two used policies declare, and offers both", () => {
  const program = checkMarked(`
//- a.scruple
policy a
use b.one
use b.two
purpose mine within care
//                  ^^^^ SCR2003 \`care\` could mean \`b.one.care\` or \`b.two.care\`.
purpose fine within b.one.care
//- b1.scruple
policy b.one
purpose care
//- b2.scruple
policy b.two
purpose care`);
  const found = program.diagnostics.find(({ code }) => code === "SCR2003")!;
  expect(found.fixes.map(({ title }) => title)).toEqual(["Write `b.one.care`", "Write `b.two.care`"]);
  expect(found.related.map(({ file }) => file)).toEqual(["b1.scruple", "b2.scruple"]);
});

it("takes one fact of two policies for one", () => {
  checkMarked(`
//- a.scruple
policy a
use b.one
use b.two
condition close = nearby and b.two.nearby
//- b1.scruple
policy b.one
facts { nearby : bool }
//- b2.scruple
policy b.two
facts { nearby : bool }`);
});

it("reads a path as a field, as a field of a used policy, or as a used policy's name", () => {
  checkMarked(`
//- a.scruple
policy a
use b.c
category plain
source bookings provided { seat : plain }
one: deny use bookings.seat, a.bookings.seat, b.c.people.name, people.name, b.c.people, b.c.kind
two: deny use bookings.sit
//                     ^^^ SCR2006 The source \`bookings\` has no field \`sit\`.
three: deny use b.c.people.nam
//                         ^^^ SCR2006 Did you mean \`name\`?
four: deny use b.c.peeple
//             ^^^^^^^^^^ SCR2004 Did you mean \`b.c.people\`?
five: deny use bokings.seat
//             ^^^^^^^^^^^^ SCR2004 Did you mean \`bookings\` by \`bokings\`?
six: deny use b.people
//            ^^^^^^^^ SCR2004
//- b.scruple
policy b.c
category kind
source people provided { name : kind }`);
});

it("takes no declared name for a misspelt one, since a fix would swap it, and swap it back", () => {
  const program = checkMarked(`policy shop
category medication special
category education
category notes
source orders provided {
  note  : notes
  notes : medication.notes
//        ^^^^^^^^^^^^^^^^ SCR2004 No category is named \`medication.notes\` here. Declare it
  third : orders.note
//        ^^^^^^^^^^^ SCR2005 \`orders.note\` is a field, but a category is needed here.
  other : orders.nite
//        ^^^^^^^^^^^ SCR2004 No category is named \`orders.nite\` here.
  wrong : medicaton.notes
//        ^^^^^^^^^^^^^^^ SCR2004 No category is named \`medicaton.notes\` here. Declare it
}
one: deny use medication.extra
//            ^^^^^^^^^^^^^^^^ SCR2004 \`medication\` is a category, and only sources have fields.
two: deny use medicaton.extra
//            ^^^^^^^^^^^^^^^ SCR2004 Declare it
three: deny use orders.note.x
//              ^^^^^^^^^^^^^ SCR2004 Declare it
four: deny use order.note
//             ^^^^^^^^^^ SCR2004 Did you mean \`orders\` by \`order\`?`);
  expect(program.diagnostics.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual(["Write `orders`"]);
});

it("calls a path ambiguous that is a field and a used policy's name at once", () => {
  checkMarked(`
//- a.scruple
policy a
use seats
category plain
source seats provided { plan : plain }
one: deny use seats.plan
//            ^^^^^^^^^^ SCR2003 \`seats.plan\` could mean \`seats.plan\` or \`a.seats.plan\`.
two: deny use a.seats.plan
//- seats.scruple
policy seats
category plan`);
});

it("needs a use before a policy's name may qualify", () => {
  const program = checkMarked(`
//- a.scruple
policy a
purpose mine within b.care
//                  ^^^^^^ SCR2007 \`care\` belongs to \`b\`, which this policy does not use. Say \`use b\` first.
purpose other within std.purposes.direct_marketing
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SCR2007
//- b.scruple
policy b
purpose care`);
  expect(firstError(program).fixes[0]!.edits[0]!.text).toBe("\n\nuse b");
});

it("finds no policy of that name, and suggests one, of std too", () => {
  checkMarked(`policy a
use std.purpose
//  ^^^^^^^^^^^ SCR2008 Did you mean \`std.purposes\`?
use nowhere.at_all
//  ^^^^^^^^^^^^^^ SCR2008 Check the name`);
});

it("lets things of different kinds share a name, and things of one name space not", () => {
  const program = checkMarked(`policy a
category mail
recipient mail
purpose mail
duty mail
condition mail = true
source mail provided { }
//     ^^^^ SCR2001 \`mail\` is already the name of a category, and a source shares its name space.
facts { mail : bool }
//      ^^^^ SCR2001 \`mail\` is already the name of a condition, and a fact shares its name space.
recipient mail
//        ^^^^ SCR2001 \`mail\` is already the name of another recipient.`);
  expect(firstError(program).related).toEqual([
    { file: "main.scruple", start: 18, end: 22, message: "`mail` is first declared here." },
  ]);
});

it("keeps what a rule's path may begin with apart", () => {
  checkMarked(`policy a
category kind
recipient customer
purpose service
source post provided { letter : kind }
channel post reaches customer
//      ^^^^ SCR2001 a source, and a channel shares its name space
interaction post { purposes service channels post }
//          ^^^^ SCR2001 a source
    post: deny use kind
//  ^^^^ SCR2001 a source, and a rule shares
  letters: deny use kind
interaction letters { purposes service channels post }
//          ^^^^^^^ SCR2001 a rule`);
});

it("keeps names apart within a source, an interaction, a subject, a duty", () => {
  checkMarked(`policy a
category kind
recipient customer
channel email reaches customer
purpose service
source people provided {
  name : kind
  name : kind
//^^^^ SCR2001 another field
}
source others provided { name : kind }
subject {
  age : int
  age : int
//^^^ SCR2001 another attribute
}
duty remind(days : int, days : int)
//                      ^^^^ SCR2001 another parameter
interaction letter {
  purposes service
  channels email
  first: deny use kind
  first: deny disclose kind
//^^^^^ SCR2001 another rule
}`);
});

it("tells where the other declaration is, in whatever file", () => {
  const program = checkMarked(`
//- a.scruple
policy a
purpose service
//- b.scruple
policy a
purpose service
//      ^^^^^^^ SCR2001`);
  expect(firstError(program).related[0]!.file).toBe("a.scruple");
});

it("keeps what the language names itself", () => {
  checkMarked(`policy a
category any
//       ^^^ SCR2002 it stands for all data
source special provided { }
//     ^^^^^^^ SCR2002 it stands for all special categories
condition outbound = true
//        ^^^^^^^^ SCR2002 it is built in
facts {
  today : date
//^^^^^ SCR2002 it is built in
  tomorrow : date
}
subject {
  id : text
//^^ SCR2002 the person's identity
  name : text
}
purpose any
//      ^^^ SCR2002 stands for every purpose
purpose special`);
});
