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
  // What no path has matches nothing, without a word.
  String.raw`(?![\s\S]*\u0000)`,
].join("");

export const includePatternHint =
  "Where a pattern leads stands before its first `*`, `?`, `[`, `{` or `(`: there is no `..` after that, no whole path in a group, and no NUL anywhere. Write one pattern for each folder.";
