package ai.sphinxv.training.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqStruct;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.SchemaNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, one at a time, as the JSON that the same rows would be; other columns are not even read. */
final class ParquetRecords {
    private ParquetRecords() {}

    /**
     * @param columns by name; of those that the file lacks its rows have nothing
     * @throws IOException if it is no whole Parquet file, has none of the columns, or is packed in a way that nobody here unpacks
     */
    static void read(Path file, Set<String> columns, JsonRecords.Sink sink) throws IOException {
        try (var parquet = open(file)) {
            String[] there = parquet.getFileSchema().getRootNode().children().stream()
                    .map(SchemaNode::name)
                    .filter(columns::contains)
                    .toArray(String[]::new);
            if (there.length == 0) {
                throw new IOException("%s has none of the columns %s".formatted(file, columns));
            }
            try (RowReader rows = rows(file, parquet, there)) {
                for (ObjectNode row = next(file, rows, there); row != null; row = next(file, rows, there)) {
                    sink.accept(row);
                }
            }
        }
    }

    private static ParquetFileReader open(Path file) throws IOException {
        try {
            return ParquetFileReader.open(InputFile.of(file));
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static RowReader rows(Path file, ParquetFileReader parquet, String[] columns) throws IOException {
        try {
            return parquet.buildRowReader()
                    .projection(ColumnProjection.columns(columns))
                    .build();
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    /** What the library throws is of the file; what the sink throws is not. */
    private static @Nullable ObjectNode next(Path file, RowReader rows, String[] columns) throws IOException {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            rows.next();
            ObjectNode row = JsonRecords.JSON.createObjectNode();
            for (String column : columns) {
                row.set(column, json(rows.getValue(column)));
            }
            return row;
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case PqList list -> {
                ArrayNode array = JsonRecords.JSON.createArrayNode();
                list.values().forEach(one -> array.add(json(one)));
                yield array;
            }
            case PqStruct struct -> {
                ObjectNode object = JsonRecords.JSON.createObjectNode();
                for (int i = 0; i < struct.getFieldCount(); i++) {
                    object.set(struct.getFieldName(i), json(struct.getValue(i)));
                }
                yield object;
            }
            case null, default -> JsonRecords.JSON.valueToTree(value);
        };
    }

    private static IOException damaged(Path file, Exception e) {
        return new IOException("%s is no Parquet file that can be read: %s".formatted(file, e.getMessage()), e);
    }
}
