/** Milliseconds of work after which messages that have come in get their turn. */
const slice = 8;
/** Turns that they get: of those that came together, each is dealt with in a turn of its own. */
const turns = 4;

/** Does some work bit by bit, and deals with messages in between; gives it up once it is of no use any more. */
export async function inSlices(steps: Iterator<void>, isUseless: () => boolean): Promise<void> {
  for (let begun = Date.now(); !isUseless() && !steps.next().done; ) {
    if (Date.now() - begun < slice) continue;
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    begun = Date.now();
  }
}

/**
 * The next turn of the event loop, at once where nothing waits for one. A timer would have the processor stand idle until it is due:
 * a millisecond in Node, four in a browser.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
