import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isOnlyCalled, parametersIn } from "../contracts/parameters.ts";
import { goPackage } from "../go-analyses.ts";
import type { FunctionDeclaration } from "../type.ts";

/** A parameter `chan T` of a function that only sends to it, or only receives from it. */
export interface OneWayChannel {
  readonly at: Place;
  readonly function: string;
  readonly name: string;
  readonly does: "sends" | "receives";
  /** The type that says so. */
  readonly type: string;
}

/** Of unexported functions that are only called: others have to fit a type. */
export const oneWayChannels = defineAnalysis("one-way channels", (use): OneWayChannel[] => {
  const { files } = use(goPackage);
  const texts = files.map(({ text }) => text);
  return files
    .filter(({ isJudged, isTest, text }) => isJudged && !isTest && /\bchan\s/.test(text))
    .flatMap((file) =>
      file.declarations.functions.flatMap((declared) => {
        if (/^\p{Lu}/u.test(declared.name)) return [];
        const found = waysOf(file.path, declared);
        return found.length > 0 && isOnlyCalled(texts, declared.name) ? found : [];
      }),
    );
});

function waysOf(file: string, { tree, node, name: of }: FunctionDeclaration): OneWayChannel[] {
  const body = tree.childIn(node, "body");
  const entries = parametersIn(tree, tree.childIn(node, "parameters"));
  if (body === NONE) return [];
  return entries.flatMap(({ name, type, isVariadic }): OneWayChannel[] => {
    const element = /^chan\s+([^<].*)$/s.exec(tree.textOf(type))?.[1];
    // Two that share one type may go different ways.
    const isAlone = entries.filter((other) => other.type === type).length === 1;
    if (element === undefined || name === NONE || isVariadic || !isAlone) return [];
    const does = directionOf(tree, body, tree.textOf(name));
    if (!does) return [];
    return [
      {
        at: { file, ...tree.spanOf(type) },
        function: of,
        name: tree.textOf(name),
        does,
        type: does === "sends" ? `chan<- ${element}` : `<-chan ${element}`,
      },
    ];
  });
}

/** What a body does with a name; undefined where it does both, or anything else. */
function directionOf(tree: Tree, body: NodeId, name: string): OneWayChannel["does"] | undefined {
  const found = new Set<OneWayChannel["does"]>();
  for (let node = body; node < tree.afterSubtree(body); node++) {
    if (tree.kindOf(node) !== "identifier" || tree.textOf(node) !== name) continue;
    const does = useOf(tree, node);
    if (!does) return undefined;
    if (does !== "measures") found.add(does);
  }
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

function useOf(tree: Tree, node: NodeId): OneWayChannel["does"] | "measures" | undefined {
  const parent = tree.parentOf(node);
  switch (tree.kindOf(parent)) {
    case "send_statement":
      return tree.childIn(parent, "channel") === node ? "sends" : undefined;
    case "unary_expression":
      return tree.textOf(parent).startsWith("<-") ? "receives" : undefined;
    case "range_clause":
      return tree.childIn(parent, "right") === node ? "receives" : undefined;
    case "argument_list": {
      const called = tree.textOf(tree.childIn(tree.parentOf(parent), "function"));
      if (called === "close") return "sends";
      return called === "len" || called === "cap" ? "measures" : undefined;
    }
    default:
      return undefined;
  }
}
