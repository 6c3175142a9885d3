import type { IncomingMessage } from "node:http";

/** A request that is not answered as it hoped; `status` is the answer's. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** GitHub's own cap on a payload. Bytes. */
const LARGEST = 25 * 1024 * 1024;
/** Milliseconds that a body may take. */
const PATIENCE = 10_000;

/** The body of a request as UTF-8 text; throws RequestError (413, 408, 400) for one that is too large, too slow, cut off. */
export async function readBody(
  request: IncomingMessage,
  { largest = LARGEST, patience = PATIENCE } = {},
): Promise<string> {
  // What is announced is refused unread; what is not announced is counted.
  if (Number(request.headers["content-length"] ?? 0) > largest) throw tooLarge(largest);
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(
    () => request.destroy(new RequestError(408, "the body took too long")),
    patience,
  );
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > largest) throw tooLarge(largest);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RequestError ? error : new RequestError(400, "the body was cut off");
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(largest: number): RequestError {
  return new RequestError(413, `a body may have ${largest} bytes`);
}
