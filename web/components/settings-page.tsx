'use client'

import {
  BookOpenRegular,
  BracesRegular,
  ClockRegular,
  DatabaseRegular,
  HistoryRegular,
  InfoRegular,
  KeyboardRegular,
  LockClosedRegular,
  LockOpenRegular,
  OptionsRegular,
  PaintBrushRegular,
  RamRegular,
} from '@fluentui/react-icons'
import { formatBytes, formatExact } from '../lib/format.ts'
import { apiBase } from '../lib/http.ts'
import { useSystem } from '../lib/queries.ts'
import type { System } from '../lib/types.ts'
import { shortcuts, settings as texts } from '../texts.ts'
import { Expander, Sections, SettingCard } from './card.tsx'
import { Group } from './group.tsx'
import { ImportedFiles } from './imported-files.tsx'
import { LinkButton } from './link-button.tsx'
import { PageTitle } from './page-title.tsx'
import { ProblemBar, QueryView } from './query-view.tsx'
import { RelativeTime } from './relative-time.tsx'
import { SettingsTable } from './settings-table.tsx'
import { SettingsTransfer } from './settings-transfer.tsx'
import { ShortcutTable } from './shortcut-table.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** What the service is and how it was set up, with what can be changed of it from here. */
export function SettingsPage() {
  const system = useSystem()
  return (
    <>
      <PageTitle title={texts.heading} intro={texts.intro} />
      <Sections>
        <QueryView query={system} loading={texts.loading} loadFailed={texts.loadFailed}>
          {(known) => <Known system={known} />}
        </QueryView>
        <Group title={texts.move}>
          <SettingsTransfer />
        </Group>
        <Group title={texts.files}>
          <ImportedFiles />
        </Group>
        <Api docs={isShown(system.data)} />
        <Expander icon={<KeyboardRegular />} title={shortcuts.title} about={shortcuts.about}>
          <ShortcutTable />
        </Expander>
      </Sections>
    </>
  )
}

function Known({ system }: { readonly system: System }) {
  const { version, runtime, started_at, login, database, journal, memory, environment, warnings } = system
  const began = Date.parse(started_at)
  return (
    <>
      <div>
        {warnings.map((warning) => (
          <ProblemBar key={warning} intent="warning" text={warning} />
        ))}
        <Group title={texts.access}>
          <SettingCard
            icon={login.on ? <LockClosedRegular /> : <LockOpenRegular />}
            title={texts.login}
            about={login.on ? texts.loginAbout.on : texts.loginAbout.off}
          >
            {login.on ? texts.loginOn(login.username) : texts.loginOff}
          </SettingCard>
          <SettingCard icon={<PaintBrushRegular />} title={texts.theme} about={texts.themeAbout}>
            <ThemeSwitch foldable={false} />
          </SettingCard>
        </Group>
      </div>
      <Group title={texts.service}>
        <SettingCard icon={<InfoRegular />} title={texts.version(version)} about={runtime} />
        <SettingCard icon={<ClockRegular />} title={texts.started} about={formatExact(began)}>
          <RelativeTime at={began} />
        </SettingCard>
        <SettingCard icon={<DatabaseRegular />} title={texts.database} about={database.path}>
          {formatBytes(database.bytes)}
        </SettingCard>
        <SettingCard
          icon={<HistoryRegular />}
          title={texts.journal}
          about={texts.journalAbout(journal.entries, journal.days)}
        >
          {formatBytes(journal.bytes)}
        </SettingCard>
        <SettingCard
          icon={<RamRegular />}
          title={texts.memory}
          about={texts.memoryAbout(formatBytes(memory.heap_bytes))}
        >
          {formatBytes(memory.used_bytes)}
        </SettingCard>
        <Expander icon={<OptionsRegular />} title={texts.environment} about={texts.environmentAbout}>
          <SettingsTable
            caption={texts.environment}
            columns={[texts.variable, texts.value]}
            rows={environment.map(({ name, value, secret }) => [
              name,
              value === null ? texts.notSet : secret ? texts.secret : value,
            ])}
          />
        </Expander>
      </Group>
    </>
  )
}

/** The documentation can be switched off; that is told by the environment. */
function isShown(system: System | undefined): boolean {
  const value = system?.environment.find(({ name }) => name === 'SWAGGER_UI')?.value
  return value !== 'false' && value !== '0'
}

function Api({ docs }: { readonly docs: boolean }) {
  return (
    <Group title={texts.develop}>
      <SettingCard icon={<BookOpenRegular />} title={texts.docs} about={docs ? texts.docsAbout : texts.docsOff}>
        {docs && (
          <LinkButton href={`${apiBase}/api/swagger-ui/`} opens="tab">
            {texts.docsButton}
          </LinkButton>
        )}
      </SettingCard>
      <SettingCard icon={<BracesRegular />} title={texts.openapi} about={texts.openapiAbout}>
        <LinkButton href={`${apiBase}/api/openapi.json`} opens="tab">
          {texts.openapiButton}
        </LinkButton>
      </SettingCard>
    </Group>
  )
}
