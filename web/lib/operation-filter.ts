import type { Operation } from './types.ts'

/** Which operations of a run are shown; null: all of that kind. */
export interface OperationFilter {
  readonly search: string
  readonly kind: Operation['kind'] | null
  readonly result: NonNullable<Operation['result']> | null
}

export const allOperations: OperationFilter = { search: '', kind: null, result: null }

/** Every word typed must occur in the title, the reason, or a value before or after. */
export function filterOperations(operations: readonly Operation[], { search, kind, result }: OperationFilter) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return operations.filter((operation) => {
    if (kind !== null && operation.kind !== kind) return false
    if (result !== null && operation.result !== result) return false
    if (words.length === 0) return true
    const { subject, reason, changes } = operation
    const values = changes.flatMap(({ before, after }) => [before ?? '', after ?? ''])
    const text = [subject, reason ?? '', ...values].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
