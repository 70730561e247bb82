import type { Advice } from "./answer.ts";

type Calls = Readonly<Record<string, { preview(call: unknown, fields: unknown): Promise<Advice> }>>;

/**
 * Answers what `previews` asks in a browser. The question is taken for whatever came over the network. Never rejects.
 *
 * @param guard That of the policy.
 * @param subject Who is asked about: as the session knows, never as the question says.
 */
export async function answerPreview(guard: object, subject: string | null, question: unknown): Promise<Advice> {
  try {
    const { interaction, call, fields } = question as Record<string, unknown>;
    const calls = typeof interaction === "string" && Object.hasOwn(guard, interaction) && (guard as Calls)[interaction];
    return calls ? await calls.preview({ ...(call as object), subject }, fields) : "no";
  } catch {
    return "no";
  }
}
