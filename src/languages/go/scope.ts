import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn } from "./go-file.ts";
import { type SyntaxNumbers, syntaxNumbers } from "./syntax-numbers.ts";

/** Where a local variable gets its type from. */
export type Origin =
  | { readonly kind: "typed"; readonly type: NodeId; readonly isVariadic: boolean }
  /** The `index`-th of `count` names that the expressions of a list are given to. */
  | {
      readonly kind: "values";
      readonly values: NodeId;
      readonly index: number;
      readonly count: number;
    }
  /** Key (0) or value (1) of a range clause. */
  | { readonly kind: "range"; readonly clause: NodeId; readonly index: number }
  /** Value (0) or ok (1) of a receive in a select case. */
  | { readonly kind: "receive"; readonly statement: NodeId; readonly index: number }
  /** The symbol of a type switch in one of its clauses; `clause` NONE for the name in the header. */
  | { readonly kind: "type-switch"; readonly clause: NodeId; readonly value: NodeId };

export interface LocalVariable {
  readonly kind: "variable";
  readonly name: string;
  /** The declaring identifier; NONE for an unnamed parameter or result. */
  readonly node: NodeId;
  readonly role: "receiver" | "parameter" | "result" | "local";
  readonly index: number;
  /** The innermost function declaration, method declaration or `func_literal` around it. */
  readonly function: NodeId;
  readonly origin: Origin;
  /** Assigned after its declaration, or its address taken. */
  isReassigned: boolean;
  isAddressed: boolean;
}

export type LocalSymbol =
  | LocalVariable
  | {
      readonly kind: "constant";
      readonly name: string;
      readonly node: NodeId;
      readonly spec: NodeId;
      readonly index: number;
    }
  | { readonly kind: "type"; readonly name: string; readonly spec: NodeId }
  /** `declaration`: the `type_parameter_declaration`; NONE for a receiver's, which takes the constraint of its type. */
  | {
      readonly kind: "type-parameter";
      readonly name: string;
      readonly node: NodeId;
      readonly declaration: NodeId;
    };

/** What the identifiers inside one top-level declaration mean, as far as they are declared inside it. */
export interface RegionScope {
  /** The local symbol of an identifier of any kind; undefined where it is declared outside the region. */
  symbolOf(node: NodeId): LocalSymbol | undefined;
  /** Parameters, results and receiver of a function of the region, in order of the text, unnamed ones included. */
  signatureOf(functionNode: NodeId): readonly LocalVariable[];
}

/** Binds all identifiers of a top-level declaration: one loop over its nodes. */
export function bindRegion(tree: Tree, region: NodeId): RegionScope {
  return new Binder(tree, region).bind();
}

interface Scope {
  readonly node: NodeId;
  readonly end: NodeId;
  readonly function: NodeId;
  /** Names declared here with what they meant outside, to undo on leaving. */
  readonly declared: Map<string, number | undefined>;
}

interface Pending {
  /** The declaration counts from this node on. */
  readonly from: NodeId;
  readonly depth: number;
  readonly symbols: readonly number[];
}

type Visit = (binder: Binder, node: NodeId) => void;
type Visits = readonly (Visit | undefined)[];

class Binder {
  readonly #tree: Tree;
  readonly #numbers: SyntaxNumbers;
  readonly #region: NodeId;
  readonly #end: NodeId;
  readonly #symbols: LocalSymbol[] = [];
  /** By node of the region: position in `#symbols` plus one; -1 for a name that declares something outside. */
  readonly #bound: Int32Array;
  readonly #signatures = new Map<NodeId, LocalVariable[]>();
  readonly #current = new Map<string, number>();
  readonly #scopes: Scope[] = [];
  readonly #pending: Pending[] = [];
  /** Type switches that are open: clauses declare the symbol anew. */
  readonly #switches: { readonly node: NodeId; readonly alias: NodeId; readonly value: NodeId }[] =
    [];

  constructor(tree: Tree, region: NodeId) {
    this.#tree = tree;
    this.#numbers = syntaxNumbers(tree.grammar);
    this.#region = region;
    this.#end = tree.afterSubtree(region);
    this.#bound = new Int32Array(this.#end - region);
  }

