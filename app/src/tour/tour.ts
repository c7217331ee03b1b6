// The guided tour and the lessons: texts beside the map, each with addresses that set up the experiment. A step of the tour
// can have several views. The placeholders in its text are replaced by the epochs of the runs.

import type { Results } from "../rpc/client";
import { get, make } from "../base/dom";
import { state } from "../state";
import lessons from "./lessons.json";
import steps from "./tour.json";

interface View { title: string; address: string }
/** `focus` is the id of the element that the text describes, if it is neither the map nor the figure. `open` is the id of an
 *  element in a box that must be open. */
interface Scene { title: string; text: string; focus?: string; open?: string; views: View[] }

export class Tour {
  /** The index of the current step, if the tour is open. */
  private current: number | undefined;
  /** The address of what the page showed before the tour. */
  private before: Promise<string> | undefined;

  /** `open` opens an address and returns the results of its runs. `address` returns the address of what is visible. */
  constructor(private open: (address: string) => Promise<Results | undefined>, private address: () => Promise<string>) {
    get("tour-open").addEventListener("click", () => {
      if (this.current === undefined) this.before = this.address();
      void this.goTo(0);
    });
    get("tour-back").addEventListener("click", () => void this.goTo((this.current ?? 0) - 1));
    get("tour-next").addEventListener("click", () => void this.goTo((this.current ?? 0) + 1));
    get("tour-close").addEventListener("click", () => void this.close());
    const items = lessons.map((lesson) => make("li", {}, make("a", { href: `#${lesson.address}` }, lesson.title), ` ${lesson.text}`));
    get("lessons").replaceChildren(...items);
  }

  /** Shows the text that belongs to an address that was opened, for example with the Back button of the browser. */
  async addressOpened(address: string, results: Results | undefined): Promise<void> {
    const lesson = lessons.find((lesson) => lesson.address === address);
    const step = steps.findIndex((step) => step.views.some((view) => view.address === address));
    if (this.current !== undefined && step >= 0) this.showStep(step, results, address);
    else if (lesson) this.show({ ...lesson, views: [] }, results, undefined, address);
    // The Back button also leaves the tour.
    else if (this.current === undefined || (await this.address()) === (await this.before)) this.hide();
  }

  private async goTo(index: number): Promise<void> {
    const address = steps[index]?.views[0]?.address;
    if (address === undefined) return this.close();
    this.current = index;
    const results = await this.open(address);
    // The user can close the tour before its runs have ended.
    if (this.current !== undefined) this.showStep(index, results, address);
  }

  private showStep(index: number, results: Results | undefined, address: string): void {
    const step = steps[index];
    if (!step) return;
    this.show(step, results, index, address);
    get("tour-place").textContent = `${index + 1} of ${steps.length}`;
    get<HTMLButtonElement>("tour-back").disabled = index === 0;
    get("tour-next").textContent = index === steps.length - 1 ? "Finish" : "Next";
  }

  /** Shows a scene and what it describes. `index` is the index of the step, or nothing for a lesson. */
  private show({ title, text, focus, open, views }: Scene, results: Results | undefined, index: number | undefined, address: string): void {
    this.current = index;
    const links = views.map((view) => {
      const link = make("a", { href: `#${view.address}`, "aria-current": view.address === address ? "true" : false }, view.title);
      return make("li", {}, link);
    });
    get("tour-views").replaceChildren(...(links.length > 1 ? links : []));
    const epochs = results?.table.map((row) => String(row.epochs)) ?? [];
    get("tour").hidden = false;
    for (const id of ["tour-back", "tour-next", "tour-place"]) get(id).hidden = index === undefined;
    get("tour-title").textContent = title;
    get("tour-text").textContent = text.replace(/\{(\d)\}/g, (_, i: string) => epochs[Number(i)] ?? "");
    if (open) {
      document.getElementById(open)?.closest("details")?.toggleAttribute("open", true);
      state.sheet.value = "algorithms";
    }
    if (focus) {
      state.view.value = "table";
      state.sheet.value = "figures";
      return get(focus).scrollIntoView({ block: "nearest", inline: "center" });
    }
    const hasPicture = !get("picture-box").hidden;
    if (hasPicture) state.sheet.value = "figures";
    get(hasPicture ? "picture-box" : "stage").scrollIntoView({ block: "nearest" });
    get("detail").scrollTop = 0;
  }

  private hide(): void {
    get("tour").hidden = true;
    this.current = undefined;
  }

  /** Closes the text. After the tour, the page shows the same as before it. */
  private async close(): Promise<void> {
    const { current, before } = this;
    this.hide();
    get(current === undefined ? "lessons-title" : "tour-open").focus({ preventScroll: true });
    if (current !== undefined && before) await this.open(await before);
  }
}
