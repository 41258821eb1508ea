import { testsOfDrawn } from "./innocent.ts";

testsOfDrawn(100_000, 40_000);
