import type { FlatTree } from "./flatten-cursor.ts";
import type { GrammarName } from "./tree.ts";

/**
 * Texts that hold what a reader of memory can get wrong: aliases, hidden nodes that hand fields down, comments between
 * children, wide characters, an error, a missing token.
 */
export const samples: Readonly<Record<GrammarName, readonly string[]>> = {
  go: [
    "package p // é😀\n\nfunc (s *T[K]) f(a, b int, c ...string) (n int, err error) {\n\tif x := m[a]; x > 0 /* c */ {\n\t\treturn g(x)\n\t}\n\tx.y.z = <-c\n}\n",
    "package p\nfunc f( {\n\tx :=\n\tif a { b( }\n}}\nvar x = \n",
  ],
  typescript: [
    `import { a as b, type C } from "d"; // é😀
export default class A<T> extends B implements C {
  private static async *f?(this: T, { a, b: [c] }: D = {}): Promise<void> {
    for await (const x of y) \`t\${x}\\n\`;
  }
}
`,
    "class { f( { if (a { const b = ; } }\nlet x: = (1 +\n",
  ],
  tsx: [
    'const a = <A b="c" {...d}>é😀 {e /* f */}<g.h />text</A>;\nexport const f = async <T,>(x: T) => { await x?.y!.z(); };\n',
    "const a = <A b={}><c>\nfunction ( { if (a }\n",
  ],
};

/** Whether two readings of one tree say the same of every node. */
export function isSameTree(one: FlatTree, other: FlatTree): boolean {
  return (
    isSame(one.arrays.kind, other.arrays.kind) &&
    isSame(one.arrays.field, other.arrays.field) &&
    isSame(one.arrays.start, other.arrays.start) &&
    isSame(one.arrays.end, other.arrays.end) &&
    isSame(one.arrays.parent, other.arrays.parent) &&
    isSame(one.damage.flatMap(edges), other.damage.flatMap(edges))
  );
}

function edges({ start, end }: { readonly start: number; readonly end: number }): number[] {
  return [start, end];
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
