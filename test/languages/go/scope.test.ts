import { describe, expect, it } from "vitest";
import type { GoVariable } from "../../../src/languages/go/type.ts";
import { type OpenPackage, openGo } from "./go-workspace.ts";

/** The variable that an identifier means; throws where it means none. */
function variable({ symbolOf }: OpenPackage, text: string, around: string): GoVariable {
  const symbol = symbolOf(text, around);
  if (symbol?.kind !== "variable") throw new Error(`${text} in ${around} is no variable`);
  return symbol.variable;
}

describe("scopes", () => {
  const go = openGo(`package m

var x = "global"

func shadow(x int) (y error) {
	use1(x)
	{
		x := x + 1
		use2(x)
	}
	if x := float64(x); x > 0 {
		use3(x)
	} else if y := x; y > 1 {
		use4(x, y)
	}
	use5(x)
	for x := range []byte{} {
		use6(x)
	}
	func(x string) {
		use7(x)
	}("")
	switch x := any(x).(type) {
	case string:
		use8(x)
	case nil, int:
		use9(x)
	default:
		use10(x)
	}
	var c chan rune
	select {
	case x, ok := <-c:
		use11(x, ok)
	default:
		use12(x)
	}
	z, y := 1, y
	z2, y := 2, y
	use13(z, z2, y)
	type x struct{ x int }
	use14(x{x: 1})
	return
}

func outer() { use15(x) }
`);

  it.each([
    ["use1(x)", "int"],
    ["use2(x)", "int"],
    ["use3(x)", "float64"],
    ["use4(x, y)", "float64"],
    ["use5(x)", "int"],
    ["use6(x)", "int"],
    ["use7(x)", "string"],
    ["use8(x)", "string"],
    ["use9(x)", "any"],
    ["use10(x)", "any"],
    ["use11(x, ok)", "rune"],
    ["use12(x)", "int"],
    ["use15(x)", "string"],
  ])("%s is %s", (around, type) => expect(go.typeOf("x", around)).toBe(type));

  it("a := of a known name assigns it, of parameters and results too", () => {
    const declared = variable(go, "y", "y error");
    expect(declared.role).toBe("result");
    expect(variable(go, "y", "y)\n\ttype")).toBe(declared);
    expect(variable(go, "y", "y := 1, y")).toBe(declared);
    expect(declared.isReassigned()).toBe(true);
  });

  it("one object for all uses of a variable, closures included", () => {
    const closures = openGo(`package m

func f() {
	n := 0
	go func() { n++ }()
	print(n)
}
`);
    expect(variable(closures, "n", "n++")).toBe(variable(closures, "n", "n := 0"));
    expect(variable(closures, "n", "n := 0").isReassigned()).toBe(true);
  });

  it("a local type shadows a variable, and keys of its literals are fields", () => {
    expect(go.symbolOf("x", "x{x: 1}")?.kind).toBe("type");
    expect(go.symbolOf("x", "x: 1")).toBeUndefined();
  });

  it("labels are labels", () => {
    const labels = openGo("package m\n\nfunc f() {\nouter:\n\tfor {\n\t\tcontinue outer\n\t}\n}\n");
    expect(labels.symbolOf("outer", "continue outer")).toEqual({ kind: "label", name: "outer" });
  });

  it("parameters of function types name nothing", () => {
    const types = openGo(`package m

func f(dir string) {
	var open func(dir int) string
	_ = open(len(dir))
}
`);
    expect(types.symbolOf("dir", "dir int")).not.toBe(types.symbolOf("dir", "dir string"));
    expect(types.typeOf("dir", "(dir))")).toBe("string");
  });

  it("roles, positions and functions are told", () => {
    const roles = openGo(`package m

type T struct{}

func (t *T) m(a, b int, c ...string) (d int, err error) {
	local := func(inner int) {}
	local(a)
	return
}
`);
    const told = ["t *T", "a, b", "b int", "c ...", "d int", "err error", "local :=", "inner int"];
    expect(
      told.map((around) => {
        const { name, role, index } = variable(roles, around.split(/[ ,]/)[0] ?? "", around);
        return `${name} ${role} ${index}`;
      }),
    ).toEqual([
      "t receiver 0",
      "a parameter 0",
      "b parameter 1",
      "c parameter 2",
      "d result 0",
      "err result 1",
      "local local -1",
      "inner parameter 0",
    ]);
  });
});

describe("isReassigned", () => {
  const go = openGo(`package m

var (
	once    int
	counted int
	shared  *int
	taken   int
	lonely  map[string]int
)

func f(p int, q int) {
	a := 1
	b := 2
	b = 3
	c, d := 4, 5
	d++
	e := 6
	_ = &e
	g := []int{}
	g[0] = 1
	var h int
	for h = range 10 {
	}
	i := struct{ n int }{}
	i.n = 1
	(p) = 2
	j, k := 7, 8
	k, l := 9, 10
	counted += 2
	shared = &taken
	lonely["x"] = 1
	_, _, _, _, _, _, _, _ = a, b, c, d, i, j, k, l
}

func shadows() {
	once := 1
	once = 2
}
`);

  it.each([
    ["a", "a := 1", false],
    ["b", "b := 2", true],
    ["c", "c, d", false],
    ["d", "d := 4, 5", true],
    ["e", "e := 6", true],
    ["g", "g := []", false],
    ["h", "h int", true],
    ["i", "i := struct", false],
    ["p", "p int", true],
    ["q", "q int", false],
    ["j", "j, k", false],
    ["k", "k := 7, 8", true],
    ["l", "l := 9, 10", false],
    ["once", "once    int", false],
    ["counted", "counted int", true],
    ["shared", "shared  *int", true],
    ["taken", "taken   int", true],
    ["lonely", "lonely  map", false],
  ])("%s, declared in `%s`: %s", (name, around, expected) => {
    expect(variable(go, name, around).isReassigned()).toBe(expected);
  });
});
