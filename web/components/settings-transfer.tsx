'use client'

import { Button, makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components'
import {
  ArrowDownloadRegular,
  ArrowUploadRegular,
  CheckmarkCircleFilled,
  ErrorCircleFilled,
  SubtractCircleFilled,
} from '@fluentui/react-icons'
import { useRef } from 'react'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/changes.ts'
import { apiBase } from '../lib/http.ts'
import { readSettingsFile } from '../lib/settings-file.ts'
import type { ImportResult } from '../lib/types.ts'
import { settings as texts } from '../texts.ts'
import { Card, SettingCard } from './card.tsx'
import { LinkButton } from './link-button.tsx'
import { ProblemBar } from './query-view.tsx'

const icons = { created: CheckmarkCircleFilled, exists: SubtractCircleFilled, refused: ErrorCircleFilled }

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none', display: 'grid', gap: tokens.spacingVerticalM },
  entry: { display: 'flex', alignItems: 'start', gap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  words: { minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  mark: { fontSize: '20px', flexShrink: 0 },
  created: { color: 'var(--appSuccess)' },
  exists: { color: 'var(--appQuiet)' },
  refused: { color: 'var(--appCritical)' },
})

/** All settings as a file, and back. */
export function SettingsTransfer() {
  const input = useRef<HTMLInputElement>(null)
  const transfer = useAction(
    async (file: File) => api.importSettings(readSettingsFile(await file.text())),
    [['source'], ['destination'], ['links'], ['overview']],
  )
  return (
    <>
      <SettingCard icon={<ArrowDownloadRegular />} title={texts.export} about={texts.exportAbout}>
        <LinkButton href={`${apiBase}/api/export`} opens="download">
          {texts.exportButton}
        </LinkButton>
      </SettingCard>
      <SettingCard icon={<ArrowUploadRegular />} title={texts.import} about={texts.importAbout}>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={texts.importChoose}
          onChange={(event) => {
            const file = event.target.files?.[0]
            // The same file may be chosen again after it was corrected.
            event.target.value = ''
            if (file && !transfer.isPending) transfer.mutate(file)
          }}
        />
        <Button
          {...(transfer.isPending && { icon: <Spinner size="tiny" /> })}
          disabledFocusable={transfer.isPending}
          onClick={() => {
            if (!transfer.isPending) input.current?.click()
          }}
        >
          {transfer.isPending ? texts.importing : texts.importButton}
        </Button>
      </SettingCard>
      {transfer.error !== null && <ProblemBar intent="error" text={transfer.error.message} />}
      {transfer.data !== undefined && <Results result={transfer.data} />}
    </>
  )
}

function Results({ result: { message, entries } }: { readonly result: ImportResult }) {
  const styles = useStyles()
  return (
    <Card title={texts.importResults}>
      <p className={styles.quiet} role="status">
        {entries.length === 0 ? texts.importEmpty : message}
      </p>
      <ul className={styles.list}>
        {entries.map(({ kind, name, result, message: words }, place) => {
          const Icon = icons[result]
          return (
            // The list is the answer to one import and never reordered; two entries may have one name.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={place} className={styles.entry}>
              <Icon aria-hidden className={mergeClasses(styles.mark, styles[result])} />
              <div className={styles.words}>
                <div>
                  {texts.kind[kind]} {name}: {texts.result[result]}
                </div>
                <div className={styles.quiet}>{words}</div>
              </div>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
