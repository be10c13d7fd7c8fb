import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from './api.ts'
import { type Draft, type PlacedProblem, placeProblem, rulesOf } from './rule-edit.ts'
import type { RulesPreview, ShownKind } from './types.ts'

const pause = 300

export interface LivePreview {
  /** What was tried last, and still is shown while something newer is on its way. */
  readonly found: RulesPreview | undefined
  /** By the key of the rule. */
  readonly hits: ReadonlyMap<number, number>
  /** What is the matter with the rules, at its place. */
  readonly problem: PlacedProblem | null
  /** A failure that has nothing to do with a place. */
  readonly failure: string | null
  readonly isTrying: boolean
}

/** Tries a draft as it is being typed; what was asked before is given up as soon as there is something newer. */
export function useRulesPreview(kind: ShownKind, id: number, draft: Draft): LivePreview {
  const settled = useSettled(draft)
  const rules = rulesOf(settled)
  const { data, error, isFetching } = useQuery({
    queryKey: ['events', kind, id, 'rules', rules],
    queryFn: ({ signal }) => api.previewRules(kind, id, rules, signal),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const problem = error === null ? null : placeProblem(error.message, settled)
  return {
    found: data,
    hits: new Map(
      settled.flatMap(({ key }, place) => (data?.per_rule[place] === undefined ? [] : [[key, data.per_rule[place]]])),
    ),
    problem,
    failure: error !== null && problem === null ? error.message : null,
    isTrying: isFetching || settled !== draft,
  }
}

/** The draft as it was when the typing paused. */
function useSettled(draft: Draft): Draft {
  const [settled, setSettled] = useState(draft)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), pause)
    return () => clearTimeout(timer)
  }, [draft])
  return settled
}
