import type { Json } from "./contract.ts";

/** What an installation's token needs for an operation, by the beginning of its path. */
const NEEDED: readonly (readonly [path: string, permission: string])[] = [
  ["/repos/{owner}/{repo}/pulls", "pull_requests"],
  ["/repos/{owner}/{repo}/issues", "pull_requests"],
  ["/repos/{owner}/{repo}/compare", "contents"],
  ["/repos/{owner}/{repo}/git", "contents"],
  ["/repos/{owner}/{repo}/contents", "contents"],
  ["/repos/{owner}/{repo}/commits/{commit_sha}/pulls", "pull_requests"],
  ["/repos/{owner}/{repo}/commits/{ref}/check-runs", "checks"],
  ["/repos/{owner}/{repo}/check-runs", "checks"],
  ["/repos/{owner}/{repo}/code-scanning", "security_events"],
  ["/repos/{owner}/{repo}/collaborators", "metadata"],
];

/** Whether a token may do something: one of the App itself what is under `/app`, others what they and the installer say. */
export function allows(name: string, token: "app" | Json, granted: Json): boolean {
  const [method = "", path = ""] = name.split(" ");
  if (path.startsWith("/app")) return token === "app";
  if (token === "app") return false;
  const [, permission] = NEEDED.find(([start]) => path.startsWith(start)) ?? [];
  if (permission === undefined || permission === "metadata") return true;
  const levels = method === "GET" ? ["read", "write"] : ["write"];
  const held = token[permission];
  // A permission that the installer takes away is gone from tokens that are out already.
  return levels.includes(String(held)) && levels.includes(String(granted[permission]));
}
