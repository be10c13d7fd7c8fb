/** What the page does to what the service holds; what was read before is read again after it. */
import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type Message } from './api.ts'
import { useProgress } from './live.ts'
import type { Item, Kind, UpdateDestination } from './types.ts'

/** Saving starts a run, whose end is near; milliseconds. */
const lookAgainAfter = [2000, 6000]

/** How an action ended. Called even where the row that began it is no longer on the page. */
export interface Report {
  readonly onSuccess: (answer: Message) => void
  readonly onError: (error: Error) => void
}

const syncKey = (kind: Kind, id: number) => ['sync', kind, id] as const

/** Starts a run and waits for its result; the list is read again when it ends, well or not. */
export function useSync(kind: Kind, id: number, report: Report) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: syncKey(kind, id),
    mutationFn: () => api.sync(kind, id),
    ...report,
    onSettled: () => client.invalidateQueries({ queryKey: [kind] }),
  })
}

/** True while a run is under way: one started from this page, or one the service tells of. */
export function useIsSyncing(kind: Kind, id: number): boolean {
  const progress = useProgress(kind, id)
  const asked = useIsMutating({ mutationKey: syncKey(kind, id), exact: true }) > 0
  return asked || progress !== undefined
}

export function useDelete(kind: Kind, id: number, report: Report) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => api.remove(kind, id),
    onSuccess: async (answer) => {
      await client.invalidateQueries({ queryKey: [kind] })
      report.onSuccess(answer)
    },
    onError: async (error) => {
      await client.invalidateQueries({ queryKey: [kind] })
      report.onError(error)
    },
  })
}

interface ChangeReport<Input> {
  readonly onSuccess: (input: Input) => void
  readonly onError: (error: Error) => void
}

/** Shows at once what was asked for, and goes back where it was refused. */
function useOptimistic<Input>(
  kind: Kind,
  id: number,
  send: (input: Input) => Promise<Message>,
  shown: (input: Input, before: Item) => object,
  report?: ChangeReport<Input>,
) {
  const client = useQueryClient()
  const key = [kind]
  return useMutation({
    mutationFn: send,
    // One after another: two answers that cross would leave the older one standing.
    scope: { id: `change ${kind} ${id}` },
    onMutate: async (input) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData<readonly Item[]>(key)
      client.setQueryData<readonly Item[]>(key, (items) =>
        items?.map((item) => (item.id === id ? { ...item, ...shown(input, item) } : item)),
      )
      return { before }
    },
    onError: (error, _input, context) => {
      client.setQueryData(key, context?.before)
      report?.onError(error)
    },
    onSuccess: (_answer, input) => report?.onSuccess(input),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
}

/** Pauses or resumes. */
export function usePause(kind: Kind, id: number, report?: ChangeReport<boolean>) {
  return useOptimistic(
    kind,
    id,
    (paused: boolean): Promise<Message> =>
      kind === 'source' ? api.updateSource(id, { paused }) : api.updateDestination(id, { paused }),
    (paused, before) => ({ paused, next_run_at: paused ? null : before.next_run_at }),
    report,
  )
}

/** Changes settings of a destination that a person sees as a control of their own. */
export function useDestinationChange(id: number) {
  return useOptimistic<UpdateDestination>(
    'destination',
    id,
    (changes) => api.updateDestination(id, changes),
    (changes) => changes,
  )
}

/** Does something once at a time and then reads again what it may have changed. */
export function useAction<Input, Answer>(
  act: (input: Input) => Promise<Answer>,
  changes: readonly (readonly unknown[])[],
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all(changes.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Reads a list again after something in it was saved, and shortly after that: saving starts a run. */
export function useRefresh(list: Kind | 'links'): () => Promise<void> {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: [list] })
  return async () => {
    for (const delay of lookAgainAfter) setTimeout(refresh, delay)
    await refresh()
  }
}
