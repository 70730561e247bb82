import {
  controlCharacter,
  decimalNumber,
  foreignQuotes,
  impossibleDate,
  impossibleTime,
  integerOutOfRange,
  invalidEscape,
  invalidName,
  unterminatedComment,
  unterminatedName,
  unterminatedString,
} from "./diagnostics/index.ts";
import type { Findings } from "./findings.ts";
import { dateFault, timeFault } from "./literals.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";

/** What is wrong with a token by itself, wherever it stands. */
export function checkToken(token: SourceToken, findings: Findings): void {
  switch (token.tokenType) {
    case T.Identifier:
      return;
    case T.Text:
      checkText(token, token.image.slice(1, -1), findings);
      return;
    case T.OpenText:
      findings.push(
        unterminatedString.at(token, [], {
          fixes: [{ title: 'Close the string with `"`', edits: [{ start: token.end, end: token.end, text: '"' }] }],
        }),
      );
      checkText(token, token.image.slice(1), findings);
      return;
    case T.OddlyQuoted: {
      const text = `"${token.image.slice(1, -1).replaceAll('"', '\\"')}"`;
      findings.push(
        foreignQuotes.at(token, [], {
          fixes: [{ title: 'Use `"`', edits: [{ start: token.start, end: token.end, text }] }],
        }),
      );
      return;
    }
    case T.OpenComment:
      findings.push(unterminatedComment.at({ start: token.start, end: token.start + 2 }, []));
      return;
    case T.OpenQuoted:
      findings.push(unterminatedName.at(token, []));
      return;
    case T.Quoted: {
      const name = token.image.slice(1, -1);
      if (name === "") findings.push(invalidName.at(token, [name, "there is nothing between the backticks."]));
      else if (/[./#\s]/.test(name)) {
        // One that looks like none is told by its number.
        const [space] = /[^\S ]/.exec(name) ?? [];
        const which = space === undefined ? "" : `, and ${codePoint(space)} counts as one`;
        const why = `between backticks there may be anything but \`.\`, \`/\`, \`#\` and spaces${which}.`;
        findings.push(invalidName.at(token, [name, why]));
      }
      return;
    }
    case T.ForeignWord:
      findings.push(
        invalidName.at(
          token,
          [token.image, "names are made of `a` to `z`, `A` to `Z`, digits and `_`. Put it between backticks."],
          {
            fixes: [
              {
                title: "Put the name between backticks",
                edits: [{ start: token.start, end: token.end, text: `\`${token.image}\`` }],
              },
            ],
          },
        ),
      );
      return;
    case T.Int:
      if (!Number.isSafeInteger(Number(token.image))) {
        findings.push(integerOutOfRange.at(token, [shorten(token.image), tooLarge]));
      }
      return;
    case T.Decimal:
      findings.push(decimalNumber.at(token, [shorten(token.image)]));
      return;
    case T.Time: {
      const why = timeFault(token.image);
      if (why !== null) findings.push(impossibleTime.at(token, [shorten(token.image), why]));
      return;
    }
    case T.DateToken: {
      const why = dateFault(token.image);
      if (why !== null) findings.push(impossibleDate.at(token, [shorten(token.image), why]));
      return;
    }
  }
}

function checkText(token: SourceToken, inside: string, findings: Findings): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  for (const match of inside.matchAll(/\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})|\\u?.?|[\u0000-\u001f]/g)) {
    const [text] = match;
    const start = token.start + 1 + match.index;
    const range = { start, end: start + text.length };
    if (!text.startsWith("\\")) {
      const written = `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
      findings.push(
        controlCharacter.at(range, [codePoint(text)], {
          fixes: [{ title: `Write ${written}`, edits: [{ ...range, text: written }] }],
        }),
      );
    } else if (!/^\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})$/.test(text)) findings.push(invalidEscape.at(range, [text]));
  }
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

const tooLarge = "too large: integers go from -(2^53-1) to 2^53-1, where every one of them is exact.";
