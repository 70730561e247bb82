/** That a model names what it does not declare, or uses it as something else. It says where, and holds nothing of the model's text. */
export class Contradiction extends Error {
  override readonly name = "Contradiction";

  /** @param at a JSON pointer as a fragment: `#/rules/3/data/0` */
  constructor(at: string, what: string) {
    super(`\`${at}\` ${what}`);
  }
}
