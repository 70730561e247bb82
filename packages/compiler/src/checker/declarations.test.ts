import { checkMarked } from "@scruple/testkit";
import { describe, it } from "vitest";

describe("types", () => {
  it("are those of the language", () => {
    checkMarked(`policy p
subject {
  a : boolean
//    ^^^^^^^ SCR3006 Did you mean \`bool\`?
  b : number
//    ^^^^^^ SCR3006 Did you mean \`int\`?
  g : colour
//    ^^^^^^ SCR3006 Types are
  c : int 5..1
//        ^^^^ SCR3007 Swap the ends.
  d : int 3..3
  e : eu | uk | eu
//              ^^ SCR3010
  f : set of gold | gold
//                  ^^^^ SCR3010
}`);
  });

  it("are one for a name in all that comes together", () => {
    checkMarked(`
//- a.scruple
policy a
use b
subject {
  age : int 0..130
//^^^ SCR3012 \`age\` is an attribute of the subject in both \`a\` and \`b\`
  region : uk | eu
}
//- b.scruple
policy b
subject { age : int 0..99 }
facts { nearby : bool }
//- c.scruple
policy c
subject { region : eu | uk }
facts { nearby : int }
//- d.scruple
policy d
use b
use c
//  ^ SCR3012 \`nearby\` is a fact in both \`b\` and \`c\``);
  });

  it("may differ in policies that have nothing to do with each other", () => {
    checkMarked(`
//- a.scruple
policy a
subject { age : int 0..130 }
//- b.scruple
policy b
subject { age : text }`);
  });
});

describe("categories", () => {
  it("give a field one scale", () => {
    checkMarked(`policy p
category place precision exact, city
category home within place
category moment precision minute, day
category visit within place, moment
source visits observed {
  where : place, home
  when : moment
  what : visit
//^^^^ SCR3016 those of \`place\` and of \`moment\`
  both : home, moment
//^^^^ SCR3016
}`);
  });

  it("have each level once", () => {
    checkMarked(`policy p
category place precision exact, city, exact
//                                    ^^^^^ SCR3010`);
  });

  it("have levels that rules of the whole program may name, shared guardrails too", () => {
    checkMarked(`
//- a.scruple
policy a
use b
one: deny use any at city
two: deny use any except at citi
//                          ^^^^ SCR2011 Did you mean \`city\`?
//- b.scruple
policy b
three: deny use any at exact
//- c.scruple
policy c
use b
category place precision exact, city`);
  });
});

describe("channels", () => {
  it("reach no one whom what they are within does not", () => {
    checkMarked(`policy p
recipient people
recipient customer within people
recipient adult within customer
recipient staff
channel screen reaches customer
channel tablet within screen reaches adult
channel phone within screen reaches customer
channel wall within screen reaches people
//                                 ^^^^^^ SCR3017 \`wall\` reaches \`people\`, whom \`screen\` does not reach.
channel desk within screen, phone reaches customer, staff
//                                                  ^^^^^ SCR3017 \`screen\`
//                                                  ^^^^^ SCR3017 \`phone\``);
  });

  it("are not blamed for what is unknown in those that they are within", () => {
    checkMarked(`policy p
recipient customer
channel screen reaches nobody
//                     ^^^^^^ SCR2004
channel phone within screen reaches customer`);
  });
});

describe("sources", () => {
  it("are derived from sources and fields", () => {
    checkMarked(`policy p
category kind
source a provided { x : kind }
source b derived from a, a.x { y : kind }
source c derived from kind, any { z : kind }
//                    ^^^^ SCR2005 \`kind\` is a category, but a source or a field is needed here.
//                          ^^^ SCR2005`);
  });

  it("have fields of categories, and purposes that exist", () => {
    checkMarked(`policy p
category kind
purpose care
source a provided
  collected for care, sale
//                    ^^^^ SCR2004
  under consent for kind
//                  ^^^^ SCR2005
  keep at most 3 days except for cure
//                               ^^^^ SCR2004 Did you mean \`care\`?
{
  x : kind, a
//          ^ SCR2005 \`a\` is a source, but a category is needed here.
  y : any
//    ^^^ SCR2004 \`any\` stands for many, and one has to be named.
}`);
  });
});

