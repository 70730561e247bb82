import { URI } from "vscode-uri";

/** One spelling for each URI: clients escape them in different ways. */
export function normal(uri: string): string {
  try {
    return URI.parse(uri).toString();
  } catch {
    return uri;
  }
}

/** The URI of a path below a folder; `path` has `/` and may begin with `../`. */
export function below(folder: string, path: string): string {
  const base = URI.parse(folder);
  const parts = base.path.split("/").filter((part) => part !== "");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return base.with({ path: `/${parts.join("/")}` }).toString();
}

/** The path of a file relative to a folder, with `/`; it begins with `../` where the file is not below it. Null elsewhere. */
export function relativePath(folder: string, uri: string): string | null {
  const base = URI.parse(folder);
  const file = URI.parse(uri);
  if (base.scheme !== file.scheme || base.authority !== file.authority) return null;
  const from = base.path.split("/").filter((part) => part !== "");
  const to = file.path.split("/").filter((part) => part !== "");
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** Whether a file is in a folder or below it. */
export function isBelow(folder: string, uri: string): boolean {
  const path = relativePath(folder, uri);
  return path !== null && path !== "" && path !== ".." && !path.startsWith("../");
}

/** The folder that holds a file, or a folder's parent; null at the top. */
export function parent(uri: string): string | null {
  const { path } = URI.parse(uri);
  const at = path.replace(/\/+$/, "").lastIndexOf("/");
  if (at < 0 || path.replace(/\/+$/, "") === "") return null;
  return URI.parse(uri)
    .with({ path: at === 0 ? "/" : path.slice(0, at) })
    .toString();
}
