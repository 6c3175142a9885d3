import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether a delivery's body is signed with one of the secrets: `x-hub-signature-256`, an HMAC in hexadecimal digits. It takes
 * the same time wherever the two differ.
 */
export function isSigned(
  body: string,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  const given = Buffer.from(/^sha256=([\da-f]{64})$/.exec(signature ?? "")?.[1] ?? "", "hex");
  if (given.length === 0) return false;
  return secrets.some((secret) =>
    timingSafeEqual(given, createHmac("sha256", secret).update(body).digest()),
  );
}
