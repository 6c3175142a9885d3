// Stands in for the analysis in a box, and tells what it can reach: each line on stdin is answered with one on stdout.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";

const outcome = (attempt) => {
  try {
    attempt();
    return "done";
  } catch (error) {
    return error.code;
  }
};

function reach(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve("done"));
    socket.on("error", () => resolve("refused"));
  });
}

/** How many bytes WebAssembly gets in here. */
function growWasm() {
  const page = 64 * 1024;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  for (;;)
    try {
      memory.grow(16);
    } catch {
      return memory.buffer.byteLength - page;
    }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { texts } = JSON.parse(line);
  const [[wish, { text }]] = texts;
  if (wish === "loop") for (;;);
  if (wish === "grow") for (const kept = []; ; ) kept.push(Buffer.alloc(8 << 20, 1));
  if (wish === "end") process.exit(3);
  if (wish === "who") {
    process.stdout.write(`${JSON.stringify({ kind: "missing", ids: [String(process.pid)] })}\n`);
    continue;
  }
  if (wish === "wasm") {
    process.stdout.write(`${JSON.stringify({ kind: "missing", ids: [String(growWasm())] })}\n`);
    continue;
  }
  const ids = [
    Object.keys(process.env).join(),
    outcome(() => readFileSync("/etc/hostname")),
    outcome(() => writeFileSync("/tmp/chokepoint-box", "x")),
    outcome(() => spawnSync("true")),
    await reach(Number(text)),
  ];
  process.stdout.write(`${JSON.stringify({ kind: "missing", ids })}\n`);
}
