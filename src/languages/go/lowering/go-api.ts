import type { LockMode, ObjectKind } from "../../../model/operation.ts";

/**
 * What a function or method outside the unit means to concurrency. Names are those of the documentation:
 * `sync.Mutex.Lock`, `golang.org/x/sync/errgroup.Group.Go`.
 */
export type GoApi =
  | { readonly kind: "acquire" | "release"; readonly mode: LockMode; readonly object: ObjectKind }
  /** The result says whether the lock was taken. */
  | { readonly kind: "try-acquire"; readonly mode: LockMode; readonly object: ObjectKind }
  /** `delta` undefined: it is the first argument. */
  | { readonly kind: "add"; readonly delta: number | undefined }
  | { readonly kind: "wait"; readonly object: ObjectKind }
  | { readonly kind: "signal"; readonly all: boolean }
  /** Starts a goroutine that runs the argument at `argument`; `joins`: the receiver waits for it. */
  | {
      readonly kind: "spawn";
      readonly argument: number;
      readonly joins: boolean;
      readonly makes?: ObjectKind;
    }
  /** Calls its argument, at most once. */
  | { readonly kind: "once" }
  /** The results are new objects, by position; undefined where a result is none. */
  | { readonly kind: "make"; readonly objects: readonly (ObjectKind | undefined)[] }
  /** The result stands for the argument at `argument`. */
  | { readonly kind: "derive"; readonly argument: number }
  /** A step of a path: `ctx.Done()`. */
  | { readonly kind: "step" }
  | { readonly kind: "end"; readonly end: "panic" | "goexit" | "exit" }
  | { readonly kind: "block" };

const acquire = (mode: LockMode, object: ObjectKind): GoApi => ({ kind: "acquire", mode, object });
const release = (mode: LockMode, object: ObjectKind): GoApi => ({ kind: "release", mode, object });
const attempt = (mode: LockMode, object: ObjectKind): GoApi => ({
  kind: "try-acquire",
  mode,
  object,
});
const makes = (...objects: (ObjectKind | undefined)[]): GoApi => ({ kind: "make", objects });

const OBJECTS: Readonly<Record<string, GoApi>> = {
  "sync.Mutex.Lock": acquire("write", "mutex"),
  "sync.Mutex.Unlock": release("write", "mutex"),
  "sync.Mutex.TryLock": attempt("write", "mutex"),
  "sync.RWMutex.Lock": acquire("write", "rwmutex"),
  "sync.RWMutex.Unlock": release("write", "rwmutex"),
  "sync.RWMutex.TryLock": attempt("write", "rwmutex"),
  "sync.RWMutex.RLock": acquire("read", "rwmutex"),
  "sync.RWMutex.RUnlock": release("read", "rwmutex"),
  "sync.RWMutex.TryRLock": attempt("read", "rwmutex"),
  "sync.RWMutex.RLocker": { kind: "step" },
  "sync.Locker.Lock": acquire("write", "mutex"),
  "sync.Locker.Unlock": release("write", "mutex"),
  "sync.WaitGroup.Add": { kind: "add", delta: undefined },
  "sync.WaitGroup.Done": { kind: "add", delta: -1 },
  "sync.WaitGroup.Wait": { kind: "wait", object: "waitgroup" },
  "sync.WaitGroup.Go": { kind: "spawn", argument: 0, joins: true },
  "sync.NewCond": makes("condition"),
  "sync.Cond.Wait": { kind: "wait", object: "condition" },
  "sync.Cond.Signal": { kind: "signal", all: false },
  "sync.Cond.Broadcast": { kind: "signal", all: true },
  "sync.Once.Do": { kind: "once" },
  "context.WithCancel": makes("context"),
  "context.WithCancelCause": makes("context"),
  "context.WithTimeout": makes("context"),
  "context.WithTimeoutCause": makes("context"),
  "context.WithDeadline": makes("context"),
  "context.WithDeadlineCause": makes("context"),
  "context.WithValue": { kind: "derive", argument: 0 },
  "context.AfterFunc": { kind: "spawn", argument: 1, joins: false },
  "context.Context.Done": { kind: "step" },
  "os/signal.NotifyContext": makes("context"),
  "time.After": makes("timer"),
  "time.Tick": makes("ticker"),
  "time.NewTimer": makes("timer"),
  "time.NewTicker": makes("ticker"),
  "time.AfterFunc": { kind: "spawn", argument: 1, joins: false, makes: "timer" },
  "golang.org/x/sync/errgroup.WithContext": makes("errgroup", "context"),
  "golang.org/x/sync/errgroup.Group.Go": { kind: "spawn", argument: 0, joins: true },
  "golang.org/x/sync/errgroup.Group.TryGo": { kind: "spawn", argument: 0, joins: true },
  "golang.org/x/sync/errgroup.Group.Wait": { kind: "wait", object: "errgroup" },
  "golang.org/x/sync/semaphore.NewWeighted": makes("semaphore"),
  "golang.org/x/sync/semaphore.Weighted.Acquire": acquire("write", "semaphore"),
  "golang.org/x/sync/semaphore.Weighted.Release": release("write", "semaphore"),
  "golang.org/x/sync/semaphore.Weighted.TryAcquire": attempt("write", "semaphore"),
};

