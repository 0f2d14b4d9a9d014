package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who reaches what the manifests start, whom that may ask, and how much of it a node may take at a time. */
class IsolationTest {
    @Test
    void whateverRunsHasOnePolicyOfWhomItMayAskAndWhatServesABudget() throws IOException {
        for (String folder : List.of("knative", "kubernetes")) {
            List<JsonNode> all = new ArrayList<>();
            for (Path file : InfraTest.manifests()
                    .filter(path -> path.startsWith(InfraTest.INFRA.resolve(folder)))
                    .toList()) {
                all.addAll(Manifests.read(Files.readString(file)));
            }
            assertGuarded(all);
        }
    }

    @Test
    void theChartsPodsAreGuardedTooUnlessItIsToldNotTo() {
        Chart.assumeHelm();
        var monitoring = "network.from[0].namespaceSelector.matchLabels.kubernetes\\.io/metadata\\.name";
        List<JsonNode> narrow = Manifests.read(Chart.template()
                .set(monitoring, "monitoring")
                .set("network.egress[0].ports[0].port", "4317")
                .call());

        assertGuarded(Manifests.read(Chart.template().call()));
        assertGuarded(narrow);
        JsonNode policy = of(narrow, "NetworkPolicy").getFirst();
        assertThat(policy.at("/spec/ingress/0/from").findValuesAsText("kubernetes.io/metadata.name"))
                .containsExactly("monitoring");
        assertThat(policy.at("/spec/egress").findValuesAsText("port")).containsExactly("53", "53", "4317");
        assertThat(of(
                        Manifests.read(Chart.template()
                                .set("network.restricted", "false")
                                .call()),
                        "NetworkPolicy"))
                .isEmpty();
    }

    /** Each pod is selected by one policy, which allows nothing by an empty rule, and each server's by one budget besides. */
    private static void assertGuarded(List<JsonNode> manifests) {
        List<JsonNode> policies = of(manifests, "NetworkPolicy");
        List<JsonNode> budgets = of(manifests, "PodDisruptionBudget");
        for (JsonNode policy : policies) {
            assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
            assertThat(policy.at("/spec/egress"))
                    .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
            assertThat(policy.at("/spec/ingress"))
                    .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
        }
        List<JsonNode> workloads = manifests.stream()
                .filter(manifest -> !podLabels(manifest).isMissingNode())
                .toList();
        assertThat(workloads).isNotEmpty();
        for (JsonNode workload : workloads) {
            String name = workload.at("/metadata/name").asText();
            assertThat(policies.stream().filter(policy -> selects(policy.at("/spec/podSelector"), workload)))
                    .as(name)
                    .hasSize(1);
            boolean serves = !workload.path("kind").asText().endsWith("Job");
            assertThat(budgets.stream().filter(budget -> selects(budget.at("/spec/selector"), workload)))
                    .as(name)
                    .hasSize(serves ? 1 : 0);
        }
        // a budget that forbids the last replica's end would keep a node from being emptied
        assertThat(budgets)
                .allSatisfy(budget ->
                        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1));
    }

    private static boolean selects(JsonNode selector, JsonNode workload) {
        return podLabels(workload)
                .properties()
                .containsAll(selector.path("matchLabels").properties());
    }

    /** Knative gives its pods the service's name as a label. */
    private static JsonNode podLabels(JsonNode workload) {
        if (workload.path("apiVersion").asText().startsWith("serving.knative.dev")) {
            return new ObjectMapper()
                    .createObjectNode()
                    .put(
                            "serving.knative.dev/service",
                            workload.at("/metadata/name").asText());
        }
        JsonNode ofJob = workload.at("/spec/jobTemplate/spec/template/metadata/labels");
        return ofJob.isMissingNode() ? workload.at("/spec/template/metadata/labels") : ofJob;
    }

    private static List<JsonNode> of(List<JsonNode> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .toList();
    }
}
