import type { Engine } from "./index.mjs";

export function loadScruple(path: string): Promise<Engine>;
export function fromGuard(guard: {
  readonly decide: (request: unknown) => ReturnType<NonNullable<Engine["full"]>>;
}): Engine;
