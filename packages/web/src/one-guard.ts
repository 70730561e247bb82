const guarded = new WeakSet<object>();

/**
 * Lets a request have the guard of one route. Routes share the request: with a second guard on it, the handler of the first
 * would go on with another interaction, channel and person than it was written for.
 *
 * @throws Error where it has one
 */
export function oneGuard(request: object, interaction: string): void {
  if (guarded.has(request))
    throw new Error(
      `The request has the guard of another route already: it cannot have that of \`${interaction}\` too.`,
    );
  guarded.add(request);
}
