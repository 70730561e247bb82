import { catalogue, diagnosticPage, stdText } from "@scruple/compiler";
import type { Host } from "../host.ts";
import { normal } from "./addresses.ts";

/** The scheme of texts that come with the server, for editors that ask for such texts. */
export const libraryScheme = "scruple";

/**
 * Texts that come with the server: the standard vocabulary under `std/`, and a page for each diagnostic under
 * `diagnostics/`. Editors that can ask for texts get URIs of the scheme `scruple`; for others the texts are written where
 * they can open them.
 */
export class Library {
  readonly #published = new Map<string, string>();
  readonly #pathOf = new Map<string, string>();
  readonly #isAsked: boolean;

  constructor(isAsked: boolean) {
    this.#isAsked = isAsked;
  }

  /** Writes the texts for an editor that cannot ask for them. */
  async publish(host: Host): Promise<void> {
    if (this.#isAsked) return;
    const paths = [...Object.keys(stdText), ...[...catalogue.keys()].map(pageOf)];
    await Promise.all(
      paths.map(async (path) => {
        const uri = await host.publish(path, this.text(path) ?? "");
        if (uri === null) return;
        this.#published.set(path, uri);
        this.#pathOf.set(normal(uri), path);
      }),
    );
  }

  stdUri(path: string): string | null {
    return this.#uri(path);
  }
  documentationOf(code: string): string | null {
    return catalogue.has(code) ? this.#uri(pageOf(code)) : null;
  }

  #uri(path: string): string | null {
    return this.#isAsked ? `${libraryScheme}:/${path}` : (this.#published.get(path) ?? null);
  }

  /** The path of a text that comes with the server; null for all other URIs. */
  pathOf(uri: string): string | null {
    return uri.startsWith(`${libraryScheme}:`)
      ? uri.replace(/^scruple:\/*/, "")
      : (this.#pathOf.get(normal(uri)) ?? null);
  }

  /** The text of a path, or of a URI that an editor asks for; null where there is none. */
  text(path: string): string | null {
    const own = path.replace(/^scruple:\/*/, "");
    const entry = catalogue.get(own.match(/^diagnostics\/(SCR\d{4})\.md$/)?.[1] ?? "");
    return entry === undefined ? (stdText[own as keyof typeof stdText] ?? null) : diagnosticPage(entry);
  }
}

function pageOf(code: string): string {
  return `diagnostics/${code}.md`;
}
