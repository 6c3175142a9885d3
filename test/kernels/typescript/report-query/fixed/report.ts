export interface Client {
  query(text: string): Promise<readonly Record<string, unknown>[]>;
  release(): void;
}

export interface Pool {
  connect(): Promise<Client>;
}

export interface Report {
  readonly title: string;
  readonly rows: readonly Record<string, unknown>[];
}

/** Runs a report on a connection of its own, since it sets the role for it. */
export async function runReport(pool: Pool, title: string, query: string): Promise<Report> {
  const client = await pool.connect();
  try {
    await client.query("SET ROLE reporter");
    const rows = await client.query(query);
    return { title, rows };
  } finally {
    client.release();
  }
}
