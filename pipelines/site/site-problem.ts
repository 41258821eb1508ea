/** Something that must not be published. */
export interface SiteProblem {
  /** Path of the page in the site: `/`, `/217/chi-tieu/CT01/`. */
  readonly page: string;
  /** What was found there, in a few words. */
  readonly found: string;
}

/** A site of hundreds of pages may fail the same way on each. */
const LISTED = 20;

/** A message that lists what was found on which page. */
export function describeProblems(title: string, problems: readonly SiteProblem[]): string {
  const lines = problems.slice(0, LISTED).map(({ page, found }) => `  ${page}: ${found}`);
  const rest = problems.length - lines.length;
  if (rest > 0) lines.push(`  và ${rest} chỗ khác nữa`);
  return `${title}; chưa ghi trang nào:\n${lines.join("\n")}`;
}
