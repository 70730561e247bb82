/**
 * Text only ever becomes text: nothing that comes from a server is taken for markup.
 *
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}
