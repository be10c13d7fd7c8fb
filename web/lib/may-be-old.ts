import { createContext, use } from 'react'
import { useLineState } from './live.ts'
import { useNow } from './now.ts'
import { useDestinations, useSources } from './queries.ts'

/** The lists are asked for every quarter of a minute; what is older than this was asked for in vain, or slept through. */
const freshFor = 60_000

const MayBeOldContext = createContext(false)

/** Given by the shell to all that shows states. */
export const MayBeOldProvider = MayBeOldContext.Provider

/** Whether states are shown as last known, because the service has not been heard of for a while. */
export function useMayBeOld(): boolean {
  return use(MayBeOldContext)
}

/** Finds out whether the states on this page may be old. */
export function useAge(): boolean {
  const lost = useLineState() === 'lost'
  const now = useNow() ?? 0
  const lists = [useSources(), useDestinations()]
  return (
    lost ||
    lists.some(({ data, isError, dataUpdatedAt }) => data !== undefined && (isError || now - dataUpdatedAt > freshFor))
  )
}
