import { block, type Code } from "./code.ts";
import type { Draft } from "./generate.ts";

/** What two or more goroutines do with one another, each in its own words; most of them come out well by themselves. */
export const interactions: readonly ((draft: Draft) => void)[] = [
  message,
  message,
  message,
  stream,
  closing,
  join,
  join,
  locked,
  locked,
  cancelling,
  signal,
  flagged,
  flagged,
];

function insert(draft: Draft, thread: number, code: Code): void {
  const statements = draft.threads[thread] ?? [];
  statements.splice(draft.deal.below(statements.length + 1), 0, code);
}

/** Two threads that are not the same. */
function pair({ deal, threads }: Draft): readonly [number, number] {
  const first = deal.below(threads.length);
  const second = (first + 1 + deal.below(threads.length - 1)) % threads.length;
  return [first, second];
}

function message(draft: Draft): void {
  const channel = draft.channel();
  const [from, to] = pair(draft);
  insert(draft, from, send(draft, channel));
  insert(draft, to, receive(draft, channel));
}

function send(draft: Draft, channel: string): Code {
  const { deal, of } = draft;
  const how = deal.one([
    "plain",
    "plain",
    "plain",
    "default",
    "context",
    "other",
    "call",
    "locked",
  ]);
  if (how === "call") return `~emit(${channel})`;
  if (how === "locked") return inLock(draft, `~${channel} <- 1`);
  const first = block(`case ${channel} <- 1:`, deal.chance(0.2) ? ["return"] : [], "");
  if (how === "default") return select(first, "default:");
  if (how === "context") return select(first, block(`case <-${of("ctx")}.Done():`, "return", ""));
  if (how === "other") return select(first, `case <-${draft.channel()}:`);
  return `~${channel} <- 1`;
}

function receive(draft: Draft, channel: string): Code {
  const { deal, of } = draft;
  const how = deal.one(["plain", "plain", "plain", "ok", "default", "context", "other", "call"]);
  if (how === "call") return `~take(${channel})`;
  const first = `case <-${channel}:`;
  if (how === "ok") return block(`~if _, ok := <-${channel}; !ok {`, "return");
  if (how === "default") return select(first, "default:");
  if (how === "context") return select(first, block(`case <-${of("ctx")}.Done():`, "return", ""));
  if (how === "other") return select(first, `case ${draft.channel()} <- 2:`);
  return `~<-${channel}`;
}

function select(...cases: Code[]): Code {
  return block("~select {", cases);
}

/** Several values, until the channel is closed or as many as were sent. */
function stream(draft: Draft): void {
  const { deal } = draft;
  const channel = draft.channel();
  const [from, to] = pair(draft);
  const count = deal.one([1, 2, 3]);
  insert(draft, from, [
    deal.chance(0.5)
      ? block(`for i := 0; i < ${count}; i++ {`, `~${channel} <- i`)
      : block(`for range ${count} {`, `~${channel} <- 1`),
    ...(deal.chance(0.6) ? [`~close(${channel})`] : []),
  ]);
  insert(
    draft,
    to,
    deal.one<Code>([
      block(`~for range ${channel} {`, []),
      block(`~for range ${channel} {`, block("if flip() {", deal.one(["return", "break"]))),
      block(`for i := 0; i < ${count}; i++ {`, `~<-${channel}`),
      block("for {", [block(`~if _, ok := <-${channel}; !ok {`, "break")]),
    ]),
  );
}

function closing(draft: Draft): void {
  const { deal, of } = draft;
  const channel = draft.channel();
  const [from, to] = pair(draft);
  const how = deal.one(["plain", "defer", "once"]);
  if (how === "defer") draft.deferred[from]?.push(`defer close(${channel})`);
  else
    insert(
      draft,
      from,
      how === "once" ? `~${of("once")}.Do(func() { close(${channel}) })` : `~close(${channel})`,
    );
  insert(draft, to, deal.one([`~<-${channel}`, block(`~for range ${channel} {`, [])]));
}

