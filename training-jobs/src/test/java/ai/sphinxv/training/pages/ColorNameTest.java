package ai.sphinxv.training.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColorNameTest {
    @Test
    void clearColorsHaveTheirNames() {
        assertThat(ColorName.ofCss("rgb(214, 32, 40)")).contains("red");
        assertThat(ColorName.ofCss("rgb(245, 130, 20)")).contains("orange");
        assertThat(ColorName.ofCss("rgb(250, 222, 45)")).contains("yellow");
        assertThat(ColorName.ofCss("rgb(40, 155, 65)")).contains("green");
        assertThat(ColorName.ofCss("rgb(35, 85, 215)")).contains("blue");
        assertThat(ColorName.ofCss("rgb(135, 50, 170)")).contains("purple");
        assertThat(ColorName.ofCss("rgb(240, 150, 190)")).contains("pink");
        assertThat(ColorName.ofCss("rgb(110, 65, 30)")).contains("brown");
        assertThat(ColorName.ofCss("rgb(17, 17, 17)")).contains("black");
        assertThat(ColorName.ofCss("rgb(255, 255, 255)")).contains("white");
        assertThat(ColorName.ofCss("rgb(128, 128, 128)")).contains("gray");
    }

    @Test
    void whatIsBetweenTwoColorsOrSeenThroughHasNone() {
        assertThat(ColorName.ofCss("rgb(0, 160, 160)")).isEmpty();
        assertThat(ColorName.ofCss("rgba(0, 0, 0, 0)")).isEmpty();
    }
}
