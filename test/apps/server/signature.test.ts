import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSigned } from "../../../src/apps/server/signature.ts";

const SECRETS = ["It's a Secret to Everybody", "the one before"];
const sign = (body: string, secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

describe("the signature of a delivery", () => {
  it("is the one of GitHub's documentation", () => {
    const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    expect(isSigned("Hello, World!", signature, SECRETS)).toBe(true);
  });

  it("is made with one of the secrets", () => {
    for (const secret of SECRETS) expect(isSigned("x", sign("x", secret), SECRETS)).toBe(true);
    expect(isSigned("x", sign("x", "another"), SECRETS)).toBe(false);
  });

  it("is of this body, and of nothing else", () => {
    const good = sign("x", "the one before");
    const forged = [
      undefined,
      "",
      "sha256=",
      good.slice(0, -1),
      `${good}00`,
      good.replace("sha256", "sha1"),
      good.toUpperCase(),
      sign("x ", "the one before"),
      `sha256=${"0".repeat(64)}`,
      `sha256=${"é".repeat(32)}`,
    ];
    for (const signature of forged) expect(isSigned("x", signature, SECRETS)).toBe(false);
    expect(isSigned("x", good, [])).toBe(false);
  });
});
