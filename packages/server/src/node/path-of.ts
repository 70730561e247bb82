import { fileURLToPath } from "node:url";

/** The path of a `file:` URI on this machine; null for any other. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}
