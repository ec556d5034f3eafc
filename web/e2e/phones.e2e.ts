// What comes from phones, at the desk: phones bound and revoked, emergencies, proposed changes, what was set aside.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, call, openHouse, settled, village, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('a phone is invited by a link that is shown once, bound, and revoked for a reason', async () => {
  const page = await house.enter('zhenjie', '/accounts')
  await page.getByRole('link', { name: 'fangwen的姓名' }).click()
  const phones = page.locator('section', { has: page.getByRole('heading', { name: '手机', exact: true }) })
  await phones.getByText('还没有绑定手机。').waitFor()
  await assertSound(page)
  await phones.getByRole('button', { name: '邀请绑定手机' }).click()
  const dialog = page.getByRole('dialog', { name: '邀请绑定手机' })
  const link = await dialog.locator('.link-text').innerText()
  assert.match(link, /\/#\/join\/\S+$/)
  await dialog.getByRole('img').waitFor()
  await assertSound(page)

  const data = {
    token: link.split('/').at(-1),
    label: '值班手机',
    reading_digest: Buffer.alloc(32, 7).toString('base64'),
  }
  const bound = await page.request.post(`${house.address}/api/v1/devices`, { data })
  assert.equal(bound.status(), 201, await bound.text())
  await dialog.getByRole('button', { name: '关闭' }).click()
  await phones.getByText('值班手机').waitFor()
  await phones.getByText('在用').waitFor()
  await phones.getByRole('button', { name: '停用这部手机' }).click()
  const asked = page.getByRole('dialog', { name: '停用这部手机' })
  await asked.getByText(/不能再读取名单/).waitFor()
  await asked.getByLabel('原因').fill('手机丢失')
  await assertSound(page)
  await asked.getByRole('button', { name: '停用这部手机' }).click()
  await phones.getByText('已停用').waitFor()
  assert.equal(await phones.getByRole('button', { name: '停用这部手机' }).count(), 0)
  await assertSound(page)
  await page.context().close()
})

test('an emergency comes to the open page by itself, is answered, and closed with its outcome', async () => {
  const clerk = await house.enter('cunju')
  const at = new Date().toISOString()
  await call(clerk, 'POST', '/emergencies', { what: 'fire', at, note: '厨房冒烟' })
  const page = await house.enter('zhenjie')
  await settled(page)
  // From here the page is not loaded anew: with its stream of events it is never without a request.
  await page.getByRole('link', { name: /^紧急情况.*: 1$/ }).click()
  const open = page.getByRole('table', { name: '尚未有人答复' })
  await open.getByText('厨房冒烟').waitFor()
  await open.getByText('上报时没有联系任何人').waitFor()
  await assertSound(page)

  const where = { where: '三组村道旁', position: { latitude: 29.15, longitude: 105.38, accuracy_metres: 12 } }
  await call(clerk, 'POST', '/emergencies', { what: 'fall', at, ...where, called: [{ who: '120', at }] })
  await open.getByText('三组村道旁').waitFor()
  await open.getByText(/120 急救/).waitFor()
  await assertSound(page)
  await open.getByRole('button', { name: '已知悉，正在处理' }).first().click()
  const acting = page.getByRole('table', { name: '正在处理' })
  await acting.getByText('三组村道旁').waitFor()
  await acting.getByRole('button', { name: '结束', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '结束' })
  await dialog.getByLabel('处理结果').fill('已送医，家属到场')
  await dialog.getByRole('button', { name: '结束', exact: true }).click()
  await page.getByRole('table', { name: '已结束' }).getByText('已送医，家属到场').waitFor()
  await assertSound(page)
  await page.context().close()
  await clerk.context().close()
})

test('a proposed change stands beside the file, with a warning where it became different, and is decided', async () => {
  const visitor = await house.enter('fangwen')
  const found = (await call(visitor, 'POST', '/people/list', { area: village, limit: 1 })) as {
    people: { id: string }[]
  }
  const person = found.people[0]?.id
  const version = async () =>
    /"(.*)"/.exec((await visitor.request.get(`${house.address}/api/v1/people/${person}`)).headers()['etag'] ?? '')?.[1]
  const propose = async (facts: object, base_version: string | undefined) =>
    call(visitor, 'POST', '/proposals', { what: 'facts', person, base_version, facts })
  const old = await version()
  const clerk = await house.enter('cunju')
  await call(clerk, 'POST', '/proposals', {
    what: 'facts',
    person,
    base_version: old,
    facts: { phone: '13800001234' },
  })
  await propose({ ability: 'severe' }, old)
  await propose({ address: '五组九号' }, await version())

  await clerk.goto(`${house.address}/desk/work/proposals`)
  await settled(clerk)
  await clerk.getByText('档案已有变动').waitFor()
  await assertSound(clerk)
  await clerk.getByRole('button', { name: '查看并决定' }).first().click()
  const dialog = clerk.getByRole('dialog', { name: '变更建议' })
  await dialog.getByText(/提出之后档案有过变动：电话/).waitFor()
  await dialog.getByText('重度失能').waitFor()
  await assertSound(clerk)
  await dialog.getByRole('button', { name: '采纳', exact: true }).click()
  await clerk.getByText('已采纳，档案已更新').waitFor()
  await dialog.waitFor({ state: 'detached' })

  await clerk.getByRole('row', { name: /五组/ }).getByRole('button', { name: '查看并决定' }).click()
  await dialog.getByRole('button', { name: '不采纳' }).click()
  await dialog.getByLabel('原因').fill('门牌号不对')
  await assertSound(clerk)
  await dialog.getByRole('button', { name: '不采纳' }).click()
  await clerk.getByText('没有待办事项。').waitFor()
  await assertSound(clerk)
  await clerk.context().close()
  await visitor.context().close()
})

test('what was set aside has its page, and a visitor has none of these', async () => {
  const page = await house.enter('zhenjie', '/work/set-aside')
  await page.getByRole('heading', { level: 1, name: '待判定的手机登记' }).waitFor()
  await assertSound(page)
  for (const list of ['emergencies', 'proposals', 'set-aside']) {
    const visitor = await house.enter('fangwen', `/work/${list}`)
    await visitor.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    await visitor.context().close()
  }
})
