package ai.sphinxv.functions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void aPathIsAFolderAndAnAddressOfS3IsAPartOfABucket() {
        assertThat(Place.of("/var/batches")).isEqualTo(new Place(null, "/var/batches"));
        assertThat(Place.of("batches")).isEqualTo(new Place(null, "batches"));
        assertThat(Place.of("s3://kept")).isEqualTo(new Place("kept", ""));
        assertThat(Place.of("s3://kept/")).isEqualTo(new Place("kept", ""));
        assertThat(Place.of("s3://kept/by/night/")).isEqualTo(new Place("kept", "by/night/"));
    }

    @Test
    void whatIsNoPlaceInABucketIsToldSo() {
        for (String text : new String[] {"s3:kept", "s3://", "s3://Kept", "s3://a", "s3://kept/a b", "s3://kept?x"}) {
            assertThatThrownBy(() -> Place.of(text))
                    .hasMessage("a place in a bucket is s3://bucket/prefix, got " + text);
        }
    }
}
