/** Something is wrong with a trail, or in its way. The message says what to do; nothing was recorded. */
export class TrailError extends Error {
  override readonly name = "TrailError";
}
