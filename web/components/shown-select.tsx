'use client'

import { makeStyles, Select } from '@fluentui/react-components'
import { type Chosen, chosenOf, shownKinds } from '../lib/calendar-view.ts'
import type { Destination, Link, Source } from '../lib/types.ts'
import { calendar as texts } from '../texts.ts'

const useStyles = makeStyles({ select: { minWidth: 'min(280px, 80vw)', maxWidth: '100%' } })

interface ShownSelectProps {
  readonly sources: readonly Source[]
  readonly links: readonly Link[]
  readonly destinations: readonly Destination[]
  /** Null: what the address names is not there. */
  readonly chosen: Chosen | null
  readonly onChoose: (chosen: Chosen) => void
}

/** Which calendar is shown. */
export function ShownSelect({ sources, links, destinations, chosen, onChoose }: ShownSelectProps) {
  const styles = useStyles()
  const named = {
    source: sources,
    link: links.map(({ id, label, name, path }) => ({ id, name: label || name || path })),
    destination: destinations,
  }
  return (
    <Select
      className={styles.select ?? ''}
      aria-label={texts.choose}
      value={chosen === null ? '' : `${chosen.kind} ${chosen.id}`}
      onChange={(_, { value }) => {
        const [kind = null, id = null] = value.split(' ')
        const next = chosenOf(kind, id)
        if (next !== null) onChoose(next)
      }}
    >
      {chosen === null && <option value="">{texts.choose}</option>}
      {shownKinds
        .filter((kind) => named[kind].length > 0)
        .map((kind) => (
          <optgroup key={kind} label={texts.groups[kind]}>
            {named[kind].map(({ id, name }) => (
              <option key={id} value={`${kind} ${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
    </Select>
  )
}
