import { showReferences } from "@scruple/service/traits";

/** Commands that there are wherever the editor runs. */
export const editorNames = [
  showReferences,
  "scruple.explainRequest",
  "scruple.openMatrix",
  "scruple.restartServer",
] as const;

/** Commands that run the `scruple` command, which takes a machine. */
export const commandLineNames = ["scruple.buildGuards", "scruple.compareWithRevision", "scruple.newProject"] as const;
