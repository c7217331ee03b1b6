// Shows the chart of the loss, the table of results, or a figure.

import { get } from "../base/dom";
import { state, type View } from "../state";

const PARTS: Record<View, string> = { loss: "charts", table: "results", settings: "settings", figure: "pictures" };
const BUTTONS = ["loss", "table", "settings"] as const;

/** Connects the buttons. `closeFigure` removes the figure when the user selects another view. */
export function listen(closeFigure: () => void): void {
  const show = (view: View): void => {
    for (const [name, id] of Object.entries(PARTS)) get(id).hidden = name !== view;
    for (const name of BUTTONS) get(`view-${name}`).setAttribute("aria-pressed", String(name === view));
  };
  for (const view of BUTTONS) {
    get(`view-${view}`).addEventListener("click", () => {
      const hadFigure = state.view.value === "figure";
      state.view.value = view;
      if (hadFigure) closeFigure();
    });
  }
  state.view.watch(show);
  show(state.view.value);
}
