interface Described {
  readonly text: string;
  readonly note: string;
}
export const sections: readonly { readonly title: string; readonly rules: Readonly<Record<string, string>> }[];
export const terminals: Readonly<Record<string, Described>>;
export const trivia: Readonly<Record<string, Described>>;
