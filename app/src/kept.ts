// What a browser keeps for the page; it may keep nothing, and then it holds for as long as the page is open.

import { bytesOf } from "./base64";
import type { DataFile } from "./lab";

const THEME = "thalweg-theme";
const FILES = "thalweg-files";
/** Bytes of files above which they are not kept. */
const MOST = 1_000_000;

function tried<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** The theme that was chosen by hand the last time. */
export const keptTheme = (): string | null => tried(() => localStorage.getItem(THEME), null);
export const keepTheme = (theme: string): void => tried(() => localStorage.setItem(THEME, theme), undefined);

/** The files that were given in this tab: a reload does not lose them. */
export function keptFiles(): DataFile[] {
  const kept = tried(() => JSON.parse(sessionStorage.getItem(FILES) ?? "[]") as [string, string][], []);
  return tried(() => kept.map(([name, base64]) => ({ name, bytes: bytesOf(base64) })), []);
}

export function keepFiles(files: DataFile[]): void {
  const small = files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= MOST;
  const letters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const kept = small ? files.map(({ name, bytes }) => [name, btoa(letters(bytes))]) : [];
  tried(() => sessionStorage.setItem(FILES, JSON.stringify(kept)), undefined);
}
