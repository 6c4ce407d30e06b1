import { type ComponentType, h } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole page. */
export function renderPage<Props extends object>(view: ComponentType<Props>, props: NoInfer<Props>): string {
  return `<!doctype html>${renderToString(h(view, props))}`;
}

/** A piece of a page, for a live update. */
export function renderPart<Props extends object>(view: ComponentType<Props>, props: NoInfer<Props>): string {
  return renderToString(h(view, props));
}
