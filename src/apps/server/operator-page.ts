import type { LoggedReview } from "../../adapters/queue/review-log.ts";
import type { DeadReview, QueueStatus, ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { DismissedRule } from "../../adapters/queue/store.ts";
import { Html, html } from "./html.ts";
import { OPERATOR_STYLE } from "./operator-style.ts";

/** What the page shows. */
export interface Overview {
  readonly queue: QueueStatus;
  readonly dead: readonly DeadReview[];
  readonly reviews: readonly LoggedReview[];
  readonly dismissed: readonly DismissedRule[];
  readonly now: Date;
  /** Where pull requests are, without a slash at the end. */
  readonly website: string;
  /** What a form sends back, so that no other site can send it. */
  readonly formKey: string;
}

/** The operator's page: what waits, what failed, what was reviewed and what people do not want to hear. No script in it. */
export function operatorPage(overview: Overview): string {
  const { queue, dismissed } = overview;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Chokepoint</title>
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="30">
<style>${new Html(OPERATOR_STYLE)}</style></head>
<body><h1>Chokepoint</h1>
<section class="cards">
${card("deliveries waiting", queue.deliveries.waiting, `${queue.deliveries.active} under way`)}
${queue.deliveries.failed > 0 ? card("deliveries given up", queue.deliveries.failed, "tried for an hour", true) : ""}
${card("reviews waiting", queue.reviews.waiting, `${queue.reviews.active} under way`)}
${card("given up", queue.dead.waiting, "tried for an hour", queue.dead.waiting > 0)}
</section>
${failures(overview)}
<h2>Recent reviews</h2>
${reviewTable(overview)}
<h2>Dismissed most</h2>
${dismissed.length > 0 ? html`<table>${bars(dismissed)}</table>` : html`<p>Nothing was dismissed.</p>`}
</body></html>
`.text;
}

function card(name: string, count: number, more: string, isBad = false): Html {
  const kind = isBad ? "card bad" : "card";
  return html`<div class="${kind}"><b>${count}</b> ${name}<small>${more}</small></div>`;
}

function failures({ queue, dead, now, website, formKey }: Overview): Html {
  if (dead.length === 0 && queue.deliveries.failed === 0) return html``;
  const button = (id: string, label: string) =>
    html`<form method="post" action="/operator/redrive"><input type="hidden" name="key" value="${formKey}"><input type="hidden" name="id" value="${id}"><button>${label}</button></form>`;
  const rows = dead.map(
    (
      one,
    ) => html`<tr><td>${link(website, one)}</td><td>${ago(one.at, now)}</td><td><code>${one.why.slice(0, 300)}</code></td><td>${button(one.id, "Try again")}</td></tr>
`,
  );
  return html`<h2>Given up</h2>
<table><tr><th>Pull request</th><th>When</th><th>Why</th><th>${button("", "Try all again")}</th></tr>
${rows}</table>`;
}

function reviewTable({ reviews, now, website }: Overview): Html {
  if (reviews.length === 0) return html`<p>None yet.</p>`;
  const rows = reviews.map((one) => {
    const state = stateOf(one, now);
    const seconds = one.seconds === undefined ? "" : `${one.seconds.toFixed(1)} s`;
    return html`<tr><td>${link(website, one)}</td><td><span class="state ${state.replace(" ", "-")}">${state}</span></td><td class="number">${one.findings}</td><td class="number">${one.comments}</td><td class="number">${seconds}</td><td>${ago(one.started, now)}</td></tr>
`;
  });
  return html`<table><tr><th>Pull request</th><th>State</th><th>Findings</th><th>New comments</th><th>Took</th><th>Began</th></tr>
${rows}</table>`;
}

/** A review that has not ended by then was cut off. Seconds. */
const LONGEST_REVIEW = 15 * 60;

function stateOf({ outcome, started }: LoggedReview, now: Date): string {
  if (outcome !== undefined) return outcome;
  return secondsBetween(started, now) < LONGEST_REVIEW ? "running" : "cut off";
}

function bars(dismissed: readonly DismissedRule[]): readonly Html[] {
  const most = Math.max(...dismissed.map(({ count }) => count));
  return dismissed.map(
    ({
      rule,
      count,
    }) => html`<tr><td><code>${rule}</code></td><td class="number">${count}</td><td class="wide"><meter max="${most}" value="${count}"></meter></td></tr>
`,
  );
}

function link(
  website: string,
  { owner, name, pull }: Pick<ReviewRequest, "owner" | "name" | "pull">,
): Html {
  const path = [owner, name, "pull", String(pull)].map(encodeURIComponent).join("/");
  return html`<a href="${website}/${path}" rel="noreferrer">${owner}/${name}#${pull}</a>`;
}

function ago(then: Date, now: Date): string {
  const seconds = secondsBetween(then, now);
  if (seconds < 60) return "just now";
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  return seconds < 86_400
    ? `${Math.floor(seconds / 3_600)} h ago`
    : `${Math.floor(seconds / 86_400)} days ago`;
}

function secondsBetween(then: Date, now: Date): number {
  return (now.getTime() - then.getTime()) / 1000;
}
