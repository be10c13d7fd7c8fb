'use client'

import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { CodeRegular } from '@fluentui/react-icons'
import { whenOf } from '../lib/event-time.ts'
import { useEventDetails, useSources } from '../lib/queries.ts'
import { ruleWords } from '../lib/rule-words.ts'
import type { EventDetails, Instance, ShownKind } from '../lib/types.ts'
import { actions, calendar, event as texts } from '../texts.ts'
import { Expander } from './card.tsx'
import { Detail, DetailList } from './details.tsx'
import { DialogFrame } from './dialog-frame.tsx'
import { QueryView } from './query-view.tsx'
import { TextLink } from './text-link.tsx'

const useStyles = makeStyles({
  content: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  lines: { whiteSpace: 'pre-wrap' },
  raw: {
    margin: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
  },
})

interface EventDialogProps {
  readonly kind: ShownKind
  readonly id: number
  readonly instance: Instance
  readonly open: boolean
  readonly onClose: () => void
}

/** One event in full, and where it came from. */
export function EventDialog({ kind, id, instance, open, onClose }: EventDialogProps) {
  const styles = useStyles()
  const query = useEventDetails(kind, id, instance.uid)
  const { own, here } = whenOf(instance)
  const status = new Map<string, string>(Object.entries(calendar.status)).get(instance.status)
  return (
    <DialogFrame
      open={open}
      title={instance.summary || texts.untitled}
      onOpenChange={(data) => {
        if (!data.open) onClose()
      }}
      actions={
        <Button appearance="primary" onClick={onClose}>
          {actions.close}
        </Button>
      }
    >
      <div className={styles.content}>
        <DetailList>
          <Detail term={texts.when}>{own}</Detail>
          {here !== null && <Detail term={texts.here}>{here}</Detail>}
          {status !== undefined && <Detail term={texts.status}>{status}</Detail>}
          {instance.location !== null && <Detail term={texts.where}>{instance.location}</Detail>}
        </DetailList>
        <QueryView query={query} loading={texts.loading} loadFailed={texts.loadFailed}>
          {(details) => <Rest details={details} instance={instance} />}
        </QueryView>
      </div>
    </DialogFrame>
  )
}

function Rest({ details, instance }: { readonly details: EventDetails; readonly instance: Instance }) {
  const styles = useStyles()
  const sources = useSources()
  const { rule, description, url, categories, guests, calendar: where, source_id, written, text } = details
  const repeats = rule === null ? (instance.recurring ? texts.repeatsUnknown : null) : (ruleWords(rule) ?? rule)
  const source = sources.data?.find((each) => each.id === source_id)
  return (
    <>
      <DetailList>
        {repeats !== null && <Detail term={texts.repeats}>{repeats}</Detail>}
        {description !== null && (
          <Detail term={texts.description}>
            <span className={styles.lines}>{description}</span>
          </Detail>
        )}
        {url !== null && (
          <Detail term={texts.web}>
            <Link href={url} target="_blank" rel="noreferrer" inline>
              {url}
            </Link>
          </Detail>
        )}
        {categories.length > 0 && <Detail term={texts.categories}>{categories.join(', ')}</Detail>}
        {guests > 0 && <Detail term={texts.guests}>{guests}</Detail>}
        <Detail term={texts.calendar}>{where ?? texts.calendarUnknown}</Detail>
        {source !== undefined && (
          <Detail term={texts.source}>
            <TextLink href={`/sources/view?id=${source.id}`}>{source.name}</TextLink>
          </Detail>
        )}
        {written !== null && <Detail term={texts.origin}>{written ? texts.written : texts.notWritten}</Detail>}
      </DetailList>
      <Expander icon={<CodeRegular />} title={texts.raw} about={texts.rawAbout}>
        <pre className={styles.raw}>{text}</pre>
      </Expander>
    </>
  )
}
