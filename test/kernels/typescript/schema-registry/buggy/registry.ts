export interface Schema {
  readonly id: number;
  readonly subject: string;
  readonly fields: readonly string[];
}

export interface RegistryApi {
  byId(id: number): Promise<Schema>;
  latest(subject: string): Promise<Schema>;
}

export interface RegistryOptions {
  readonly api: RegistryApi;
  readonly limit?: number;
}

export type Payload = Record<string, unknown>;

const MAGIC = 0;

/** Decodes messages with the schema whose number they carry. Schemas never change. */
export class SchemaRegistry {
  readonly #api: RegistryApi;
  readonly #limit: number;
  readonly #schemas = new Map<number, Promise<Schema>>();

  constructor({ api, limit = 1_000 }: RegistryOptions) {
    this.#api = api;
    this.#limit = limit;
  }

  async decode(message: Buffer): Promise<Payload> {
    if (message.readUInt8(0) !== MAGIC) throw new TypeError("not a registry message");
    const schema = await this.#schema(message.readUInt32BE(1));
    const values = JSON.parse(message.toString("utf8", 5)) as unknown[];
    return Object.fromEntries(schema.fields.map((field, index) => [field, values[index]]));
  }

  async encode(subject: string, payload: Payload): Promise<Buffer> {
    const schema = await this.#api.latest(subject);
    const head = Buffer.alloc(5);
    head.writeUInt8(MAGIC, 0);
    head.writeUInt32BE(schema.id, 1);
    const values = schema.fields.map((field) => payload[field] ?? null);
    return Buffer.concat([head, Buffer.from(JSON.stringify(values))]);
  }

  #schema(id: number): Promise<Schema> {
    const known = this.#schemas.get(id);
    if (known) return known;
    const schema = this.#api.byId(id);
    this.#remember(id, schema);
    return schema;
  }

  #remember(id: number, schema: Promise<Schema>): void {
    if (this.#schemas.size >= this.#limit) this.#schemas.clear();
    this.#schemas.set(id, schema);
  }
}
