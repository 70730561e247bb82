/** A documentation comment, on lines of its own; nothing where there is nothing to say. */
export function docComment(text: string, indent: string): string {
  if (text === "") return "";
  const lines = text.replaceAll("*/", "* /").split(/\r\n?|\n|\u2028|\u2029/);
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
