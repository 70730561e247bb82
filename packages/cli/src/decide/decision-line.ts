import type { Decision } from "@scruple/model";

/**
 * Writes decisions as lines of JSON, with the documented keys in the documented order. What decisions say over and over
 * (paths of rules, reasons, facts) is escaped once: a policy has only so many of these, and a stream any number of lines.
 */
export class DecisionWriter {
  readonly #escaped = new Map<string, string>();

  /** @returns the line with its line feed */
  line(decision: Decision): string {
    const { id, precision, retryAfter, duties, limits, errors } = decision;
    return `{"id":${id === null ? "null" : JSON.stringify(id)},"decision":"${decision.decision}","rules":${this.#texts(
      decision.rules,
    )},"because":${this.#texts(decision.because)},"told":${this.#texts(decision.told)},"basis":${this.#texts(
      decision.basis,
    )},"duties":${duties.length === 0 ? "[]" : JSON.stringify(duties)},"limits":${
      limits.length === 0 ? "[]" : JSON.stringify(limits)
    },"missing":${this.#texts(decision.missing)},"precision":${
      precision === null ? "null" : this.#text(precision)
    },"retryAfter":${retryAfter},"model":${this.#text(decision.model)},"errors":${
      errors.length === 0 ? "[]" : JSON.stringify(errors)
    }}\n`;
  }

  #texts(texts: readonly string[]): string {
    if (texts.length === 0) return "[]";
    let list = `[${this.#text(texts[0]!)}`;
    for (let i = 1; i < texts.length; i++) list += `,${this.#text(texts[i]!)}`;
    return `${list}]`;
  }

  #text(text: string): string {
    let escaped = this.#escaped.get(text);
    if (escaped === undefined) {
      escaped = JSON.stringify(text);
      this.#escaped.set(text, escaped);
    }
    return escaped;
  }
}
