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
      viewer.addHandler("open", () => { stage.dataset.ready = ""; });
      viewer.addHandler("open-failed", failed);
    },
    nearer: by(1.6),
    farther: by(1 / 1.6),
    whole: () => viewer?.viewport.goHome(),
    close() { viewer?.destroy(); viewer = null; },
  };
};