function join(draft: Draft): void {
  const { deal, of, threads } = draft;
  const group = of("wg");
  for (const thread of threads.keys()) {
    if (thread === 0 || deal.chance(0.2)) continue;
    if (deal.chance(0.25)) {
      draft.started.add(thread);
      continue;
    }
    if (deal.chance(0.9)) draft.before.push(`${group}.Add(1)`);
    else insert(draft, thread, `~${group}.Add(1)`);
    if (deal.chance(0.7)) draft.deferred[thread]?.push(`defer ${group}.Done()`);
    else insert(draft, thread, `~${group}.Done()`);
  }
  const waiter = deal.chance(0.8) ? 0 : deal.below(threads.length);
  if (deal.chance(0.1)) draft.deferred[waiter]?.unshift(`defer ${group}.Wait()`);
  else insert(draft, waiter, `~${group}.Wait()`);
}

function inLock({ deal, of }: Draft, inside: Code): Code {
  const lock = deal.one(["mu", "mu", "rw", "read"]);
  const name = of(lock === "mu" ? "mu" : "rw");
  const [take, leave] = lock === "read" ? ["RLock", "RUnlock"] : ["Lock", "Unlock"];
  if (deal.chance(0.3))
    return block("func() {", [`~${name}.${take}()`, `defer ${name}.${leave}()`, inside], "}()");
  const early = deal.chance(0.1) ? [block("if flip() {", "return")] : [];
  return [`~${name}.${take}()`, ...early, inside, `~${name}.${leave}()`];
}

function locked(draft: Draft): void {
  const channel = draft.channel();
  const [first, second] = pair(draft);
  const within = draft.deal.one<Code>([
    [],
    [],
    `~${channel} <- 1`,
    `~<-${channel}`,
    inLock(draft, []),
  ]);
  insert(draft, first, inLock(draft, within));
  insert(draft, second, inLock(draft, []));
}

function cancelling(draft: Draft): void {
  const { deal, of } = draft;
  const [from, to] = pair(draft);
  if (deal.chance(0.7)) insert(draft, from, `~${of("cancel")}()`);
  insert(draft, to, `~<-${of("ctx")}.Done()`);
}

/** A loop that works until it is told to stop. */
function signal(draft: Draft): void {
  const { deal } = draft;
  const [work, stop] = [draft.channel(), draft.channel()];
  if (work === stop) {
    message(draft);
    return;
  }
  const [from, to] = pair(draft);
  insert(
    draft,
    to,
    block("for {", [
      select(
        block(`case _, ok := <-${work}:`, block("if !ok {", "return"), ""),
        block(`case <-${stop}:`, "return", ""),
      ),
    ]),
  );
  insert(draft, from, [`~${work} <- 1`, ...(deal.chance(0.8) ? [`~close(${stop})`] : [])]);
}

/** A flag that says what was done already: each thread's own, or one for all of them behind a lock. */
function flagged(draft: Draft): void {
  const { deal, style, threads } = draft;
  const channel = draft.channel();
  const [from, to] = pair(draft);
  const isShared = style === "captured" && deal.chance(0.4);
  const flag = isShared ? "done" : "own";
  const declared = isShared ? draft.before : (draft.deferred[from] ?? []);
  if (!declared.includes(`${flag} := false`)) declared.unshift(`${flag} := false`, `_ = ${flag}`);
  const act = deal.one<Code>([`~close(${channel})`, `~${channel} <- 1`, `~<-${channel}`]);
  const set = deal.one([`${flag} = true`, `${flag} = true`, `${flag} = flip()`, `${flag} = false`]);
  const guarded = deal.one<Code>([
    block(`if !${flag} {`, [act, set]),
    block(`if !${flag} {`, [set, act]),
    block(`if flip() && !${flag} {`, [act, set]),
    [block("if flip() {", set), block(`if ${flag} {`, act)],
    [block("if flip() {", [act, set]), block(`if !${flag} {`, act)],
  ]);
  const times = deal.one([1, 1, 2, 3]);
  const repeated = times > 1 ? block(`for j := 0; j < ${times}; j++ {`, guarded) : guarded;
  const inside = isShared ? [`~mu.Lock()`, repeated, `~mu.Unlock()`] : repeated;
  insert(draft, from, inside);
  if (isShared) insert(draft, deal.below(threads.length), inside);
  else if (deal.chance(0.3)) {
    const look = deal.chance(0.5) ? block(`if !${flag} {`, act) : set;
    insert(draft, from, block("func() {", look, "}()"));
  }
  insert(draft, to, deal.one([`~<-${channel}`, `~${channel} <- 1`]));
}
