import { expect, it } from "vitest";
import { signatureHelp } from "./signature-help.ts";
import { at, shop } from "./testing/at.ts";

const call = (text: string) => {
  const { snapshot, position } = at(
    `${shop}\nduty log(what : text, /// How long.\n within : duration)\nr: allow use orders ${text}`,
  );
  const help = signatureHelp(snapshot, position);
  return help && [help.signatures[0]!.label, help.activeParameter];
};

it("tells what a duty has to be given", () => {
  expect(call("then log($0)")).toEqual(["log(what : text, within : duration)", 0]);
  expect(call('then log(what = "x", $0)')).toEqual(["log(what : text, within : duration)", 1]);
  expect(call("then log(within = 1 d$0ay)")).toEqual(["log(what : text, within : duration)", 1]);
});

it("tells what a clause takes", () => {
  expect(call("after 2 p$0er week")?.[0]).toBe("after TIMES per [INTEGER] UNIT [per channel]");
  expect(call("under con$0tract")?.[0]).toContain("legitimate_interest");
});

it("is silent elsewhere", () => expect(call("\n\n$0\n\npurpose y")).toBeNull());
