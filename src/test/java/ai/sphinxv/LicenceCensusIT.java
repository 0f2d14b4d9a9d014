package ai.sphinxv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Under which licences is what the packaged server consists of, as the jars' POMs, or those that they inherit from, say. */
class LicenceCensusIT {
    private static final Path SERVER = Path.of("../../functions/target/quarkus-app/quarkus-app-dependencies.txt");
    private static final Path REPOSITORY =
            Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));

    /** Where a jar is under one of several, the choice is its user's: of EPL and GPL, EPL. Ask before a line is added. */
    private static final List<String> MAY_BE_SHIPPED = List.of(
            "Apache 2.0",
            "Apache-2.0",
            "Apache License 2.0",
            "Apache License, Version 2.0",
            "The Apache License, Version 2.0",
            "The Apache Software License, Version 2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "MIT",
            "MIT License",
            "MIT-0",
            "EDL 1.0",
            "Eclipse Distribution License - v 1.0",
            "EPL 2.0",
            "EPL-2.0",
            "Eclipse Public License 2.0",
            "Eclipse Public License v. 2.0",
            "Public Domain, per Creative Commons CC0");

    @Test
    void eachJarOfTheServerIsUnderALicenceThatIsKnown() throws Exception {
        assumeTrue(Files.isDirectory(REPOSITORY), REPOSITORY + " is not here: give -Dmaven.repo.local");
        Map<String, Integer> census = new TreeMap<>();
        var unknown = new ArrayList<String>();
        for (String jar : Files.readAllLines(SERVER)) {
            String[] name = jar.split(":"); // group:artifact::type:version, or with a classifier between
            if (!name[0].equals("ai.sphinxv")) {
                List<String> licences = licences(name[0], name[1], name[name.length - 1]);
                census.merge(String.join(" or ", licences), 1, Integer::sum);
                if (licences.stream().noneMatch(MAY_BE_SHIPPED::contains)) {
                    unknown.add(jar + " " + licences);
                }
            }
        }
        System.out.println("Licences: " + census);
        assertThat(unknown).as("jars under no licence of the list").isEmpty();
        assertThat(census.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(100);
    }

    private static List<String> licences(String group, String artifact, String version) throws Exception {
        Path file = REPOSITORY.resolve("%s/%s/%s/%2$s-%3$s.pom".formatted(group.replace('.', '/'), artifact, version));
        Element pom = read(file);
        var names = new ArrayList<String>();
        Element licenses = child(pom, "licenses");
        if (licenses != null) {
            for (Element licence : children(licenses)) {
                names.add(text(licence, "name"));
            }
        }
        Element parent = child(pom, "parent");
        return names.isEmpty() && parent != null
                ? licences(text(parent, "groupId"), text(parent, "artifactId"), text(parent, "version"))
                : names;
    }

    private static Element read(Path pom) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        try (var in = Files.newInputStream(pom)) {
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        }
    }

    private static String text(Element element, String name) throws IOException {
        Element child = child(element, name);
        if (child == null) {
            throw new IOException("no " + name + " in " + element.getTagName());
        }
        return child.getTextContent().strip().replaceAll("\\s+", " ");
    }

    private static @Nullable Element child(Element element, String name) {
        return children(element).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static List<Element> children(Element element) {
        var children = new ArrayList<Element>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
