import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type BrowserContext, type Page } from '@playwright/test';
import { type Scene, SCENES } from './scenes';
import { expectAccessible, expectToFit } from './support/axe';
import { listPages } from './support/entry-points';
import { type Gallery, makeGallery } from './support/gallery';
import { allowToSign, expect, test } from './support/test';

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const TABLET = { width: 768, height: 1024 };
const pictures = process.env.E2E_SCREENSHOTS;

type Look = {
  /** The desk is made for wide windows and has to be usable at 768 px as well. */
  readonly isDesk: boolean;
  /** The first state of a page is held to axe in both looks, its other states in the narrow one. */
  readonly isFirst: boolean;
};

/** axe, and no sideways scroll, in the wide light and in the narrow dark look; a picture of each of the four where they are wanted. */
async function look(page: Page, name: string, { isDesk, isFirst }: Look): Promise<void> {
  if (isDesk) {
    await page.setViewportSize(TABLET);
    await expectToFit(page);
  }
  for (const size of [WIDE, PHONE]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      const isLookedAt = (size === WIDE) === (colorScheme === 'light');
      if (!isLookedAt && !pictures) continue;
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${size.width}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
      if (isLookedAt) await test.step(`${size.width} px, ${colorScheme}`, () => (size === WIDE && !isFirst ? expectToFit(page) : expectAccessible(page)));
    }
  }
}

// A trace of some hundred pages costs more than it tells: a failure names page, size and theme, and comes with a picture.
test.use({ trace: 'off' });

let gallery: Gallery;
test.beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  gallery = await makeGallery();
});

test('every page has a row here', () => {
  expect(Object.keys(SCENES).sort(), 'Add a row to e2e/scenes.ts for a new page').toEqual(listPages());
  const names = Object.values(SCENES).flatMap((scenes) => scenes.map(({ name }) => name));
  expect(new Set(names).size, 'Each picture has a name of its own').toBe(names.length);
});

async function visit({ name, who, signing, address, prepare }: Scene, context: BrowserContext, as: Look): Promise<void> {
  await test.step(who ? `${name}, as ${who}` : name, async () => {
    if (signing) await allowToSign(context, gallery.signing[signing].token);
    const page = await context.newPage();
    await page.goto(address(gallery));
    await page.getByRole('heading', { level: 1 }).waitFor();
    await prepare?.(page);
    await look(page, name, as);
    await context.close();
  });
}

/** Pages side by side: one is drawn while axe reads the other. */
const AT_ONCE = 2;

for (const [route, scenes] of Object.entries(SCENES)) {
  test(`${route} is accessible and fits, wide and narrow, light and dark`, async ({ openBrowser }) => {
    const isDesk = route.startsWith('/desk');
    for (let at = 0; at < scenes.length; at += AT_ONCE) {
      await Promise.all(scenes.slice(at, at + AT_ONCE).map(async (scene) => visit(scene, await openBrowser(scene.who && gallery.people[scene.who], { viewport: WIDE }), { isDesk, isFirst: scene === scenes[0] })));
    }
  });
}
