package ai.sphinxv.functions.batch;

import ai.sphinxv.functions.ask.Problem;
import ai.sphinxv.functions.ask.UnderstandReply;
import ai.sphinxv.functions.ask.UnderstandRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is read and written as JSON without being a resource's parameter or result: a native executable is told so here. */
@RegisterForReflection(
        targets = {
            Batch.Counts.class,
            BatchItem.Result.class,
            BatchLine.Result.class,
            BatchLine.Response.class,
            StoredFile.class,
            Problem.class,
            Problem.OpenAi.class,
            UnderstandReply.class,
            UnderstandRequest.class
        })
final class NativeTypes {
    private NativeTypes() {}
}
