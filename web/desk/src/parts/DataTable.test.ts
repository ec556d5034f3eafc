import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp, h } from 'vue'
import { i18n } from '../lib/language'
import DataTable from './DataTable.vue'

test('a column of what is pressed is not printed', () => {
  const columns = [
    { key: 'name', label: '姓名' },
    { key: 'change', label: '操作', act: true },
  ]
  const given = { columns, rows: [{ name: '王秀英' }], rowKey: () => '1', label: '名单', empty: '没有' }
  const root = document.createElement('div')
  createApp({ render: () => h(DataTable, given as never) })
    .use(i18n)
    .mount(root)
  expect([...root.querySelectorAll('th, td')].map((each) => each.classList.contains('no-print'))).toEqual([
    false,
    true,
    false,
    true,
  ])
})

test('every list says which of its columns holds its buttons', () => {
  const pages = join(import.meta.dirname, '..', 'pages')
  const names = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  const holding = names.flatMap((name) => {
    const text = readFileSync(join(pages, name), 'utf8')
    const cells = text.matchAll(/<template #(\w+)="\{ row \}"\s*>((?:(?!<\/template)[^])*)/g)
    return [...cells].filter(([, , cell]) => cell?.includes('<el-button')).map(([, key]) => ({ name, key, text }))
  })
  expect(holding.length).toBeGreaterThan(8)
  const said = ({ key, text }: { key?: string; text: string }) =>
    text.includes(`act: key === '${key}'`) || text.includes(`key: '${key}', label: t('history.${key}'), act: true`)
  expect(holding.filter((each) => !said(each)).map(({ name, key }) => `${name} ${key}`)).toEqual([])
})
