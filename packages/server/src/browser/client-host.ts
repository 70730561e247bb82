import type { Connection } from "vscode-languageserver";
import type { Host } from "../host.ts";

/**
 * Files by way of the editor, where the server itself reaches none. The editor answers `scruple/readFile` (`{ uri }`) with the
 * text or null, and `scruple/listFiles` (`{ uri }`) with the URIs of the policies and configurations in a folder and below.
 */
export function clientHost(connection: Connection): Host {
  return {
    read: (uri) => ask<string | null>(connection, "scruple/readFile", { uri }, null),
    list: (uri) => ask<readonly string[]>(connection, "scruple/listFiles", { uri }, []),
    publish: async () => null,
  };
}

async function ask<Answer>(connection: Connection, method: string, params: object, otherwise: Answer): Promise<Answer> {
  try {
    return (await connection.sendRequest<Answer>(method, params)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
