/** The version of this command, as its package.json says; a test keeps the two together. */
export const version = "0.1.0";
