import { join, relative, resolve, sep } from "node:path";
import { findProject, folderAsProject, type Project, policyPaths, realPath } from "@scruple/project";
import { CallError } from "../exit.ts";

/**
 * The project that a folder is, which a call names: never one that has more in it than the folder. The working directory stands
 * for its project, as in every command.
 *
 * @param what the folder as it is named, relative to `cwd`
 * @throws CallError where the folder has some of the policies of a project above it: others of them may hold its denials
 */
export async function namedProject(what: string, cwd: string): Promise<Project> {
  if (resolve(cwd, what) === cwd) return findProject(cwd);
  const folder = realPath(resolve(cwd, what));
  const project = await findProject(folder);
  if (project.root === folder) return project;
  const all = await policyPaths(project);
  const inside = all.filter((path) => realPath(join(project.root, path)).startsWith(folder + sep));
  // What lies in a project and is none of it is what somebody has laid out there, such as an older revision.
  if (inside.length === 0) return folderAsProject(folder);
  if (inside.length === all.length) return project;
  throw new CallError(
    `\`${what}\` has only some of the policies of the project in \`${relative(cwd, project.root) || "."}\`, which mean what they do together.`,
    `Name the folder of the project; or put a scruple.json that holds \`{}\` into \`${what}\`, which makes it one of its own.`,
  );
}
