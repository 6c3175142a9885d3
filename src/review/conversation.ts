import { nearest } from "../core/nearest.ts";
import type { Rule } from "../core/rule.ts";
import { type Command, type Reach, readCommand } from "./command.ts";
import { rulesIn } from "./comment.ts";
import { type Dismissal, type DismissalKey, type Dismissals, inFile } from "./dismissals.ts";
import { readDismissedMarker, readMarker, readSummaryMarker } from "./marker.ts";
import { inlineCode } from "./neutral-text.ts";
import type { CodeHost } from "./ports.ts";

/** A comment that speaks to us. */
export interface Spoken {
  readonly text: string;
  readonly author: string;
  /** The comment of a diff that it answers. */
  readonly inReplyTo: number | undefined;
}

/** Where we are spoken to. */
export interface Conversation {
  /** Whether a person may command: may write, or has opened the pull request. */
  mayCommand(login: string): Promise<boolean>;
  /** Whether a person may command what holds beyond the pull request: may write. */
  mayWrite(login: string): Promise<boolean>;
  /** The receipt, on the comment that spoke. */
  react(sign: "eyes" | "+1" | "confused" | "-1"): Promise<void>;
  /** Answers below it. */
  reply(body: string): Promise<void>;
  /** The body of a comment of ours; undefined where it is somebody else's, or gone. */
  ownComment(id: number): Promise<string | undefined>;
}

export interface ConversationWorld {
  readonly pull: number;
  readonly conversation: Conversation;
  readonly dismissals: Dismissals;
  readonly rules: readonly Rule[];
  /** Asks for a review of the pull request, also where it was paused. */
  requestReview(): Promise<void>;
  /** The configuration that holds for the pull request, in words for people; markdown. */
  configuration(): Promise<string>;
}

/**
 * Does what a comment asks for, if its author may. A reaction is the receipt; words come back only for words that were asked
 * for. Doing it twice ends the same.
 */
export async function converse(spoken: Spoken, world: ConversationWorld): Promise<void> {
  const { conversation } = world;
  const command = readCommand(spoken.text);
  const may = isForAll(command)
    ? await conversation.mayWrite(spoken.author)
    : await conversation.mayCommand(spoken.author);
  if (!may) return conversation.react("-1");
  await conversation.react("eyes");
  const isDone = await obey(command, spoken, world);
  await conversation.react(isDone ? "+1" : "confused");
}

/** Whether a command holds beyond the pull request. */
function isForAll(command: Command | undefined): boolean {
  return command !== undefined && "reach" in command && command.reach !== "pull";
}

/** Whether the words made sense here. */
async function obey(
  command: Command | undefined,
  spoken: Spoken,
  world: ConversationWorld,
): Promise<boolean> {
  const { pull, conversation, dismissals, requestReview, rules } = world;
  switch (command?.kind) {
    case undefined:
      return false;
    case "help":
      await conversation.reply(HELP);
      return true;
    case "config":
      await conversation.reply(await world.configuration());
      return true;
    case "review":
      await requestReview();
      return true;
    case "pause":
    case "resume":
      await dismissals.pause(pull, command.kind === "pause");
      if (command.kind === "resume") await requestReview();
      return true;
    case "explain": {
      const id = command.rule ?? (await ruleOf(spoken, conversation));
      const answer = id === undefined ? undefined : explained(id, rules);
      if (answer) await conversation.reply(answer);
      return answer !== undefined;
    }
    case "ignore": {
      const made = await dismissalsFor(spoken, command, conversation, rules);
      if (made.length === 0) return false;
      await dismissals.dismiss(pull, made);
      await requestReview();
      return true;
    }
    case "unignore": {
      const fingerprints = fingerprintsIn((await answered(spoken, conversation)) ?? "");
      const findings = fingerprints.map((key) => ({ kind: "finding", key }) as const);
      const rule = await ruleFor(command, spoken, conversation);
      await dismissals.undo(
        pull,
        rule !== undefined ? [keyFor(rule, command.reach)] : findings.length > 0 ? findings : "all",
      );
      await requestReview();
      return true;
    }
  }
}

