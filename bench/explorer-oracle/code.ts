/** A statement, a block with its body, or several in a row. */
export type Code = string | Block | readonly Code[];

export interface Block {
  readonly open: string;
  readonly body: Code;
  /** Empty where something else closes it: the case of a select, an `if` with an `else`. */
  readonly close: string;
}

export function block(open: string, body: Code, close = "}"): Block {
  return { open, body, close };
}

/**
 * Code as text, one statement a line. Marks say what the runner does there, on the same line, so that places are the same with it and
 * without: `~` in front of a statement lets the scheduler turn to somebody else, `+` counts a goroutine before it starts, and `@`
 * behind its first line counts it out when it ends. A deferred call gets a frame of its own, since it has no place without.
 */
export function textOf(code: Code, isRun: boolean): string {
  return linesOf(code, 0)
    .map((line, index) => (isRun ? withMarks(line, index) : withoutMarks(line)))
    .join("\n");
}

function withoutMarks(line: string): string {
  return line.replace(/^(\t*)[~+]/, "$1").replace(/@$/, "");
}

function withMarks(line: string, index: number): string {
  return line
    .replace(/^(\t*)~/, `$1turn(${index}); `)
    .replace(/^(\t*)defer (?!func)(.*)/, `$1defer func() { turn(${index}); $2 }()`)
    .replace(/^(\t*)\+/, "$1begin(); ")
    .replace(/@$/, " defer end();");
}

function linesOf(code: Code, depth: number): string[] {
  if (typeof code === "string") return [`${"\t".repeat(depth)}${code}`];
  if ("open" in code) {
    const body = linesOf(code.body, depth + 1);
    return [
      ...linesOf(code.open, depth),
      ...body,
      ...(code.close ? linesOf(code.close, depth) : []),
    ];
  }
  return code.flatMap((one) => linesOf(one, depth));
}
