/**
 * The server as `chokepoint serve` starts it, for benches with a fake GitHub: it does not pause between two writes. With
 * UNBOXED it analyses in its own process, so that a thousand reviews do not start a thousand others; with NO_WORK it takes
 * deliveries alone.
 */
import { createLogger } from "../src/apps/server/logger.ts";
import { serve } from "../src/apps/server/serve.ts";
import { unboxed } from "../test/apps/server/unboxed.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

const log = createLogger();
const server = await serve({
  environment: process.env,
  directory: process.cwd(),
  isDevelopment: false,
  log,
  pace: 0,
  work: !process.env["NO_WORK"],
  ...(process.env["UNBOXED"] && { analyst: unboxed }),
});
log.info({ url: server.url }, "listening");
process.once("SIGTERM", () => void server.stop().then(() => process.exit(0)));