/** What a dismissal of a rule is kept under. */
function keyFor(rule: string, reach: Reach): DismissalKey {
  if (reach === "pull") return { kind: "rule", key: rule };
  if (reach === "everywhere") return { kind: "repository", key: rule };
  return { kind: "file", key: inFile(rule, reach.file) };
}

async function dismissalsFor(
  spoken: Spoken,
  command: Command & { readonly kind: "ignore" },
  conversation: Conversation,
  rules: readonly Rule[],
): Promise<readonly Dismissal[]> {
  const { author } = spoken;
  const { reach, reason } = command;
  const rule = await ruleFor(command, spoken, conversation);
  if (rule !== undefined)
    return rules.some(({ id }) => id === rule)
      ? [{ ...keyFor(rule, reach), rule, reason, author }]
      : [];
  return dismissalsOf((await answered(spoken, conversation)) ?? "", { reason, author });
}

/** One for each finding of a comment of ours. */
function dismissalsOf(
  body: string,
  by: Pick<Dismissal, "reason" | "author">,
): readonly Dismissal[] {
  const rules = rulesIn(body);
  return fingerprintsIn(body).map((key, index) => ({
    kind: "finding",
    key,
    rule: rules[index],
    ...by,
  }));
}

function fingerprintsIn(body: string): readonly string[] {
  return readMarker(body) ?? readDismissedMarker(body) ?? [];
}

/** The comment of ours that is answered. */
async function answered(
  { inReplyTo }: Spoken,
  conversation: Conversation,
): Promise<string | undefined> {
  return inReplyTo === undefined ? undefined : conversation.ownComment(inReplyTo);
}

/** The rule that a command names; one that reaches further than a finding may mean that of the comment it answers. */
async function ruleFor(
  { rule, reach }: { readonly rule: string | undefined; readonly reach: Reach },
  spoken: Spoken,
  conversation: Conversation,
): Promise<string | undefined> {
  return rule ?? (reach === "pull" ? undefined : ruleOf(spoken, conversation));
}

async function ruleOf(spoken: Spoken, conversation: Conversation): Promise<string | undefined> {
  return rulesIn((await answered(spoken, conversation)) ?? "")[0];
}

function explained(id: string, rules: readonly Rule[]): string {
  const rule = rules.find((one) => one.id === id);
  if (rule) {
    const { summary, why, instead } = rule.docs;
    return `${inlineCode(id)}: ${summary}.\n\n${why}\n\n**What to do:** ${instead}\n`;
  }
  const like = nearest(
    id,
    rules.map((one) => one.id),
  );
  return `There is no rule ${inlineCode(id)}${like ? `; did you mean ${inlineCode(like)}?` : "."}\n`;
}

/** Dismisses all that we have said about a pull request: the button of the check. */
export async function dismissAll(
  author: string,
  {
    pull,
    host,
    dismissals,
  }: {
    readonly pull: number;
    readonly host: Pick<CodeHost, "said">;
    readonly dismissals: Dismissals;
  },
): Promise<void> {
  const { comments, summaries } = await host.said();
  const by = { reason: "dismissed with the button of the check", author };
  const listed = summaries.flatMap(readSummaryMarker);
  await dismissals.dismiss(pull, [
    ...comments.flatMap(({ body }) => (readMarker(body) ? dismissalsOf(body, by) : [])),
    ...listed.map((key) => ({ kind: "finding" as const, key, ...by })),
  ]);
}

const HELP = `What I understand, at the beginning of a comment, from who may write here or opened this pull request:

- \`chokepoint review\`: look again
- \`chokepoint ignore reason\`, as an answer to a comment of mine: do not say this again
- \`chokepoint ignore RULE reason\`: no findings of this rule in this pull request
- \`chokepoint ignore RULE --in FILE reason\`, \`chokepoint ignore RULE --everywhere reason\`: nor in this file, nor in this repository, ever; for who may write
- \`chokepoint unignore\`, as an answer, or with a rule (and \`--in FILE\`, \`--everywhere\`), or for all of this pull request: take that back
- \`chokepoint explain RULE\`: what a rule is about
- \`chokepoint config\`: the configuration that holds here
- \`chokepoint pause\` and \`chokepoint resume\`: leave this pull request alone, and go on
`;
