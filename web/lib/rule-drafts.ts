/** Drafts of rules that are not saved yet: they outlast the way to another page, and closing the tab asks first. */
import type { Draft } from './rule-edit.ts'
import type { ShownKind } from './types.ts'

const kept = new Map<string, Draft>()

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

export const draftPlace = (kind: ShownKind, id: number) => `${kind} ${id}`

export function keptDraft(place: string): Draft | undefined {
  return kept.get(place)
}

export function keepDraft(place: string, draft: Draft): void {
  kept.set(place, draft)
  window.addEventListener('beforeunload', askBeforeLeaving)
}

export function dropDraft(place: string): void {
  kept.delete(place)
  if (kept.size === 0) window.removeEventListener('beforeunload', askBeforeLeaving)
}
