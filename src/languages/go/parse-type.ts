import type { GoType } from "./type.ts";
import { basic, UNKNOWN, universe } from "./universe.ts";

/**
 * Reads a type of the tables, written as Go writes it without names of parameters: `func(context.Context, ...any) (*Row,
 * error)`. Names without a package are universe types, type parameters of `scope`, or of the package `path`; others
 * are qualified by import path. Structs and interfaces written out are unknown, but for empty ones.
 */
export function parseType(text: string, path: string, scope: ReadonlySet<string>): GoType {
  const reader = new TypeReader(text, path, scope);
  return reader.type();
}

const NAME = /[\p{L}\p{N}_./-]+/uy;
const UNTYPED = /untyped \w+/y;

class TypeReader {
  readonly #text: string;
  readonly #path: string;
  readonly #scope: ReadonlySet<string>;
  #at = 0;

  constructor(text: string, path: string, scope: ReadonlySet<string>) {
    this.#text = text;
    this.#path = path;
    this.#scope = scope;
  }

  type(): GoType {
    if (this.#takes("*")) return { kind: "pointer", to: this.type() };
    if (this.#takes("[]")) return { kind: "slice", element: this.type() };
    if (this.#takes("map[")) {
      const key = this.type();
      this.#takes("]");
      return { kind: "map", key, value: this.type() };
    }
    if (this.#takes("[")) {
      this.#skipTo("]");
      return { kind: "array", element: this.type() };
    }
    if (this.#takes("<-chan ")) return this.#channel("receive");
    if (this.#takes("chan<- ")) return this.#channel("send");
    if (this.#takes("chan ")) return this.#channel("both");
    if (this.#takes("func(")) return this.#function();
    if (this.#takes("(")) {
      const inner = this.type();
      this.#takes(")");
      return inner;
    }
    if (this.#takes("struct{")) return this.#braces({ kind: "struct", fields: [] });
    if (this.#takes("interface{"))
      return this.#braces({ kind: "interface", methods: [], embedded: [], isConstraint: false });
    return this.#named();
  }

  #takes(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #skipTo(token: string): void {
    const found = this.#text.indexOf(token, this.#at);
    this.#at = found === -1 ? this.#text.length : found + token.length;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #channel(direction: "both" | "send" | "receive"): GoType {
    return { kind: "channel", element: this.type(), direction };
  }

  #braces(empty: GoType): GoType {
    if (this.#takes("}")) return empty;
    for (let depth = 1; depth > 0 && this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === "{") depth++;
      else if (this.#text[this.#at] === "}") depth--;
    }
    return UNKNOWN;
  }

  #function(): GoType {
    const { types: parameters, isVariadic } = this.#list();
    let results: readonly GoType[] = [];
    if (this.#takes(" (")) results = this.#list().types;
    else if (this.#text[this.#at] === " " && /[^,;)\]}]/.test(this.#text[this.#at + 1] ?? ",")) {
      this.#at++;
      results = [this.type()];
    }
    return { kind: "function", parameters, results, isVariadic };
  }

  /** Types up to the closing parenthesis. */
  #list(): { readonly types: GoType[]; readonly isVariadic: boolean } {
    const types: GoType[] = [];
    let isVariadic = false;
    while (this.#at < this.#text.length && !this.#takes(")")) {
      const before = this.#at;
      if (this.#takes("...")) {
        isVariadic = true;
        types.push({ kind: "slice", element: this.type() });
      } else types.push(this.type());
      this.#takes(", ");
      if (this.#at === before) break;
    }
    return { types, isVariadic };
  }

  #named(): GoType {
    const untyped = this.#match(UNTYPED);
    if (untyped) return basic(untyped);
    const written = this.#match(NAME);
    if (written === undefined) return UNKNOWN;
    const dot = written.lastIndexOf(".");
    if (dot === -1) {
      if (this.#scope.has(written))
        return { kind: "type-parameter", name: written, constraint: undefined };
      const known = universe.get(written);
      if (known?.kind === "type") return known.type;
    }
    return {
      kind: "named",
      package: dot === -1 ? this.#path : written.slice(0, dot),
      name: written.slice(dot + 1),
      arguments: this.#arguments(),
    };
  }

  #arguments(): readonly GoType[] {
    if (!this.#takes("[")) return [];
    const types: GoType[] = [];
    while (this.#at < this.#text.length && !this.#takes("]")) {
      const before = this.#at;
      types.push(this.type());
      this.#takes(", ");
      if (this.#at === before) break;
    }
    return types;
  }
}
