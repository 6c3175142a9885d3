/** What documentation says one goroutine at a time may use, by the methods that change it. */
const OBJECTS: readonly (readonly [type: string, methods: string])[] = [
  ["bytes.Buffer", "Write WriteString WriteByte WriteRune ReadFrom Reset Truncate"],
  ["strings.Builder", "Write WriteString WriteByte WriteRune Reset"],
  ["bufio.Writer", "Write WriteString WriteByte WriteRune Flush"],
  ["bufio.Reader", "Read ReadString ReadByte ReadBytes ReadLine ReadRune"],
  ["bufio.Scanner", "Scan"],
  [
    "math/rand.Rand",
    "Int Intn Int31 Int31n Int63 Int63n Float32 Float64 Perm Shuffle Uint32 Uint64 Seed",
  ],
  ["math/rand/v2.Rand", "Int IntN Int32 Int64 Float32 Float64 Perm Shuffle Uint32 Uint64 N"],
  ["encoding/json.Encoder", "Encode"],
  ["encoding/json.Decoder", "Decode Token"],
  ["encoding/gob.Encoder", "Encode"],
  ["encoding/csv.Writer", "Write WriteAll Flush"],
  ["encoding/csv.Reader", "Read ReadAll"],
  ["compress/gzip.Writer", "Write Flush"],
  ["archive/tar.Writer", "WriteHeader Write"],
  ["archive/zip.Writer", "Create CreateHeader"],
  ["text/tabwriter.Writer", "Write Flush"],
  ["hash.Hash", "Write Sum Reset"],
];

const METHODS = new Map<string, string>(
  OBJECTS.flatMap(([type, methods]) =>
    methods.split(" ").map((method) => [`${type}.${method}`, type] as const),
  ),
);

const WEBSOCKET =
  /^github\.com\/(?:gorilla|fasthttp)\/websocket\.Conn\.(?:WriteMessage|WriteJSON|NextWriter|WritePreparedMessage)$/;
const STREAM =
  /(?:\.\w+_\w+(?:Server|Client)|google\.golang\.org\/grpc\.(?:\w*Streaming(?:Server|Client)|ServerStream|ClientStream))\.(Send|SendMsg|Recv|RecvMsg)$/;

export const SHARED_NAMES: ReadonlySet<string> = new Set([
  ...OBJECTS.flatMap(([, methods]) => methods.split(" ")),
  ...["WriteMessage", "WriteJSON", "NextWriter", "WritePreparedMessage"],
  ...["Send", "SendMsg", "Recv", "RecvMsg"],
]);

interface Protocol {
  readonly kind: "object" | "websocket" | "stream";
  readonly type: string;
  /** Calls of two directions may run at once: one sends on a stream, one receives. */
  readonly direction: string;
}

/** What the documentation asks of the callers of a method, by its qualified name. */
export function protocolOf(name: string): Protocol | undefined {
  const type = METHODS.get(name);
  if (type !== undefined) return { kind: "object", type, direction: "" };
  if (WEBSOCKET.test(name))
    return { kind: "websocket", type: "websocket.Conn", direction: "write" };
  const method = STREAM.exec(name)?.[1];
  return method === undefined
    ? undefined
    : { kind: "stream", type: "stream", direction: method.slice(0, 4) };
}
