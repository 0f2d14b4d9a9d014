package ai.sphinxv.functions.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.sphinxv.runtime.image.InvalidImageException;
import org.junit.jupiter.api.Test;

class PictureTextTest {
    @Test
    void base64IsReadBareAndInADataUrl() {
        assertThat(PictureText.bytes("AQID", 10)).containsExactly(1, 2, 3);
        assertThat(PictureText.bytes("data:image/png;base64,AQID", 10)).containsExactly(1, 2, 3);
        assertThat(PictureText.bytes("DATA:IMAGE/PNG;BASE64,AQI=", 10)).containsExactly(1, 2);
    }

    @Test
    void addressesAreNotFetched() {
        assertThatThrownBy(() -> PictureText.bytes("http://example.org/a.png", 100))
                .isInstanceOf(InvalidImageException.class)
                .hasMessage("image is not base64: send the file's bytes as base64, or as a data URL");
    }

    @Test
    void aDataUrlOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> PictureText.bytes("data:text/html;base64,AQID", 10))
                .hasMessage("image is a data URL of another type than image/*");
        assertThatThrownBy(() -> PictureText.bytes("data:image/svg+xml,%3Csvg/%3E", 100))
                .hasMessage("image is a data URL that is not base64: it begins data:image/png;base64,");
        assertThatThrownBy(() -> PictureText.bytes("data:image/png;base64", 100))
                .hasMessage("image is a data URL that is not base64: it begins data:image/png;base64,");
    }

    @Test
    void theLimitIsOfTheFileAndNotOfItsText() {
        assertThat(PictureText.bytes("AQIDBA==", 4)).hasSize(4);
        assertThatThrownBy(() -> PictureText.bytes("AQIDBAU=", 4))
                .isInstanceOf(TooLargeException.class)
                .hasMessage("the image has more than 4 bytes, which is all that is read");
    }
}
