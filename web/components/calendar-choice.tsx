'use client'

import { Button, Field, makeStyles, Radio, RadioGroup, Spinner, tokens } from '@fluentui/react-components'
import { CalendarMultipleRegular, SearchRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { api } from '../lib/api.ts'
import { calendarKey, choosable } from '../lib/calendar-choice.ts'
import { useCalendars } from '../lib/queries.ts'
import type { Source } from '../lib/types.ts'
import { useLook } from '../lib/use-look.ts'
import { useSave } from '../lib/use-save.ts'
import { actions, calendarChoice as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { CalendarTicks } from './calendar-ticks.tsx'
import { Expander } from './card.tsx'
import { ProblemBar, QueryView } from './query-view.tsx'

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalM, minWidth: 0 },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
})

/** Which calendars of the account go into the feed. What was ticked outlives the closing of the expander. */
export function CalendarChoice({ source }: { readonly source: Source }) {
  const styles = useStyles()
  const alert = useAlert()
  const calendars = useCalendars('source', source.id)
  const look = useLook(`/api/sources/${source.id}/discover`)
  /** What is ticked and not saved yet; null in it: all. */
  const [draft, setDraft] = useState<{ readonly chosen: readonly string[] | null } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const { saving, save } = useSave('source', {
    onSaved: () => {
      setDraft(null)
      setProblem(null)
      alert('success', texts.saved(source.name))
    },
    onRefused: setProblem,
  })

  const chosen = draft === null ? source.calendars : draft.chosen
  const choose = (next: readonly string[] | null) => {
    setDraft({ chosen: next })
    setProblem(null)
  }
  const submit = () => {
    if (chosen?.length === 0) setProblem(texts.tickOne)
    else void save(() => api.updateSource(source.id, { calendars: chosen && [...chosen] }))
  }
  const about = source.calendars === null ? texts.all : texts.chosen(source.calendars.length)

  return (
    <Expander icon={<CalendarMultipleRegular />} title={texts.title} about={about}>
      <QueryView query={calendars} loading={texts.loading} loadFailed={texts.loadFailed}>
        {(known) => {
          const offered = choosable(known.calendars, look.found, chosen ?? source.calendars)
          const keys = new Set((chosen ?? []).map(calendarKey))
          return (
            <div className={styles.root}>
              <Field label={texts.which}>
                <RadioGroup
                  value={chosen === null ? 'all' : 'some'}
                  onChange={(_, data) =>
                    choose(data.value === 'all' ? null : (source.calendars ?? offered.map(({ url }) => url)))
                  }
                >
                  <Radio value="all" label={texts.all} />
                  <Radio value="some" label={texts.some} />
                </RadioGroup>
              </Field>
              <CalendarTicks
                offered={offered}
                isTicked={({ url }) => chosen === null || keys.has(calendarKey(url))}
                disabled={chosen === null}
                onTick={(url, ticked) =>
                  choose(
                    ticked
                      ? [...(chosen ?? []), url]
                      : (chosen ?? []).filter((each) => calendarKey(each) !== calendarKey(url)),
                  )
                }
              />
              {source.calendars !== null && look.found === null && <p className={styles.quiet}>{texts.lookHint}</p>}
              {look.problem !== null && (
                <ProblemBar intent="error" text={`${texts.lookFailed} ${look.problem}`} onRetry={look.start} />
              )}
              {problem !== null && <ProblemBar intent="error" text={problem} />}
              <div className={styles.buttons}>
                {draft !== null && (
                  <>
                    <Button appearance="primary" disabledFocusable={saving} onClick={submit}>
                      {saving ? actions.saving : texts.save}
                    </Button>
                    <Button
                      disabled={saving}
                      onClick={() => {
                        setDraft(null)
                        setProblem(null)
                      }}
                    >
                      {texts.reset}
                    </Button>
                  </>
                )}
                <Button
                  icon={look.looking ? <Spinner size="extra-tiny" /> : <SearchRegular />}
                  disabledFocusable={look.looking}
                  onClick={look.start}
                >
                  {look.looking ? texts.looking : texts.look}
                </Button>
                <span role="status" className={styles.quiet}>
                  {look.looking && look.stage?.message}
                  {!look.looking && look.found !== null && texts.found(offered.filter(({ gone }) => !gone).length)}
                </span>
              </div>
            </div>
          )
        }}
      </QueryView>
    </Expander>
  )
}
