/**
 * What a pattern of `include` has to match, as text for a JSON Schema: where it leads stands at its beginning, before anything that
 * makes it a pattern. A search begins there, and passes over in silence what `{.,../shared}/*.scruple` names beyond.
 */
export const includePattern = [
  "^",
  // No `..` after the beginning,
  String.raw`(?![./!]*(?:[^./!].*[/{}(),|]|[{}(),|])\.\.(?:$|[/{}(),|*?+@!]))`,
  // nor one that goes on in a group,
  String.raw`(?![./!]*\.\.[{}(),|*?+@!])`,
  // nor a whole path in one.
  "(?!!?[@*?+!]?[{(](?:[^})]*[,|{(])?/)",
].join("");

export const includePatternHint =
  "Where a pattern leads stands at its beginning: there is no `..` later, and no whole path in `{}` or `()`. Write one pattern for each folder.";
