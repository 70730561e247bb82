export { type Blocked, blockingErrors, policiesIn } from "./build/blocking-errors.ts";
export { buildErrors } from "./build/build-errors.ts";
export { CallError } from "./call-error.ts";
export { type CompileProjectOptions, compileProject } from "./compile-project.ts";
export {
  type ConfigFile,
  configSchema,
  type SeverityOption,
  severities,
  type Target,
  targets,
} from "./config/config-schema.ts";
export { configSchemaText } from "./config/config-schema-text.ts";
export { parseConfig } from "./config/parse-config.ts";
export { describeFileError, isFileError } from "./files/file-error.ts";
export { realPath } from "./files/real-path.ts";
export { temporaryFolder } from "./files/temporary-folder.ts";
export { type FileToWrite, writeFiles } from "./files/write-files.ts";
export { configFileName, findProject, folderAsProject, nearestConfig, type Project } from "./find-project.ts";
export { outFolder, policyFolders, policyPaths, projectPath, searchedFolders } from "./policy-paths.ts";
export { type PolicyBytes, readPolicies } from "./read-policies.ts";
