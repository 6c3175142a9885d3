import type { Callee, Value } from "../../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import type { FunctionDeclaration, GoSymbol, GoType } from "../type.ts";
import { holdsOf, noteRead } from "./accesses.ts";
import { boundOf } from "./bounds.ts";
import { getterPath } from "./getter.ts";
import { type GoApi, goApi } from "./go-api.ts";
import { functionValueCallee, interfaceCallee } from "./indirect-callee.ts";
import { initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { isCancelFunction } from "./object-type.ts";
import {
  embeddedPath,
  pathOf,
  selectedPath,
  shortText,
  UNKNOWN_VALUE,
  variablePath,
} from "./paths.ts";
import { functionIdAt } from "./unit-context.ts";

/** What is called, before its arguments are looked at. */
export type CallTarget =
  | { readonly kind: "builtin"; readonly name: string }
  /** A conversion `T(x)`: the value is that of its argument. */
  | { readonly kind: "conversion" }
  /** Something that the API tables know. `receiver` is an unknown path for plain functions. */
  | {
      readonly kind: "api";
      readonly api: GoApi;
      readonly name: string;
      readonly receiver: AccessPath;
      readonly receiverNode: NodeId;
    }
  | { readonly kind: "cancel"; readonly context: AccessPath; readonly by: AccessPath }
  | {
      readonly kind: "callee";
      readonly callee: Callee;
      /** What the call yields, where the function does nothing but return a part of its receiver. */
      readonly getter?: AccessPath;
    };

/** A call whose receiver and arguments were evaluated: what it calls with what. */
export type PreparedCall = CallTarget & {
  readonly arguments: readonly Value[];
  readonly argumentNodes: readonly NodeId[];
};

/** Evaluates receiver and arguments of a call in Go's order. The call itself is done by whoever asked. */
export function prepareCall(lowering: Lowering, call: NodeId): PreparedCall {
  const called = lowering.child(call, "function");
  const target = targetOf(lowering, called);
  if (isFieldCalled(lowering, called, target))
    noteRead(lowering, called, lowering.peek(called), true);
  const argumentNodes = lowering.children(lowering.child(call, "arguments"));
  const values: Value[] = [];
  for (const [index, node] of argumentNodes.entries()) {
    const isType =
      target.kind === "builtin" && index === 0 && (target.name === "make" || target.name === "new");
    const value = isType ? UNKNOWN_VALUE : lowering.evaluate(spreadOf(lowering, node));
    values.push(isType ? value : (numberNamed(lowering, node) ?? value));
  }
  return { ...target, arguments: values, argumentNodes };
}

/** `workers` of `spread(workers, jobs)`, where that is `workers := 2` and never anything else. */
function numberNamed(lowering: Lowering, node: NodeId): Value | undefined {
  if (lowering.kind(node) !== "identifier") return undefined;
  const number = boundOf(lowering, node);
  return number !== undefined && /^\d+$/.test(number)
    ? { kind: "constant", text: number }
    : undefined;
}

/** `s.notify()` of a field that holds a function. */
function isFieldCalled(lowering: Lowering, called: NodeId, target: CallTarget): boolean {
  if (!lowering.notesAccesses || lowering.kind(called) !== "selector_expression") return false;
  if (target.kind === "cancel") return true;
  if (target.kind !== "callee" || target.callee.kind === "static") return false;
  return target.callee.kind !== "external" && holdsOf(lowering, called) === "function";
}

function spreadOf(lowering: Lowering, node: NodeId): NodeId {
  if (lowering.kind(node) !== "variadic_argument") return node;
  return lowering.children(node)[0] ?? node;
}

/** How far function variables are followed through their initial values. */
const STEPS = 3;

/** What a function expression calls. Its operand is evaluated. */
export function targetOf(lowering: Lowering, node: NodeId, steps = STEPS): CallTarget {
  const called = lowering.bare(node);
  switch (lowering.kind(called)) {
    case "func_literal":
      return callee({
        kind: "static",
        function: functionIdAt(lowering.file, lowering.tree, called),
      });
    case "identifier":
      return targetOfName(lowering, called, steps);
    case "selector_expression":
      return targetOfSelector(lowering, called);
    case "index_expression":
    case "type_instantiation_expression": {
      const generic = lowering.child(called, "operand");
      const name = generic === NONE ? lowering.child(called, "type") : generic;
      const target = name === NONE ? undefined : targetOf(lowering, name, 0);
      if (target?.kind === "callee" && target.callee.kind === "static") return target;
      return generic === NONE ? unknown(lowering, called) : elementCallee(lowering, called);
    }
    case "":
      return unknown(lowering, node);
    case "unary_expression":
      if (isPointerType(lowering, called)) return { kind: "conversion" };
      lowering.evaluate(called);
      return unknown(lowering, called);
    default:
      if (TYPES.has(lowering.kind(called))) return { kind: "conversion" };
      lowering.evaluate(called);
      return unknown(lowering, called);
  }
}

/** `s.handlers[name](x)`. */
function elementCallee(lowering: Lowering, called: NodeId): CallTarget {
  const receiver = lowering.evaluate(called);
  const name = shortText(lowering, called);
  return callee({
    kind: "dynamic",
    through: "value",
    name,
    receiver,
    candidates: [],
    isComplete: false,
  });
}

/** `(*T)(x)`, which the grammar reads as a call. */
function isPointerType(lowering: Lowering, node: NodeId): boolean {
  const { unit, file, tree } = lowering;
  let operand = node;
  while (lowering.kind(operand) === "unary_expression")
    operand = lowering.child(operand, "operand");
  if (operand === NONE) return false;
  if (tree.kindOf(operand) === "selector_expression")
    return /^\p{Lu}/u.test(lowering.text(lowering.child(operand, "field")));
  return tree.kindOf(operand) === "identifier" && isType(unit.resolver.symbolAt(file, operand));
}

function isType(symbol: GoSymbol | undefined): boolean {
  return symbol?.kind === "type" || (symbol?.kind === "builtin" && BASIC_TYPES.has(symbol.name));
}

const TYPES: ReadonlySet<string> = new Set([
  "type_identifier",
  "generic_type",
  "qualified_type",
  "slice_type",
  "array_type",
  "map_type",
  "channel_type",
  "function_type",
  "interface_type",
]);

function callee(of: Callee, getter?: AccessPath): CallTarget {
  return getter ? { kind: "callee", callee: of, getter } : { kind: "callee", callee: of };
}

function unknown(lowering: Lowering, node: NodeId): CallTarget {
  return callee({ kind: "unknown", name: node === NONE ? "" : shortText(lowering, node) });
}

function targetOfName(lowering: Lowering, node: NodeId, steps: number): CallTarget {
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, node);
  switch (symbol?.kind) {
    case "builtin":
      return BASIC_TYPES.has(symbol.name)
        ? { kind: "conversion" }
        : { kind: "builtin", name: symbol.name };
    case "type":
      return { kind: "conversion" };
    case "function": {
      const id = lowering.unit.declarationId(symbol.declaration);
      return id === undefined
        ? unknown(lowering, node)
        : callee(
            { kind: "static", function: id },
            getterPath(lowering, symbol.declaration, undefined),
          );
    }
    case "variable":
      return targetOfVariable(lowering, node, symbol, steps);
    default:
      return dotImported(lowering, node) ?? unknown(lowering, node);
  }
}

