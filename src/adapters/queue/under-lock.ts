/**
 * One transaction of PostgreSQL that makes things which several processes may be making, under a lock that others of the same
 * number wait for.
 *
 * @param lock - a number of our own
 */
export function underLock(lock: number, statements: readonly string[]): string {
  // What others committed while this waited is only seen once the transaction has looked at a table.
  const look = "select count(*) from pg_catalog.pg_namespace";
  // Several statements without parameters are one transaction.
  return [`select pg_advisory_xact_lock(${lock})`, look, ...statements].join(";");
}