/** How calls end a thread: panic (deferred calls run, somebody may recover), goexit (deferred calls run), exit (nothing runs). */
const ENDS: Readonly<Record<"panic" | "goexit" | "exit", readonly string[]>> = {
  panic: [
    ...["Panic", "Panicf", "Panicln"].flatMap((name) => [`log.${name}`, `log.Logger.${name}`]),
    ...["Panic", "Panicf"].map((name) => `github.com/sirupsen/logrus.${name}`),
    "go.uber.org/zap.Logger.Panic",
    "go.uber.org/zap.SugaredLogger.Panicf",
  ],
  goexit: [
    "runtime.Goexit",
    ...["T", "B", "F", "TB", "common"].flatMap((type) =>
      ["FailNow", "Fatal", "Fatalf", "Skip", "SkipNow", "Skipf"].map(
        (name) => `testing.${type}.${name}`,
      ),
    ),
  ],
  exit: [
    "os.Exit",
    "syscall.Exit",
    ...["Fatal", "Fatalf", "Fatalln"].flatMap((name) => [`log.${name}`, `log.Logger.${name}`]),
    ...["Fatal", "Fatalf", "Fatalln", "Exit"].flatMap((name) => [
      `github.com/sirupsen/logrus.${name}`,
      `github.com/sirupsen/logrus.Logger.${name}`,
      `github.com/sirupsen/logrus.Entry.${name}`,
      `github.com/golang/glog.${name}`,
      `k8s.io/klog.${name}`,
      `k8s.io/klog/v2.${name}`,
    ]),
    "go.uber.org/zap.Logger.Fatal",
    ...["Fatal", "Fatalf", "Fatalw"].map((name) => `go.uber.org/zap.SugaredLogger.${name}`),
  ],
};

/** Calls that may take long: network, other processes, sleeping; by package, then names. Local files are left out. */
const BLOCKING: Readonly<Record<string, readonly string[]>> = {
  time: ["Sleep"],
  net: [
    ...["Dial", "DialTimeout", "DialTCP", "DialUDP", "DialUnix"],
    ...["LookupHost", "LookupIP", "LookupAddr", "LookupCNAME", "LookupMX", "LookupTXT"],
    ...["Dialer.Dial", "Dialer.DialContext", "Listener.Accept", "TCPListener.Accept"],
    ...["UnixListener.Accept", "TCPListener.AcceptTCP", "Conn.Read", "Conn.Write"],
    ...["TCPConn.Read", "TCPConn.Write", "UnixConn.Read", "UnixConn.Write", "UDPConn.Read"],
    ...["UDPConn.ReadFrom", "UDPConn.ReadFromUDP", "PacketConn.ReadFrom", "PacketConn.WriteTo"],
    ...["Resolver.LookupHost", "Resolver.LookupIPAddr", "Resolver.LookupAddr"],
  ],
  "net/http": [
    ...["Get", "Head", "Post", "PostForm", "ListenAndServe", "ListenAndServeTLS", "Serve"],
    ...["Client.Do", "Client.Get", "Client.Head", "Client.Post", "Client.PostForm"],
    ...["Transport.RoundTrip", "RoundTripper.RoundTrip", "Server.ListenAndServe"],
    ...["Server.ListenAndServeTLS", "Server.Serve", "Server.Shutdown"],
  ],
  "net/rpc": ["Client.Call", "Dial", "DialHTTP"],
  "net/smtp": ["SendMail", "Dial"],
  "crypto/tls": ["Dial", "DialWithDialer", "Conn.Handshake", "Conn.Read", "Conn.Write"],
  "database/sql": [
    ...["Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext"].flatMap(
      (name) => [`DB.${name}`, `Tx.${name}`, `Conn.${name}`],
    ),
    ...["Exec", "ExecContext", "Query", "QueryContext", "QueryRow", "QueryRowContext"].map(
      (name) => `Stmt.${name}`,
    ),
    ...["DB.Ping", "DB.PingContext", "DB.Begin", "DB.BeginTx", "Tx.Commit", "Tx.Rollback"],
  ],
  "os/exec": ["Cmd.Run", "Cmd.Wait", "Cmd.Output", "Cmd.CombinedOutput"],
  os: ["Process.Wait"],
};

