import { afterAll, beforeAll, expect, test } from 'vitest';
import { newNotebook, runCell } from '../../e2e/jupyter-lab.ts';
import { ImagesHouse } from './images-house.ts';
import { serveRepository } from './served-repository.ts';

let house: ImagesHouse;
beforeAll(async () => {
  house = await ImagesHouse.open({ images: ['minimal', 'scipy', 'root'] });
});
afterAll(() => house?.close());

test('minimal opens JupyterLab, and a cell runs', async () => {
  const page = await house.person(house.name('lab'));
  await house.start(page, 'profile=minimal&page=lab');
  await newNotebook(page);
  expect(await runCell(page, '6*7')).toBe('42');
  await house.photograph(page, 'lab');
});

test('minimal opens the classic notebook at /tree, and a cell runs', async () => {
  const page = await house.person(house.name('tree'));
  await house.start(page, 'profile=minimal&page=tree');
  await page.waitForURL(/\/tree/);
  await page.locator('#new-dropdown-button').click();
  const [notebook] = await Promise.all([
    page.context().waitForEvent('page'),
    page.locator('#new-menu a[aria-label*="Python 3"], #kernel-python3 a').first().click(),
  ]);
  await notebook.locator('.code_cell .CodeMirror').first().click();
  await notebook.locator('#kernel_indicator .kernel_idle_icon, .kernel_idle_icon').first().waitFor();
  await notebook.keyboard.insertText('6*7');
  await notebook.keyboard.press('Shift+Enter');
  await notebook.locator('.output_area', { hasText: '42' }).first().waitFor();
  await house.photograph(notebook, 'classic');
});

test('scipy computes with each of its libraries, and draws', async () => {
  const page = await house.person(house.name('scipy'));
  await house.start(page, 'profile=scipy');
  await newNotebook(page);
  const code = [
    'import numpy as np, pandas as pd, scipy.integrate, sklearn.linear_model',
    'area = scipy.integrate.quad(np.cos, 0, np.pi / 2)[0]',
    'table = pd.DataFrame({"x": [0, 1, 2], "y": [1, 3, 5]})',
    'line = sklearn.linear_model.LinearRegression().fit(table[["x"]], table["y"])',
    'print(round(area, 6), table["y"].sum(), round(float(line.coef_[0]), 6))',
  ];
  expect(await runCell(page, code.join('\n'))).toBe('1.0 9 2.0');
  await runCell(page, 'import matplotlib.pyplot as plt\n_ = plt.plot([1, 4, 9])');
  await page.locator('.jp-OutputArea-output img').first().waitFor();
  await house.photograph(page, 'scipy');
});

test('root is root: apt is its own to use, and files of its volume are written', async () => {
  const page = await house.person(house.name('root'));
  await house.start(page, 'profile=root');
  await newNotebook(page);
  expect(await runCell(page, 'import os; os.getuid()')).toBe('0');
  expect(await runCell(page, '!apt-get check >/dev/null 2>&1; echo $?')).toBe('0');
  expect(await runCell(page, '!install -m 755 /bin/true /usr/local/bin/mine && mine && echo put')).toBe(
    'put',
  );
  expect(await runCell(page, 'open("/home/jovyan/work/kept", "w").write("mine")')).toBe('4');
});

test('a link with a repository in it is one click for a student: sign in, start, the files are there', async () => {
  const repository = await serveRepository(house.hub.dock.name, { 'lesson.ipynb': LESSON });
  try {
    const page = await house.person(house.name('pull'));
    const query = new URLSearchParams({
      repo: repository.url,
      branch: 'main',
      urlpath: 'lab/tree/course/lesson.ipynb',
      targetPath: 'course',
    });
    await page.goto(`${house.url}/hub/user-redirect/git-pull?${query}`);
    await page
      .getByRole('button', { name: /^start/i })
      .first()
      .click();
    await house.opens(page, /\/lab\/tree\/course\/lesson\.ipynb/);
    await page.locator('.jp-NotebookPanel', { hasText: 'from the teacher' }).waitFor();
    await house.photograph(page, 'pulled');
  } finally {
    await repository.close();
  }
});

const LESSON = JSON.stringify({
  cells: [{ cell_type: 'markdown', id: 'a', metadata: {}, source: 'from the teacher' }],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
  nbformat: 4,
  nbformat_minor: 5,
});
