'use client'

import { Select, Switch } from '@fluentui/react-components'
import {
  ClockRegular,
  DatabaseRegular,
  LockOpenRegular,
  PauseRegular,
  RenameRegular,
  TagRegular,
} from '@fluentui/react-icons'
import { api } from '../lib/api.ts'
import { useAction } from '../lib/changes.ts'
import { splitSeconds } from '../lib/durations.ts'
import { endWords, linkValues, marks } from '../lib/link-form.ts'
import { sourceNames } from '../lib/links.ts'
import type { Link, Source } from '../lib/types.ts'
import { linkForm, linkPage as texts } from '../texts.ts'
import { useAlert } from './alerts.tsx'
import { Expander, SettingCard, Stack } from './card.tsx'
import { LinkDanger } from './link-danger.tsx'
import { ExpiryField, FreshnessField, SourcesField } from './link-fields.tsx'
import { LinkForm } from './link-form.tsx'
import { TextField } from './text-field.tsx'
import { TextLink } from './text-link.tsx'

interface LinkSettingsProps {
  readonly link: Link
  readonly sources: readonly Source[]
}

/** What can be set of a link; what belongs to the source of its address is set there. */
export function LinkSettings({ link, sources }: LinkSettingsProps) {
  const alert = useAlert()
  const isOwn = link.kind === 'own'
  const set = useAction(
    (body: Partial<Pick<Link, 'paused' | 'is_public' | 'mark'>>) => api.updateLink(link.id, body),
    [['links']],
  )
  const change = (body: Parameters<typeof set.mutate>[0]) =>
    set.mutate(body, {
      onSuccess: ({ message }) => alert('success', message),
      onError: (error) => alert('error', error.message),
    })
  // What was asked for is shown at once, and goes back where it was refused.
  const now = set.isPending ? { ...link, ...set.variables } : link
  const mark = (text: string) => marks.find((each) => each === text) ?? 'none'
  return (
    <Stack>
      <SettingCard icon={<PauseRegular />} title={texts.paused} about={texts.pausedAbout}>
        <Switch
          aria-label={texts.paused}
          checked={now.paused}
          onChange={(_, data) => change({ paused: data.checked })}
        />
      </SettingCard>
      {isOwn ? (
        <SettingCard icon={<LockOpenRegular />} title={linkForm.open} about={linkForm.openHint}>
          <Switch
            aria-label={linkForm.open}
            checked={now.is_public}
            onChange={(_, data) => change({ is_public: data.checked })}
          />
        </SettingCard>
      ) : (
        <SettingCard icon={<DatabaseRegular />} title={linkForm.sources} about={texts.foreign}>
          {link.source_ids.map((id) => (
            <TextLink key={id} href={`/sources/view?id=${id}`}>
              {sourceNames({ source_ids: [id] }, sources)}
            </TextLink>
          ))}
        </SettingCard>
      )}
      <SettingCard icon={<TagRegular />} title={linkForm.mark} about={linkForm.markHint}>
        <Select aria-label={linkForm.mark} value={now.mark} onChange={(_, data) => change({ mark: mark(data.value) })}>
          {marks.map((each) => (
            <option key={each} value={each}>
              {linkForm.marks[each]}
            </option>
          ))}
        </Select>
      </SettingCard>
      <Expander
        icon={<RenameRegular />}
        title={texts.names}
        about={[link.label || texts.noLabel, ...(link.name === null ? [] : [link.name])].join(' · ')}
      >
        <LinkForm link={link}>
          {(control) => (
            <>
              <TextField control={control} name="label" label={linkForm.label} hint={linkForm.labelHint} />
              <TextField control={control} name="name" label={linkForm.name} hint={linkForm.nameHint} />
              {isOwn && <TextField full control={control} name="path" label={linkForm.path} />}
            </>
          )}
        </LinkForm>
      </Expander>
      {isOwn && (
        <Expander icon={<DatabaseRegular />} title={linkForm.sources} about={sourceNames(link, sources)}>
          <LinkForm link={link}>{(control) => <SourcesField control={control} sources={sources} />}</LinkForm>
        </Expander>
      )}
      <Expander icon={<ClockRegular />} title={texts.time} about={timeOf(link)}>
        <LinkForm link={link}>
          {(control) => (
            <>
              <ExpiryField control={control} stored={linkValues(link).expires} />
              <FreshnessField control={control} />
            </>
          )}
        </LinkForm>
      </Expander>
      <LinkDanger link={link} />
    </Stack>
  )
}

function timeOf({ expires_at, freshness_secs }: Link): string {
  const end = expires_at === null ? texts.never : endWords(expires_at)
  if (freshness_secs === null) return `${end} · ${texts.asSynced}`
  const { amount, unit } = splitSeconds(freshness_secs)
  return `${end} · ${texts.fresh(`${amount} ${linkForm.units[unit]}`)}`
}
