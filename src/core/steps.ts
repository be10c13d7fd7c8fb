/**
 * Long work in steps of a few milliseconds each, and its result. Whoever runs it may do other things between two of them;
 * nothing of it is to be seen before its end.
 */
export type Steps<T> = Generator<void, T, void>

/** Does all of it at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Events that are read, compared or written in one step. */
export const EVENTS_A_STEP = 200

/** Goes through a long list, with a step's end after every so many of it. */
export function* inSteps<T>(list: Iterable<T>, act: (item: T) => void, aStep = EVENTS_A_STEP): Steps<void> {
  let count = 0
  for (const item of list) {
    act(item)
    count += 1
    if (count % aStep === 0) yield
  }
}