  bind(): RegionScope {
    const visits = Binder.#visitsOf(this.#numbers);
    for (let node = this.#region; node < this.#end; node++) {
      this.#leaveUpTo(node);
      visits[this.#tree.kind[node] as number]?.(this, node);
    }
    const symbols = this.#symbols;
    const bound = this.#bound;
    const region = this.#region;
    const signatures = this.#signatures;
    return {
      symbolOf: (node) => symbols[(bound[node - region] ?? 0) - 1],
      signatureOf: (node) => signatures.get(node) ?? [],
    };
  }

  static readonly #visits = new WeakMap<SyntaxNumbers, Visits>();

  /** What to do at a node, by its kind; the same for all regions of a grammar. */
  static #visitsOf(numbers: SyntaxNumbers): Visits {
    const known = Binder.#visits.get(numbers);
    if (known) return known;
    const { kind } = numbers;
    const visits: (Visit | undefined)[] = [];
    const open: Visit = (binder, node) => binder.#open(node);
    const use: Visit = (binder, node) => binder.#use(node);
    for (const scoped of [kind.if_statement, kind.for_statement, kind.expression_switch_statement])
      visits[scoped] = open;
    for (const scoped of [kind.communication_case, kind.expression_case]) visits[scoped] = open;
    for (const name of [kind.identifier, kind.type_identifier, kind.package_identifier])
      visits[name] = use;
    for (const clause of [kind.type_case, kind.default_case])
      visits[clause] = (binder, node) => binder.#openClause(node);
    for (const declared of [kind.function_declaration, kind.method_declaration, kind.func_literal])
      visits[declared] = (binder, node) => binder.#openFunction(node);
    for (const spec of [kind.type_spec, kind.type_alias])
      visits[spec] = (binder, node) => binder.#declareType(node);
    visits[kind.block] = (binder, node) => {
      if (!binder.#signatures.has(binder.#tree.parent[node] as number)) binder.#open(node);
    };
    visits[kind.type_switch_statement] = (binder, node) => binder.#openTypeSwitch(node);
    visits[kind.short_var_declaration] = (binder, node) => binder.#declareShort(node);
    visits[kind.range_clause] = (binder, node) => binder.#declareRange(node);
    visits[kind.receive_statement] = (binder, node) => binder.#declareReceived(node);
    visits[kind.var_spec] = (binder, node) => binder.#declareVariables(node);
    visits[kind.const_spec] = (binder, node) => binder.#declareConstants(node);
    for (const unbound of [kind.function_type, kind.method_elem])
      visits[unbound] = (binder, node) => binder.#nameParameters(node);
    visits[kind.type_parameter_list] = (binder, node) => binder.#declareTypeParameters(node);
    Binder.#visits.set(numbers, visits);
    return visits;
  }

  #open(node: NodeId, functionNode?: NodeId): void {
    this.#scopes.push({
      node,
      end: this.#endOf(node),
      function: functionNode ?? this.#scopes.at(-1)?.function ?? NONE,
      declared: new Map(),
    });
  }

  /** `afterSubtree`, without climbing beyond the scope around: a long `else if` chain is one climb each. */
  #endOf(node: NodeId): NodeId {
    const around = this.#scopes.at(-1);
    for (let at = node; at !== NONE; at = this.#tree.parent[at] as number) {
      if (at === around?.node) return around.end;
      const next = this.#tree.nextSibling[at] as number;
      if (next !== NONE) return next;
    }
    return this.#tree.size;
  }

  /** Before a node: scopes that ended are left, declarations that count from here are made. */
  #leaveUpTo(node: NodeId): void {
    for (;;) {
      const scope = this.#scopes.at(-1);
      const pending = this.#pending.at(-1);
      const isDue = pending !== undefined && pending.from <= node;
      if (isDue && pending.depth >= this.#scopes.length) {
        this.#pending.pop();
        for (const symbol of pending.symbols) this.#declare(symbol);
      } else if (scope && scope.end <= node) {
        this.#scopes.pop();
        for (const [name, outer] of scope.declared) {
          if (outer === undefined) this.#current.delete(name);
          else this.#current.set(name, outer);
        }
      } else return;
    }
  }

  #declare(symbol: number): void {
    const scope = this.#scopes.at(-1);
    const name = this.#symbols[symbol]?.name;
    if (!scope || name === undefined || name === "_") return;
    if (!scope.declared.has(name)) scope.declared.set(name, this.#current.get(name));
    this.#current.set(name, symbol);
  }

  /** A new symbol, named by a node that from now on means it. */
  #add(symbol: LocalSymbol, node: NodeId): number {
    this.#symbols.push(symbol);
    if (node !== NONE) this.#bound[node - this.#region] = this.#symbols.length;
    return this.#symbols.length - 1;
  }

  #later(from: NodeId, symbols: readonly number[]): void {
    if (symbols.length > 0) this.#pending.push({ from, depth: this.#scopes.length, symbols });
  }

  #local(node: NodeId, origin: Origin): LocalVariable {
    const scope = this.#scopes.at(-1);
    return {
      kind: "variable",
      name: this.#tree.textOf(node),
      node,
      role: "local",
      index: -1,
      function: scope?.function ?? NONE,
      origin,
      isReassigned: false,
      isAddressed: false,
    };
  }

  #use(node: NodeId): void {
    const at = node - this.#region;
    const bound = this.#bound[at] as number;
    if (bound === 0) {
      const symbol = this.#current.get(this.#tree.textOf(node));
      if (symbol === undefined) return;
      this.#bound[at] = symbol + 1;
    }
    const symbol = this.#symbols[(this.#bound[at] as number) - 1];
    if (symbol?.kind !== "variable" || symbol.node === node || !isAssigned(this.#tree, node))
      return;
    symbol.isReassigned = true;
    const { expression_list, inc_statement, dec_statement } = this.#numbers.kind;
    const around = this.#tree.kind[this.#tree.parent[node] as number];
    symbol.isAddressed ||=
      around !== expression_list && around !== inc_statement && around !== dec_statement;
  }

  #openFunction(node: NodeId): void {
    const { field } = this.#numbers;
    const tree = this.#tree;
    this.#open(node, node);
    const signature: LocalVariable[] = [];
    this.#signatures.set(node, signature);
    const symbols: number[] = [];
    const read = (list: number, role: LocalVariable["role"]) => {
      const at = childIn(tree, node, list);
      if (at !== NONE) this.#readParameters(at, role, node, signature, symbols);
    };
    read(field.receiver, "receiver");
    read(field.parameters, "parameter");
    read(field.result, "result");
    const body = childIn(tree, node, field.body);
    if (body !== NONE) this.#later(body, symbols);
    const receiver = childIn(tree, node, field.receiver);
    if (receiver !== NONE) this.#declareReceiverTypeParameters(receiver);
  }

  /** Parameters of a function without a body are names of nothing: they mean no local around. */
  #nameParameters(node: NodeId): void {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    for (const list of [field.parameters, field.result]) {
      const at = childIn(tree, node, list);
      if (at === NONE || tree.kind[at] !== kind.parameter_list) continue;
      this.#readParameters(at, "parameter", node, [], []);
    }
  }

  #readParameters(
    list: NodeId,
    role: LocalVariable["role"],
    functionNode: NodeId,
    signature: LocalVariable[],
    symbols: number[],
  ): void {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    let index = 0;
    const add = (node: NodeId, type: NodeId, isVariadic: boolean) => {
      const variable: LocalVariable = {
        kind: "variable",
        name: node === NONE ? "" : tree.textOf(node),
        node,
        role,
        index: index++,
        function: functionNode,
        origin: { kind: "typed", type, isVariadic },
        isReassigned: false,
        isAddressed: false,
      };
      signature.push(variable);
      symbols.push(this.#add(variable, node));
    };
    if (tree.kind[list] !== kind.parameter_list) {
      add(NONE, list, false);
      return;
    }
    for (let at = tree.firstChild[list] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
      const isVariadic = tree.kind[at] === kind.variadic_parameter_declaration;
      if (!isVariadic && tree.kind[at] !== kind.parameter_declaration) continue;
      const type = childIn(tree, at, field.type);
      let named = false;
      for (
        let name = tree.firstChild[at] ?? NONE;
        name !== NONE;
        name = tree.nextSibling[name] ?? NONE
      ) {
        if (tree.field[name] !== field.name || tree.kind[name] !== kind.identifier) continue;
        named = true;
        add(name, type, isVariadic);
      }
      if (!named) add(NONE, type, isVariadic);
    }
  }

  /** `func (s *Set[K]) …` declares K. */
  #declareReceiverTypeParameters(receiver: NodeId): void {
    const { kind } = this.#numbers;
    const tree = this.#tree;
    const end = tree.afterSubtree(receiver);
    for (let node = receiver; node < end; node++) {
      if (tree.kind[node] !== kind.type_elem) continue;
      const name = tree.firstChild[node] ?? NONE;
      if (name === NONE || tree.kind[name] !== kind.type_identifier) continue;
      const text = tree.textOf(name);
      this.#declare(
        this.#add({ kind: "type-parameter", name: text, node: name, declaration: NONE }, name),
      );
    }
  }

  /** All of a list at once: constraints name the parameters after them too. */
  #declareTypeParameters(list: NodeId): void {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    for (
      let node = tree.firstChild[list] ?? NONE;
      node !== NONE;
      node = tree.nextSibling[node] ?? NONE
    ) {
      if (tree.kind[node] !== kind.type_parameter_declaration) continue;
      for (let at = tree.firstChild[node] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE) {
        if (tree.field[at] !== field.name || tree.kind[at] !== kind.identifier) continue;
        const name = tree.textOf(at);
        const symbol = this.#add({ kind: "type-parameter", name, node: at, declaration: node }, at);
        this.#declare(symbol);
      }
    }
  }

  #declareType(node: NodeId): void {
    const name = childIn(this.#tree, node, this.#numbers.field.name);
    if (name !== NONE && this.#scopes.length > 0) {
      const text = this.#tree.textOf(name);
      this.#declare(this.#add({ kind: "type", name: text, spec: node }, name));
    }
    this.#open(node);
  }

  #openTypeSwitch(node: NodeId): void {
    const { field } = this.#numbers;
    const tree = this.#tree;
    this.#open(node);
    const list = childIn(tree, node, field.alias);
    const alias = list === NONE ? NONE : (tree.firstChild[list] ?? NONE);
    const value = childIn(tree, node, field.value);
    this.#switches.push({ node, alias, value });
    if (alias !== NONE)
      this.#add(this.#local(alias, { kind: "type-switch", clause: NONE, value }), alias);
  }

  #openClause(node: NodeId): void {
    const tree = this.#tree;
    this.#open(node);
    const parent = tree.parent[node] as number;
    while (this.#switches.length > 0 && (this.#switches.at(-1)?.node ?? NONE) > parent)
      this.#switches.pop();
    const open = this.#switches.at(-1);
    if (open?.node !== parent || open.alias === NONE) return;
    const origin: Origin = { kind: "type-switch", clause: node, value: open.value };
    const symbol = this.#add(this.#local(open.alias, origin), NONE);
    const { kind } = this.#numbers;
    let from = tree.firstChild[node] ?? NONE;
    for (let at = from; at !== NONE; at = tree.nextSibling[at] ?? NONE)
      if (tree.kind[at] === kind.statement_list) from = at;
    if (from !== NONE) this.#later(from, [symbol]);
  }

  /** `a, b := …`: names that the scope has already are assigned, the others declared after the statement. */
  #declareShort(node: NodeId): void {
    const { field } = this.#numbers;
    const values = childIn(this.#tree, node, field.right);
    const names = this.#leftNames(node);
    const symbols: number[] = [];
    for (const [index, name] of names.entries()) {
      if (name === NONE) continue;
      const known = this.#declaredHere(this.#tree.textOf(name));
      if (known !== undefined) {
        this.#bound[name - this.#region] = known + 1;
        continue;
      }
      const origin: Origin = { kind: "values", values, index, count: names.length };
      symbols.push(this.#add(this.#local(name, origin), name));
    }
    this.#later(this.#tree.afterSubtree(node), symbols);
  }

  #declaredHere(name: string): number | undefined {
    return this.#scopes.at(-1)?.declared.has(name) ? this.#current.get(name) : undefined;
  }

  /** By position, the identifiers on the left; NONE for what is none. */
  #leftNames(node: NodeId): NodeId[] {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const list = childIn(tree, node, field.left);
    const names: NodeId[] = [];
    for (
      let at = list === NONE ? NONE : (tree.firstChild[list] ?? NONE);
      at !== NONE;
      at = tree.nextSibling[at] ?? NONE
    ) {
      if (tree.kind[at] === kind.comment || !tree.isNamed(at)) continue;
      names.push(tree.kind[at] === kind.identifier ? at : NONE);
    }
    return names;
  }

  #declareRange(node: NodeId): void {
    if (!this.#defines(node)) return;
    const symbols: number[] = [];
    for (const [index, name] of this.#leftNames(node).entries())
      if (name !== NONE)
        symbols.push(this.#add(this.#local(name, { kind: "range", clause: node, index }), name));
    this.#later(this.#tree.afterSubtree(node), symbols);
  }

  #declareReceived(node: NodeId): void {
    if (!this.#defines(node)) return;
    const symbols: number[] = [];
    for (const [index, name] of this.#leftNames(node).entries())
      if (name !== NONE)
        symbols.push(
          this.#add(this.#local(name, { kind: "receive", statement: node, index }), name),
        );
    this.#later(this.#tree.afterSubtree(node), symbols);
  }

  #defines(node: NodeId): boolean {
    const tree = this.#tree;
    for (let at = tree.firstChild[node] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE)
      if (tree.kind[at] === this.#numbers.token.define) return true;
    return false;
  }

  #declareVariables(spec: NodeId): void {
    if (this.#scopes.length === 0) return;
    const { field } = this.#numbers;
    const tree = this.#tree;
    const type = childIn(tree, spec, field.type);
    const values = childIn(tree, spec, field.value);
    const names = this.#specNames(spec);
    const symbols = names.map((name, index) => {
      const origin: Origin =
        type === NONE
          ? { kind: "values", values, index, count: names.length }
          : { kind: "typed", type, isVariadic: false };
      return this.#add(this.#local(name, origin), name);
    });
    this.#later(tree.afterSubtree(spec), symbols);
  }

  #declareConstants(spec: NodeId): void {
    if (this.#scopes.length === 0) return;
    const symbols = this.#specNames(spec).map((node, index) => {
      const name = this.#tree.textOf(node);
      return this.#add({ kind: "constant", name, node, spec, index }, node);
    });
    this.#later(this.#tree.afterSubtree(spec), symbols);
  }

  #specNames(spec: NodeId): NodeId[] {
    const { kind, field } = this.#numbers;
    const tree = this.#tree;
    const names: NodeId[] = [];
    for (let at = tree.firstChild[spec] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE)
      if (tree.field[at] === field.name && tree.kind[at] === kind.identifier) names.push(at);
    return names;
  }
}

/** Whether an identifier stands where it is assigned, counted up or down, or its address is taken. */
export function isAssigned(tree: Tree, identifier: NodeId): boolean {
  const { kind, field, token } = syntaxNumbers(tree.grammar);
  let node = identifier;
  let parent = tree.parent[node] as number;
  while (parent !== NONE && tree.kind[parent] === kind.parenthesized_expression) {
    node = parent;
    parent = tree.parent[node] as number;
  }
  if (parent === NONE) return false;
  const parentKind = tree.kind[parent];
  if (parentKind === kind.inc_statement || parentKind === kind.dec_statement) return true;
  if (parentKind === kind.unary_expression)
    return tree.kind[tree.firstChild[parent] ?? NONE] === token.and;
  return parentKind === kind.expression_list && tree.field[parent] === field.left;
}
