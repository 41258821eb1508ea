import { appendFileSync, mkdirSync } from "node:fs";

// Merged into the template's configuration, whose folder is the working directory.
export default {
  kit: {
    // Nothing is put together here, see prerender below.
    adapter: { name: "none", adapt: () => {} },
    prerender: {
      // Bundling renders nothing. The site build renders afterwards, from the bundle that it keeps,
      // starting with every page that has no parameter and following the links in them. One page is
      // made while another waits for its queries.
      concurrency: 4,
      entries: process.env.CHITIEU_PRERENDER === "1" ? ["*"] : [],
      // A missing or failed page is written down, so that the site build can name all of them.
      handleHttpError: ({ status, path, referrer }) => {
        mkdirSync(".evidence-queries", { recursive: true });
        const problem = { page: path, status, referrer };
        appendFileSync(".evidence-queries/problems.jsonl", `${JSON.stringify(problem)}\n`);
      },
      handleMissingId: "ignore",
    },
  },
};
