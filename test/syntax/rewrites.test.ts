import { describe, expect, test } from "vitest";
import { loadParser } from "../../src/syntax/parser.ts";
import { type GrammarName, NONE, type NodeId, type Tree } from "../../src/syntax/tree.ts";

const parser = await loadParser(["go", "typescript", "tsx"]);

/** Caption, text, the piece of the text to look at, and the kinds from the innermost node that holds it upwards. */
type Gap = readonly [caption: string, text: string, piece: string, kinds: readonly string[]];

const goGaps: readonly Gap[] = [
  ["new of a number", "var a = new(5)", "5", ["int_literal", "argument_list", "call_expression"]],
  [
    "new of a call",
    "var a = new(f(x))",
    "f(x)",
    ["call_expression", "argument_list", "call_expression"],
  ],
  ["new of a literal", 'var a = new(T{n: "s)"})', "T{", ["composite_literal", "argument_list"]],
  ["new of an expression", "func f() { g(new(a + b), new(*T)) }", "a + b", ["binary_expression"]],
  [
    "new beside new of a type",
    "var a, b = new(1), new(map[K]struct{ x int })",
    "map[K]",
    ["map_type"],
  ],
  ["a variable called make", "func f() { make := g; make(n - 1) }", "n - 1", ["binary_expression"]],
  [
    "a generic method",
    "func (s *Set[T]) Map[U any](f func(T) U) []U { return nil }",
    "(f func(T) U)",
    ["parameter_list", "method_declaration"],
  ],
  ["constants on one line", "const (A = iota; B)", "B", ["identifier", "const_spec"]],
  ["variables on one line", "var (a int; b int)", "b", ["identifier", "var_spec"]],
];

const typescriptGaps: readonly Gap[] = [
  ["a variable called as", "let as: string; f(as);", "string", ["string", "predefined_type"]],
  [
    "an escaped quote in a template type",
    "function f(): `\\`${string}\\`` { return g(); }",
    "g()",
    ["call_expression", "return_statement"],
  ],
  [
    "a generic function type as an argument",
    "expect(f).toBe<<T>(x: T) => T>();",
    "x: T",
    ["required_parameter", "formal_parameters", "function_type", "type_arguments"],
  ],
  [
    "the type of a module as an argument",
    'await load<typeof import("x")>("y");',
    'typeof import("x")',
    ["type_query", "type_arguments", "call_expression"],
  ],
  ["using", "using x = f();", "x = f()", ["variable_declarator", "lexical_declaration"]],
  [
    "await using",
    "await using x = f();",
    "x = f()",
    ["variable_declarator", "lexical_declaration", "program"],
  ],
  [
    "using with a type",
    "{ using x: T = f(); }",
    "x: T",
    ["variable_declarator", "lexical_declaration"],
  ],
  [
    "using of two",
    "using x = f(), y = g();",
    "y = g()",
    ["variable_declarator", "lexical_declaration"],
  ],
  ["for (using)", "for (using x of y) {}", "x", ["identifier", "for_in_statement"]],
  ["for (await using)", "for (await using x of y) {}", "x", ["identifier", "for_in_statement"]],
  ["for await (using)", "for await (using x of y) {}", "x", ["identifier", "for_in_statement"]],
  [
    "for (using;;)",
    "for (using x = f();;) {}",
    "x = f()",
    ["variable_declarator", "lexical_declaration"],
  ],
  ["a variable called using", "using.foo(using, 1)", "using.foo", ["member_expression"]],
  ["a parameter called using", "(using) => using + 1", "using + 1", ["binary_expression"]],
  ["static accessor", "class A { static accessor x = 1 }", "x = 1", ["public_field_definition"]],
  [
    "abstract accessor",
    "abstract class A { abstract accessor x: T }",
    "x: T",
    ["public_field_definition"],
  ],
  [
    "a field called accessor",
    "class A { accessor = 1 }",
    "accessor = 1",
    ["public_field_definition"],
  ],
  ["a method called accessor", "class A { accessor() {} }", "accessor()", ["method_definition"]],
  ["variance", "interface A<in out T, out U> {}", "T", ["type_identifier", "type_parameter"]],
  ["export type * from", 'export type * from "a"', '"a"', ["string", "export_statement"]],
  ["export type * as", 'export type * as b from "a"', "b", ["identifier", "namespace_export"]],
  [
    "attributes of an export",
    'export { a } from "b" with { type: "json" }',
    '"b"',
    ["string", "export_statement"],
  ],
  ["import defer", 'import defer * as a from "b"', "* as a", ["namespace_import", "import_clause"]],
  ["import source", 'import source a from "b"', "a", ["identifier", "import_clause"]],
  ["a static index", "class A { static [k: string]: T }", "[k: string]", ["index_signature"]],
  [
    "type arguments of an import",
    'let a: import("x").A<B>',
    "<B>",
    ["type_arguments", "generic_type"],
  ],
  ["an array of an import", 'let a: import("x").A[]', "[]", ["array_type", "type_annotation"]],
  [
    "an import in parentheses",
    'let a: (import("x").A | B)[]',
    "B",
    ["type_identifier", "union_type"],
  ],
  [
    "nested global",
    'declare module "a" { global { interface B {} } }',
    "interface B",
    ["interface_declaration"],
  ],
  ["an optional element", "f<[string?]>(a)", "[string?]", ["tuple_type", "type_arguments"]],
  ["a spaced optional", "type A = { [K in T]? : U }", "U", ["type_identifier"]],
  [
    "keyof readonly",
    "type A = { [K in keyof readonly T[]]: U }",
    "T[]",
    ["array_type", "index_type_query"],
  ],
  ["a key called type", "type A = { [type in keyof T]: U }", "keyof T", ["index_type_query"]],
  [
    "call signatures",
    "interface A {\n  <T>(): B<C>\n  <U>(): D\n}",
    "<U>(): D",
    ["call_signature"],
  ],
  [
    "call signatures with a comment between",
    "interface A {\n  <T>(): [B<C>]\n\n  // the second\n  <\n    U,\n  >(): D\n}",
    "<\n    U,\n  >(): D",
    ["call_signature"],
  ],
  [
    "a tag with type arguments",
    "const A = styled.a<{ b?: boolean; c(d: E): F<G> }>`x${(p) => p.b}`;",
    "p.b",
    ["member_expression", "arrow_function", "template_substitution", "template_string"],
  ],
  [
    "a default function without a body",
    "export default function (): { a: T };\n",
    "a: T",
    ["property_signature"],
  ],
  [
    "a property called abstract",
    "interface A { abstract?: T }",
    "abstract",
    ["property_identifier"],
  ],
  [
    "abstract override",
    "abstract class A { abstract override x: T }",
    "x: T",
    ["public_field_definition"],
  ],
];

