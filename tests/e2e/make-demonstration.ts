import { demonstrationSite } from "./demonstration.ts";

// A process of `setup.ts`.
await demonstrationSite(process.argv.includes("whole"));