describe("duties", () => {
  it("are given each parameter once, with a value of its type", () => {
    checkMarked(`policy p
category kind
duty note
duty remind(days : int 1..30, tone : kind_one | stern, to : set of a | b)
r1: allow use kind then note, remind(days = 3, tone = stern, to = {a, b})
r2: allow use kind then note(days = 3)
//                           ^^^^ SCR2012 The duty \`note\` takes no \`days\`.
r3: allow use kind then remind(days = 3)
//                      ^^^^^^ SCR3014 The duty \`remind\` needs \`tone\` and \`to\` as well
r4: allow use kind then remind(day = 3, tone = stern)
//                             ^^^ SCR2012 Did you mean \`days\`?
r5: allow use kind then remind(days = 3, tone = "stern", to = {a}, days = 4)
//                                              ^^^^^^^ SCR3001
//                                                                 ^^^^ SCR3015
r6: allow use kind then remind(days = 31, tone = sterm, to = {a, c})
//                                    ^^ SCR3009 \`days\` is an \`int\` from 1 to 30
//                                               ^^^^^ SCR3003 Did you mean \`stern\`?
//                                                               ^ SCR3003
r7: allow use kind then nothing
//                      ^^^^^^^ SCR2004`);
  });
});

describe("rules and promises", () => {
  it("name what is declared, in every clause and exception", () => {
    checkMarked(`policy p
category kind
purpose care
recipient customer
channel email reaches customer
r1: allow use kynd for cure on mail to custom under consent for car
//            ^^^^ SCR2004
//                     ^^^^ SCR2004
//                             ^^^^ SCR2004
//                                     ^^^^^^ SCR2004
//                                                              ^^^ SCR2004
r2: deny combine kind with kynd
//                         ^^^^ SCR2004
  except kynd for cure when nearby except { on mail | to custom }
//       ^^^^ SCR2004
//                ^^^^ SCR2004
//                          ^^^^^^ SCR2004
//                                             ^^^^ SCR2004
//                                                       ^^^^^^ SCR2004
promise "p" {
  never use kynd for cure when nearby
//          ^^^^ SCR2004
//                   ^^^^ SCR2004
//                             ^^^^^^ SCR2004
}`);
  });

  it("stay within the bounds of existing purposes and channels", () => {
    checkMarked(`policy p
purpose care
recipient customer
channel email reaches customer
interaction i {
  purposes care, cure
//               ^^^^ SCR2004 Did you mean \`care\`?
  channels email, care
//                ^^^^ SCR2005
  allow use nothing
//          ^^^^^^^ SCR2004
}`);
  });
});

describe("annotations", () => {
  it("are known, and take what they take", () => {
    checkMarked(`@owner("Legal")
policy p
@id("P-1") @review(2027-01-01) @dpv("dpv:A") @dpv("dpv:B") @tcf(4) @tcf("SP1") @fides("a.b")
purpose a
  @idd("P-1")
// ^^^ SCR2015 Did you mean \`@id\`?
purpose b
  @review("soon")
//^^^^^^^^^^^^^^^ SCR3026 An example: \`@review(2026-09-01)\`.
  @id(3)
//^^^^^^ SCR3026
  @tcf(4, 5)
//^^^^^^^^^^ SCR3026
purpose c
@owner("Legal")
  @owner("Care")
//^^^^^^^^^^^^^^ SCR3028
purpose d`);
  });

  it("stand before fields, attributes, rules and whatever else", () => {
    checkMarked(`policy p
category kind
source s provided {
  @nope("a") x : kind
// ^^^^ SCR2015 It is kept, and means nothing.
}
subject {
  @nope("a") age : int
// ^^^^ SCR2015
}
interaction i {
  purposes care
//         ^^^^ SCR2004
  channels mail
//         ^^^^ SCR2004
  @nope("a") allow use kind
// ^^^^ SCR2015
}
promise "x" {
  @nope("a") never use kind
// ^^^^ SCR2015
}`);
  });

  it("accept a finding for a reason", () => {
    checkMarked(`policy p
category kind
@accept("untold", "The form says so.") r1: allow use kind
  @accept("untold") r2: allow use kind
//^^^^^^^^^^^^^^^^^ SCR3027 Accepting \`untold\` needs a reason
  @accept("untold", " ") r3: allow use kind
//^^^^^^^^^^^^^^^^^^^^^^ SCR3027
  @accept(3) r4: allow use kind
//^^^^^^^^^^ SCR3026`);
  });
});
