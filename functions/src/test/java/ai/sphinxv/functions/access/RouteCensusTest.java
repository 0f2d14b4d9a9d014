package ai.sphinxv.functions.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every route that the running application has, wherever it comes from, is behind a door: with a role, a limit and a metric. */
@QuarkusTest
class RouteCensusTest {
    @Inject
    Routes routes;

    @Inject
    AccessConfig config;

    @Inject
    MeterRegistry measured;

    @Test
    void whatIsRegisteredIsFound() throws Exception {
        assertThat(routes.routed()).contains("/q/metrics", "/q/health/ready", "/q/openapi", "/understand");
        assertThat(routes.resources()).contains("/v1/understand", "/v1/files", "/v1/batches", "/events");
        assertThat(routes.functions()).contains("/understand", "/encode-image");
        assertThat(Routes.files()).contains("/index.html", "/sphinxv.js");
    }

    @Test
    void everyRouteHasARoleALimitAndAMetric() throws Exception {
        assertThat(all().stream().filter(path -> Door.at(path) == Door.ELSEWHERE))
                .as("behind no door: list them in Door")
                .isEmpty();
        for (String path : all()) {
            Door door = Door.at(path);
            assertThat(door.role()).as(path).isNotNull();
            double before = counted(door);

            int status = given().urlEncodingEnabled(false).get(path).statusCode();

            assertThat(status).as(path).isLessThan(500);
            for (int i = 0; i < 500 && counted(door) == before; i++) {
                Thread.sleep(10); // it is counted when it is over
            }
            assertThat(counted(door)).as(path).isGreaterThan(before);
            assertThat(measured.find("sphinxv.door.inside")
                            .tag("door", door.name().toLowerCase(Locale.ROOT))
                            .gauge())
                    .as(path)
                    .isNotNull();
        }
        assertThat(config.atOnce()).isBetween(1, 100_000);
    }

    @Test
    void whatIsListedNowhereIsClosed() {
        for (String path : List.of("/v1", "/v1/other", "/admin", "/q", "/q/dev", "/q/metricsx", "/index.html2", "")) {
            assertThat(Door.at(path)).as(path).isEqualTo(Door.ELSEWHERE);
        }
        assertThat(Door.ELSEWHERE.role()).isEqualTo(Role.CALLER);
    }

    private List<String> all() throws Exception {
        return Stream.of(routes.routed(), routes.resources(), routes.functions(), Routes.files())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private double counted(Door door) {
        return measured
                .find("sphinxv.door.requests")
                .tag("door", door.name().toLowerCase(Locale.ROOT))
                .counters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
