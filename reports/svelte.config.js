// Merged into the template's configuration.
export default {
  kit: {
    prerender: {
      // The site build prerenders by itself after the bundle is there, from the pages that others link to.
      entries: process.env.CHITIEU_PRERENDER === "1" ? ["*"] : [],
      // A page that fails or is missing is written down by the caller, which names all of them at once.
      handleHttpError: ({ status, path, referrer }) => {
        globalThis.chitieuPrerenderProblems?.push({ status, page: path, referrer });
      },
      handleMissingId: "ignore",
    },
  },
};
