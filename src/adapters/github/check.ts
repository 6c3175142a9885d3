import { type Annotation, type CheckReport, plainReport } from "../../review/check-report.ts";
import type { CheckHandle } from "../../review/ports.ts";
import { cutAtLine } from "../../review/text-list.ts";
import { type Client, statusOf } from "./client.ts";

interface Place {
  readonly owner: string;
  readonly repo: string;
}

/** The name under which a branch protection may ask for it. */
const CHECK_NAME = "chokepoint";
/** GitHub takes so many with one request; more are added by further ones. */
const MOST_ANNOTATIONS = 50;
/** Of one run: nobody reads more. */
const MOST_IN_ALL = 500;
const LONGEST_SUMMARY = 60_000;
const LONGEST_MESSAGE = 4_000;

/**
 * Opens the check of a commit. `id` tells it from the same commit's checks of other pull requests. A check that waits, or that
 * an earlier try left open, is taken over. Undefined where the token may not: not every door has the permission.
 */
export async function startCheck(
  client: Client,
  place: Place,
  head: string,
  id: string,
): Promise<CheckHandle | undefined> {
  try {
    const [open, ...doubles] = await openChecks(client, place, head, id);
    for (const { id: double } of doubles) await finish(client, place, double, "neutral", DOUBLE);
    if (open && open.status !== "in_progress")
      await client.rest.checks.update({ ...place, check_run_id: open.id, status: "in_progress" });
    const run = open?.id ?? (await create(client, place, head, id, "in_progress"));
    return {
      async tell({ title, summary }) {
        const output = { title, summary: cutAtLine(summary, LONGEST_SUMMARY) };
        await client.rest.checks.update({ ...place, check_run_id: run, output });
      },
      finish: (conclusion, report) => finish(client, place, run, conclusion, report),
    };
  } catch (error) {
    const status = statusOf(error);
    if (status === 403 || status === 404) return undefined;
    throw error;
  }
}

const SUPERSEDED = plainReport("Superseded", "There is a newer commit.");
const DOUBLE = plainReport("Not needed", "Another check of this commit says what there is to say.");

/** Shows that the review of a commit waits, where no check of it is open; answers whether it opened one. */
export async function queueCheck(
  client: Client,
  place: Place,
  head: string,
  id: string,
): Promise<boolean> {
  const open = await openChecks(client, place, head, id);
  if (open.length > 0) return false;
  await create(client, place, head, id, "queued");
  return true;
}

/** Ends the checks of a commit that nobody looks at any more, if there are some that are open. */
export async function closeCheck(
  client: Client,
  place: Place,
  head: string,
  id: string,
  report: CheckReport = SUPERSEDED,
): Promise<void> {
  try {
    for (const open of await openChecks(client, place, head, id))
      await finish(client, place, open.id, "neutral", report);
  } catch (error) {
    // The commit may be gone, or the permission.
    const status = statusOf(error);
    if (status !== 403 && status !== 404 && status !== 422) throw error;
  }
}

/** Tells the checks of one commit in several pull requests apart. */
export function checkId(pull: number): string {
  return `pull-${pull}`;
}

/** The pull request that a check with such an id is about. */
export function pullOfCheck(id: string): number | undefined {
  const [, number] = /^pull-(\d{1,9})$/.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The pull requests that a commit was checked for. */
export async function pullsChecked(client: Client, place: Place, head: string): Promise<number[]> {
  const runs = await checksOf(client, place, head);
  return runs.flatMap((run) => pullOfCheck(run.external_id ?? "") ?? []);
}

async function openChecks(
  client: Client,
  place: Place,
  head: string,
  id: string,
): Promise<readonly { readonly id: number; readonly status: string }[]> {
  const runs = await checksOf(client, place, head);
  return runs.filter((run) => run.external_id === id && run.status !== "completed");
}

function checksOf(client: Client, place: Place, head: string) {
  return client.paginate(client.rest.checks.listForRef, {
    ...place,
    ref: head,
    check_name: CHECK_NAME,
    // The latest alone would hide doubles.
    filter: "all",
    per_page: 100,
  });
}

async function create(
  client: Client,
  place: Place,
  head: string,
  id: string,
  status: "queued" | "in_progress",
): Promise<number> {
  const { data } = await client.rest.checks.create({
    ...place,
    name: CHECK_NAME,
    head_sha: head,
    status,
    external_id: id,
  });
  return data.id;
}

const IGNORE = {
  label: "Ignore these",
  description: "Dismiss what was found here",
  identifier: "ignore",
} as const;

/** The last request completes it, so that a check is never green before its notes are there. */
async function finish(
  client: Client,
  place: Place,
  run: number,
  conclusion: "success" | "neutral" | "failure" | "timed_out",
  { title, summary, text, annotations, isIgnorable }: CheckReport,
): Promise<void> {
  const cut = (long: string) => cutAtLine(long, LONGEST_SUMMARY);
  const output = { title, summary: cut(summary), ...(text !== undefined && { text: cut(text) }) };
  const batches = inBatches(annotations.slice(0, MOST_IN_ALL));
  const last = batches.pop() ?? [];
  for (const batch of batches)
    await client.rest.checks.update({
      ...place,
      check_run_id: run,
      output: { ...output, annotations: batch.map(written) },
    });
  await client.rest.checks.update({
    ...place,
    check_run_id: run,
    status: "completed",
    conclusion,
    output: { ...output, annotations: last.map(written) },
    ...(isIgnorable && { actions: [IGNORE] }),
  });
}

function inBatches(annotations: readonly Annotation[]): Annotation[][] {
  const batches: Annotation[][] = [];
  for (let at = 0; at < annotations.length; at += MOST_ANNOTATIONS)
    batches.push(annotations.slice(at, at + MOST_ANNOTATIONS));
  return batches;
}

function written({ file, line, endLine, level, title, message }: Annotation) {
  return {
    path: file,
    start_line: line,
    end_line: endLine,
    annotation_level: level,
    title,
    // Not in the middle of a character.
    message: [...message].slice(0, LONGEST_MESSAGE).join(""),
  };
}

/** A merge queue waits for the check by its name: what it merges was reviewed in its pull requests. */
export async function answerMergeGroup(client: Client, place: Place, head: string): Promise<void> {
  await client.rest.checks.create({
    ...place,
    name: CHECK_NAME,
    head_sha: head,
    status: "completed",
    conclusion: "success",
    output: { title: "Reviewed before", summary: "Each change was reviewed in its pull request." },
  });
}
