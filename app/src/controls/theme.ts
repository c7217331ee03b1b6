// Switches between the light and the dark theme. The system selects the theme until the user does.

import { get } from "../base/dom";
import { loadTheme, saveTheme } from "../base/storage";

export class ThemeSwitch {
  private button = get("theme");
  /** Called after the theme has changed. */
  onChange: () => void = () => {};

  constructor() {
    const system = matchMedia("(prefers-color-scheme: dark)");
    const saved = loadTheme();
    this.show(saved ? saved === "dark" : system.matches);
    system.addEventListener("change", (event) => this.change(event.matches));
    this.button.addEventListener("click", () => {
      this.change(this.theme === "light");
      saveTheme(this.theme);
    });
  }

  /** The name of the theme for the page and its pictures. */
  get theme(): string {
    return document.documentElement.dataset["theme"] ?? "light";
  }

  private change(dark: boolean): void {
    this.show(dark);
    this.onChange();
  }

  private show(dark: boolean): void {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    this.button.setAttribute("aria-pressed", String(dark));
    for (const id of ["save-svg", "save-png", "save-gif"]) {
      get(id).title = dark ? "In dark colors, like the page" : "In light colors, like the page";
    }
  }
}
