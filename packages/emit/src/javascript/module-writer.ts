import { addMapping, GenMapping, toEncodedMap } from "@jridgewell/gen-mapping";
import type { Position } from "@scruple/model";

/** Collects the lines of a module, and from where in the policy they come. */
export class ModuleWriter {
  private readonly lines: string[] = [];
  private readonly map: GenMapping;
  private readonly files: readonly string[];

  constructor(fileName: string, files: readonly string[], sourceRoot: string) {
    this.files = files;
    this.map = new GenMapping({ file: fileName, sourceRoot });
  }

  line(text: string, at: Position | null = null): void {
    this.lines.push(text);
    const source = at === null ? undefined : this.files[at.file];
    if (at === null || source === undefined) return;
    const generated = { line: this.lines.length, column: text.length - text.trimStart().length };
    addMapping(this.map, { generated, source, original: { line: at.line, column: at.column - 1 } });
  }

  /** A property whose value is a list, one element a line. */
  list(name: string, elements: readonly string[], positions: readonly (Position | null)[]): void {
    if (elements.length === 0) {
      this.line(`  ${name}: [],`);
      return;
    }
    this.line(`  ${name}: [`);
    elements.forEach((element, index) => {
      this.line(`    ${element},`, positions[index] ?? null);
    });
    this.line("  ],");
  }

  code(): string {
    return `${this.lines.join("\n")}\n`;
  }
  sourceMap(): string {
    return `${JSON.stringify(toEncodedMap(this.map))}\n`;
  }
}
