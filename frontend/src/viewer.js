// The viewer of a work, asked for by zoom.js when somebody comes close.
import OpenSeadragon from "openseadragon";

// OpenSeadragon would write a style of its own into the page, which our policy refuses; it looks first whether it is there.
function seemStyled() {
  const mark = document.createElementNS("urn:hermanar", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.append(mark);
}

window.hermanarViewer = (stage, source, { label, failed }) => {
  let viewer = null;
  const by = (factor) => () => { viewer?.viewport.zoomBy(factor); viewer?.viewport.applyConstraints(); };
  const move = (x, y) => () => {
    const { width, height } = viewer.viewport.getBounds();
    viewer.viewport.panBy(new OpenSeadragon.Point(x * width, y * height));
    viewer.viewport.applyConstraints();
  };
  const keys = {
    "+": by(1.6), "=": by(1.6), "-": by(1 / 1.6), 0: () => viewer.viewport.goHome(),
    ArrowLeft: move(-0.2, 0), ArrowRight: move(0.2, 0), ArrowUp: move(0, -0.2), ArrowDown: move(0, 0.2),
  };
  return {
    begin() {
      if (!document.querySelector("style[data-openseadragon-mobile-css]")) seemStyled();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      viewer = OpenSeadragon({
        element: stage, tileSources: source, drawer: "canvas", showNavigationControl: false, crossOriginPolicy: false,
        animationTime: still ? 0 : 0.6, maxZoomPixelRatio: 2, visibilityRatio: 0.8, minZoomImageRatio: 0.9,
        gestureSettingsMouse: { clickToZoom: true, scrollToZoom: false },
      });
      viewer.canvas.setAttribute("role", "application");
      viewer.canvas.setAttribute("aria-label", label);
      // By what a key writes, not by where it lies: on a Spanish keyboard the plus is elsewhere.
      viewer.addHandler("canvas-key", (pressed) => {
        pressed.preventDefaultAction = true;
        const act = keys[pressed.originalEvent.key];
        if (act) { pressed.originalEvent.preventDefault(); act(); }
      });
      viewer.addHandler("open", () => { stage.dataset.ready = ""; });
      viewer.addHandler("open-failed", failed);
    },
    nearer: by(1.6),
    farther: by(1 / 1.6),
    whole: () => viewer?.viewport.goHome(),
    close() { viewer?.destroy(); viewer = null; },
  };
};
