export function findCommand(...names: readonly string[]): string | undefined;
