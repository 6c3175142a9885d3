import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The folder of PostgreSQL's programs as Debian lays them out; undefined where there is no PostgreSQL. */
export const postgresPrograms: string | undefined = findPrograms();

/** A PostgreSQL of its own on a socket in a new folder; `stop` ends it and removes the folder. */
export function startPostgres(): { readonly url: string; stop(): void } {
  const programs = postgresPrograms ?? "";
  const folder = mkdtempSync(join(tmpdir(), "chokepoint-postgres-"));
  const asUser = userCommand(folder);
  const run = (program: string, ...words: string[]) => {
    const [command = "", ...rest] = [...asUser, join(programs, program), ...words];
    execFileSync(command, rest, { stdio: "ignore", cwd: folder });
  };
  const data = join(folder, "data");
  run("initdb", "--pgdata", data, "--username", "chokepoint", "--auth", "trust", "--no-sync");
  const options = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`;
  run("pg_ctl", "start", "--wait", "--pgdata", data, "--log", join(folder, "log"), "-o", options);
  return {
    url: `postgresql:///postgres?host=${encodeURIComponent(folder)}&user=chokepoint`,
    stop() {
      run("pg_ctl", "stop", "--mode", "immediate", "--pgdata", data);
      rmSync(folder, { recursive: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made. */
function userCommand(folder: string): string[] {
  if (process.getuid?.() !== 0) return [];
  const [user, group] = ["-u", "-g"].map((flag) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" })),
  );
  chownSync(folder, user ?? 0, group ?? 0);
  chmodSync(folder, 0o700);
  return ["runuser", "-u", "postgres", "--"];
}

function findPrograms(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions
    .map((version) => join(root, version, "bin"))
    .find((folder) => existsSync(join(folder, "initdb")));
}
