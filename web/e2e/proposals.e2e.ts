// What visitors propose besides facts, decided at the desk: somebody new, a status, a contact.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, call, openHouse, settled, village, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

const dialog = (page: Page) => page.getByRole('dialog', { name: '变更建议' })
async function propose(what: object): Promise<void> {
  const visitor = await house.enter('fangwen')
  await call(visitor, 'POST', '/proposals', what)
  await visitor.context().close()
}
async function somebody(): Promise<string> {
  const clerk = await house.enter('cunju')
  const { people } = (await call(clerk, 'POST', '/people/list', { area: village, limit: 1 })) as {
    people: { id: string }[]
  }
  await clerk.context().close()
  assert.ok(people[0])
  return people[0].id
}
/** The clerk's list, and the dialog of the only proposal in it. */
async function openOnly(kind: string): Promise<Page> {
  const clerk = await house.enter('cunju', '/work/proposals')
  await clerk.getByRole('row').filter({ hasText: kind }).getByRole('button', { name: '查看并决定' }).click()
  await dialog(clerk).getByText(kind).waitFor()
  return clerk
}
async function accept(clerk: Page): Promise<void> {
  await dialog(clerk).getByRole('button', { name: '采纳', exact: true }).click()
  await clerk.getByText('已采纳，档案已更新').waitFor()
  await dialog(clerk).waitFor({ state: 'detached' })
  await clerk.getByText('没有待办事项。').waitFor()
}
/** The row of a field in the dialog: what the file says now, and what is proposed, masked as the file is. */
const proposed = (clerk: Page, name: string) => dialog(clerk).getByRole('row', { name })

test('somebody new waits for the number of their identity card, and has a file then', async () => {
  const found = { name: '郑玉珍', sex: 'female', village, address: '四组六号', phone: '13800005678' }
  await propose({ what: 'new_person', new_person: found, note: '邻居说刚搬回来' })
  const clerk = await openOnly('新增老年人')
  await proposed(clerk, '姓名 — 郑玉珍').waitFor()
  await proposed(clerk, '性别 — 女').waitFor()
  await proposed(clerk, '住址 — 四组****').waitFor()
  await dialog(clerk).getByText('邻居说刚搬回来').waitFor()
  assert.equal(await proposed(clerk, village).count(), 0, 'a village is told by its name')
  await assertSound(clerk)

  await dialog(clerk).getByRole('button', { name: '采纳', exact: true }).click()
  await dialog(clerk).locator('.error').first().waitFor()
  await dialog(clerk).getByLabel('公民身份号码').fill('11010519491231002X')
  await assertSound(clerk)
  await accept(clerk)
  await clerk.getByRole('link', { name: '老年人', exact: true }).click()
  await clerk.getByRole('textbox', { name: '姓名、拼音、身份证号或电话' }).fill('郑玉珍')
  await clerk.getByRole('table').getByRole('link', { name: '郑玉珍' }).click()
  await clerk.getByRole('heading', { level: 1, name: '郑玉珍' }).waitFor()
  await clerk.context().close()
})

test('a stay in hospital stands beside the status of the file, and suspends it', async () => {
  const person = await somebody()
  const status = { status: 'hospital', to: '2099-01-31', note: '县医院' }
  await propose({ what: 'status', person, status })
  const clerk = await openOnly('状态变更')
  await proposed(clerk, '状态 在册 住院').waitFor()
  await proposed(clerk, '最后一天 — 2099-01-31').waitFor()
  await assertSound(clerk)
  await accept(clerk)
  await clerk.goto(`${house.address}/desk/people/${person}`)
  await clerk.locator('.tag.suspended').first().waitFor()
  await clerk.context().close()
})

test('a contact is refused with a reason and may be given up, then accepted when proposed again', async () => {
  const person = await somebody()
  const contact = { kind: 'child', name: '周小芳', phone: '13800138000', relation: '女儿' }
  await propose({ what: 'contact', person, contact })
  const clerk = await openOnly('联系人变更')
  await proposed(clerk, '类别 — 子女').waitFor()
  await proposed(clerk, '姓名 — 周**').waitFor()
  await dialog(clerk).getByRole('button', { name: '不采纳' }).click()
  await dialog(clerk).getByRole('button', { name: '不采纳' }).click()
  await dialog(clerk).locator('.error').first().waitFor()
  await dialog(clerk).getByRole('button', { name: '取消' }).click()
  await dialog(clerk).getByRole('button', { name: '不采纳' }).click()
  await dialog(clerk).getByLabel('原因').fill('电话打不通')
  await assertSound(clerk)
  await dialog(clerk).getByRole('button', { name: '不采纳' }).click()
  await clerk.getByText('未采纳，提出人会看到原因').waitFor()
  await clerk.context().close()

  await propose({ what: 'contact', person, contact })
  const again = await openOnly('联系人变更')
  await accept(again)
  await again.goto(`${house.address}/desk/people/${person}`)
  await settled(again)
  await again.getByRole('table', { name: '联系人' }).getByText('周**').waitFor()
  await again.context().close()
})
