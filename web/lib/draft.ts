/** What was typed into a wizard, kept for this tab alone, so that a reload or a look at another page loses nothing. */

interface Shelf {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface SavedDraft<Draft> {
  readonly step: number
  readonly draft: Draft
}

/** Changes with the shape of drafts: what an older dashboard left behind is not taken for one. */
const version = 1

const place = (key: string) => `draft ${key} ${version}`

/** The draft that was left; null where there is none, or none that can be read. */
export function readDraft<Draft extends object>(shelf: Shelf, key: string, blank: Draft): SavedDraft<Draft> | null {
  try {
    // Written by `writeDraft` from this shape; the version keeps other shapes out.
    const saved = JSON.parse(shelf.getItem(place(key)) ?? 'null') as SavedDraft<Draft> | null
    return saved && { step: saved.step, draft: { ...blank, ...saved.draft } }
  } catch {
    return null
  }
}

/** Keeps a draft without its passwords, those inside addresses included. */
export function writeDraft<Draft extends object>(shelf: Shelf, key: string, saved: SavedDraft<Draft>): void {
  try {
    shelf.setItem(place(key), JSON.stringify(saved, withoutSecrets))
  } catch {
    // A browser that keeps nothing for pages, or has no room left: then there is no draft after a reload.
  }
}

export function dropDraft(shelf: Shelf, key: string): void {
  shelf.removeItem(place(key))
}

function withoutSecrets(name: string, value: unknown): unknown {
  if (name === 'password') return ''
  return typeof value === 'string' ? value.replace(/^(\s*[a-z]+:\/\/[^/?#@:]*):[^/?#@]*@/i, '$1@') : value
}
