import type { StubFact } from "../../../core/project-facts.ts";
import { NONE } from "../../../syntax/tree.ts";
import { behindPointer } from "../behind-pointer.ts";
import { childIn } from "../go-file.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { FunctionDeclaration, TypeDeclaration } from "../type.ts";
import { typeDeclarationPlace } from "../type-declaration-place.ts";
import type { DeclaredType } from "./method-sets.ts";

/** An interface and the names of its methods. */
export interface Stubbed {
  readonly declaration: TypeDeclaration;
  readonly methods: ReadonlySet<string>;
}

/**
 * The doubles that give at most half of the methods in earnest: the others do nothing, or are left to an embedded interface
 * that is nil.
 *
 *     type fakeStore struct{ Store }
 *     func (fakeStore) Begin() error { return errors.New("not implemented") }
 */
export function stubsAmong(
  doubles: readonly DeclaredType[],
  implementers: ReadonlySet<DeclaredType>,
  of: Stubbed,
): readonly StubFact[] {
  return doubles.flatMap((type): StubFact[] => {
    const { declaration } = type;
    const isLeft = leavesTo(type, of.declaration);
    if (!isLeft && !implementers.has(type)) return [];
    const own = declaration.methods();
    // What another embedded type gives is given in earnest.
    const inEarnest = [...of.methods].filter((name) => {
      const method = own.get(name);
      return method ? !isIdle(method, type) : !isLeft;
    }).length;
    if (inEarnest * 2 > of.methods.size) return [];
    return [{ name: declaration.name, at: typeDeclarationPlace(declaration), inEarnest }];
  });
}

/** It embeds the interface, and nobody is seen to put a value there that would do the work. */
function leavesTo({ declaration, of }: DeclaredType, { package: home, name }: TypeDeclaration) {
  if (!declaration.tree.textOf(declaration.node).includes(name)) return false;
  const structure = declaration.underlying();
  if (structure.kind !== "struct") return false;
  const isThere = structure.fields.some(({ isEmbedded, type }) => {
    const base = behindPointer(type);
    return isEmbedded && base.kind === "named" && base.package === home && base.name === name;
  });
  const isFilled = new RegExp(
    `\\b${declaration.name}\\{(?:[^{}]*\\b${name}:|\\s*[^\\s{}:][^{}:]*\\})|\\.${name}(?:\\.\\w+\\(|\\s*=[^=])`,
  );
  return (
    isThere &&
    !of.files.some(
      ({ isTest, path, text }) => (isTest || path === declaration.file) && isFilled.test(text),
    )
  );
}

/** What a function says that does nothing: constants, errors, a panic. */
const IDLE_VALUE = String.raw`(?:nil|true|false|-?\d[\d.]*|"[^"]*"|&?[\w.\[\]*]+\{\}|(?:\w+\.)?(?:New|Errorf|\w*[eE]rr\w*)\(.*\)|(?:\w+\.)?[eE]rr\w+)`;
const IDLE = new RegExp(
  String.raw`^\s*(?:return(?:[ \t]+${IDLE_VALUE}(?:,[ \t]*${IDLE_VALUE})*)?|panic\(.*\)|\w+\.Fatalf?\(.*\))?\s*$`,
);

/** Of packages that are known by their declarations alone, the body stands in the text. */
function isIdle({ tree, node, file }: FunctionDeclaration, { of }: DeclaredType): boolean {
  const body = childIn(tree, node, syntaxNumbers(tree.grammar).field.body);
  const text = of.file(file)?.text;
  if (body === NONE || text === undefined) return false;
  const { start, end } = tree.spanOf(body);
  return IDLE.test(text.slice(start + 1, end - 1).replace(/\/\/.*$/gm, ""));
}