/** Functions that call what they are given before they return, in the goroutine of their caller; by package, then names. */
const CALLING_BACK: Readonly<Record<string, readonly string[]>> = {
  sort: ["Slice", "SliceStable", "Search", "Find"],
  slices: [
    ...["SortFunc", "SortStableFunc", "BinarySearchFunc", "IndexFunc", "ContainsFunc"],
    ...["DeleteFunc", "CompactFunc", "EqualFunc", "MaxFunc", "MinFunc"],
  ],
  maps: ["DeleteFunc", "EqualFunc"],
  sync: ["Map.Range"],
  strings: ["Map", "FieldsFunc", "IndexFunc", "ContainsFunc", "TrimFunc"],
  bytes: ["Map", "FieldsFunc", "IndexFunc"],
  "path/filepath": ["Walk", "WalkDir"],
  "io/fs": ["WalkDir"],
  "container/ring": ["Ring.Do"],
  "go.etcd.io/bbolt": ["DB.Update", "DB.View", "Bucket.ForEach", "Tx.ForEach"],
  "github.com/google/btree": [
    ...["BTree.Ascend", "BTree.AscendRange", "BTree.AscendGreaterOrEqual", "BTree.AscendLessThan"],
    ...["BTree.Descend", "BTree.DescendRange", "BTree.DescendLessOrEqual"],
  ],
  "golang.org/x/sync/singleflight": ["Group.Do"],
  "github.com/cenkalti/backoff/v4": ["Retry", "RetryNotify"],
  "k8s.io/client-go/util/retry": ["OnError", "RetryOnConflict"],
  "k8s.io/apimachinery/pkg/util/wait": [
    ...["Poll", "PollImmediate", "PollUntilContextTimeout", "PollUntilContextCancel"],
    ...["ExponentialBackoff", "ExponentialBackoffWithContext"],
  ],
};

const CALL_BACK: ReadonlySet<string> = new Set(
  Object.entries(CALLING_BACK).flatMap(([path, names]) => names.map((name) => `${path}.${name}`)),
);

/** Whether a function of another package calls what it is given before it returns. */
export function callsBack(name: string): boolean {
  return CALL_BACK.has(name);
}

const API: ReadonlyMap<string, GoApi> = new Map([
  ...Object.entries(OBJECTS),
  ...(["panic", "goexit", "exit"] as const).flatMap((end) =>
    ENDS[end].map((name): [string, GoApi] => [name, { kind: "end", end }]),
  ),
  ...Object.entries(BLOCKING).flatMap(([path, names]) =>
    names.map((name): [string, GoApi] => [`${path}.${name}`, { kind: "block" }]),
  ),
]);

/** Loggers and test handles of packages that no table knows: by these names nothing comes back. */
const NEVER_RETURNS =
  /\.(?:Fatal(?:f|ln|w)?|FailNowf?|SkipNow)$|\brequire\.(?:Assertions\.)?Failf?$/;
const GOEXIT: GoApi = { kind: "end", end: "goexit" };
/** Ginkgo ends a test by a panic. */
const FAILS = /\bginkgo(?:\/v\d+)?\.(?:Fail|Skip|AbortSuite)$/;
const PANIC: GoApi = { kind: "end", end: "panic" };

/** What a qualified name of another package means; undefined where it is an ordinary call. */
export function goApi(name: string): GoApi | undefined {
  return (
    API.get(name) ??
    (NEVER_RETURNS.test(name) ? GOEXIT : undefined) ??
    (FAILS.test(name) ? PANIC : undefined)
  );
}

/** Types whose values are synchronization objects. */
const OBJECT_TYPES: Readonly<Record<string, ObjectKind>> = {
  "sync.Mutex": "mutex",
  "sync.RWMutex": "rwmutex",
  "sync.Locker": "mutex",
  "sync.WaitGroup": "waitgroup",
  "sync.Cond": "condition",
  "sync.Once": "once",
  "context.Context": "context",
  "time.Timer": "timer",
  "time.Ticker": "ticker",
  "golang.org/x/sync/errgroup.Group": "errgroup",
  "golang.org/x/sync/semaphore.Weighted": "semaphore",
};

/** The kind of object that a named type of another package is; undefined for ordinary types. */
export function goObjectType(name: string): ObjectKind | undefined {
  return Object.hasOwn(OBJECT_TYPES, name) ? OBJECT_TYPES[name] : undefined;
}
