import type { Type } from "@scruple/model";
import { quoted } from "./unions.ts";

/** How a value is given to a guard, in TypeScript; `TimeText` and its like are declared in each module. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "int":
      return "number";
    case "text":
      return "string";
    case "time":
      return "TimeText";
    case "date":
      return "DateText";
    case "duration":
      return "Duration";
    case "oneOf":
      return type.values.map(quoted).join(" | ");
    case "set":
      return `readonly (${type.values.map(quoted).join(" | ")})[]`;
  }
}
