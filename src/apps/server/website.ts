/** Where people look at what the API tells: github.com, or the Enterprise Server that the API belongs to. */
export function websiteOf(apiUrl: string): string {
  const { origin, hostname } = new URL(apiUrl);
  return hostname === "api.github.com" ? "https://github.com" : origin;
}
