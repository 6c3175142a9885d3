import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { indexOf } from "../module-index.ts";
import type { TypeScriptModules } from "../modules.ts";
import { firstNamed, unwrapped } from "../nodes.ts";
import type { PromiseFacts } from "../promises.ts";
import type { ModuleNode } from "../resolver.ts";
import { isTestPath } from "../test-path.ts";
import { withoutNullish } from "../ts-type.ts";
import { methodCall } from "./calls.ts";

/**
 * The members of interfaces that somebody awaits though by their types they give nothing: `shutdown(): void` in `interface Driver`, and
 * `await this.driver.shutdown()`. Who calls them there sees the promise of an async implementation. Tests do not count.
 */
export class AwaitedMembers {
  readonly #modules: TypeScriptModules;
  readonly #facts: PromiseFacts;
  /** By the name of the member: the interfaces that it is awaited of. */
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(modules: TypeScriptModules, facts: PromiseFacts) {
    this.#modules = modules;
    this.#facts = facts;
  }

  /** Whether the method of a class is one that an interface of the class has, and that is awaited of it. */
  has({ module: { tree }, node: method }: ModuleNode): boolean {
    const contracts = contractsOf(tree, tree.parentOf(tree.parentOf(method)));
    if (contracts.length === 0) return false;
    const awaited = this.#awaitedOf(tree.textOf(tree.childIn(method, "name")));
    return contracts.some((name) => awaited.has(name));
  }

  #awaitedOf(member: string): ReadonlySet<string> {
    const known = this.#known.get(member);
    if (known) return known;
    const found = new Set(this.#modules.judged.flatMap((path) => this.#awaitedIn(path, member)));
    this.#known.set(member, found);
    return found;
  }

  #awaitedIn(path: string, member: string): readonly string[] {
    const text = isTestPath(path) ? "" : (this.#modules.text(path) ?? "");
    if (!text.includes(`.${member}(`) || !text.includes("await")) return [];
    const module = this.#modules.module(path);
    if (!module) return [];
    const { tree } = module;
    return indexOf(tree).awaits.flatMap((node) => {
      const call = methodCall(tree, unwrapped(tree, firstNamed(tree, node)));
      if (call?.method !== member) return [];
      const types = withoutNullish(this.#facts.typeOf({ module, node: call.object }));
      return types.flatMap((type) =>
        type.kind === "instance" ? type.declarations.flatMap((one) => nameOf(one)) : [],
      );
    });
  }
}

function nameOf({ module: { tree }, node }: ModuleNode): string[] {
  const name = tree.childIn(node, "name");
  return name === NONE ? [] : [tree.textOf(name)];
}

/** The names behind `implements`. */
function contractsOf(tree: Tree, of: NodeId): string[] {
  const heritage = of === NONE ? NONE : tree.childOfKind(of, "class_heritage");
  const clause = heritage === NONE ? NONE : tree.childOfKind(heritage, "implements_clause");
  if (clause === NONE) return [];
  return tree.namedChildren(clause).map((type) => tree.textOf(type).replace(/<[\s\S]*$/, ""));
}
