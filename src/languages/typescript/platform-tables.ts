import { QUERY_LIBRARY_CALLS } from "./query-library-tables.ts";
import { SERVER_LIBRARY_CALLS } from "./server-library-tables.ts";

/**
 * What functions of the platform yield, written as `owner.{name name …} = result`, one a line; `owner` is `module:` with perhaps a
 * class. Facts are from the documentation of Node 20–24 and of the web platform. Only what is surely so stands here.
 */
const CALLS = `
global:{fetch} = Promise<global:Response>
global:{createImageBitmap} = Promise
global:{setTimeout setInterval setImmediate} = global:Timer
global:{clearTimeout clearInterval clearImmediate queueMicrotask} = void
global:{parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI String Number Boolean Symbol BigInt btoa atob} = plain
global:console.{*} = void
global:Math.{*} = plain
global:Number.{*} = plain
global:String.{*} = plain
global:Date.{*} = plain
global:JSON.{stringify} = plain
global:Array.{isArray} = plain
global:Object.{keys} = plain[]
global:process.{exit abort} = never
global:process.{cwd uptime hrtime memoryUsage cpuUsage kill} = plain
global:process.{on once off addListener removeListener emitWarning nextTick} = plain
global:Response.{json text blob arrayBuffer formData bytes} = Promise
global:Response.constructor.{json error redirect} = global:Response
global:Request.{json text blob arrayBuffer formData bytes} = Promise
global:Blob.{text arrayBuffer bytes} = Promise
global:File.{text arrayBuffer bytes} = Promise
global:Response.{clone} = global:Response
global:Request.{clone} = global:Request
global:ReadableStream.{cancel pipeTo} = Promise
global:ReadableStream.{getReader} = global:ReadableStreamDefaultReader
global:ReadableStreamDefaultReader.{read cancel} = Promise
global:ReadableStreamDefaultReader.{releaseLock} = void
global:WritableStream.{close abort} = Promise
global:WritableStream.{getWriter} = global:WritableStreamDefaultWriter
global:WritableStreamDefaultWriter.{write close abort} = Promise
global:WritableStreamDefaultWriter.{releaseLock} = void
global:AbortController.{abort} = void
global:navigator.clipboard.{read readText write writeText} = Promise
global:navigator.locks.{request query} = Promise
global:navigator.serviceWorker.{register getRegistration} = Promise<global:ServiceWorkerRegistration>
global:navigator.serviceWorker.{getRegistrations} = Promise<global:ServiceWorkerRegistration[]>
global:navigator.permissions.{query} = Promise
global:navigator.storage.{estimate persist persisted getDirectory} = Promise
global:navigator.mediaDevices.{getUserMedia getDisplayMedia enumerateDevices} = Promise
global:navigator.{share getBattery requestMIDIAccess requestMediaKeySystemAccess} = Promise
global:crypto.subtle.{*} = Promise
global:crypto.{randomUUID getRandomValues} = plain
global:caches.{open match has delete keys} = Promise
global:WebAssembly.{compile compileStreaming instantiate instantiateStreaming} = Promise
global:document.{exitFullscreen exitPictureInPicture} = Promise
global:Promise.{reject} = Promise<never>
global:AudioContext.{close resume suspend decodeAudioData} = Promise
global:Audio.{play} = Promise
global:{HTMLMediaElement.play HTMLVideoElement.play HTMLAudioElement.play} = Promise
global:RTCPeerConnection.{createOffer createAnswer setLocalDescription setRemoteDescription addIceCandidate getStats} = Promise
global:RTCRtpSender.{replaceTrack setParameters getStats} = Promise
global:Cache.{add addAll put delete match matchAll keys} = Promise
global:Notification.{requestPermission} = Promise
global:ServiceWorkerRegistration.{update unregister showNotification} = Promise
global:Deno.{readTextFile writeTextFile readFile writeFile remove mkdir rename copyFile stat lstat open} = Promise
global:Bun.{write sleep} = Promise
pg:{Pool.connect} = Promise<pg:PoolClient>
pg:{Pool.query Pool.end PoolClient.query Client.connect Client.query Client.end} = Promise
pg:PoolClient.{release} = void
ioredis:default.{get set setex setnx del exists expire ttl incr decr incrby mget mset hget hset hdel hgetall hmset lpush rpush lpop rpop lrange sadd srem smembers zadd zrem zrange publish quit connect ping eval evalsha keys scan flushall flushdb} = Promise
ioredis:Redis.{get set setex setnx del exists expire ttl incr decr incrby mget mset hget hset hdel hgetall hmset lpush rpush lpop rpop lrange sadd srem smembers zadd zrem zrange publish quit connect ping eval evalsha keys scan flushall flushdb} = Promise
axios:default.{get post put patch delete head options request} = Promise
vue:{nextTick} = Promise
rxjs:{firstValueFrom lastValueFrom} = Promise
@tanstack/react-query:QueryResult.{fetchNextPage fetchPreviousPage mutateAsync refetch} = Promise
@trpc/react-query:utils.{invalidate refetch reset cancel fetch prefetch fetchInfinite prefetchInfinite ensureData} = Promise
@tanstack/react-query:{useQueryClient} = @tanstack/react-query:QueryClient
@tanstack/react-query:QueryClient.{invalidateQueries refetchQueries resetQueries cancelQueries prefetchQuery prefetchInfiniteQuery resumePausedMutations fetchQuery ensureQueryData fetchInfiniteQuery ensureInfiniteQueryData} = Promise
@testing-library/user-event:default.{click dblClick tripleClick hover unhover type clear selectOptions deselectOptions upload tab keyboard pointer copy cut paste} = Promise
@testing-library/user-event:default.{setup} = @testing-library/user-event:UserEvent
@testing-library/user-event:UserEvent.{click dblClick tripleClick hover unhover type clear selectOptions deselectOptions upload tab keyboard pointer copy cut paste} = Promise
@testing-library/react:{waitFor waitForElementToBeRemoved} = Promise
@testing-library/dom:{waitFor waitForElementToBeRemoved} = Promise
@playwright/test:Page.{goto click dblclick fill type press check uncheck hover focus tap reload goBack goForward close waitForTimeout waitForURL waitForLoadState waitForSelector waitForFunction waitForResponse waitForRequest waitForEvent evaluate screenshot pdf title content setContent textContent innerText innerHTML inputValue getAttribute isVisible isHidden isEnabled isChecked selectOption setInputFiles dragAndDrop addInitScript route unroute bringToFront setViewportSize} = Promise
@playwright/test:Page.{locator getByRole getByText getByLabel getByTestId getByPlaceholder} = @playwright/test:Locator
@playwright/test:Locator.{click dblclick fill type press pressSequentially check uncheck hover focus blur tap clear waitFor evaluate screenshot textContent innerText innerHTML inputValue getAttribute isVisible isHidden isEnabled isChecked selectOption setInputFiles dragTo count all allTextContents allInnerTexts scrollIntoViewIfNeeded} = Promise
@playwright/test:Locator.{locator first last nth filter getByRole getByText} = @playwright/test:Locator
node:fs/promises:{access appendFile chmod chown copyFile cp glob lchmod lchown link lstat lutimes mkdir mkdtemp readFile readdir readlink realpath rename rm rmdir stat statfs symlink truncate unlink utimes writeFile} = Promise
node:fs/promises:{open} = Promise<node:fs/promises:FileHandle>
node:fs/promises:{opendir} = Promise<node:fs:Dir>
node:fs/promises:FileHandle.{appendFile chmod chown close datasync read readFile readv stat sync truncate utimes write writeFile writev} = Promise
node:fs:promises.{access appendFile chmod chown copyFile cp lchmod lchown link lstat lutimes mkdir mkdtemp readFile readdir readlink realpath rename rm rmdir stat statfs symlink truncate unlink utimes writeFile} = Promise
node:fs:promises.{open} = Promise<node:fs/promises:FileHandle>
node:fs:promises.{opendir} = Promise<node:fs:Dir>
node:fs:{existsSync statSync lstatSync readFileSync realpathSync readlinkSync mkdtempSync openSync readSync writeSync accessSync} = plain
node:fs:{readdirSync} = plain[]
node:fs:{mkdirSync writeFileSync appendFileSync rmSync rmdirSync unlinkSync renameSync copyFileSync cpSync closeSync chmodSync symlinkSync} = void
node:fs:{access appendFile chmod chown close copyFile cp exists fstat link lstat mkdir mkdtemp open opendir read readFile readdir readlink realpath rename rm rmdir stat symlink truncate unlink utimes watchFile unwatchFile write writeFile} = void
node:path:{*} = plain
node:url:{fileURLToPath format resolve} = plain
node:os:{*} = plain
node:timers/promises:{setTimeout setImmediate} = Promise
node:timers/promises:scheduler.{wait yield} = Promise
node:timers:{setTimeout setInterval setImmediate} = global:Timer
node:timers:{clearTimeout clearInterval clearImmediate} = void
node:stream/promises:{pipeline finished} = Promise
node:stream:Readable.{toArray forEach some every find reduce} = Promise
node:stream:promises.{pipeline finished} = Promise
node:stream/consumers:{arrayBuffer blob buffer bytes json text} = Promise
node:dns/promises:{lookup lookupService resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse} = Promise
node:dns:promises.{lookup lookupService resolve resolve4 resolve6 resolveAny resolveCaa resolveCname resolveMx resolveNaptr resolveNs resolvePtr resolveSoa resolveSrv resolveTxt reverse} = Promise
node:readline/promises:{createInterface} = node:readline/promises:Interface
node:readline/promises:Interface.{question} = Promise
node:readline/promises:Interface.{close pause resume write setPrompt prompt} = void
node:events:{once} = Promise
node:util:{inspect format} = plain
node:child_process:{execSync execFileSync spawnSync} = plain
node:child_process:{spawn exec execFile fork} = node:child_process:ChildProcess
node:crypto:{randomUUID randomBytes createHash createHmac timingSafeEqual} = plain
node:crypto:subtle.{*} = Promise
node:crypto:webcrypto.subtle.{*} = Promise
node:worker_threads:Worker.{terminate} = Promise
vitest:{expect} = vitest:Assertion
vitest:expect.{poll element} = vitest:PromisedAssertion
vitest:Assertion.{toMatchFileSnapshot} = Promise
vitest:Assertion.{*} = void
vitest:PromisedAssertion.{*} = Promise
vitest:vi.{waitFor waitUntil importActual importMock runAllTimersAsync runOnlyPendingTimersAsync runAllTicksAsync advanceTimersByTimeAsync advanceTimersToNextTimerAsync dynamicImportSettled} = Promise
node:test:{default test it describe suite default.skip default.only default.todo test.skip test.only test.todo it.skip it.only it.todo describe.skip describe.only describe.todo} = Promise
node:test:{before after beforeEach afterEach} = void
node:assert:{rejects doesNotReject} = Promise
node:assert/strict:{rejects doesNotReject} = Promise
node:assert:strict.{rejects doesNotReject} = Promise
`;

