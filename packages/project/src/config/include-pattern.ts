/**
 * What a pattern of `include` has to match, as text for a JSON Schema: where it leads stands before anything that makes it a
 * pattern. A search begins there, and passes over in silence what `{.,../shared}/*.scruple` names beyond.
 */
export const includePattern = [
  "^",
  // No `..` after a mark,
  String.raw`(?!.*[*?[{(](?:.*[/{}(),|])?\.\.(?:$|[/{}(),|*?+@!]))`,
  // nor one that goes on in a group,
  String.raw`(?![./!]*\.\.[{}(),|*?+@!])`,
  // nor a whole path in one.
  "(?!!?[@*?+!]?[{(](?:[^})]*[,|{(])?/)",
].join("");

export const includePatternHint =
  "Where a pattern leads stands before its first `*`, `?`, `[`, `{` or `(`: there is no `..` after that, and no whole path in a group. Write one pattern for each folder.";
