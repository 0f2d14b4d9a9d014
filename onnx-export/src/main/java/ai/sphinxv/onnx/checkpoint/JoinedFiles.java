package ai.sphinxv.onnx.checkpoint;

import ai.sphinxv.onnx.ops.ShapeOps.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model whose tensors were dealt to several safetensors files, each whole in one of them. */
public final class JoinedFiles implements Checkpoint {
    private final List<Safetensors> files;
    private final Map<String, Safetensors> owners = new LinkedHashMap<>();

    private JoinedFiles(List<Safetensors> files) {
        this.files = files;
        for (Safetensors file : files) {
            for (String name : file.names()) {
                Safetensors other = owners.putIfAbsent(name, file);
                if (other != null) {
                    throw new CheckpointException("%s lies in %s and in %s".formatted(name, other, file));
                }
            }
        }
    }

    /** @throws CheckpointException if one of them is damaged or two have a tensor of the same name */
    public static JoinedFiles open(List<Path> paths) throws IOException {
        var files = new ArrayList<Safetensors>();
        try {
            for (Path path : paths) {
                files.add(Safetensors.open(path));
            }
            return new JoinedFiles(List.copyOf(files));
        } catch (IOException | RuntimeException e) {
            for (Safetensors file : files) {
                file.close();
            }
            throw e;
        }
    }

    @Override
    public Set<String> names() {
        return owners.keySet();
    }

    @Override
    public Shape shape(String name) {
        return owner(name).shape(name);
    }

    @Override
    public void read(String name, long from, float[] into) {
        owner(name).read(name, from, into);
    }

    @Override
    public String identity() {
        return files.stream().map(Checkpoint::identity).toList().toString();
    }

    private Safetensors owner(String name) {
        Safetensors owner = owners.get(name);
        if (owner == null) {
            throw new CheckpointException("%s have no tensor %s".formatted(this, name));
        }
        return owner;
    }

    @Override
    public void close() throws IOException {
        for (Safetensors file : files) {
            file.close();
        }
    }

    @Override
    public String toString() {
        return files.toString();
    }
}
