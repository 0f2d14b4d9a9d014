/**
 * Pictures with exact ground truth: pages written by Java, drawn by the system's Chromium, and read back from the browser.
 * What is labelled on a page says so in {@code data-} attributes; {@code regions.js} finds it and every line of text.
 *
 * <p>Fonts ({@link ai.sphinxv.training.pages.kit.Fonts}; those that are missing are left out):
 * {@code apt-get install fonts-liberation fonts-dejavu fonts-roboto fonts-open-sans fonts-lato fonts-noto-core
 * fonts-noto-color-emoji fonts-cantarell fonts-cabin fonts-crosextra-carlito fonts-crosextra-caladea fonts-manrope
 * fonts-karla fonts-quicksand fonts-tuffy fonts-linuxlibertine fonts-urw-base35 fonts-dosis fonts-ebgaramond fonts-lmodern
 * fonts-sil-charis fonts-gfs-didot fonts-roboto-slab fonts-yrsa-rasa fonts-firacode fonts-inconsolata fonts-courier-prime
 * fonts-lobstertwo fonts-dancingscript fonts-bebas-neue fonts-comfortaa fonts-comic-neue fonts-yanone-kaffeesatz
 * fonts-leckerli-one fonts-cabinsketch}, and for held-out pages {@code fonts-inter fonts-paratype fonts-oxygen
 * fonts-clear-sans fonts-sora fonts-b612 fonts-cmu fonts-go fonts-stix fonts-sil-gentium fonts-vollkorn fonts-oldstandard
 * fonts-cardo fonts-quattrocento fonts-jetbrains-mono fonts-anonymous-pro fonts-league-mono fonts-kaushanscript
 * fonts-league-spartan fonts-averia-sans-gwf fonts-jura fonts-play}.
 *
 * <p>Icons and the second drawing of emoji are not in this repository: {@code npm pack lucide-static@1.62.0
 * @mdi/svg@7.4.47 @twemoji/svg@15.0.0}, unpack each with {@code tar xzf}, and give {@code package/icons},
 * {@code package/svg} and {@code package} to {@link ai.sphinxv.training.pages.PagesMain}.
 */
@NullMarked
package ai.sphinxv.training.pages;

import org.jspecify.annotations.NullMarked;
