import type { Advice } from "./enforce/answer.ts";
import type { PolicyTypes } from "./enforce/policy-types.ts";
import type { InteractionGuard } from "./enforce/types.ts";

/** A question that a user interface asks: what stands at the call, and nothing else. It is plain JSON. */
export interface PreviewQuestion {
  readonly interaction: string;
  /** The call without its subject, whom the one who answers knows. */
  readonly call: unknown;
  readonly fields: unknown;
}

/** What a user interface may ask of the interactions of a policy. */
export type Previews<P extends PolicyTypes> = {
  readonly [N in keyof P["interactions"]]: Pick<
    InteractionGuard<P, N & string, { readonly subject: string }>,
    "preview"
  >;
};

/**
 * The previews of a guard, for a browser. It asks whoever has the guard, and holds nothing of the policy: no rules, no facts and no
 * names. The types may come by `import type` from the guard's module, which leaves nothing in a bundle.
 *
 * @param ask Sends a question to where `answerPreview` answers it. Whatever goes wrong on the way, and whatever comes but
 *   `likely`, is `no`.
 */
export function previews<P extends PolicyTypes>(ask: (question: PreviewQuestion) => Promise<unknown>): Previews<P> {
  const previewOf =
    (interaction: string) =>
    async (call: unknown, fields: unknown): Promise<Advice> => {
      try {
        return (await ask({ interaction, call, fields })) === "likely" ? "likely" : "no";
      } catch {
        return "no";
      }
    };
  return new Proxy(Object.create(null), {
    get: (_, name) => (typeof name === "string" ? { preview: previewOf(name) } : undefined),
  });
}
