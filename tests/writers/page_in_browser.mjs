// Drives a written page in Chromium and prints what happened as JSON.
// usage: NODE_MODULES=... node page_in_browser.mjs PAGE.html
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const require = createRequire(process.env.NODE_MODULES + '/x.js');
const { chromium } = require('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run'],
});
const context = await browser.newContext({ acceptDownloads: true });
await context.grantPermissions(['clipboard-read', 'clipboard-write']);
const page = await context.newPage();
const said = [], network = [];
page.on('console', (message) => said.push(message.text()));
page.on('pageerror', (error) => said.push(String(error)));
page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || network.push(request.url()));
await page.goto(pathToFileURL(resolve(process.argv[2])).href);

const result = { said, network };
const card = page.locator('.tcit-card');
const link = page.locator('a[role=doc-biblioref]').first();
const clipboard = () => page.evaluate(async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (type) => item.types.includes(type) ? (await item.getType(type)).text() : '';
  return [await text('text/plain'), await text('text/html')];
});

await link.click();
result.mouse = { shown: await card.isVisible(), text: (await card.innerText()).trim(), name: await card.getAttribute('aria-label') };
result.inside = await card.evaluate((element) => {
  const box = element.getBoundingClientRect();
  return box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
});
await page.mouse.click(5, 5);
result.dismissed = !(await card.isVisible());

await link.focus();
await page.keyboard.press('Enter');
result.keyboard = { shown: await card.isVisible(), focused: await card.evaluate((element) => element === document.activeElement) };
await page.keyboard.press('Escape');
result.escaped = { hidden: !(await card.isVisible()), back: await link.evaluate((element) => element === document.activeElement) };
await page.keyboard.press('Enter');
await page.keyboard.press('Tab');
await page.keyboard.press('Enter');
result.followed = { hash: await page.evaluate(() => location.hash), hidden: !(await card.isVisible()) };

const back = page.locator('a[role=doc-backlink]').first();
await back.click();
result.returned = await page.evaluate(() => document.getElementById(location.hash.slice(1))?.className);

const copied = async (button) => {
  await page.evaluate(() => document.querySelector('.tcit-status').classList.remove('tcit-shown'));
  await button.click();
  await page.locator('.tcit-status.tcit-shown').waitFor();
  result.status = await page.locator('[role=status]').innerText();
  return clipboard();
};
result.copied = await copied(page.locator('.cite-this button').first());
result.entry = await copied(page.locator('.tcit-list > li .tcit-copy').nth(1));
result.bibtex = (await copied(page.locator('.cite-this .tcit-take a + button').first()))[0];

result.downloads = {};
for (const file of await page.locator('a[download]').all()) {
  const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
  const stream = await download.createReadStream();
  const parts = [];
  for await (const part of stream) { parts.push(part); }
  result.downloads[download.suggestedFilename()] = Buffer.concat(parts).toString('utf8');
}

await page.emulateMedia({ media: 'print' });
result.printed = { buttons: await page.locator('button:visible').count(), skip: await page.locator('.tcit-skip').isVisible() };
await page.emulateMedia({ media: 'screen', colorScheme: 'dark' });
result.dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
await page.emulateMedia({ colorScheme: 'light' });
result.wide = [];
for (const width of [320, 768, 1440]) {
  await page.setViewportSize({ width, height: 800 });
  result.wide.push(await page.evaluate(() => document.documentElement.scrollWidth));
}
await page.setViewportSize({ width: 320, height: 500 });
await link.click();
result.phone = await card.evaluate((element) => {
  const box = element.getBoundingClientRect();
  return box.left >= 0 && box.right <= innerWidth && box.top >= 0;
});
console.log(JSON.stringify(result));
await browser.close();
