/**
 * What we declare ourselves of the language, the web platform and Node, as a declaration file: as much as the question "is it a
 * promise, and does anybody look at what this function returns" needs. Members of iterables tell what they iterate:
 * `[Symbol.iterator]: T`. Modules of Node are read from here only where `@types/node` is not installed.
 */
export const LIBRARY = `
declare class Map<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): this;
  has(key: K): boolean;
  delete(key: K): boolean;
  clear(): void;
  forEach(callback: (value: V, key: K, map: Map<K, V>) => void, self?: any): void;
  keys(): Iterable<K>;
  values(): Iterable<V>;
  entries(): Iterable<[K, V]>;
  readonly size: number;
  [Symbol.iterator]: [K, V];
}
interface ReadonlyMap<K, V> extends Map<K, V> {}
declare class WeakMap<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): this;
  has(key: K): boolean;
  delete(key: K): boolean;
}
declare class Set<T> {
  add(value: T): this;
  has(value: T): boolean;
  delete(value: T): boolean;
  clear(): void;
  forEach(callback: (value: T, again: T, set: Set<T>) => void, self?: any): void;
  keys(): Iterable<T>;
  values(): Iterable<T>;
  readonly size: number;
  [Symbol.iterator]: T;
}
interface ReadonlySet<T> extends Set<T> {}
declare class WeakSet<T> {
  add(value: T): this;
  has(value: T): boolean;
  delete(value: T): boolean;
}
declare class WeakRef<T> {
  deref(): T | undefined;
}
interface Iterable<T> { [Symbol.iterator]: T; }
interface Iterator<T> extends Iterable<T> { next(): { value: T; done: boolean }; }
interface IterableIterator<T> extends Iterator<T> {}
interface IteratorObject<T> extends Iterator<T> {}
interface ArrayIterator<T> extends Iterator<T> {}
interface MapIterator<T> extends Iterator<T> {}
interface SetIterator<T> extends Iterator<T> {}
interface Generator<T> extends Iterator<T> {}
interface AsyncIterable<T> { [Symbol.asyncIterator]: T; }
interface AsyncIterator<T> {
  next(value?: any): Promise<{ value: T; done: boolean }>;
  return(value?: any): Promise<{ value: any; done: boolean }>;
  throw(error?: any): Promise<{ value: any; done: boolean }>;
}
interface AsyncIterableIterator<T> extends AsyncIterator<T> { [Symbol.asyncIterator]: T; }
interface AsyncGenerator<T> extends AsyncIterableIterator<T> {}
interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T | PromiseLike<T>) => void;
  reject: (reason?: any) => void;
}
interface Record<K, V> { [key: string]: V; }
interface EventListenerObject { handleEvent(event: Event): void; }
declare class EventTarget {
  addEventListener(type: string, listener: any, options?: any): void;
  removeEventListener(type: string, listener: any, options?: any): void;
  dispatchEvent(event: Event): boolean;
}
declare class AbortSignal extends EventTarget {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare class WebSocket extends EventTarget {
  close(code?: number, reason?: string): void;
  send(data: any): void;
}
declare class BroadcastChannel extends EventTarget {
  postMessage(message: any): void;
  close(): void;
}
declare class Headers {
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
}
declare class URLSearchParams {
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  append(name: string, value: string): void;
  delete(name: string): void;
  toString(): string;
}
declare class URL {
  readonly searchParams: URLSearchParams;
  readonly href: string;
  readonly pathname: string;
  readonly host: string;
  readonly hostname: string;
  readonly origin: string;
  readonly search: string;
  toString(): string;
  toJSON(): string;
}
declare class Response {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Headers;
}
declare class Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
}
declare class ReadableStream<R> {
  cancel(reason?: any): Promise<void>;
  [Symbol.asyncIterator]: R;
}

declare module "node:events" {
  class EventEmitter {
    on(event: string | symbol, listener: (...args: any[]) => void): this;
    once(event: string | symbol, listener: (...args: any[]) => void): this;
    off(event: string | symbol, listener: (...args: any[]) => void): this;
    addListener(event: string | symbol, listener: (...args: any[]) => void): this;
    removeListener(event: string | symbol, listener: (...args: any[]) => void): this;
    prependListener(event: string | symbol, listener: (...args: any[]) => void): this;
    prependOnceListener(event: string | symbol, listener: (...args: any[]) => void): this;
    removeAllListeners(event?: string | symbol): this;
    setMaxListeners(count: number): this;
    emit(event: string | symbol, ...args: any[]): boolean;
    listenerCount(event: string | symbol): number;
  }
  export { EventEmitter };
  export default EventEmitter;
}
declare module "node:stream" {
  import { EventEmitter } from "node:events";
  class Stream extends EventEmitter {
    pipe(target: any, options?: any): any;
  }
  class Readable extends Stream {
    read(size?: number): any;
    push(chunk: any, encoding?: string): boolean;
    pause(): this;
    resume(): this;
    destroy(error?: any): this;
    setEncoding(encoding: string): this;
    [Symbol.asyncIterator]: any;
  }
  class Writable extends Stream {
    write(chunk: any, callback: (error?: Error | null) => void): boolean;
    write(chunk: any, encoding?: string, callback?: (error?: Error | null) => void): boolean;
    end(callback?: () => void): this;
    end(chunk: any, callback?: () => void): this;
    end(chunk: any, encoding?: string, callback?: () => void): this;
    destroy(error?: any): this;
    cork(): void;
    uncork(): void;
  }
  class Duplex extends Readable {
    write(chunk: any, callback: (error?: Error | null) => void): boolean;
    write(chunk: any, encoding?: string, callback?: (error?: Error | null) => void): boolean;
    end(callback?: () => void): this;
    end(chunk: any, callback?: () => void): this;
    end(chunk: any, encoding?: string, callback?: () => void): this;
  }
  class Transform extends Duplex {}
  class PassThrough extends Transform {}
}
declare module "node:net" {
  import { EventEmitter } from "node:events";
  import { Duplex } from "node:stream";
  class Socket extends Duplex {
    connect(options: any, listener?: () => void): this;
    connect(port: number, host: string, listener?: () => void): this;
    setTimeout(milliseconds: number, listener?: () => void): this;
    setNoDelay(on?: boolean): this;
    setKeepAlive(on?: boolean, delay?: number): this;
    ref(): this;
    unref(): this;
  }
  class Server extends EventEmitter {
    listen(listener?: () => void): this;
    listen(port: any, listener?: () => void): this;
    listen(port: any, host?: any, listener?: () => void): this;
    listen(port: any, host?: any, backlog?: number, listener?: () => void): this;
    close(listener?: (error?: Error) => void): this;
    address(): any;
    ref(): this;
    unref(): this;
  }
  function createServer(...args: any[]): Server;
  function connect(...args: any[]): Socket;
  function createConnection(...args: any[]): Socket;
}
declare module "node:http" {
  import { Server as NetServer, Socket } from "node:net";
  import { Readable, Writable } from "node:stream";
  class IncomingMessage extends Readable {
    readonly headers: Record<string, any>;
    readonly method?: string;
    readonly url?: string;
    readonly statusCode?: number;
    readonly socket: Socket;
  }
  class OutgoingMessage extends Writable {
    setHeader(name: string, value: any): this;
    getHeader(name: string): any;
    removeHeader(name: string): void;
    flushHeaders(): void;
  }
  class ServerResponse extends OutgoingMessage {
    statusCode: number;
    writeHead(status: number, ...args: any[]): this;
    readonly headersSent: boolean;
  }
  class ClientRequest extends OutgoingMessage {
    abort(): void;
    setTimeout(milliseconds: number, callback?: () => void): this;
  }
  class Server extends NetServer {
    closeAllConnections(): void;
    closeIdleConnections(): void;
  }
  function createServer(...args: any[]): Server;
  function request(...args: any[]): ClientRequest;
  function get(...args: any[]): ClientRequest;
}
declare module "node:https" {
  import { ClientRequest, Server as HttpServer } from "node:http";
  class Server extends HttpServer {}
  function createServer(...args: any[]): Server;
  function request(...args: any[]): ClientRequest;
  function get(...args: any[]): ClientRequest;
}
declare module "node:child_process" {
  import { EventEmitter } from "node:events";
  import { Readable, Writable } from "node:stream";
  class ChildProcess extends EventEmitter {
    readonly stdin: Writable | null;
    readonly stdout: Readable | null;
    readonly stderr: Readable | null;
    readonly pid?: number;
    kill(signal?: any): boolean;
    send(message: any, callback?: (error: Error | null) => void): boolean;
    disconnect(): void;
    ref(): void;
    unref(): void;
  }
}
declare module "node:readline" {
  import { EventEmitter } from "node:events";
  class Interface extends EventEmitter {
    question(query: string, callback: (answer: string) => void): void;
    question(query: string, options: any, callback: (answer: string) => void): void;
    close(): void;
    prompt(keep?: boolean): void;
    write(data: any): void;
    [Symbol.asyncIterator]: string;
  }
  function createInterface(...args: any[]): Interface;
}
declare module "node:worker_threads" {
  import { EventEmitter } from "node:events";
  class MessagePort extends EventEmitter {
    postMessage(message: any, transfer?: any): void;
    close(): void;
    ref(): void;
    unref(): void;
  }
  class Worker extends EventEmitter {
    postMessage(message: any, transfer?: any): void;
    terminate(): Promise<number>;
    ref(): void;
    unref(): void;
  }
  const parentPort: MessagePort | null;
}
`;
