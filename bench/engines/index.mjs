import { createCasbin } from "./casbin.mjs";
import { createCasl } from "./casl.mjs";
import { createCedar } from "./cedar.mjs";
import { createJsonRulesEngine } from "./json-rules-engine.mjs";
import { createMapGuard } from "./map-guard.mjs";
import { sharded } from "./sharded.mjs";
import { createWholeMapGuard } from "./whole-map-guard.mjs";

/**
 * Every engine that the guard is compared with. `create(policy)` gives `{ decide, prepare? }`, where `decide` takes a
 * request and gives `"allow"` or `"deny"`, or a promise of it where `asynchronous` says so.
 */
export const peers = [
  { name: "whole-map-guard", title: "hand-written Map guard", create: createWholeMapGuard },
  { name: "map-guard", title: "hand-written Map guard without reasons, duties and limits", create: createMapGuard },
  ...pair("casl", "CASL", createCasl),
  // Never one for each interaction: parsing thousands of policy sets would take minutes.
  { name: "cedar", title: "cedar-wasm", create: createCedar },
  ...pair("casbin", "casbin", createCasbin),
  ...pair("json-rules-engine", "json-rules-engine", createJsonRulesEngine, { asynchronous: true }),
];

/** Once with the whole policy, once with one instance for each interaction. */
function pair(name, title, create, more = {}) {
  return [
    { name, title, create, ...more },
    { name: `${name}-sharded`, title: `${title}, one for each interaction`, create: sharded(create), ...more },
  ];
}