/** A name that nobody declares may be one of `import . "github.com/onsi/ginkgo/v2"`. */
function dotImported(lowering: Lowering, node: NodeId): CallTarget | undefined {
  const { unit, file } = lowering;
  const name = lowering.text(node);
  const imports = unit.pkg.file(file)?.declarations.imports ?? [];
  const known = imports.find(({ alias, path }) => alias === "." && goApi(`${path}.${name}`));
  return known && external(`${known.path}.${name}`, undefined, undefined, NONE, undefined);
}

const BASIC_TYPES: ReadonlySet<string> = new Set(
  `any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8
  uint16 uint32 uint64 uintptr`.split(/\s+/),
);

/** A function in a variable: followed where the variable has one value all its life. */
function targetOfVariable(
  lowering: Lowering,
  node: NodeId,
  { variable }: Extract<GoSymbol, { kind: "variable" }>,
  steps: number,
): CallTarget {
  const tree = lowering.unit.treeOf(variable.file);
  const initial = tree && initializerOf(tree, variable.node);
  if (initial && variable.file === lowering.file && !lowering.unit.isReassigned(variable)) {
    if (initial.isShared) {
      const context = canceledContext(lowering, initial.value, initial.names, initial.index);
      if (context) return { kind: "cancel", context, by: variablePath(lowering, variable) };
    } else if (steps > 0) {
      const target = followed(lowering, initial.value, steps - 1);
      if (target) return target;
    }
  }
  const receiver = lowering.evaluate(node);
  if (isCancel(lowering, node)) {
    const by = pathOf(receiver, lowering.text(node));
    return { kind: "cancel", context: by, by };
  }
  return callee(functionValueCallee(lowering, variable, receiver));
}

/** `f := func() {…}`, `unlock := mu.Unlock`, `run := h.run`. */
function followed(lowering: Lowering, value: NodeId, steps: number): CallTarget | undefined {
  const initial = lowering.bare(value);
  const kind = lowering.kind(initial);
  if (kind !== "func_literal" && kind !== "selector_expression" && kind !== "identifier")
    return undefined;
  let target: CallTarget | undefined;
  lowering.builder.capture(() => {
    target = targetOf(lowering, initial, steps);
  });
  if (target?.kind === "callee" && target.callee.kind !== "static") return undefined;
  return target?.kind === "callee" || target?.kind === "api" ? target : undefined;
}

