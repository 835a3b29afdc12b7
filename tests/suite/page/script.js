skip: no article in it: a program or style sheet
--- page
function track(e) {
  return window.dataLayer.push({ event: "click", id: 0 });
}
