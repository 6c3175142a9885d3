import { isUtf8 } from "node:buffer";
import type { NoticeKind } from "../core/finding.ts";

/** Files with more bytes are not read: as many as the longest text that is parsed can have. */
export const LARGEST_FILE = 4 * 4 * 1024 * 1024;

export type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly kind: NoticeKind; readonly message: string };

/** Bytes to text. A byte order mark and carriage returns stay, so that offsets are those of the file. */
export function decodeText(bytes: Buffer): Decoded {
  if (bytes.length > LARGEST_FILE) return tooLarge(bytes.length);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return notText("it is UTF-16; save it as UTF-8");
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    return notText(`it has a NUL byte at offset ${nul}; remove it, or exclude the file`);
  if (!isUtf8(bytes)) return notText("it is not UTF-8; save it as UTF-8, or exclude the file");
  return { ok: true, text: bytes.toString("utf8") };
}

function notText(why: string): Decoded {
  return { ok: false, kind: "encoding", message: `not looked at: ${why}` };
}

/** Why a file of so many bytes is not read. */
export function tooLarge(bytes: number): Decoded & { readonly ok: false } {
  const millions = (count: number) => (count / 1_000_000).toFixed(1);
  return {
    ok: false,
    kind: "too-large",
    message: `not looked at: ${millions(bytes)} MB, and files over ${millions(LARGEST_FILE)} MB are not read`,
  };
}
