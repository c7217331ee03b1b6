// Connects the exports with what the page shows.

import type { AddressHistory } from "./base/history";
import type { Player } from "./controls/player";
import * as share from "./controls/share";
import type { LossMap } from "./map/map";
import type { FigurePanel } from "./pictures/figures";
import { GifRecorder } from "./pictures/gif";
import type { Position, WorkerClient } from "./rpc/client";
import type { Runner } from "./rpc/runner";
import { state } from "./state";

export class Exports {
  private recorder: GifRecorder;

  /** `parts` returns the current address as alternating keys and values. */
  constructor(
    private client: WorkerClient, private runner: Runner, private map: LossMap, player: Player, private figures: FigurePanel,
    addressHistory: AddressHistory, private theme: () => string, private parts: () => string[],
  ) {
    this.recorder = new GifRecorder(client, player, () => this.recipe(true), (position, isDraft) => this.frame(position, isDraft));
    share.listen(client, {
      link: () => addressHistory.currentLink(),
      files: () => runner.files.map((file) => file.name),
      names: () => this.names(),
      recipe: () => this.recipe(false),
      svg: (recipe) => (figures.pick ? figures.svgWith(recipe) : this.mapAt(state.position.value, recipe)),
      run: () => state.selected.value,
    }, this.recorder);
    share.describeExports("");
  }

  /** Describes the content of the files. An empty title stands for the map. */
  describe(title: string): void {
    share.describeExports(title);
  }

  /** Cancels the recording of a GIF, because another experiment is shown. */
  stopRecording(): void {
    this.recorder.stop();
  }

  private mapAt(position: Position, recipe?: string): Promise<string> {
    return this.client.figure("contour", this.map.visibleWindow, this.theme(), position, 0, recipe);
  }

  private async frame(position: Position, isDraft: boolean): Promise<string> {
    const { figures } = this;
    if (figures.pick && !figures.followsPlayer) throw new Error("This figure shows complete runs and cannot be animated.");
    return figures.pick ? figures.svgAt(position, isDraft) : this.mapAt(position);
  }

  /** Returns the command that draws the map or the figure, or that animates it. */
  private async recipe(isAnimation: boolean): Promise<string> {
    const parts = this.parts();
    const window = parts.indexOf("window");
    // A figure can show the full window although the map does not.
    if (window >= 0 && this.figures.pick && !this.figures.showsVisiblePart) parts.splice(window, 2);
    const { address } = await this.client.link(parts);
    return this.client.recipe(address, this.runner.files, this.theme(), isAnimation);
  }

  /** Returns the names of exported files: the problem, followed by the figure or the algorithm. */
  private names(): { picture: string; run: string } {
    const { experiment } = this.runner;
    const run = state.selected.value;
    const problem = experiment?.problem.id ?? "";
    const ids = (experiment?.optimizers ?? []).map((optimizer) => optimizer.id);
    const id = ids[run] ?? "";
    const before = ids.slice(0, run).filter((other) => other === id).length;
    return { picture: `${problem}-${this.figures.id || "map"}`, run: `${problem}-${id}${before > 0 ? `-${before + 1}` : ""}` };
  }
}
