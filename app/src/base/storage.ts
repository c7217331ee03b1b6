// Values that the browser stores for the page. If the browser refuses to store them, they last until the page is closed.

import { bytesOf } from "../rpc/base64";
import type { DataFile } from "../rpc/client";

const THEME = "thalweg-theme";
const VISITED = "thalweg-visited";
const FILES = "thalweg-files";
/** Total size in bytes above which files are not stored. */
const MAX_BYTES = 1_000_000;

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Returns the theme that the user selected last. */
export const loadTheme = (): string | null => attempt(() => localStorage.getItem(THEME), null);
export const saveTheme = (theme: string): void => attempt(() => localStorage.setItem(THEME, theme), undefined);

/** Returns whether the page was never opened before in this browser. If the browser stores nothing, no visit is the first. */
export function isFirstVisit(): boolean {
  return attempt(() => {
    const isFirst = localStorage.getItem(VISITED) === null;
    localStorage.setItem(VISITED, "yes");
    return isFirst;
  }, false);
}

/** Returns the files that were opened in this tab, so that a reload does not lose them. */
export function loadFiles(): DataFile[] {
  const stored = attempt(() => JSON.parse(sessionStorage.getItem(FILES) ?? "[]") as [string, string][], []);
  return attempt(() => stored.map(([name, base64]) => ({ name, bytes: bytesOf(base64) })), []);
}

export function saveFiles(files: DataFile[]): void {
  const isSmall = files.reduce((sum, { bytes }) => sum + bytes.length, 0) <= MAX_BYTES;
  const letters = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const stored = isSmall ? files.map(({ name, bytes }) => [name, btoa(letters(bytes))]) : [];
  attempt(() => sessionStorage.setItem(FILES, JSON.stringify(stored)), undefined);
}
