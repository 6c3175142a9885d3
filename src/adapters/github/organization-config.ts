import { CONFIG_FILE } from "../../config/configs.ts";
import { decodeText } from "../decode-text.ts";
import { type Client, statusOf } from "./client.ts";

/** The repository that holds what an owner wants for all of theirs; GitHub keeps its own defaults there too. */
export const OWNERS_REPOSITORY = ".github";

/** The `.chokepoint.yml` of an owner's `.github`; undefined where there is none, or nobody lets us read it. */
export async function readOrganizationConfig(
  client: Client,
  owner: string,
): Promise<string | undefined> {
  try {
    const place = { owner, repo: OWNERS_REPOSITORY, path: CONFIG_FILE };
    const { data } = await client.rest.repos.getContent(place);
    if (Array.isArray(data) || data.type !== "file") return undefined;
    const decoded = decodeText(Buffer.from(data.content, "base64"));
    return decoded.ok ? decoded.text : undefined;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 403) return undefined;
    throw error;
  }
}
