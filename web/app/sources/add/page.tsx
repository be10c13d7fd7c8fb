import { AddPage } from '../../../components/add-page.tsx'

export default function Page() {
  return <AddPage kind="source" />
}
