import type { Path } from "@scruple/syntax";
import type { PolicyScope } from "../binder/scope.ts";
import type { ChannelSymbol, RecipientSymbol } from "../binder/symbols.ts";
import { channelReachesFurther } from "../diagnostics/channel-reaches-further.ts";
import type { Checking } from "./checking.ts";

/** Sees that no channel reaches anybody whom one that it is within does not. */
export function checkChannels(checking: Checking, scope: PolicyScope): void {
  for (const symbol of scope.symbols) {
    if (symbol.kind !== "channel") continue;
    for (const withinPath of symbol.node.within) {
      const parent = checking.resolver.meaning(withinPath) as ChannelSymbol | null;
      if (parent === null || parent === symbol) continue;
      const reached = reachedBy(checking, parent);
      // A parent that names somebody unknown may well reach this one's recipients.
      if (hasGap(checking, parent)) continue;
      for (const path of symbol.node.reaches) {
        const recipient = checking.resolver.meaning(path) as RecipientSymbol | null;
        if (recipient === null || covers(checking, reached, recipient)) continue;
        checking.findings.add(
          symbol.unit,
          channelReachesFurther.at(path, [symbol.name, recipient.name, parent.name], {
            related: [{ file: parent.unit.path, ...parent.at, message: `\`${parent.name}\` is declared here.` }],
          }),
        );
      }
    }
  }
}

function hasGap(checking: Checking, channel: ChannelSymbol): boolean {
  return channel.node.reaches.some((path) => checking.resolver.meaning(path) === null);
}

/** The recipients that a channel names. */
export function reachedBy(checking: Checking, channel: ChannelSymbol): ReadonlySet<RecipientSymbol> {
  const found = channel.node.reaches.map((path) => checking.resolver.meaning(path) as RecipientSymbol | null);
  return new Set(found.filter((symbol) => symbol !== null));
}

/** True where the recipient is one of these, or within one of them. */
export function covers(checking: Checking, reached: ReadonlySet<RecipientSymbol>, recipient: RecipientSymbol): boolean {
  const seen = new Set<RecipientSymbol>();
  for (let at: RecipientSymbol | null = recipient; at !== null && !seen.has(at); ) {
    if (reached.has(at)) return true;
    seen.add(at);
    const path: Path | undefined = at.node.within[0];
    at = path ? (checking.resolver.meaning(path) as RecipientSymbol | null) : null;
  }
  return false;
}
