'use client'

import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import { useSubscribe } from '../lib/queries.ts'
import type { Subscribe } from '../lib/types.ts'
import { subscribe as texts } from '../texts.ts'
import { DetailList, LinkDetail } from './details.tsx'
import { QrCode } from './qr-code.tsx'
import { ProblemBar, QueryView } from './query-view.tsx'

const useStyles = makeStyles({
  root: { display: 'grid', gap: tokens.spacingVerticalL },
  scan: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'start' },
  words: { flex: '1 1 240px', minWidth: 0 },
  text: { margin: `0 0 ${tokens.spacingVerticalM}`, color: tokens.colorNeutralForeground2 },
  steps: { margin: 0, paddingLeft: '20px', display: 'grid', gap: tokens.spacingVerticalXS, overflowWrap: 'anywhere' },
  press: { color: tokens.colorBrandForegroundLink },
  warning: { color: 'var(--appCaution)', margin: `0 0 ${tokens.spacingVerticalS}` },
})

/** How to subscribe to a link: its address in each form, a QR code for a phone, and the steps of each program. */
export function SubscribePanel({ linkId }: { readonly linkId: number }) {
  return (
    <QueryView query={useSubscribe(linkId)} loading={texts.loading} loadFailed={texts.loadFailed}>
      {(found) => <Panel found={found} />}
    </QueryView>
  )
}

function Panel({ found: { address, page, is_public, ways } }: { readonly found: Subscribe }) {
  const styles = useStyles()
  const isLocal = /^https?:\/\/(localhost|127\.|\[::1\])/.test(page)
  return (
    <div className={styles.root}>
      {!is_public && <ProblemBar intent="warning" text={texts.needsLogin} />}
      {isLocal && <ProblemBar intent="warning" text={texts.onlyHere} />}
      <div className={styles.scan}>
        <QrCode text={page} label={texts.qr(page)} />
        <div className={styles.words}>
          <p className={styles.text}>{texts.scan}</p>
          <DetailList>
            <LinkDetail term={texts.address} url={address} />
            <LinkDetail term={texts.webcal} url={address.replace(/^https?:/, 'webcal:')} />
            <LinkDetail term={texts.page} url={page} />
          </DetailList>
        </div>
      </div>
      <Accordion collapsible multiple>
        {ways.map(({ id, title, steps, press, usable }) => (
          <AccordionItem key={id} value={id}>
            <AccordionHeader as="h3">{title}</AccordionHeader>
            <AccordionPanel>
              {!usable && <p className={styles.warning}>{texts.unusable}</p>}
              <ol className={styles.steps}>
                {steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              {press !== null && usable && (
                <p>
                  <a className={styles.press} href={press.href} target="_blank" rel="noreferrer">
                    {press.label}
                  </a>
                </p>
              )}
            </AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
    </div>
  )
}
