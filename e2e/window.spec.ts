import { expect, test } from './support/app.ts'

test('the window opens and names the product', async ({ app, page }) => {
  await expect(page).toHaveTitle('Reftar')
  await expect(page.getByRole('heading', { name: 'Reftar' })).toBeVisible()
  await expect(page.getByText(await app.evaluate(({ app }) => app.getVersion()))).toBeVisible()
})