/** What callbacks are given, one type for each parameter; all callbacks of a call are given the same. */
const GIVEN = `
@playwright/test:{test test.only test.skip test.fixme test.slow test.fail test.beforeEach test.afterEach} = @playwright/test:Fixtures
hono:Hono.{get post put patch delete all use on} = hono:Context koa:Next
koa:default.{use} = koa:Context koa:Next
@prisma/client:PrismaClient.{$transaction} = @prisma/client:PrismaClient
knex:Knex.{transaction} = knex:Knex
drizzle-orm:Database.{transaction} = drizzle-orm:Database
typeorm:{DataSource.transaction EntityManager.transaction} = typeorm:EntityManager
sequelize:Sequelize.{transaction} = sequelize:Transaction
mongodb:MongoClient.{withSession} = mongodb:ClientSession
`;

const PROPERTIES = `
@playwright/test:Fixtures.{page} = @playwright/test:Page
hono:Context.{req} = hono:HonoRequest
global:Promise.{prototype} = unknown
global:PromiseWithResolvers.{promise} = Promise
global:Response.{body} = global:ReadableStream
global:TransformStream.{readable} = global:ReadableStream
global:TransformStream.{writable} = global:WritableStream
global:navigator.serviceWorker.{ready} = Promise<global:ServiceWorkerRegistration>
global:Request.{body} = global:ReadableStream
global:ReadableStreamDefaultReader.{closed} = Promise
global:WritableStreamDefaultWriter.{closed ready} = Promise
vitest:Assertion.{resolves rejects} = vitest:PromisedAssertion
vitest:Assertion.{not} = vitest:Assertion
vitest:PromisedAssertion.{not} = vitest:PromisedAssertion
`;

