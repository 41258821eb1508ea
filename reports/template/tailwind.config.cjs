const { config } = require("@evidence-dev/tailwind/config");

/** @type {import("tailwindcss").Config} */
module.exports = {
  content: { relative: true, files: ["./src/**/*.{html,js,svelte,md}", "../../components/**/*.{js,svelte}"] },
  presets: [config],
};
