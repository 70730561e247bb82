/**
 * The cycles of a directed graph: one for each group of nodes that reach each other (a strongly connected component of
 * more than one node, or a node with an edge to itself). Each is a shortest cycle through the group's first node, in
 * the order of the edges. Tarjan's algorithm with a stack of its own, so that length is no matter.
 */
export function findCycles<N>(nodes: Iterable<N>, edges: (node: N) => readonly N[]): N[][] {
  const index = new Map<N, number>();
  const low = new Map<N, number>();
  const group = new Map<N, number>();
  const open: N[] = [];
  const cycles: N[][] = [];
  let groups = 0;

  const close = (root: N) => {
    const members: N[] = [];
    let node: N;
    do {
      node = open.pop() as N;
      group.set(node, groups);
      members.push(node);
    } while (node !== root);
    const own = groups++;
    if (members.length > 1 || edges(root).includes(root)) {
      cycles.push(shortestThrough(root, (from) => edges(from).filter((to) => group.get(to) === own)));
    }
  };

  for (const start of nodes) {
    if (index.has(start)) continue;
    const stack: { node: N; next: number; edges: readonly N[] }[] = [];
    const enter = (node: N) => {
      index.set(node, index.size);
      low.set(node, index.get(node)!);
      open.push(node);
      stack.push({ node, next: 0, edges: edges(node) });
    };
    enter(start);
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const { node } = frame;
      const to = frame.edges[frame.next++];
      if (to === undefined) {
        stack.pop();
        if (low.get(node) === index.get(node)) close(node);
        const parent = stack.at(-1)?.node;
        if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
      } else if (!index.has(to)) {
        enter(to);
      } else if (!group.has(to)) {
        low.set(node, Math.min(low.get(node)!, index.get(to)!));
      }
    }
  }
  return cycles;
}

function shortestThrough<N>(start: N, edges: (node: N) => readonly N[]): N[] {
  const cameFrom = new Map<N, N>();
  const queue = [start];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i]!;
    for (const to of edges(node)) {
      if (to === start) {
        const path: N[] = [];
        for (let at: N = node; at !== start; at = cameFrom.get(at)!) path.push(at);
        return [start, ...path.reverse()];
      }
      if (!cameFrom.has(to)) {
        cameFrom.set(to, node);
        queue.push(to);
      }
    }
  }
  return [start];
}