/** Runners that hand out vitest's `expect`. */
const SAME_EXPECT = ["@jest/globals", "global"];

function parseTable(text: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const line of text.split("\n")) {
    const parts = /^(.*?)\{(.*)\} = (.*)$/.exec(line);
    const [, owner, names, result] = parts ?? [];
    if (owner === undefined || names === undefined || result === undefined) continue;
    for (const name of names.split(" ")) {
      table.set(owner + name, result);
      if (!owner.startsWith("vitest:") || (name !== "expect" && !owner.startsWith("vitest:expect")))
        continue;
      for (const module of SAME_EXPECT) table.set(owner.replace(/^vitest/, module) + name, result);
    }
  }
  return table;
}

export const PLATFORM_CALLS: ReadonlyMap<string, string> = parseTable(
  CALLS + SERVER_LIBRARY_CALLS + QUERY_LIBRARY_CALLS,
);
export const PLATFORM_GIVEN: ReadonlyMap<string, string> = parseTable(GIVEN);
export const PLATFORM_PROPERTIES: ReadonlyMap<string, string> = parseTable(PROPERTIES);

/** Classes and interfaces of the platform whose values are no promises. */
export const PLATFORM_VALUES: ReadonlySet<string> = new Set(
  [
    "AbortController AbortSignal ArrayBuffer BigInt64Array BigUint64Array Blob Buffer DataView Date DOMException Error",
    "Event EventTarget File FormData Float32Array Float64Array Headers Int16Array Int32Array Int8Array Iterator Map",
    "MessageChannel MessagePort Number Object Proxy RangeError ReadableStream ReferenceError RegExp Request Response Set",
    "SharedArrayBuffer String Symbol SyntaxError TextDecoder TextEncoder Timer TypeError URL URLSearchParams Uint16Array",
    "Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebSocket WritableStream AsyncGenerator",
    "AsyncIterable AsyncIterableIterator AsyncIterator Generator Iterable IterableIterator",
  ]
    .join(" ")
    .split(" ")
    .map((name) => `global:${name}`),
);
