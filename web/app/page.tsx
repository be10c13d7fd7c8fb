import { OverviewPage } from '../components/overview-page.tsx'

export default function Page() {
  return <OverviewPage />
}
