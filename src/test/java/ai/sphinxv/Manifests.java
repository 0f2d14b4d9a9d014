package ai.sphinxv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.knative.flows.v1.Sequence;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with a manifest, by the models of Kubernetes and Knative, or by a schema where there is no model. */
final class Manifests {
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Map<String, Class<?>> MODELS = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "v1 Service", Service.class,
            "batch/v1 Job", Job.class,
            "batch/v1 CronJob", CronJob.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "serving.knative.dev/v1 Service", io.fabric8.knative.serving.v1.Service.class,
            "flows.knative.dev/v1 Sequence", Sequence.class);

    private Manifests() {}

    /** All documents of a file of YAML that are not empty. */
    static List<JsonNode> read(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            all.forEachRemaining(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        documents.removeIf(document -> document.isNull() || document.isMissingNode());
        return documents;
    }

    /** Fields that are unknown, of a wrong type, or missing. */
    static List<String> mistakes(JsonNode manifest) {
        String kind = manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
        if (kind.equals("keda.sh/v1alpha1 ScaledObject")) {
            return mistakes(manifest, "scaledobject");
        }
        Class<?> model = MODELS.get(kind);
        if (model == null) {
            return List.of("nobody knows " + kind);
        }
        List<String> mistakes = new ArrayList<>();
        try {
            unknown(YAML.treeToValue(manifest, model), kind, mistakes);
        } catch (IOException e) {
            mistakes.add(String.valueOf(e.getMessage()));
        }
        return mistakes;
    }

    static List<String> mistakes(JsonNode document, String schema) {
        String file = "/schemas/%s.schema.json".formatted(schema);
        try (InputStream in = Manifests.class.getResourceAsStream(file)) {
            Set<ValidationMessage> found =
                    JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(in).validate(document);
            return found.stream().map(ValidationMessage::getMessage).collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model keeps what it does not know as additional properties. */
    private static void unknown(Object value, String path, List<String> mistakes) {
        switch (value) {
            case null -> {}
            case Collection<?> all -> {
                int place = 0;
                for (Object one : all) {
                    unknown(one, path + "[" + place++ + "]", mistakes);
                }
            }
            case Map<?, ?> all -> all.forEach((key, one) -> unknown(one, path + "." + key, mistakes));
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.")
                        && !value.getClass().isEnum()) {
                    fields(value, path, mistakes);
                }
            }
        }
    }

    private static void fields(Object value, String path, List<String> mistakes) {
        for (Method getter : value.getClass().getMethods()) {
            String name = getter.getName();
            if (!name.startsWith("get") || getter.getParameterCount() > 0 || name.equals("getClass")) {
                continue;
            }
            Object field = call(getter, value);
            if (name.equals("getAdditionalProperties") && field instanceof Map<?, ?> left) {
                left.keySet().forEach(key -> mistakes.add(path + " has no field " + key));
            } else {
                unknown(field, path + "." + name.substring(3), mistakes);
            }
        }
    }

    private static Object call(Method getter, Object value) {
        try {
            return getter.invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(getter + " of " + value, e);
        }
    }
}