/** The context that the second result of `context.WithCancel` and its like cancels. */
function canceledContext(
  lowering: Lowering,
  value: NodeId,
  names: readonly NodeId[],
  index: number,
): AccessPath | undefined {
  const call = lowering.bare(value);
  const [context, cancel] = names;
  if (index !== 1 || lowering.kind(call) !== "call_expression" || context === undefined)
    return undefined;
  const made = qualifiedName(lowering, lowering.child(call, "function"));
  const api = made === undefined ? undefined : goApi(made);
  if (api?.kind !== "make" || api.objects[0] !== "context") return undefined;
  const isNamed = lowering.text(context) !== "_";
  const name = isNamed ? context : cancel;
  return name === undefined ? undefined : pathOf(lowering.peek(name), lowering.text(name));
}

function isCancel(lowering: Lowering, node: NodeId): boolean {
  return isCancelFunction(lowering.unit.resolver.typeOf(lowering.file, node));
}

/** `path.Name` of a function of another package. */
export function qualifiedName(lowering: Lowering, node: NodeId): string | undefined {
  const selector = lowering.bare(node);
  if (lowering.kind(selector) !== "selector_expression") return undefined;
  const path = packageOf(lowering, lowering.child(selector, "operand"));
  return path === undefined
    ? undefined
    : `${path}.${lowering.text(lowering.child(selector, "field"))}`;
}

function packageOf(lowering: Lowering, operand: NodeId): string | undefined {
  if (lowering.kind(operand) !== "identifier") return undefined;
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, operand);
  return symbol?.kind === "package" ? symbol.path : undefined;
}

function targetOfSelector(lowering: Lowering, selector: NodeId): CallTarget {
  const operand = lowering.child(selector, "operand");
  const field = lowering.child(selector, "field");
  if (operand === NONE || field === NONE) return unknown(lowering, selector);
  const name = lowering.text(field);
  const path = packageOf(lowering, operand);
  if (path !== undefined) return targetOfPackage(lowering, path, name);
  const receiver = lowering.evaluate(operand);
  const selection = lowering.unit.resolver.selectionAt(lowering.file, selector);
  if (!selection) return unknown(lowering, selector);
  const base = pathOf(receiver, lowering.text(operand));
  const baseType = lowering.unit.resolver.typeOf(lowering.file, operand);
  const { target } = selection;
  if (target.kind === "field") {
    const value: Value = {
      kind: "path",
      path: selectedPath(lowering, base, baseType, selection, name),
    };
    if (isCancel(lowering, selector))
      return { kind: "cancel", context: value.path, by: value.path };
    return callee({
      kind: "dynamic",
      through: "value",
      name: shortText(lowering, selector),
      receiver: value,
      candidates: [],
      isComplete: false,
    });
  }
  const through = embeddedPath(lowering, base, baseType, selection);
  const passed: Value = { kind: "path", path: through };
  if (target.kind === "method") {
    const id = lowering.unit.declarationId(target.declaration);
    if (id !== undefined)
      return callee(
        { kind: "static", function: id, receiver: passed },
        getterPath(lowering, target.declaration, through),
      );
  }
  const qualified = `${ownerName(target.owner)}.${name}`;
  if (target.kind === "interface-method") {
    const dynamic = interfaceCallee(lowering, target, passed);
    const isKnown = dynamic?.kind === "dynamic" && dynamic.candidates.length > 0;
    if (dynamic && (isKnown || goApi(qualified)?.kind !== "end")) return callee(dynamic);
  }
  const declaration = target.kind === "method" ? target.declaration : undefined;
  return external(qualified, passed, through, operand, declaration);
}

function ownerName(owner: GoType): string {
  const pointed = behindPointer(owner);
  if (pointed.kind === "named") return `${pointed.package}.${pointed.name}`;
  return pointed.kind === "basic" ? pointed.name : pointed.kind;
}

function external(
  name: string,
  receiver: Value | undefined,
  path: AccessPath | undefined,
  receiverNode: NodeId,
  declaration: FunctionDeclaration | undefined,
): CallTarget {
  const api = goApi(name);
  const noReceiver: AccessPath = {
    root: { kind: "unknown" },
    steps: [],
    text: name,
    slot: undefined,
  };
  if (api && api.kind !== "block")
    return { kind: "api", api, name, receiver: path ?? noReceiver, receiverNode };
  return callee({
    kind: "external",
    name,
    ...(receiver ? { receiver } : {}),
    ...(declaration ? { function: placeOfFunction(declaration) } : {}),
  });
}

function placeOfFunction({ file, tree, node }: FunctionDeclaration): FunctionId {
  return functionIdAt(file, tree, node);
}

/** A function or conversion of another package; tests outside the package call the unit's own functions so too. */
function targetOfPackage(lowering: Lowering, path: string, name: string): CallTarget {
  const { pkg } = lowering.unit;
  if (path === pkg.importPath && path !== "") {
    const [own] = pkg.lookup(name, pkg.name);
    const id = own?.kind === "function" ? lowering.unit.declarationId(own.declaration) : undefined;
    if (id !== undefined) return callee({ kind: "static", function: id });
  }
  const declaration = lowering.unit.resolver.exportedFunction(path, name);
  return external(`${path}.${name}`, undefined, undefined, NONE, declaration);
}
