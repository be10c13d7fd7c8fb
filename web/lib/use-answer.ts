import { review as texts } from '../texts.ts'
import { api } from './api.ts'
import { useAction } from './changes.ts'
import { ApiError } from './http.ts'
import type { Destination } from './types.ts'

interface Ends {
  readonly alert: (intent: 'success' | 'error', text: string) => void
  readonly onBusy: (busy: boolean) => void
}

/** Carries out, or turns down, the deletions of a destination that wait. The first waits for the whole run. */
export function useAnswer({ id, name }: Destination, { alert, onBusy }: Ends) {
  const changed = [['destination'], ['held', id], ['overview'], ['runs', 'destination', id]]
  const approval = useAction((expected: number) => api.approve(id, expected), changed)
  const dismissal = useAction(() => api.dismiss(id), changed)

  const remove = async (expected: number) => {
    onBusy(true)
    try {
      const { deleted } = await approval.mutateAsync(expected)
      alert('success', texts.removed(name, deleted))
    } catch (thrown) {
      // Where the run failed the answer is kept; where it was refused nothing was.
      const stands = thrown instanceof ApiError && (thrown.status === 500 || thrown.status === 503)
      alert('error', `${name}: ${stands ? texts.stands(thrown.message) : reasonOf(thrown)}`)
    } finally {
      onBusy(false)
    }
  }
  const keep = async () => {
    try {
      const { message } = await dismissal.mutateAsync(undefined)
      alert('success', `${name}: ${message}`)
    } catch (thrown) {
      alert('error', `${name}: ${reasonOf(thrown)}`)
    }
  }
  return {
    /** `expected`: how many the person was asked about. */
    remove: (expected: number) => void remove(expected),
    keep: () => void keep(),
    removing: approval.isPending,
    keeping: dismissal.isPending,
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
