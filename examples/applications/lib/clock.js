/** A clock that a person who tries the application can move on: what is limited by the week is dull to wait for. */
export class Clock {
  #ahead = 0;

  now = () => Date.now() + this.#ahead;

  /** @param {number} days */
  advance(days) {
    this.#ahead += days * 86_400_000;
  }

  /** What was so many days ago. @param {number} days */
  ago(days) {
    return new Date(this.now() - days * 86_400_000);
  }
}
