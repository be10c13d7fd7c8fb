/** Where the pushes (W4 to W6) take place: a feed of the bench, and a server, each with a counter in front of it. */
import { benchFeed } from '../lib/calendars.ts'
import type { BenchServer } from '../servers/bench-server.ts'
import { type Counter, startCounter, type Traffic } from '../servers/counter.ts'
import { type Feed, startFeed } from '../servers/feed.ts'
import { type Ours, startOurs } from '../servers/ours.ts'
import { serve, temporaryFolder } from './contest.ts'

export interface PushPlace {
  readonly server: BenchServer
  /** Counts what passes to the server and to the feed. */
  readonly counter: Counter
  readonly feed: Feed
  readonly ours: Ours
  readonly folder: string
  /** The feed for one who reaches the server at this origin. */
  feedAt(origin: string): string
}

/** `filled`: with how many events of the feed the calendar on the server begins. */
export async function openPushPlace(
  stack: AsyncDisposableStack,
  start: (size: number) => Promise<BenchServer>,
  size: number,
  filled: number,
): Promise<PushPlace> {
  const { server, counter } = await serve(stack, start, filled)
  const feed = await startFeed(benchFeed(size))
  stack.defer(() => feed.stop())
  const feedCounter = await startCounter(new URL(feed.url).origin)
  stack.defer(() => feedCounter.close())
  const folder = await temporaryFolder(stack, 'push')
  const ours = await startOurs()
  stack.defer(() => ours.stop())
  return {
    server,
    feed,
    ours,
    folder,
    counter: { ...counter, take: () => sum(counter.take(), feedCounter.take()) },
    feedAt: (origin) => (origin === server.origin ? feed.url : `${feedCounter.origin}/feed.ics`),
  }
}

function sum(one: Traffic, other: Traffic): Traffic {
  return {
    requests: one.requests + other.requests,
    puts: one.puts + other.puts,
    sent: one.sent + other.sent,
    received: one.received + other.received,
  }
}
