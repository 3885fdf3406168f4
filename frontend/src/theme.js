// Runs before the first paint: a theme that was chosen, and the mark that scripts run here.
const root = document.documentElement;
root.dataset.script = "";
try {
  const theme = localStorage.getItem("hermanar-theme");
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
} catch {
  // storage refused: the system's preference holds
}
