package ai.sphinxv.runtime.image;

import static ai.sphinxv.runtime.bundle.ModelConfig.Padding.AFTER;
import static ai.sphinxv.runtime.bundle.ModelConfig.Padding.AROUND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaddedSquareTest {
    @Test
    void aWidePictureLiesInTheMiddleOfItsSquare() {
        var square = new PaddedSquare(1280, 720, AROUND);

        assertThat(square.side()).isEqualTo(1280);
        assertThat(square.padX()).isZero();
        assertThat(square.padY()).isEqualTo(280);
    }

    @Test
    void anOddRowOfPaddingGoesBelow() {
        assertThat(new PaddedSquare(3, 6, AROUND).padX()).isEqualTo(1);
        assertThat(new PaddedSquare(6, 3, AROUND).padY()).isEqualTo(1);
    }

    @Test
    void thePapersPaddingLeavesThePictureAtTheTopLeft() {
        var square = new PaddedSquare(3, 6, AFTER);

        assertThat(square.padX()).isZero();
        assertThat(square.padY()).isZero();
        assertThat(square.x(3)).isEqualTo(0.5);
    }

    @Test
    void fractionsHaveThreeDecimals() {
        var square = new PaddedSquare(1280, 720, AROUND);

        assertThat(square.x(49)).isEqualTo(0.038);
        assertThat(square.y(239)).isEqualTo(0.405);
    }

    @Test
    void aTieIsRoundedAsPythonRoundsTheBinaryNumber() {
        assertThat(new PaddedSquare(2000, 2000, AROUND).x(1)).isEqualTo(0.001); // 0.0005 is a little more in binary
        assertThat(new PaddedSquare(16, 16, AROUND).x(1)).isEqualTo(0.062); // 0.0625 is exact: half to even
        assertThat(new PaddedSquare(16, 16, AROUND).x(3)).isEqualTo(0.188); // 0.1875
    }
}
