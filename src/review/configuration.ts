import { gather } from "./gather.ts";
import { fenced, neutralText } from "./neutral-text.ts";
import type { Analyst, CodeHost } from "./ports.ts";

/** What `chokepoint config` answers: the configuration that holds for a pull request, or what is wrong with it. */
export async function describeConfiguration(settings: {
  readonly host: CodeHost;
  readonly analyst: Analyst;
  isSource(path: string): boolean;
}): Promise<string> {
  const pull = await settings.host.pull();
  const nothing = { from: pull.base, files: [], unseen: [] };
  const { reply } = await gather(pull, nothing, settings);
  if (reply.kind === "looked")
    return `This holds here, from the branch that the change goes into:\n\n${fenced("yaml", reply.configuration)}\n`;
  const problems = reply.kind === "misconfigured" ? reply.problems : [];
  const lines = problems.map(
    ({ file, line, message }) => `- ${neutralText(`${file}:${line}: ${message}`)}`,
  );
  return `The configuration cannot be used, and nothing is reviewed:\n\n${lines.join("\n")}\n`;
}
