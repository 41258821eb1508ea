import { expect, onTestFinished, test, vi } from "vitest";
import { TimeShare } from "../pipelines/warehouse/time-share.ts";

test("what is done again and again takes its share of the time; once in a while it is done at once", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const used = vi.spyOn(process, "cpuUsage");
  onTestFinished(() => {
    used.mockRestore();
    vi.useRealTimers();
  });
  const time = new TimeShare(0.25, 1000, 5000);
  // milliseconds that go by, those that it took then, and those in which it may be done again
  const given: [number, number, number][] = [
    [0, 0, 0],
    [0, 1000, 0],
    [0, 100, 400],
    [150, 0, 250],
    [250, 0, 0],
    [1000, 300, 200],
    [1_000_000, 1500, 2000],
    [0, 60_000, 5000],
    [5000, 0, 0],
  ];
  for (const [by, took, wait] of given) {
    vi.advanceTimersByTime(by);
    // as it is asked before
    void time.wait;
    used.mockReturnValue({ user: took * 900, system: took * 100 });
    await time.spend(async () => undefined);
    expect([by, took, time.wait]).toEqual([by, took, wait]);
  }
});
