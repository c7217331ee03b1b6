// The buttons of a narrow screen, which shows one part of the page below the map, and the list of keys.

import { get } from "../base/dom";
import { state, type Sheet } from "../state";

/** Connects the buttons. */
export function listen(): void {
  const main = document.querySelector("main");
  const buttons = [...get("sheets").querySelectorAll("button")];
  const show = (sheet: Sheet): void => {
    if (main) main.dataset["sheet"] = sheet;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["open"] === sheet));
  };
  for (const button of buttons) button.addEventListener("click", () => (state.sheet.value = button.dataset["open"] as Sheet));
  state.sheet.watch(show);
  show(state.sheet.value);
  listenToMenus();
  listenToKeys();
}

/** Closes a menu when the user clicks elsewhere or presses Escape. */
function listenToMenus(): void {
  const menus = [...document.querySelectorAll<HTMLDetailsElement>(".menu")];
  document.addEventListener("pointerdown", (event) => {
    for (const menu of menus) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of menus) menu.open = false;
  });
}

function listenToKeys(): void {
  const dialog = get<HTMLDialogElement>("keys");
  get("keys-open").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches("input[type=text], select, textarea");
    if (event.key === "?" && !isTyping) dialog.showModal();
    if (event.key === " " && event.target === document.body) {
      event.preventDefault();
      get("play").click();
    }
  });
}
