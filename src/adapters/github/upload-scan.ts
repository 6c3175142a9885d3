import { gzipSync } from "node:zlib";
import type { Client } from "./client.ts";
import type { PullPlace } from "./read-change.ts";

/** Hands SARIF to code scanning, for a commit of a pull request. The same tool's earlier one for it is replaced. */
export async function uploadScan(
  client: Client,
  { owner, repo, pull_number }: PullPlace,
  head: string,
  sarif: string,
): Promise<void> {
  await client.rest.codeScanning.uploadSarif({
    owner,
    repo,
    commit_sha: head,
    ref: `refs/pull/${pull_number}/head`,
    sarif: gzipSync(sarif).toString("base64"),
  });
}
