import { serveWorker } from "./index.ts";

serveWorker(globalThis);
