// What is wrong with the page as a reader sees it, in sentences: nothing hangs over its edge or is cut off, every
// picture, field and button says what it is, and every text stands out from what is behind it (WCAG 2.2, level AA).
() => {
  const troubles = [];
  const root = document.documentElement;
  const called = (node) => {
    const words = (node.textContent || "").trim().replace(/\s+/g, " ").slice(0, 30);
    const id = node.id ? `#${node.id}` : "";
    const kind = typeof node.className === "string" && node.className ? `.${node.className.split(" ")[0]}` : "";
    return `<${node.localName}${id}${kind}> ${words}`;
  };
  const hidden = (node) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    const clipped = style.clip !== "auto" || style.clipPath !== "none" || (box.width <= 1 && box.height <= 1);
    return clipped || style.visibility !== "visible" || !node.checkVisibility({ opacityProperty: true });
  };
  const remembered = (look, known = new Map()) => (key) => { // asked of thousands of nodes, answered once for each
    if (!known.has(key)) known.set(key, look(key));
    return known.get(key);
  };
  const styled = remembered((node) => getComputedStyle(node));
  const shielded = remembered((node) => hidden(node) || (node.parentElement !== null && shielded(node.parentElement)));
  const shown = [...document.body.querySelectorAll("*")].filter((node) => !node.closest("svg") && !shielded(node));
  const slides = (node) => ["auto", "scroll"].includes(styled(node).overflowX) && node.scrollWidth > node.clientWidth;
  const within = remembered((node) => node !== null && (slides(node) || within(node.parentElement)));
  const scrolls = (node) => within(node.parentElement);
  const named = (node) =>
    (node.getAttribute("aria-label") || node.getAttribute("title") || node.textContent || node.alt || "").trim() ||
    [...node.querySelectorAll("img")].some((image) => image.alt) ||
    document.getElementById(node.getAttribute("aria-labelledby") || "-")?.textContent.trim();

  // ---- the frame

  if (root.scrollWidth > window.innerWidth) troubles.push(`the page is ${root.scrollWidth} px wide`);
  if (!root.lang) troubles.push("the page does not say its language");
  if (!document.title.trim()) troubles.push("the page has no title");
  if (!document.querySelector("h1")) troubles.push("the page has no heading");
  if (!document.querySelector("main")) troubles.push("the page has no <main>");
  const ids = new Set();
  for (const { id } of document.querySelectorAll("[id]")) {
    if (ids.has(id)) troubles.push(`two elements are #${id}`);
    ids.add(id);
  }

  // ---- every element

  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true, // else each look at it waits for the graphics card
  });
  const rgba = remembered((colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  });

  for (const node of shown) {
    const box = node.getBoundingClientRect();
    const style = styled(node);
    const text = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
    if (box.width && (box.right > window.innerWidth + 1 || box.left < -1) && !scrolls(node)) {
      troubles.push(`hangs over the edge: ${called(node)}`);
    }
    const cuts = style.overflowX === "hidden" || style.overflowX === "clip";
    if (text && cuts && node.scrollWidth > node.clientWidth + 1 && style.textOverflow !== "ellipsis") {
      troubles.push(`cut off: ${called(node)}`);
    }
    if (text && style.overflowY === "hidden" && node.scrollHeight > node.clientHeight + 4 && style.webkitLineClamp === "none") {
      troubles.push(`cut off below: ${called(node)}`);
    }
    const words = text ? node.textContent.trim().length : 0;
    if (node.matches("td, th") && words > 8 && node.clientHeight > 2 * node.clientWidth) {
      troubles.push(`squeezed, ${node.clientWidth}×${node.clientHeight} px: ${called(node)}`);
    }
    if (node.localName === "img" && !node.hasAttribute("alt")) troubles.push(`no alt text: ${node.src}`);
    if (node.localName === "img" && node.complete && !node.naturalWidth) troubles.push(`not drawn: ${node.src}`);
    if (node.matches("input:not([type=hidden], [type=submit]), select, textarea") && !node.labels?.length && !named(node)) {
      troubles.push(`no label: ${called(node)}`);
    }
    if (node.matches("a[href], button, summary, [role=button]")) {
      if (!named(node)) troubles.push(`no name: ${called(node)}`);
      const inline = style.display === "inline";
      if (!inline && (box.width < 24 || box.height < 24)) {
        troubles.push(`hard to hit, ${Math.round(box.width)}×${Math.round(box.height)} px: ${called(node)}`);
      }
    }
    if (text && !node.closest("[disabled], .old")) contrast(node, style);
  }
  return troubles;

  // ---- colours

  function contrast(node, style) {
    const behind = background(node);
    if (!behind) return; // a picture or gradient
    const ink = over(rgba(style.color), behind);
    const [light, dark] = [luminance(ink), luminance(behind)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) troubles.push(`contrast ${ratio.toFixed(2)}: ${called(node)}`);
  }

  function background(node) {
    const layers = [];
    for (let each = node; each; each = each.parentElement) {
      const style = styled(each);
      if (style.backgroundImage !== "none") return null;
      const colour = rgba(style.backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  }

  function over([r, g, b, a], [x, y, z]) {
    return [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  }

  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
}
