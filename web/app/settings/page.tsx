import { SettingsPage } from '../../components/settings-page.tsx'

export default function Page() {
  return <SettingsPage />
}
