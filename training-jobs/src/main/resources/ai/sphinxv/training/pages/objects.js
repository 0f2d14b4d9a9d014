// Draws each canvas's emoji or picture, turned and mirrored as it says, in the middle of it.
window.ready = Promise.all([...document.querySelectorAll('canvas')].map(async canvas => {
  const {emoji, src, side, turn, flip} = canvas.dataset, size = +side, pen = canvas.getContext('2d', {willReadFrequently: true});
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate(+turn * Math.PI / 180);
  pen.scale(+flip, 1);
  if (emoji) {
    pen.font = `${size * .82}px 'Noto Color Emoji'`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(emoji, 0, size * .06);
  } else {
    const image = new Image();
    image.src = src;
    await image.decode();
    pen.drawImage(image, -size / 2, -size / 2, size, size);
  }
}));
