import type { LineIndex, SyntaxTree } from "@scruple/syntax";

/** One file of a program, read and parsed. Units are immutable, so that a later compilation can take them over. */
export interface Unit {
  /** Relative to the project, with `/`; `std/purposes.scruple` for the standard vocabulary. */
  readonly path: string;
  readonly text: string;
  readonly tree: SyntaxTree;
  readonly lines: LineIndex;
  /** The policy that the file's header names; null where it names none. */
  readonly policy: string | null;
  readonly std: boolean;
  /** False for a file that could not be read as text: nothing in it counts, and no policy can be trusted without it. */
  readonly readable: boolean;
  /** True where the tree leaves out what other files cannot see. */
  readonly partial: boolean;
}
