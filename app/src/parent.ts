// Messages between the page and a page that shows it in a frame, such as a notebook. Both sides ignore messages of another
// version.

import { message } from "./base/errors";
import type { AddressHistory } from "./base/history";
import type { Player } from "./controls/player";
import type { WorkerClient } from "./rpc/client";
import { latest } from "./rpc/latest";
import { enqueue } from "./rpc/queue";
import type { Runner } from "./rpc/runner";

/** The version of the messages. */
const VERSION = 1;
/** Milliseconds between two messages during a drag or a playback. */
const INTERVAL = 100;

/** What the page shows. */
interface VisibleState {
  address: string;
  problem: string;
  optimizers: string[];
  start: number[];
  /** The epoch that the player shows. */
  epoch: number;
  /** Why the last message could not be obeyed, or an empty text. */
  failure: string;
}
/** What the page shall show; missing parts stay as they are. */
type Change = Partial<Omit<VisibleState, "failure">>;

export class ParentPage {
  private failure = "";

  /** `open` opens an address. */
  constructor(
    private client: WorkerClient, private runner: Runner, private player: Player, private addressHistory: AddressHistory,
    private open: (address: string) => Promise<void>,
  ) {
    if (parent === window) return;
    addEventListener("message", (event: MessageEvent<unknown>) => {
      if (event.source !== parent) return;
      const received = event.data as { thalweg?: unknown; change?: Change } | null;
      const { thalweg, change } = received ?? {};
      if (thalweg === VERSION && change) void enqueue(() => this.apply(change));
    });
  }

  /** Posts what the page shows to its parent, after a pause. Changes during the pause are merged into one message. */
  post = latest(async () => {
    if (parent === window) return;
    await new Promise((resolve) => { setTimeout(resolve, INTERVAL); });
    const state = await this.state();
    // The frame has no origin of its own, and it cannot know that of its parent. The state is no secret.
    parent.postMessage({ thalweg: VERSION, state }, "*");
  });

  private async state(): Promise<VisibleState> {
    const { runner, player, failure } = this;
    const { address } = await this.addressHistory.currentLink();
    const at = player.position ?? player.last;
    const epoch = player.byEvaluations ? await this.client.converted(at, false) : at;
    return { address, problem: this.problem, optimizers: runner.picks, start: this.start, epoch, failure };
  }

  private get problem(): string {
    return this.runner.parts[this.runner.parts.indexOf("on") + 1] ?? "";
  }

  private get start(): number[] {
    return (this.runner.experiment?.start ?? "").split(",").map(Number);
  }

  private async apply(change: Change): Promise<void> {
    try {
      await this.applyParts(change);
      this.failure = "";
    } catch (error) {
      this.failure = message(error);
    }
    void this.post();
  }

  private async applyParts({ address, problem, optimizers, start, epoch }: Change): Promise<void> {
    const { runner, player } = this;
    const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
    const idOf = (pick: string): string | undefined => pick.split(":")[0];
    if (address !== undefined) await this.open(address);
    if (problem !== undefined && problem !== this.problem) {
      await (idOf(problem) === idOf(this.problem) ? runner.setProblem(problem, "new") : runner.replaceProblem(problem));
    }
    if (optimizers && differs(optimizers, runner.picks)) await runner.setPicks(optimizers, "new");
    if (start && differs(start, this.start)) await runner.set("start", start.join(","), "new");
    if (typeof epoch !== "number") return;
    player.pause();
    player.goTo(player.byEvaluations ? await this.client.converted(epoch, true) : epoch, true);
  }
}
