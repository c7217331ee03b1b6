// The guided tour and the lessons: words beside the map, which an address sets up. A step of the tour may have several views;
// its numbers come from the runs.

import { get, make } from "./dom";
import type { Columns } from "./lab";
import lessons from "./lessons.json";
import steps from "./tour.json";

interface View { title: string; address: string }
/** `look` is the place of the page that the words are about, where that is not the map or the picture; `open` is in a box
 *  that they need open. */
interface Told { title: string; text: string; look?: string; open?: string; views: View[] }

export class Tour {
  /** The step of the tour that is told, if it is on its way. */
  private at: number | undefined;

  /** `open` shows what an address says and returns what its runs came to. */
  constructor(private open: (address: string) => Promise<Columns | undefined>) {
    get("tour-open").addEventListener("click", () => void this.go(0));
    get("tour-back").addEventListener("click", () => void this.go((this.at ?? 0) - 1));
    get("tour-next").addEventListener("click", () => void this.go((this.at ?? 0) + 1));
    get("tour-leave").addEventListener("click", () => this.leave());
    const items = lessons.map((lesson) => make("li", {}, make("a", { href: `#${lesson.address}` }, lesson.title), ` ${lesson.text}`));
    get("lessons").replaceChildren(...items);
  }

  /** An address was opened: whoever went back comes to the words that were there, too. */
  met(address: string, columns: Columns | undefined): void {
    const lesson = lessons.find((lesson) => lesson.address === address);
    const step = steps.findIndex((step) => step.views.some((view) => view.address === address));
    if (this.at !== undefined && step >= 0) this.step(step, columns, address);
    else if (lesson) this.tell({ ...lesson, views: [] }, columns, undefined, address);
    else if (this.at === undefined) get("tour").hidden = true;
  }

  private async go(at: number): Promise<void> {
    const address = steps[at]?.views[0]?.address;
    if (address === undefined) return this.leave();
    this.at = at;
    this.step(at, await this.open(address), address);
  }

  private step(at: number, columns: Columns | undefined, address: string): void {
    const step = steps[at];
    if (!step) return;
    this.tell(step, columns, at, address);
    get("tour-place").textContent = `${at + 1} of ${steps.length}`;
    get<HTMLButtonElement>("tour-back").disabled = at === 0;
    get("tour-next").textContent = at === steps.length - 1 ? "Finish" : "Next";
  }

  /** Tells words and brings what they are about into sight; `at` is their step on the tour. */
  private tell({ title, text, look, open, views }: Told, columns: Columns | undefined, at: number | undefined, address: string): void {
    this.at = at;
    const links = views.map((view) => {
      const link = make("a", { href: `#${view.address}`, "aria-current": view.address === address ? "true" : false }, view.title);
      return make("li", {}, link);
    });
    get("tour-views").replaceChildren(...(links.length > 1 ? links : []));
    const epochs = columns?.table.map((row) => String(row.epochs)) ?? [];
    get("tour").hidden = false;
    for (const id of ["tour-back", "tour-next", "tour-place"]) get(id).hidden = at === undefined;
    get("tour-title").textContent = title;
    get("tour-text").textContent = text.replace(/\{(\d)\}/g, (_, i: string) => epochs[Number(i)] ?? "");
    if (open) document.getElementById(open)?.closest("details")?.toggleAttribute("open", true);
    if (look) return get(look).scrollIntoView({ block: "center", inline: "center" });
    const picture = !get("picture-box").hidden;
    const { top } = get(picture ? "picture-box" : "map").getBoundingClientRect();
    // On a narrow screen the words lie over the lower part of it.
    const over = getComputedStyle(get("tour")).position === "fixed";
    if (over || top < 0 || top > innerHeight / 3) get(picture ? "picture-box" : "stage").scrollIntoView();
  }

  private leave(): void {
    get("tour").hidden = true;
    get(this.at === undefined ? "lessons-title" : "tour-open").focus({ preventScroll: true });
    this.at = undefined;
  }
}
