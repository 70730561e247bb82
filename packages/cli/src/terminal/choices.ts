/** What options have to choose from. Here and not beside what they are for, which the command line is not to wait for. */

export const reportFormats = ["pretty", "json", "sarif", "github", "junit"] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const testFormats = ["pretty", "json", "junit"] as const;
export type TestFormat = (typeof testFormats)[number];

export const diffFormats = ["pretty", "json", "markdown"] as const;
export type DiffFormat = (typeof diffFormats)[number];

/** Of what has these two alone. */
export const plainFormats = ["pretty", "json"] as const;
export type PlainFormat = (typeof plainFormats)[number];

export const failures = ["widened", "narrowed", "changed"] as const;
export type Failure = (typeof failures)[number];
