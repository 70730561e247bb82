import type { Path } from "@scruple/syntax";
import { declarationsIn } from "../binder/declarations.ts";
import type { ChannelSymbol, RecipientSymbol } from "../binder/symbols.ts";
import { channelReachesFurther } from "../diagnostics/channel-reaches-further.ts";
import type { Checking, Place, Shared } from "./checking.ts";

/** Sees that no channel reaches anybody whom one that it is within does not. */
export function checkChannels(checking: Checking, { unit }: Place): void {
  for (const symbol of declarationsIn(unit).vocabulary) {
    if (symbol.kind !== "channel") continue;
    for (const withinPath of symbol.node.within) {
      const parent = checking.meaning(unit, withinPath) as ChannelSymbol | null;
      if (parent === null || parent === symbol) continue;
      const reached = reachedBy(checking, parent);
      // A parent that names somebody unknown may well reach this one's recipients.
      if (hasGap(checking, parent)) continue;
      for (const path of symbol.node.reaches) {
        const recipient = checking.meaning(unit, path) as RecipientSymbol | null;
        if (recipient === null || covers(checking, reached, recipient)) continue;
        checking.findings.add(
          unit,
          channelReachesFurther.at(path, [symbol.name, recipient.name, parent.name], {
            related: [{ file: parent.unit.path, ...parent.at, message: `\`${parent.name}\` is declared here.` }],
          }),
        );
      }
    }
  }
}

function hasGap(shared: Shared, channel: ChannelSymbol): boolean {
  return channel.node.reaches.some((path) => shared.meaning(channel.unit, path) === null);
}

/** The recipients that a channel names. */
export function reachedBy(shared: Shared, channel: ChannelSymbol): ReadonlySet<RecipientSymbol> {
  const found = channel.node.reaches.map((path) => shared.meaning(channel.unit, path) as RecipientSymbol | null);
  return new Set(found.filter((symbol) => symbol !== null));
}

/** True where the recipient is one of these, or within one of them. */
export function covers(shared: Shared, reached: ReadonlySet<RecipientSymbol>, recipient: RecipientSymbol): boolean {
  const seen = new Set<RecipientSymbol>();
  for (let at: RecipientSymbol | null = recipient; at !== null && !seen.has(at); ) {
    if (reached.has(at)) return true;
    seen.add(at);
    const path: Path | undefined = at.node.within[0];
    at = path ? (shared.meaning(at.unit, path) as RecipientSymbol | null) : null;
  }
  return false;
}
