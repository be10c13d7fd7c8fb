import { useRef, useState } from 'react'
import type { Message } from './api.ts'
import { useRefresh } from './changes.ts'
import type { Kind } from './types.ts'

interface Ends {
  readonly onSaved: (message: string) => void
  readonly onRefused: (message: string) => void
}

/**
 * Saves a form, one save at a time: further clicks while one is under way do nothing. `send` resolves to null where it
 * stopped to ask something first. Before the form closes, the list has been read again.
 */
export function useSave(list: Kind | 'links', { onSaved, onRefused }: Ends) {
  const refresh = useRefresh(list)
  const [saving, setSaving] = useState(false)
  const busy = useRef<boolean>(false)

  const save = async (send: () => Promise<Message | null>): Promise<void> => {
    if (busy.current) return
    busy.current = true
    setSaving(true)
    try {
      const answer = await send()
      if (answer === null) return
      await refresh()
      onSaved(answer.message)
    } catch (thrown) {
      onRefused(thrown instanceof Error ? thrown.message : String(thrown))
    } finally {
      busy.current = false
      setSaving(false)
    }
  }
  return { saving, save }
}
