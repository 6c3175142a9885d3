/** What a text scan tells of a Go file without parsing it. Names are a superset of what is declared. */
export interface FileOutline {
  readonly packageName: string;
  readonly isGenerated: boolean;
  /** Names that the file may declare at package level. */
  readonly names: ReadonlySet<string>;
  /** Base types of receivers that the file may declare methods on. */
  readonly receivers: ReadonlySet<string>;
}

const PACKAGE = /^[ \t]*package[ \t]+([\p{L}\p{N}_]+)/mu;
const GENERATED = /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m;
const DECLARATION =
  /(?:^|[;{])[ \t]*(?:(func)[ \t]*(?:\(([^)]*)\)[ \t]*)?([^\s([{]+)|(?:type|var|const)[ \t]+([^\s(][^\n=]*))|^[ \t]*(?:type|var|const)[ \t]*\(([\s\S]*?)^[ \t]*\)/gm;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;
const FIRST_WORDS = /^[ \t]*([\p{L}_][\p{L}\p{N}_]*(?:[ \t]*,[ \t]*[\p{L}_][\p{L}\p{N}_]*)*)/gmu;

/** Scans a text. One pass of a regular expression: a tenth of what parsing costs. */
export function outlineOf(text: string): FileOutline {
  const names = new Set<string>();
  const receivers = new Set<string>();
  for (const match of text.matchAll(DECLARATION)) {
    const [, isFunction, receiver, name, written, group] = match;
    if (isFunction && receiver !== undefined) {
      const base = receiver
        .replace(/\[[\s\S]*$/, "")
        .match(WORD)
        ?.at(-1);
      if (base) receivers.add(base);
    } else if (isFunction && name) names.add(name);
    else if (written !== undefined) for (const word of written.match(WORD) ?? []) names.add(word);
    else if (group !== undefined)
      for (const line of group.matchAll(FIRST_WORDS))
        for (const word of (line[1] ?? "").match(WORD) ?? []) names.add(word);
  }
  return {
    packageName: PACKAGE.exec(text)?.[1] ?? "",
    isGenerated: isGeneratedGo(text),
    names,
    receivers,
  };
}

/** Go's own convention, https://go.dev/s/generatedcode: the line stands before the package clause. */
export function isGeneratedGo(text: string): boolean {
  const at = text.indexOf("// Code generated ");
  if (at === -1) return false;
  const clause = PACKAGE.exec(text)?.index ?? text.length;
  return at < clause && GENERATED.test(text.slice(0, clause));
}
