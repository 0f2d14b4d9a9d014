package ai.sphinxv.functions.health;

import ai.sphinxv.functions.LoadedModel;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** {@code /q/health/ready}: 503 with a reason until questions can be answered. */
@Readiness
@Singleton
class ModelReadiness implements HealthCheck {
    private final LoadedModel model;

    ModelReadiness(LoadedModel model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        var check = HealthCheckResponse.named("model");
        return model.whyNotReady()
                .map(reason -> check.down().withData("reason", reason).build())
                .orElseGet(
                        () -> check.up().withData("model", model.get().model()).build());
    }
}
