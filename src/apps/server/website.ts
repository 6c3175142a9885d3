/** Where people look at what the API tells: github.com, a company's ghe.com, or the Enterprise Server that the API belongs to. */
export function websiteOf(apiUrl: string): string {
  const { origin, hostname } = new URL(apiUrl);
  return /^api\.(github\.com|[^.]+\.ghe\.com)$/.test(hostname)
    ? origin.replace("//api.", "//")
    : origin;
}
