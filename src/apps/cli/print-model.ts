import { printMermaid } from "../../model/print-mermaid.ts";
import { printText } from "../../model/print-text.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { openPlace } from "./open-place.ts";
import { UsageError } from "./usage-error.ts";

/** `chokepoint model`: the model of the innermost function at a line, as text or as a mermaid flowchart. */
export async function printModel(
  place: string,
  { mermaid }: { readonly mermaid?: boolean },
  io: Io,
): Promise<ExitCode> {
  const { program, functions, shown, text, line } = await openPlace(place, {}, io);
  const inner = functions.at(-1);
  const model = inner && program?.model(inner.id);
  if (!model)
    throw new UsageError(
      `${shown}:${line} is in no function with a body; name a line inside of one`,
    );
  io.out(mermaid ? printMermaid(model) : printText(model, text));
  return 0;
}
