// The way to one person's file.
import type { Page } from 'playwright-core'
import { settled } from './house.ts'

/** From a list of people to the file of its first. */
export async function openFirst(page: Page): Promise<void> {
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  await settled(page)
}
