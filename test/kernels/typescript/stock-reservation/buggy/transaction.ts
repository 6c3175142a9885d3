export type Row = Record<string, unknown>;

export interface Client {
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  release(): void;
}

export interface Database {
  connect(): Promise<Client>;
}

export type Transaction = Pick<Client, "query">;

export async function inTransaction<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await database.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