const tsxGaps: readonly Gap[] = [
  [
    "an ampersand in an attribute",
    '<a href="?b=1&c=2" />',
    '"?b=1&c=2"',
    ["string", "jsx_attribute"],
  ],
  ["an ampersand in text", "<a>b & c</a>", "b & c", ["jsx_text", "jsx_element"]],
];

describe("a gap of the grammar is read without damage", () => {
  check(
    "go",
    goGaps.map(([caption, text, ...rest]) => [caption, `package p\n${text}\n`, ...rest]),
  );
  check("typescript", typescriptGaps);
  check("tsx", tsxGaps);
});

/** What looks like a gap and is none: the tree is the same as with another word in its place. */
const nearMisses: readonly (readonly [grammar: GrammarName, text: string, other: string])[] = [
  ["typescript", "// using x = f()\n`using x = \u0024{1}`; 'using x = 1'; /using x = 1/;", "useng"],
  ["typescript", "a.using = 1; b = { using: 1, using() {} }; class C { using = 1 }", "useng"],
  ["typescript", "let using = 1;", "useng"],
  ["tsx", "<p>using x = f()</p>", "useng"],
  ["go", 'package p\n\n// new(5)\nvar a = `new(5)` + "new(5)" + x.new(5)\n', "nev"],
];

describe("what only looks like a gap is left alone", () => {
  for (const [grammar, text, other] of nearMisses) {
    test(JSON.stringify(text), () => {
      const word = other === "nev" ? /new/g : /using/g;
      expect(shape(parse(text, grammar))).toEqual(shape(parse(text.replace(word, other), grammar)));
    });
  }

  test("an assignment on the line after a name", () => {
    const tree = parse("using\nx = f()", "typescript");
    expect(tree.damage).toEqual([]);
    expect([...tree.kind].map((kind) => tree.grammar.kindName(kind))).not.toContain(
      "lexical_declaration",
    );
  });
});

test("the text stays as read, which tells using from const", () => {
  const tree = parse("await using x = f();", "typescript");
  const declaration = tree.namedChildren(0)[0] ?? NONE;
  expect(tree.text).toBe("await using x = f();");
  expect(tree.textOf(declaration)).toBe("await using x = f();");
  expect(tree.textOf(tree.childIn(declaration, "kind"))).toBe("await");
});

test("what is broken stays broken, beside a gap that is repaired", () => {
  const tree = parse("package p\n\nvar a = new(5)\n\nfunc f() { x := }\n\nvar b = new(6)\n", "go");
  expect(tree.damage.length).toBe(1);
  expect(tree.textOf(tree.nodeAt(tree.text.indexOf("5"), tree.text.indexOf("5") + 1))).toBe("5");
});

test("many gaps in a large text are repaired in one further parse", () => {
  const text = `package p\n${"var a = new(5)\n".repeat(20_000)}`;
  expect(parse(text, "go").damage).toEqual([]);
});

function check(grammar: GrammarName, gaps: readonly Gap[]): void {
  for (const [caption, text, piece, kinds] of gaps) {
    test(`${grammar}: ${caption}`, () => {
      const tree = parse(text, grammar);
      expect(tree.damage).toEqual([]);
      expect(tree.text).toBe(text);
      const at = text.lastIndexOf(piece);
      expect(kindsUpwards(tree, tree.nodeAt(at, at + piece.length)).slice(0, kinds.length)).toEqual(
        kinds,
      );
    });
  }
}

function parse(text: string, grammar: GrammarName): Tree {
  const parsed = parser.parse(text, grammar);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.tree;
}

function kindsUpwards(tree: Tree, node: NodeId): readonly string[] {
  const kinds: string[] = [];
  for (let at = node; at !== NONE; at = tree.parentOf(at)) kinds.push(tree.kindOf(at));
  return kinds;
}

function shape({ kind, start, end }: Tree): readonly number[] {
  return [...kind, ...start, ...end];
}
