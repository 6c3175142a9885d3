import { setTimeout } from "node:timers/promises";
import type { Database } from "./database.ts";
import { underLock } from "./under-lock.ts";

/** Numbers of our own: under the first the limit is made, under the second a group's claims follow each other. */
const LOCKS = { making: 7_241_301, claiming: 7_241_302 };

/**
 * Makes a PostgreSQL hold the limit of a group's active jobs: workers that look at the same moment all see the same free places.
 * Here each claim waits for the others of its group, and is left out where they have taken the last place.
 */
export async function limitClaims({ query }: Database, queue: string, most: number): Promise<void> {
  const claim = "pgboss.chokepoint_claim";
  const statements = [
    `create or replace function ${claim}() returns trigger language plpgsql as $$ begin
       perform pg_advisory_xact_lock(${LOCKS.claiming}, hashtext(new.group_id));
       if (select count(*) from pgboss.job where name = new.name and state = 'active' and group_id = new.group_id) >= ${most}
       then return null; end if;
       return new;
     end $$`,
    // Made anew it would wait for all who use the table. Who uses it locks it and its parts in other orders: nobody waits for us.
    `do $$ begin
       if not exists (select 1 from pg_trigger where tgname = 'chokepoint_claim' and tgrelid = 'pgboss.job'::regclass) then
         lock table pgboss.job in share row exclusive mode nowait;
         create trigger chokepoint_claim before update of state on pgboss.job for each row
         when (new.name = '${queue}' and new.state = 'active' and old.state <> 'active' and new.group_id is not null)
         execute function ${claim}();
       end if;
     end $$`,
  ];
  for (let tries = 1; ; tries++) {
    try {
      await query(underLock(LOCKS.making, statements));
      return;
    } catch (error) {
      if (!isInUse(error) || tries === MOST_TRIES) throw error;
      await setTimeout(PAUSE);
    }
  }
}

/** Milliseconds between tries, and how many: half a minute in all. */
const PAUSE = 100;
const MOST_TRIES = 300;

/** Whether PostgreSQL had no lock for us at once (its code `lock_not_available`). */
function isInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "55P03";
}
