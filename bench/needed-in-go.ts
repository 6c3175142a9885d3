import { NONE, type NodeId, type Tree } from "../src/syntax/tree.ts";

/** Functions whose object nobody else has yet, by their names. */
const PREPARING = /^(?:new|init|setup|make|create|build|provision|unmarshal|parse|must)/i;

/** Whether what stands under a lock uses something that code of the file changes outside of functions that prepare it. */
export function isNeeded(tree: Tree, unlock: NodeId): boolean {
  const around = functionAround(tree, unlock);
  if (around === NONE || PREPARING.test(nameOf(tree, around))) return false;
  const [, lock = "", owner] =
    /^defer ((?:([\w.]+)\.)?\w+)\.Unlock/.exec(tree.textOf(unlock)) ?? [];
  const body = tree.textOf(around);
  const written = writtenIn(tree);
  const uses = owner === undefined ? /\b(\w+)\b/g : new RegExp(`\\b${owner}\\.(\\w+)`, "g");
  return [...body.matchAll(uses)].some(
    ([, name = ""]) => !lock.endsWith(name) && written.has(name),
  );
}

/** The last names of what is assigned, counted up, sent into a map or deleted from one, outside of functions that prepare. */
function writtenIn(tree: Tree): ReadonlySet<string> {
  const targets = [
    ...nodesOf(tree, "assignment_statement"),
    ...nodesOf(tree, "inc_statement"),
    ...nodesOf(tree, "dec_statement"),
    ...nodesOf(tree, "call_expression").filter((one) => /^delete\(/.test(tree.textOf(one))),
  ];
  const written = new Set<string>();
  for (const node of targets) {
    const around = functionAround(tree, node);
    if (around !== NONE && PREPARING.test(nameOf(tree, around))) continue;
    const left = tree
      .textOf(node)
      .replace(/^delete\(/, "")
      .split(/[-+*/|&]?=|,|\+\+|--/);
    const isAssignment = tree.kindOf(node) === "assignment_statement";
    for (const target of isAssignment ? left.slice(0, -1) : left.slice(0, 1)) {
      const name = /(\w+)(?:\[.*)?\s*$/s.exec(target.replace(/\[[^[\]]*\]/g, ""))?.[1];
      if (name !== undefined) written.add(name);
    }
  }
  return written;
}

function nameOf(tree: Tree, node: NodeId): string {
  let at = node;
  while (at !== NONE && tree.kindOf(at) === "func_literal") at = functionAround(tree, at);
  const name = at === NONE ? NONE : tree.childIn(at, "name");
  return name === NONE ? "" : tree.textOf(name);
}

/** Whether some receive of a channel of that name ends with nothing but this channel, or is asked for in a loop. */
export function isWaitedFor(tree: Tree, channel: string): boolean {
  const receive = new RegExp(`<-\\s*[\\w.]*\\b${channel}\\b|range [\\w.]*\\b${channel}\\b`);
  return [...nodesOf(tree, "unary_expression"), ...nodesOf(tree, "range_clause")].some((node) => {
    if (!receive.test(tree.textOf(node))) return false;
    const select = aroundOf(tree, node, /^select_statement$/);
    if (select === NONE) return true;
    if (/\bdefault:/.test(tree.textOf(select))) return false;
    return (
      tree.namedChildren(select).length < 2 || aroundOf(tree, select, /^for_statement$/) !== NONE
    );
  });
}

/** Whether the function of a `make` sends into the channel itself, drops what has no room, or may go on without receiving. */
export function needsRoom(tree: Tree, make: NodeId): boolean {
  const declaration = aroundOf(tree, make, /short_var_declaration/);
  const name = /^\w+/.exec(declaration === NONE ? "" : tree.textOf(declaration))?.[0];
  const around = functionAround(tree, make);
  if (name === undefined || around === NONE) return false;
  const ofIt = (kind: string, text: RegExp) =>
    nodesOf(tree, kind).filter(
      (node) => text.test(tree.textOf(node)) && isWithin(tree, node, around),
    );
  const sends = ofIt("send_statement", new RegExp(`^${name}\\s*<-`));
  const receives = ofIt("unary_expression", new RegExp(`^<-\\s*${name}$`));
  const select = (node: NodeId) => aroundOf(tree, node, /^select_statement$/);
  const isOwn = (node: NodeId) => functionAround(tree, node) === around;
  const drops = (node: NodeId) =>
    select(node) !== NONE && /\bdefault:/.test(tree.textOf(select(node)));
  const isOneOfSeveral = (node: NodeId) =>
    isOwn(node) && select(node) !== NONE && tree.namedChildren(select(node)).length > 1;
  if (sends.length === 0) return false;
  return (
    sends.some((node) => isOwn(node) || drops(node)) ||
    (receives.length > 0 && receives.every(isOneOfSeveral))
  );
}

function isWithin(tree: Tree, node: NodeId, around: NodeId): boolean {
  const { start, end } = tree.spanOf(around);
  return start <= (tree.start[node] ?? 0) && (tree.end[node] ?? 0) <= end;
}

/** What stands around a node, within its function. */
function aroundOf(tree: Tree, node: NodeId, kind: RegExp): NodeId {
  let at = tree.parentOf(node);
  while (at !== NONE && !kind.test(tree.kindOf(at))) {
    if (/function|method|func_literal/.test(tree.kindOf(at))) return NONE;
    at = tree.parentOf(at);
  }
  return at;
}

export function nodesOf(tree: Tree, kind: string): NodeId[] {
  const wanted = tree.grammar.kind(kind);
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) if (tree.kind[node] === wanted) found.push(node);
  return found;
}

export function functionAround(tree: Tree, node: NodeId): NodeId {
  let at = tree.parentOf(node);
  while (at !== NONE && !/function|method|func_literal/.test(tree.kindOf(at)))
    at = tree.parentOf(at);
  return at;
}
