/** What an analysis says that may not know. Rules speak on `yes` (or on `no`), never on `unknown`. */
export type Answer = "yes" | "no" | "unknown";
