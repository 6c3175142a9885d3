import { type DestinationStream, type Logger, pino } from "pino";

/**
 * The server's log: a JSON object a line, on stderr unless told otherwise. Errors are told by kind, message and stack, and
 * deliveries by id and name: never a payload, a body or a header.
 */
export function createLogger(destination?: DestinationStream): Logger {
  const options = {
    name: "chokepoint",
    serializers: { err: errorFacts, error: errorFacts, event: deliveryFacts },
    redact: ["headers", "*.headers", "*.*.headers", "payload", "*.payload", "*.*.payload"],
  };
  return pino(options, destination ?? pino.destination(2));
}

/** What is told of an error; those of GitHub's libraries carry the whole request or delivery. */
function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name: type, message, stack } = error;
  const status = "status" in error && typeof error.status === "number" ? error.status : undefined;
  return { type, message, stack, ...(status === undefined ? {} : { status }) };
}

/** We log under `event` a delivery's name, Probot all of it, or again an error. */
function deliveryFacts(event: unknown): object | string {
  if (typeof event === "string") return event;
  if (event instanceof Error) return errorFacts(event);
  const { id, name } = (event ?? {}) as { id?: unknown; name?: unknown };
  return { id, name };
}
