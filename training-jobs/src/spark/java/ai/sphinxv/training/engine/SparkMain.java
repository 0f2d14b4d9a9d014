package ai.sphinxv.training.engine;

import java.io.IOException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code spark-submit --class ai.sphinxv.training.engine.SparkMain JAR OUT-FOLDER IN.jsonl...}, with the options of build. */
public final class SparkMain {
    private SparkMain() {}

    public static void main(String[] arguments) throws IOException {
        DataMain.Build build = DataMain.Build.parse(new Options(arguments));
        try (var spark = new JavaSparkContext(new SparkConf().setAppName("MDVP-Data"))) {
            System.out.println(SparkBuild.run(spark, build.input(), build.out()));
        }
    }
}
