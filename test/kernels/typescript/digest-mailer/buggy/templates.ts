export interface Article {
  readonly title: string;
  readonly topic: string;
  readonly url: string;
}

export function renderDigest(articles: readonly Article[]): string {
  return articles.map(({ title, url }) => `* ${title}\n  ${url}`).join("\n");
}
