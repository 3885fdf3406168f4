// A question of two cities, answered in the page: the drawing follows the handle, the knob follows the finger.
const grouped = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "es-MX");

// How a figure is written: as templatetags/pairs.py does.
function written(value, drawing) {
  if (drawing === "years") return String(value);
  if (drawing === "clock") return `${Math.floor(value)}:${String(Math.round((value % 1) * 60)).padStart(2, "0")}`;
  return grouped.format(value);
}

// Each drawing shows another figure by the pieces it has.
const light = (pieces, count) => pieces.forEach((piece, i) => piece.classList.toggle("is-off", i >= count));
const turn = (hand, degrees) => hand.setAttribute("transform", `rotate(${degrees} 160 160)`);
const draw = {
  people: (svg, value) => light(svg.querySelectorAll("circle"), Math.max(1, Math.round(value / svg.dataset.each))),
  lit: (svg, value) => light(svg.querySelectorAll("path"), value),
  daylight(svg, value) {
    const arc = svg.querySelector(".light");
    arc.setAttribute("stroke-dasharray", `${value} 24`);
    turn(arc, -90 - (value / 24) * 180);
  },
  clock(svg, value) {
    const [hour, minute] = svg.querySelectorAll(".hand");
    turn(hour, (value % 12) * 30);
    turn(minute, (value % 1) * 360);
    svg.querySelector(".dial").classList.toggle("is-night", value % 24 < 6 || value % 24 >= 19);
  },
};

function guess(facing) {
  const hand = facing.querySelector("[data-hand]");
  const drawing = facing.dataset.write;
  const svg = facing.querySelector("[data-try] svg");
  const tell = () => {
    const text = written(Number(hand.value), drawing);
    facing.querySelector("[data-guess]").textContent = text;
    hand.setAttribute("aria-valuetext", text);
    if (svg) draw[svg.dataset.drawn]?.(svg, Number(hand.value));
  };
  hand.addEventListener("input", tell);
  return () => {
    const [said, truth, step] = [Number(hand.value), Number(hand.dataset.truth), Number(hand.step)];
    facing.querySelector("[data-said]").textContent = written(said, drawing);
    const missed = Math.abs(said - truth);
    if (missed <= step / 2) return "exact";
    if (missed <= Math.abs(truth) * 0.1) return "close";
    return said > truth ? "over" : "under";
  };
}

function slide(facing) {
  const stage = facing.querySelector("[data-slide]");
  const knob = stage.querySelector("[data-knob]");
  const sides = [...stage.querySelectorAll("input")];
  const choose = (event) => {
    const { left, width } = stage.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    if (Math.abs(share - 0.5) > 0.08) sides[share < 0.5 ? 0 : 1].checked = true;
  };
  knob.addEventListener("pointerdown", (event) => {
    knob.setPointerCapture(event.pointerId);
    knob.addEventListener("pointermove", choose);
  });
  for (const end of ["pointerup", "pointercancel"]) knob.addEventListener(end, () => knob.removeEventListener("pointermove", choose));
  return () => (sides.find((side) => side.checked)?.value === facing.querySelector("[data-verdict]").dataset.right ? "exact" : "over");
}

function settle(facing) {
  const [ask, told] = [facing.querySelector("[data-ask]"), facing.querySelector("[data-told]")];
  if (!ask || facing.dataset.ready) return;
  facing.dataset.ready = "";
  const judge = { guess, slide }[facing.dataset.facing](facing);
  const show = (isTold) => {
    ask.hidden = isTold;
    told.hidden = !isTold;
  };
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    const fell = judge();
    for (const outcome of told.querySelectorAll("[data-outcome]")) outcome.hidden = outcome.dataset.outcome !== fell;
    show(true);
    told.querySelector("[data-verdict]").focus();
  });
  told.querySelector("[data-again]").addEventListener("click", (event) => {
    event.preventDefault();
    show(false);
    ask.querySelector("input").focus();
  });
}
document.querySelectorAll("[data-facing]").forEach(settle);
