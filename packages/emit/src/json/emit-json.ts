import { hashModel, type Model } from "@scruple/model";

/** A file to be written beside others of the same policy. */
export interface EmittedJson {
  readonly fileName: string;
  readonly code: string;
}

/**
 * The decision model itself, for other tools and for `scruple diff`; packages/model/schema describes it. Its `hash` is the
 * one that decisions name.
 *
 * @param sourceRoot What leads from the folder of the file to that of the project.
 */
export function emitJson(model: Model, sourceRoot?: string): EmittedJson {
  const { format, version, policy, ...rest } = model;
  const content = { format, version, policy, hash: hashModel(model), sourceRoot, ...rest };
  return { fileName: `${policy}.model.json`, code: `${JSON.stringify(content, null, 2)}\n` };
}
