import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * What stands between a client and its server. `pass`: nothing. `refuse`: no connection lasts. `stall`: nothing arrives.
 * `cut`: some replies end in the middle, and the connection with them.
 */
export type Mode = "pass" | "refuse" | "stall" | "cut";

/** A TCP proxy that breaks what goes through it. */
export class Wire {
  readonly #server: Server;
  readonly #target: number;
  readonly #random: () => number;
  readonly #links = new Set<readonly [near: Socket, far: Socket]>();
  #mode: Mode = "pass";

  static async start(target: number, random: () => number): Promise<Wire> {
    const wire = new Wire(target, random);
    wire.#server.listen(0, "127.0.0.1");
    await once(wire.#server, "listening");
    return wire;
  }

  private constructor(target: number, random: () => number) {
    this.#target = target;
    this.#random = random;
    this.#server = createServer((near) => this.#link(near));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks from some moment on, until what it returns is called: on and off, but for what is to take long. */
  disturb(mode: Mode): () => void {
    let isStalled = false;
    const timer = setInterval(() => {
      isStalled ||= mode === "stall" && this.#random() < 0.15;
      this.#set(isStalled || (mode !== "stall" && this.#random() < 0.6) ? mode : "pass");
    }, 3);
    return () => {
      clearInterval(timer);
      this.#set("pass");
    };
  }

  #set(mode: Mode): void {
    this.#mode = mode;
    for (const link of this.#links) {
      if (mode === "refuse") this.#break(link);
      for (const socket of link) mode === "stall" ? socket.pause() : socket.resume();
    }
  }

  async stop(): Promise<void> {
    this.#server.close();
    for (const link of this.#links) this.#break(link);
    await once(this.#server, "close");
  }

  #link(near: Socket): void {
    if (this.#mode === "refuse") {
      near.on("error", () => undefined).destroy();
      return;
    }
    const far = connect(this.#target, "127.0.0.1");
    const link = [near, far] as const;
    this.#links.add(link);
    near.on("data", (data) => far.write(data));
    far.on("data", (data) => {
      if (this.#mode !== "cut" || this.#random() < 0.7) return near.write(data);
      near.write(data.subarray(0, Math.floor(this.#random() * data.length)), () => this.#break(link));
    });
    for (const socket of link) {
      socket.on("error", () => this.#break(link));
      socket.on("close", () => this.#break(link));
    }
    if (this.#mode === "stall") for (const socket of link) socket.pause();
  }

  #break(link: readonly [Socket, Socket]): void {
    if (!this.#links.delete(link)) return;
    for (const socket of link) socket.destroy();
  }
}
