export function generatedFiles(): Map<string, string>;
export function stalePaths(files?: ReadonlyMap<string, string>): string[];
